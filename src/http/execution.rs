//! Requests on their way to the schema and back, the same for every transport.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request as GraphqlRequest, Response as GraphqlResponse, ServerError, Value as ConstValue};
use futures_util::{Stream, StreamExt as _, stream};
use serde::Serialize;
use serde_json::{Value, json};

use super::discretion::{discreet, may_hold_secret};
use super::limits::{Charged, Spending, TIMEOUT};
pub use super::preparation::{Prepared, prepare, recall};
use crate::app::App;
use crate::auth::Principal;
use crate::cache::{Dependence, Kept};
use crate::graphql::{BAD_USER_INPUT, Live, RequestScope, Sent, looked_at};
use crate::store::Store;
use crate::store::looked_at::LookedAt;
use crate::store::replicas::Use;
use crate::store::revisions::Revision;
use crate::store::tables::Tables;
use crate::telemetry::Observation;

/// The document is not GraphQL.
const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document doesn't fit the schema, or its variables don't fit the document.
const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";

impl Prepared {
    /// Executes a query or a mutation; `data` is added to what it carries.
    pub async fn execute<D>(self, app: &App, store: &Store, spending: &Spending, data: D) -> Answer
    where
        D: Send + Sync + 'static,
    {
        let (parsed, kind) = (self.parsed, self.kind);
        match self.respond(app, store, spending, data).await {
            Some(response) => Answer::new(&response, parsed, false, spending.settle(&response)),
            None => Answer::too_late(kind, app.limits().request_timeout),
        }
    }

    /// What comes of it; `None` if it took too long.
    async fn respond<D>(self, app: &App, store: &Store, spending: &Spending, data: D) -> Option<GraphqlResponse>
    where
        D: Send + Sync + 'static,
    {
        let secretive = may_hold_secret(&self.request.query);
        let response = if let Some(refused) = self.refused {
            refused
        } else {
            let mut request = self.request;
            let store = store.looking_at(columns(self.kind, &mut request));
            let request = carrying(request, spending, scope(app, &store, spending.asker())).data(data);
            tokio::time::timeout(app.limits().request_timeout, app.schema().execute(request)).await.ok()?
        };
        Some(discreet(response, secretive))
    }

    /// What comes of it on a replica; if that fails, or can't tell all that is asked for, on the primary.
    async fn respond_from<D>(
        self,
        replica: Use,
        app: &App,
        store: &Store,
        spending: &Spending,
        data: D,
    ) -> Option<GraphqlResponse>
    where
        D: Clone + Send + Sync + 'static,
    {
        let (there, again) = (store.read_from(replica.clone()), self.again());
        let response = tokio::select! {
            response = self.respond(app, &there, spending, data.clone()) => Some(response),
            () = replica.lost() => None,
        };
        if let Some(response) = response.filter(|_| there.is_sound()) {
            return response;
        }
        app.replicas().note_again(store);
        again.respond(app, store, spending, data).await
    }

    /// The same request, to be executed once more: its document is then parsed again.
    fn again(&self) -> Self {
        let GraphqlRequest { query, operation_name, variables, .. } = &self.request;
        let mut request = GraphqlRequest::new(query.clone()).variables(variables.clone());
        request.operation_name.clone_from(operation_name);
        let Self { kind, requested, is_keepable, parsed, .. } = *self;
        Self { request, kind, requested, is_keepable, parsed, refused: None }
    }

    /// Executes a query whose answer can be kept, unless it turns out otherwise, on a replica that has caught up if there is one.
    ///
    /// # Errors
    /// The answer, if it can't be kept.
    pub async fn keep<D>(self, app: &App, store: &Store, spending: &Spending, data: D) -> Result<Kept, Answer>
    where
        D: Clone + Send + Sync + 'static,
    {
        // Before anything is read.
        let since = app.answers().now();
        let (requested, parsed, kind) = (self.requested, self.parsed, self.kind);
        let response = match app.replicas().caught_up(since) {
            None => self.respond(app, store, spending, data).await,
            // On the heap: it is both.
            Some(replica) => Box::pin(self.respond_from(replica, app, store, spending, data)).await,
        };
        let Some(response) = response else {
            return Err(Answer::too_late(kind, app.limits().request_timeout));
        };
        match dependence(store, since).filter(|_| response.errors.is_empty()) {
            Some(dependence) => {
                let data = serde_json::to_string(&response.data).unwrap_or_default();
                let data = ["{\"data\":", &data].concat();
                Ok(Kept::new(data, dependence, requested, spending.actual(&response)))
            }
            None => Err(Answer::new(&response, parsed, false, spending.settle(&response))),
        }
    }

    /// Executes an operation of any kind: a subscription answers as often as something happens, others once.
    ///
    /// `resume` goes before a subscription's own `after`; `sent` is told the cursor of each change.
    pub fn subscribe(
        self,
        app: &App,
        spending: Spending,
        resume: Option<String>,
        sent: Sent,
    ) -> impl Stream<Item = Answer> + Send + use<> {
        let (app, parsed, kind) = (app.clone(), self.parsed, self.kind);
        let secretive = may_hold_secret(&self.request.query);
        if self.refused.is_none() && kind == Some(OperationType::Subscription) {
            let live = Live { push: app.push().clone(), clock: app.clock().clone(), resume, sent };
            let store = app.store().counted();
            Observation::note(|observation| observation.saw_statistics(store.statistics()));
            let scope = scope(&app, &store, spending.asker());
            let request = carrying(self.request, &spending, scope).data(live);
            let responses = app.schema().execute_stream_with_session_data(request, Arc::default());
            let responses = responses.map(move |response| discreet(response, secretive));
            return responses.map(move |response| Answer::new(&response, parsed, true, None)).boxed();
        }
        let once = async move {
            let store = app.store().counted();
            self.execute(&app, &store, &spending, ()).await
        };
        stream::once(once).boxed()
    }
}

/// What an answer depends on that was read through `store`; `None` if that isn't known.
fn dependence(store: &Store, since: Revision) -> Option<Dependence> {
    let read = store.statistics().read()?;
    let of_the_past = read.past != Tables::default();
    let is_past_settled = of_the_past && since.is_settled(read.moment);
    let past = if of_the_past && !is_past_settled { Tables::HISTORY } else { Tables::default() };
    let tables = read.present.and(past);
    let is_settled = is_past_settled && read.present == Tables::default() && read.narrowed.is_empty();
    tables.are_tracked().then(|| Dependence { tables, narrowed: read.narrowed.into(), since, is_settled })
}

/// The columns that a request can look at. Whatever is no query may look at all.
fn columns(kind: Option<OperationType>, request: &mut GraphqlRequest) -> LookedAt {
    match request.parsed_query() {
        Ok(document) if kind == Some(OperationType::Query) => looked_at(document),
        _ => LookedAt::ALL,
    }
}

/// The request with what its resolvers ask for.
fn carrying(request: GraphqlRequest, spending: &Spending, scope: RequestScope) -> GraphqlRequest {
    let request = match spending.allowance(scope.now) {
        Some(allowance) => request.data(allowance),
        None => request,
    };
    request.data(scope)
}

fn scope(app: &App, store: &Store, asker: &Arc<Principal>) -> RequestScope {
    RequestScope {
        store: store.clone(),
        now: app.clock().now(),
        request_id: Observation::current_id().to_string(),
        principal: Arc::clone(asker),
        access: app.access().clone(),
        keyring: app.keyring().clone(),
    }
}

/// What came of an operation, or of one event of a subscription.
pub struct Answer {
    /// Whether anything was executed.
    pub executed: bool,
    /// The errors, if there are any.
    pub errors: Option<Vec<Value>>,
    /// The result as JSON.
    pub body: String,
    /// Whether it was given up before there was a result.
    pub timed_out: bool,
}

/// A result as it is sent.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Value]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a ConstValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions>,
}

#[derive(Serialize)]
struct Extensions {
    cost: Charged,
}

impl Answer {
    /// A request that could not be executed has no `data`. Errors of execution have a path, those before it have none;
    /// those of a subscription itself have only its name.
    fn new(response: &GraphqlResponse, parsed: bool, subscribes: bool, charged: Option<Charged>) -> Self {
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
        if let Some(errors) = &errors {
            Observation::note(|observation| observation.saw_code(errors.iter().find_map(code_of).unwrap_or(code)));
        }
        let body = Body {
            errors: errors.as_deref(),
            data: executed.then_some(&response.data),
            extensions: charged.filter(|_| executed).map(|cost| Extensions { cost }),
        };
        // What came out of the schema can be written.
        let body = serde_json::to_string(&body).unwrap_or_default();
        Self { executed, errors, body, timed_out: false }
    }

    fn too_late(kind: Option<OperationType>, longest: Duration) -> Self {
        Observation::note(|observation| observation.saw_code(TIMEOUT));
        let milliseconds = longest.as_millis();
        let mut message = format!("given up after {milliseconds} ms (limits.request_timeout_ms)");
        if kind == Some(OperationType::Mutation) {
            message.push_str("; what was being written may have been written: read it before trying again");
        }
        let errors = vec![json!({ "message": message, "extensions": { "code": TIMEOUT } })];
        let body = json!({ "errors": errors }).to_string();
        Self { executed: false, errors: Some(errors), body, timed_out: true }
    }
}

fn code_of(error: &Value) -> Option<&str> {
    error["extensions"]["code"].as_str()
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
