//! Limits, as they meet HTTP: who a caller is, what a request is charged, and what is answered to who is over one.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Response as GraphqlResponse;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use chrono::TimeDelta;
use serde::Serialize;
use serde_json::{Value, json};

use super::accept::MediaType;
use super::graphql::send;
use crate::app::App;
use crate::auth::{Principal, PrincipalKind};
use crate::domain::Timestamp;
use crate::graphql::Allowance;
use crate::limits::{Admitted, Balance, Caller, Exceeded, Requested, answered};
use crate::telemetry::Observation;

/// A caller is over a limit.
pub const RATE_LIMITED: &str = "RATE_LIMITED";
/// A request took too long.
pub const TIMEOUT: &str = "TIMEOUT";

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Who asks, and as whom they are counted.
#[derive(Clone)]
pub struct Who {
    /// Who asks.
    pub principal: Arc<Principal>,
    /// As whom they are counted.
    pub caller: Caller,
    /// The address that they ask from, if it is known.
    pub address: Option<IpAddr>,
}

impl Who {
    /// Somebody who asks from an address.
    pub fn new(principal: Arc<Principal>, address: Option<IpAddr>) -> Self {
        let caller = caller_of(&principal, address);
        Self { principal, caller, address }
    }

    /// Takes note that somebody has said who they are.
    pub fn become_known(&mut self, principal: Arc<Principal>) {
        if let Some(caller) = named(&principal) {
            self.caller = caller;
        }
        self.principal = principal;
    }
}

/// Counts a request of somebody who need not say who they are: to be signed in, or for the page for that.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let address = address(&app, request.headers(), request.extensions());
    match admit(&app, &caller_of(app.access().anonymous(), address)).await {
        Ok(()) => next.run(request).await,
        Err(exceeded) => refused(MediaType::Json, &exceeded),
    }
}

/// Counts a request that is none of GraphQL's to its caller's requests.
///
/// # Errors
/// If its caller is over a limit.
pub async fn admit(app: &App, caller: &Caller) -> Result<(), Exceeded> {
    const ONE: Requested = Requested { total: 0, writing: 0, mutations: 0 };
    app.limits().limiter.admit(caller, ONE).await.map(drop)
}

/// Counts a request that is none of GraphQL's to its caller's requests and mutations.
///
/// # Errors
/// If its caller is over a limit.
pub async fn admit_mutation(app: &App, caller: &Caller) -> Result<(), Exceeded> {
    const ONE: Requested = Requested { total: 1, writing: 1, mutations: 1 };
    app.limits().limiter.admit(caller, ONE).await.map(drop)
}

/// Who is counted for this request: a token or a session, and of those who have none, whoever has the address.
fn caller_of(principal: &Principal, address: Option<IpAddr>) -> Caller {
    named(principal).or_else(|| address.map(Caller::at)).unwrap_or_else(Caller::crowd)
}

/// The address that a request comes from: the peer's own, or, of a proxy that is believed, the one that it names.
pub fn address(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(app.limits().proxies.client(peer.ip(), &forwarded(headers)))
}

fn named(principal: &Principal) -> Option<Caller> {
    match principal.kind {
        PrincipalKind::Token(id) => Some(Caller::named(&format!("token:{id}"))),
        PrincipalKind::Session(id) => Some(Caller::named(&format!("session:{id}"))),
        PrincipalKind::Provider => Some(Caller::named(&principal.name)),
        PrincipalKind::Process => Some(Caller::named("process")),
        PrincipalKind::Anonymous => None,
    }
}

/// For whom proxies say that they ask.
fn forwarded(headers: &HeaderMap) -> String {
    let values = headers.get_all(X_FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    values.collect::<Vec<_>>().join(",")
}

/// A request that was let in, and what is known of its caller's allowance.
pub struct Spending {
    app: App,
    who: Who,
    admitted: Admitted,
}

impl Spending {
    /// Lets a request in.
    ///
    /// # Errors
    /// If its caller is over a limit.
    pub async fn begin(app: &App, who: &Who, requested: Requested) -> Result<Self, Exceeded> {
        let admitted = app.limits().limiter.admit(&who.caller, requested).await?;
        Ok(Self { app: app.clone(), who: who.clone(), admitted })
    }

    /// Who asks.
    pub const fn asker(&self) -> &Arc<Principal> {
        &self.who.principal
    }

    /// What the schema is told of it.
    pub fn allowance(&self, now: Timestamp) -> Option<Allowance> {
        let balance = self.admitted.balance?;
        Some(Allowance {
            limit: balance.limit.into(),
            remaining: balance.remaining,
            restore_rate: balance.per_second,
            reset_at: now.to_utc() + TimeDelta::from_std(balance.full_after).unwrap_or_default(),
            cost: self.admitted.requested.total,
        })
    }

    /// Settles what the answer has really cost; `None` if nobody is told.
    pub fn settle(&self, response: &GraphqlResponse) -> Option<Charged> {
        self.settle_at(self.actual(response))
    }

    /// What an answer has really cost.
    pub fn actual(&self, response: &GraphqlResponse) -> u64 {
        answered(&response.data).max(1).saturating_add(self.admitted.requested.writing)
    }

    /// As [`Self::settle`], for an answer of which is known what it has cost.
    pub fn settle_at(&self, actual: u64) -> Option<Charged> {
        let requested = self.admitted.requested;
        let balance = self.app.limits().limiter.settle(&self.who.caller, &self.admitted, actual);
        self.app.config().limits.publish_cost.then(|| Charged {
            requested_query_cost: requested.total,
            actual_query_cost: actual,
            throttle_status: balance.map(ThrottleStatus::from),
        })
    }
}

/// What is said of the cost in `extensions.cost`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Charged {
    requested_query_cost: u64,
    actual_query_cost: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    throttle_status: Option<ThrottleStatus>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ThrottleStatus {
    maximum_available: u32,
    currently_available: u64,
    restore_rate: f64,
}

impl From<Balance> for ThrottleStatus {
    fn from(balance: Balance) -> Self {
        Self {
            maximum_available: balance.limit,
            currently_available: balance.remaining,
            restore_rate: balance.per_second,
        }
    }
}

/// What is said to who is over a limit; whoever watches the operation is told that it ended so.
pub fn error(exceeded: &Exceeded) -> Value {
    Observation::note(|observation| observation.saw_code(RATE_LIMITED));
    let (setting, number, seconds) = (exceeded.limit.setting(), exceeded.number, seconds(exceeded.wait));
    json!({
        "message": format!("over the limit of {number} ({setting}); try again in {seconds} s"),
        "extensions": {
            "code": RATE_LIMITED,
            "limit": setting,
            "retryAfterMs": u64::try_from(exceeded.wait.as_millis()).unwrap_or(u64::MAX),
        },
    })
}

/// The answer to who is over a limit: nothing ran.
pub fn refused(media_type: MediaType, exceeded: &Exceeded) -> Response {
    let body = json!({ "errors": [error(exceeded)] }).to_string();
    let mut response = send(media_type, StatusCode::TOO_MANY_REQUESTS, body);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds(exceeded.wait)));
    response
}

/// Whole seconds, rounded up, at least one.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1)
}
