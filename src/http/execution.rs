//! Requests on their way to the schema and back, the same for every transport.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Name, Request as GraphqlRequest, Response as GraphqlResponse, ServerError, Value as ConstValue};
use futures_util::Stream;
use serde::Serialize;
use serde_json::{Value, json};

use super::request::Parameters;
use crate::app::App;
use crate::auth::Principal;
use crate::graphql::{BAD_USER_INPUT, Live, MAX_EXPANSION, RequestScope, Sent, expansion};
use crate::store::Store;

/// The document is not GraphQL.
const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document doesn't fit the schema, or its variables don't fit the document.
const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";

/// What is said instead of a message that may repeat a secret.
const DISCREET: &str =
    "the request doesn't fit the schema; what is wrong with it isn't repeated, since it may hold a secret";

/// A request of which is known what it would do.
pub struct Prepared {
    request: GraphqlRequest,
    /// What the operation is; `None` if that is not certain.
    pub kind: Option<OperationType>,
    parsed: bool,
    /// Whether it may hold a secret, which no error is to repeat.
    secretive: bool,
    /// Why it can't be executed, if that is known already.
    refused: Option<GraphqlResponse>,
}

/// Looks at what a request would do.
pub fn prepare(parameters: Parameters) -> Prepared {
    let secretive = may_hold_secret(&parameters.query);
    let mut request = parameters.into_request();
    let name = request.operation_name.clone();
    let refuse = |message: String| Some(GraphqlResponse::from_errors(vec![ServerError::new(message, None)]));
    let (parsed, operation) = match request.parsed_query() {
        Ok(document) if expansion(document) > MAX_EXPANSION => {
            let refused = refuse("the document is too large with its fragments put in".to_owned());
            return Prepared { request, kind: None, parsed: true, secretive, refused };
        }
        Ok(document) => (true, operation(document, name.as_deref()).map(Operation::of)),
        Err(_) => (false, None),
    };
    let missing = operation.iter().flat_map(|operation| &operation.required).find(|name| is_null(&request, name));
    let refused = missing.and_then(|name| refuse(format!("the variable ${name} is missing, and may not be null")));
    Prepared { request, kind: operation.map(|operation| operation.kind), parsed, secretive, refused }
}

impl Prepared {
    /// Executes a query or a mutation; `data` is added to what it carries.
    pub async fn execute<D>(self, app: &App, store: &Store, asker: &Arc<Principal>, data: D) -> Answer
    where
        D: Send + Sync + 'static,
    {
        let response = match self.refused {
            Some(refused) => refused,
            None => app.schema().execute(self.request.data(scope(app, store, asker)).data(data)).await,
        };
        Answer::new(&discreet(response, self.secretive), self.parsed, false)
    }

    /// Executes an operation of any kind: a subscription answers as often as something happens, others once.
    ///
    /// `resume` goes before a subscription's own `after`; `sent` is told the cursor of each change.
    pub fn subscribe(
        self,
        app: &App,
        asker: &Arc<Principal>,
        resume: Option<String>,
        sent: Sent,
    ) -> impl Stream<Item = Answer> + Send + use<> {
        use futures_util::StreamExt as _;
        let (parsed, secretive) = (self.parsed, self.secretive);
        let subscribes = self.kind == Some(OperationType::Subscription);
        let responses = if let Some(refused) = self.refused {
            futures_util::stream::once(async move { refused }).boxed()
        } else {
            let live = Live { push: app.push().clone(), clock: app.clock().clone(), resume, sent };
            let request = self.request.data(scope(app, &app.store().counted(), asker)).data(live);
            app.schema().execute_stream_with_session_data(request, Arc::default()).boxed()
        };
        responses.map(move |response| Answer::new(&discreet(response, secretive), parsed, subscribes))
    }
}

fn scope(app: &App, store: &Store, asker: &Arc<Principal>) -> RequestScope {
    RequestScope {
        store: store.clone(),
        now: app.clock().now(),
        request_id: request_id(),
        principal: Arc::clone(asker),
        access: app.access().clone(),
        keyring: app.keyring().clone(),
    }
}

/// Whether a document may hold a secret, or be meant to take one from a variable: it names what takes one.
fn may_hold_secret(document: &str) -> bool {
    let document = document.to_ascii_lowercase();
    ["supplierkey", "secret"].iter().any(|word| document.contains(word))
}

/// The response without messages that may repeat a secret. Those of Modelry's own have a code and don't; those of the GraphQL
/// engine quote what they can't take.
fn discreet(mut response: GraphqlResponse, secretive: bool) -> GraphqlResponse {
    let coded = |error: &ServerError| error.extensions.as_ref().is_some_and(|with| with.get("code").is_some());
    for error in response.errors.iter_mut().filter(|error| secretive && !coded(error)) {
        DISCREET.clone_into(&mut error.message);
    }
    response
}

/// Sixteen hexadecimal digits that name the request in the log.
fn request_id() -> String {
    format!("{:016x}", RandomState::new().hash_one(Instant::now()))
}

/// What has to be known of an operation before it runs.
struct Operation {
    kind: OperationType,
    /// Names of variables that must be given.
    required: Vec<Name>,
}

impl Operation {
    fn of(definition: &OperationDefinition) -> Self {
        let variables = definition.variable_definitions.iter().map(|variable| &variable.node);
        let required =
            variables.filter(|variable| !variable.var_type.node.nullable && variable.default_value.is_none());
        Self { kind: definition.ty, required: required.map(|variable| variable.name.node.clone()).collect() }
    }
}

/// The operation that would run; `None` if that is not certain.
fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    match name {
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known.as_str() == name)),
        None => operations.next(),
    }
    .map(|(_, operation)| &operation.node)
}

fn is_null(request: &GraphqlRequest, variable: &Name) -> bool {
    request.variables.get(variable).is_none_or(|value| *value == ConstValue::Null)
}

/// What came of an operation, or of one event of a subscription.
pub struct Answer {
    /// Whether anything was executed.
    pub executed: bool,
    /// The errors, if there are any.
    pub errors: Option<Vec<Value>>,
    /// The result as JSON.
    pub body: String,
}

/// A result as it is sent.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Value]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a ConstValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<&'a std::collections::BTreeMap<String, ConstValue>>,
}

impl Answer {
    /// A request that could not be executed has no `data`. Errors of execution have a path, those before it have none;
    /// those of a subscription itself have only its name.
    fn new(response: &GraphqlResponse, parsed: bool, subscribes: bool) -> Self {
        let within = usize::from(subscribes && response.data == ConstValue::Null);
        let executed = response.errors.is_empty() || response.errors.iter().any(|error| error.path.len() > within);
        let code = if !parsed {
            PARSE_FAILED
        } else if response.errors.iter().any(|error| !error.path.is_empty()) {
            BAD_USER_INPUT
        } else {
            VALIDATION_FAILED
        };
        let errors = response.errors.iter().map(|error| error_json(error, code)).collect();
        let errors: Option<Vec<Value>> = (!response.errors.is_empty()).then_some(errors);
        let body = Body {
            errors: errors.as_deref(),
            data: executed.then_some(&response.data),
            extensions: (!response.extensions.is_empty()).then_some(&response.extensions),
        };
        // What came out of the schema can be written.
        let body = serde_json::to_string(&body).unwrap_or_default();
        Self { executed, errors, body }
    }
}

/// An error as JSON, with `code` unless it has one of its own.
fn error_json(error: &ServerError, code: &str) -> Value {
    let mut json = serde_json::to_value(error).unwrap_or(Value::Null);
    if let Value::Object(fields) = &mut json {
        let extensions = fields.entry("extensions").or_insert_with(|| json!({}));
        if let Value::Object(extensions) = extensions {
            extensions.entry("code").or_insert_with(|| Value::from(code));
        }
    }
    json
}
