//! Watching requests: each has an id, is counted, and can be traced.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::{headers, hosts};
use crate::app::App;
use crate::config::Hosts;
use crate::telemetry::{HttpAnswer, Observation, RequestId, TraceContext};

/// Where operations come in.
const GRAPHQL: &str = "/graphql";
/// What an operation ended with whose client went away.
const GONE: &str = "CLIENT_GONE";

/// What every request goes through first.
#[derive(Clone)]
pub struct Guard {
    pub app: App,
    pub hosts: Arc<Hosts>,
}

/// A request that is not answered yet. Whichever way it ends, it is told of when this is dropped.
struct Watched {
    app: App,
    observation: Observation,
    answer: HttpAnswer,
}

/// Watches a request, from its first header to those of its answer, and lets pass only what is asked by a name of the server's.
pub async fn observe(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Guard { app, hosts } = guard;
    let id = header(request.headers(), RequestId::HEADER).and_then(RequestId::given).unwrap_or_else(RequestId::fresh);
    let parent = header(request.headers(), TraceContext::HEADER).and_then(TraceContext::parse);
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or(Cow::Borrowed("none"), |path| Cow::Owned(path.as_str().to_owned()));
    let answer = HttpAnswer { method: method(request.method()), route, status: None };
    let _in_flight = app.telemetry().metrics().begin();
    let observation = app.telemetry().observe(id, parent);
    let mut watched = Watched { app, observation: observation.clone(), answer };
    let answering = async {
        match hosts::check(&hosts, &mut request) {
            Ok(()) => next.run(request).await,
            Err(refusal) => *refusal,
        }
    };
    let mut response = observation.during(answering).await;
    headers::complete(response.headers_mut(), &watched.app.config().http);
    watched.answer.status = Some(response.status());
    if let Ok(id) = HeaderValue::from_str(observation.id().as_str()) {
        response.headers_mut().insert(HeaderName::from_static(RequestId::HEADER), id);
    }
    response
}

impl Drop for Watched {
    fn drop(&mut self) {
        let telemetry = self.app.telemetry();
        telemetry.metrics().answered(&self.answer);
        // A WebSocket's operations are told of one by one.
        if self.answer.route != GRAPHQL || self.answer.status == Some(StatusCode::SWITCHING_PROTOCOLS) {
            return;
        }
        if self.answer.status.is_none() {
            self.observation.saw_code(GONE);
        }
        telemetry.operation_ended(&self.observation, Some(&self.answer));
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
