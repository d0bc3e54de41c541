//! GraphQL over HTTP, by its draft specification: media types, status codes, what each method may do.

use std::time::Instant;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Name, Request as GraphqlRequest, Response as GraphqlResponse, ServerError, Value as ConstValue};
use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::accept::{MediaType, negotiate};
use super::request::Parameters;
use crate::app::App;
use crate::graphql::{BAD_USER_INPUT, MAX_EXPANSION, Phases, RequestScope, UNAVAILABLE, expansion};
use crate::store::Store;

/// The document is not GraphQL.
const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document doesn't fit the schema, or its variables don't fit the document.
const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";
/// The request is not one of GraphQL over HTTP.
const BAD_REQUEST: &str = "BAD_REQUEST";

/// `GET /graphql`: queries only.
pub async fn get(
    State(app): State<App>,
    headers: HeaderMap,
    query: Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let measured = Measured::of(&app);
    let response = answer_get(&app, &measured, &headers, query).await;
    measured.told(&app, response)
}

async fn answer_get(
    app: &App,
    measured: &Measured,
    headers: &HeaderMap,
    query: Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Some(media_type) = negotiate(headers) else { return not_acceptable() };
    let Ok(Query(pairs)) = query else {
        return refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, "the query string is malformed");
    };
    match Parameters::from_query_string(pairs) {
        Ok(parameters) => run(app, measured, media_type, parameters, true).await,
        Err(message) => refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, &message),
    }
}

/// `POST /graphql`: queries and mutations, as JSON.
pub async fn post(State(app): State<App>, request: Request) -> Response {
    let measured = Measured::of(&app);
    let response = answer_post(&app, &measured, request).await;
    measured.told(&app, response)
}

async fn answer_post(app: &App, measured: &Measured, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(media_type) = negotiate(&parts.headers) else { return not_acceptable() };
    if !is_json(&parts.headers) {
        let message = "send the request as application/json, in UTF-8";
        return refusal(media_type, StatusCode::UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST, message);
    }
    let limit = app.config().http.max_body_bytes;
    let Ok(body) = read(&parts.headers, body, limit).await else {
        let message = format!("the body is larger than {limit} bytes");
        return refusal(media_type, StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", &message);
    };
    match Parameters::from_json(&body) {
        Ok(parameters) => run(app, measured, media_type, parameters, false).await,
        Err(message) => refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, &message),
    }
}

/// `GET /schema.graphql`: the SDL.
pub async fn sdl(State(app): State<App>) -> Response {
    let content_type = [(CONTENT_TYPE, "application/graphql; charset=utf-8")];
    (content_type, crate::graphql::sdl(app.schema())).into_response()
}

async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<axum::body::Bytes, ()> {
    let announced =
        headers.get(axum::http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(());
    }
    to_bytes(body, limit).await.map_err(|_| ())
}

/// Whether the body is declared to be JSON in UTF-8, the charset of JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut parts = content_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let json = parts.next().is_some_and(|media_type| media_type == "application/json");
    json && parts.all(|parameter| match parameter.strip_prefix("charset=") {
        Some(charset) => charset.trim_matches('"') == "utf-8",
        None => true,
    })
}

async fn run(
    app: &App,
    measured: &Measured,
    media_type: MediaType,
    parameters: Parameters,
    only_queries: bool,
) -> Response {
    if !app.is_migrated() {
        let message = "the database is not ready; GET /readyz says why";
        return refusal(media_type, StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message);
    }
    let Measured { store, phases } = measured;
    let started = Instant::now();
    let mut request = parameters.into_request();
    let name = request.operation_name.clone();
    let (parsed, operation) = match request.parsed_query() {
        Ok(document) if expansion(document) > MAX_EXPANSION => {
            let error = ServerError::new("the document is too large with its fragments put in", None);
            return answer(media_type, GraphqlResponse::from_errors(vec![error]), true);
        }
        Ok(document) => (true, operation(document, name.as_deref()).map(Operation::of)),
        Err(_) => (false, None),
    };
    phases.parsed(started);
    if only_queries && operation.as_ref().is_some_and(|operation| operation.kind == OperationType::Mutation) {
        let message = "mutations are sent by POST";
        let mut response = refusal(media_type, StatusCode::METHOD_NOT_ALLOWED, BAD_REQUEST, message);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    let missing = operation.iter().flat_map(|operation| &operation.required).find(|name| is_null(&request, name));
    if let Some(name) = missing {
        let error = ServerError::new(format!("the variable ${name} is missing, and may not be null"), None);
        return answer(media_type, GraphqlResponse::from_errors(vec![error]), true);
    }
    let scope = RequestScope { store: store.clone(), now: app.clock().now(), request_id: request_id() };
    let response = app.schema().execute(request.data(scope).data(phases.clone())).await;
    answer(media_type, response, parsed)
}

/// What a request costs: its phases, and a handle on the store that counts its statements.
struct Measured {
    store: Store,
    phases: Phases,
}

impl Measured {
    fn of(app: &App) -> Self {
        Self { store: app.store().counted(), phases: Phases::default() }
    }

    /// The response with its `Server-Timing`, if the server is to tell it.
    fn told(&self, app: &App, mut response: Response) -> Response {
        if app.config().http.server_timing
            && let Ok(value) = HeaderValue::from_str(&self.phases.header(self.store.statistics()))
        {
            response.headers_mut().insert("server-timing", value);
        }
        response
    }
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

/// Sixteen hexadecimal digits that name the request in the log.
fn request_id() -> String {
    use std::hash::{BuildHasher as _, RandomState};
    format!("{:016x}", RandomState::new().hash_one(Instant::now()))
}

/// The response in the media type that was asked for.
///
/// A request that could not be executed has no `data`, and only then does `application/graphql-response+json` differ
/// from 200. Errors of execution have a path, those before it have none.
fn answer(media_type: MediaType, response: GraphqlResponse, parsed: bool) -> Response {
    let executed = response.errors.is_empty() || response.errors.iter().any(|error| !error.path.is_empty());
    let mut body = serde_json::Map::new();
    if !response.errors.is_empty() {
        let code = if !parsed {
            PARSE_FAILED
        } else if executed {
            BAD_USER_INPUT
        } else {
            VALIDATION_FAILED
        };
        body.insert("errors".to_owned(), response.errors.iter().map(|error| error_json(error, code)).collect());
    }
    if executed {
        body.insert("data".to_owned(), serde_json::to_value(&response.data).unwrap_or(Value::Null));
    }
    if !response.extensions.is_empty() {
        body.insert("extensions".to_owned(), serde_json::to_value(&response.extensions).unwrap_or(Value::Null));
    }
    let status = if executed || media_type == MediaType::Json { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    send(media_type, status, &Value::Object(body))
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

fn not_acceptable() -> Response {
    let message = "this endpoint answers in application/graphql-response+json or application/json, in UTF-8";
    refusal(MediaType::Json, StatusCode::NOT_ACCEPTABLE, BAD_REQUEST, message)
}

/// An answer to a request that is not executed.
fn refusal(media_type: MediaType, status: StatusCode, code: &str, message: &str) -> Response {
    send(media_type, status, &json!({ "errors": [{ "message": message, "extensions": { "code": code } }] }))
}

fn send(media_type: MediaType, status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, media_type.content_type())], body.to_string()).into_response()
}
