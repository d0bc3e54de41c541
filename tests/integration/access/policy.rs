//! Every field of the schema's roots, crossed with everybody who may ask.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use modelry::auth::Principal;
use modelry::auth::policy::{Root, action};
use modelry::config::AnonymousRole;
use modelry::domain::Role;
use serde_json::{Value, json};

use super::{ROLES, ask, until};
use crate::push::create_supplier;
use crate::push::socket::Socket;
use crate::support::{Response, TestApp, TestDatabase, on_both_databases};

const INTROSPECTION: &str = "{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { name kind
    fields { name type { ...T } args { name defaultValue type { ...T } } } inputFields { name defaultValue type { ...T } }
    enumValues { name } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// The schema as it tells of itself, types by name.
pub struct Introspected {
    pub types: HashMap<String, Value>,
    pub roots: [(Root, String); 3],
}

impl Introspected {
    /// Asks for it.
    pub async fn of(app: &TestApp) -> Self {
        let schema = app.query(INTROSPECTION).await["__schema"].clone();
        let root = |field: &str| schema[field]["name"].as_str().expect("a root").to_owned();
        let types = schema["types"].as_array().expect("types").iter();
        Self {
            types: types.map(|each| (each["name"].as_str().expect("a name").to_owned(), each.clone())).collect(),
            roots: [
                (Root::Query, root("queryType")),
                (Root::Mutation, root("mutationType")),
                (Root::Subscription, root("subscriptionType")),
            ],
        }
    }

    /// The fields of a type.
    pub fn fields(&self, root: &str) -> Vec<&Value> {
        self.types[root]["fields"].as_array().expect("fields").iter().collect()
    }

    /// A document that selects nothing but this field, with some value for each argument that must be given.
    fn document(&self, root: Root, field: &Value) -> String {
        let arguments = self.needed(&field["args"]);
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let kind = named(&field["type"])["kind"].as_str().expect("a kind").to_owned();
        let selection = if ["SCALAR", "ENUM"].contains(&kind.as_str()) { "" } else { "{ __typename }" };
        let operation = match root {
            Root::Query => "query",
            Root::Mutation => "mutation",
            Root::Subscription => "subscription",
        };
        format!("{operation} {{ {}{arguments} {selection} }}", field["name"].as_str().expect("a name"))
    }

    fn needed(&self, inputs: &Value) -> Vec<String> {
        let inputs = inputs.as_array().into_iter().flatten();
        let needed = inputs.filter(|input| input["type"]["kind"] == "NON_NULL" && input["defaultValue"].is_null());
        needed
            .map(|input| format!("{}: {}", input["name"].as_str().expect("a name"), self.some(&input["type"])))
            .collect()
    }

    fn some(&self, of: &Value) -> String {
        match of["kind"].as_str().expect("a kind") {
            "NON_NULL" => self.some(&of["ofType"]),
            "LIST" => "[]".to_owned(),
            kind => {
                let name = of["name"].as_str().expect("a name");
                match (kind, name) {
                    ("ENUM", _) => self.types[name]["enumValues"][0]["name"].as_str().expect("a value").to_owned(),
                    ("INPUT_OBJECT", _) => {
                        format!("{{ {} }}", self.needed(&self.types[name]["inputFields"]).join(", "))
                    }
                    (_, "Int" | "Float") => "1".to_owned(),
                    (_, "Boolean") => "true".to_owned(),
                    (_, "DateTime") => "\"2026-01-01T00:00:00Z\"".to_owned(),
                    (_, "Date") => "\"2026-01-01\"".to_owned(),
                    _ => "\"1\"".to_owned(),
                }
            }
        }
    }
}

/// A type without what says that it is a list, or never null.
pub fn named(of: &Value) -> &Value {
    if of["ofType"].is_null() { of } else { named(&of["ofType"]) }
}

/// Somebody who asks: their token, and who the policy takes them for.
struct Somebody {
    token: Option<String>,
    principal: Principal,
}

async fn everybody(app: &TestApp) -> Vec<Somebody> {
    let mut all = vec![Somebody { token: None, principal: Principal::anonymous(Some(Role::Viewer)) }];
    for (role, name) in ROLES {
        let principal = Principal { role: Some(role), ..Principal::process(format!("token:{name}")) };
        all.push(Somebody { token: Some(app.make_token(name, role).await), principal });
    }
    all
}

/// The code of a refusal for want of rights; `None` if it was not refused for that.
fn refused(errors: &[Value]) -> Option<&str> {
    let codes = errors.iter().filter_map(|error| error["extensions"]["code"].as_str());
    codes.into_iter().find(|code| ["UNAUTHENTICATED", "FORBIDDEN"].contains(code))
}

fn expected(somebody: &Somebody, root: Root, field: &str) -> Option<&'static str> {
    let needed = action(root, field).unwrap_or_else(|| panic!("{root:?}.{field} has no line in auth/policy.rs"));
    match (somebody.principal.may(needed), somebody.principal.is_anonymous()) {
        (true, _) => None,
        (false, true) => Some("UNAUTHENTICATED"),
        (false, false) => Some("FORBIDDEN"),
    }
}

async fn app(database: TestDatabase, anonymous: AnonymousRole) -> TestApp {
    TestApp::over(database, |config| {
        let limits = &mut config.limits;
        (limits.max_tokens, limits.max_fields, limits.max_cost) = (1_000_000, 100_000, 10_000_000);
        (limits.max_aliases, limits.max_root_fields) = (100_000, 100_000);
        config.auth.anonymous_role = Some(anonymous);
    })
    .await
}

on_both_databases! {
    /// Each field of queries and mutations is refused to who may not by the table of rights, and to nobody else.
    async fn every_field_is_guarded_as_the_table_says(database: TestDatabase) {
        let app = app(database, AnonymousRole::Viewer).await;
        let schema = Introspected::of(&app).await;
        let everybody = everybody(&app).await;
        let mut tried = 0;
        for (root, name) in &schema.roots[..2] {
            for field in schema.fields(name) {
                let (document, field) = (schema.document(*root, field), field["name"].as_str().expect("a name"));
                for somebody in &everybody {
                    let response = ask(&app, somebody.token.as_deref(), &document, json!({})).await;
                    let who = &somebody.principal.name;
                    assert_eq!(response.status, 200, "{document} is not executed at all: {}", response.text);
                    assert_eq!(refused(response.errors()), expected(somebody, *root, field), "{document} by {who}: {}", response.text);
                    tried += 1;
                }
            }
        }
        assert!(tried > 200, "{tried}");
    }

    /// The same of what can be subscribed to.
    async fn every_subscription_is_guarded_as_the_table_says(database: TestDatabase) {
        let app = app(database, AnonymousRole::Viewer).await;
        let schema = Introspected::of(&app).await;
        let (root, name) = &schema.roots[2];
        let limited = app.make_token_with("limited", Role::Admin, |token| {
            token.scopes = Some(vec![modelry::domain::Scope::AccessManage]);
        });
        let limited = Somebody {
            token: Some(limited.await),
            principal: Principal { scopes: Some(Vec::new()), ..Principal::process("token:limited") },
        };
        let everybody = everybody(&app).await.into_iter().chain([limited]);
        for somebody in everybody {
            for field in schema.fields(name) {
                let document = schema.document(*root, field);
                let token = somebody.token.as_deref();
                let mut socket = Socket::connect_with(&app, "graphql-transport-ws", None, token).await.expect("a socket");
                socket.send(&json!({ "type": "connection_init" })).await;
                assert_eq!(socket.receive().await["type"], "connection_ack");
                socket.subscribe("1", &document, json!({})).await;
                if let Some(code) = expected(&somebody, *root, field["name"].as_str().expect("a name")) {
                    assert_eq!(socket.error("1").await["extensions"]["code"], code, "{document}");
                } else {
                    socket.settle().await;
                    until("the subscription has begun", async || {
                        create_supplier(&app, &format!("new-{}", next_number())).await;
                        tokio::time::timeout(std::time::Duration::from_millis(500), socket.receive()).await
                            .is_ok_and(|message| message["type"] == "next")
                    }).await;
                }
            }
        }
    }

    /// Where nobody unknown may come in, a request without a token is refused as a whole, before anything runs.
    async fn nobody_unknown_comes_in_where_they_may_not(database: TestDatabase) {
        let app = app(database, AnonymousRole::None).await;
        let schema = Introspected::of(&app).await;
        for (root, name) in &schema.roots {
            for field in schema.fields(name) {
                let response = ask(&app, None, &schema.document(*root, field), json!({})).await;
                assert_eq!((response.status, response.code()), (401, "UNAUTHENTICATED"), "{}", response.text);
                assert_eq!(response.header("www-authenticate"), "Bearer realm=\"modelry\"");
            }
        }
        for (path, status) in [
            ("/graphql?query=%7B__typename%7D", 401), ("/graphql", 401), ("/schema.graphql", 401),
            ("/healthz", 200), ("/readyz", 200), ("/", 200), ("/graphiql", 200),
        ] {
            let response = Response::of(crate::support::app::client().get(app.url(path))).await;
            assert_eq!(response.status, status, "{path}: {}", response.text);
        }
        assert_eq!(app.query("{ models { totalCount } }").await, json!({ "models": { "totalCount": 0 } }), "with a token");
        assert_eq!(Response::of(app.get("/schema.graphql")).await.status, 200, "with a token");
    }

    /// Scopes take away, and never give.
    async fn a_token_is_limited_to_its_scopes(database: TestDatabase) {
        use modelry::domain::Scope;
        let app = app(database, AnonymousRole::None).await;
        let write = "mutation { createSupplier(input: { name: \"x\" }) { userErrors { message } } }";
        let read = "{ models { totalCount } }";
        for (name, scope, allowed, denied) in [
            ("reads", Scope::CatalogueRead, read, write),
            ("writes", Scope::CatalogueWrite, write, "{ auditLog { totalCount } }"),
            ("purges", Scope::CataloguePurge, "mutation { purge(input: { olderThanDays: 1 }) { states } }", write),
            ("keeps", Scope::KeysManage, "{ expiringSupplierKeys { label } }", write),
            ("audits", Scope::AuditRead, "{ auditLog { totalCount } }", "{ apiTokens { name } }"),
            ("manages", Scope::AccessManage, "{ apiTokens { name } }", read),
        ] {
            let token = app.make_token_with(name, Role::Admin, |token| token.scopes = Some(vec![scope])).await;
            ask(&app, Some(&token), allowed, json!({})).await.data();
            let response = ask(&app, Some(&token), denied, json!({})).await;
            assert_eq!(response.code(), "FORBIDDEN", "{}", response.text);
            let message = response.errors()[0]["message"].as_str().expect("a message");
            assert!(message.contains("needs the scope") && message.contains(&format!("token:{name}")), "{message}");
            // What these answer leads on to the catalogue, so they may ask for it, too; who only manages tokens may not.
            let reads = ask(&app, Some(&token), read, json!({})).await;
            assert_eq!(reads.errors().is_empty(), scope != Scope::AccessManage, "{name}: {}", reads.text);
        }
    }
}

/// A number that no two calls give.
fn next_number() -> usize {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}
