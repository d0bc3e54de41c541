//! One operation of a socket's: a task that runs it and puts what comes of it into the socket's outbox.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::message::About;
use crate::app::App;
use crate::graphql::Sent;
use crate::http::execution::{Prepared, prepare, recall};
use crate::http::limits::{self, Spending, Who};
use crate::http::request::Parameters;
use crate::limits::{Exceeded, Open, OpenPlace};
use crate::telemetry::{Observation, RequestId};

/// A message about an operation, on its way out.
pub struct Outgoing {
    /// The operation's id.
    pub id: Arc<str>,
    /// Which of all operations of the socket: ids may be used again.
    pub number: u64,
    /// The message.
    pub text: String,
    /// Whether it is the operation's last.
    pub is_last: bool,
}

/// A running operation; ended when dropped.
pub struct Running {
    /// Which of all operations of the socket.
    pub number: u64,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Running {
    /// Starts an operation.
    pub fn start(
        app: App,
        who: Who,
        named: (Arc<str>, u64),
        parameters: Parameters,
        outbox: mpsc::Sender<Outgoing>,
    ) -> Self {
        let number = named.1;
        let observation = app.telemetry().observe(RequestId::fresh(), None);
        let watched = Watched(app.clone(), observation.clone());
        let running = observation.during(run(app, who, named, parameters, outbox));
        let task = async move {
            running.await;
            drop(watched);
        };
        Self { number, task: tokio::spawn(task) }
    }
}

/// An operation that is running; told of when it ends, whichever way.
struct Watched(App, Observation);

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.telemetry().operation_ended(&self.1, None);
    }
}

async fn run(
    app: App,
    who: Who,
    (id, number): (Arc<str>, u64),
    mut parameters: Parameters,
    outbox: mpsc::Sender<Outgoing>,
) {
    let about = About::new(&id);
    let outgoing = |text, is_last| Outgoing { id: Arc::clone(&id), number, text, is_last };
    recall(&app, &mut parameters);
    let prepared = prepare(&app, parameters);
    let (spending, _place) = match begin(&app, &who, &prepared).await {
        Ok(begun) => begun,
        Err(exceeded) => {
            drop(outbox.send(outgoing(about.error(&[limits::error(&exceeded)]), true)).await);
            return;
        }
    };
    let mut answers = Box::pin(prepared.subscribe(&app, spending, None, Sent::default()));
    while let Some(answer) = answers.next().await {
        let message = match &answer.errors {
            Some(errors) if !answer.executed => outgoing(about.error(errors), true),
            _ => outgoing(about.next(&answer.body), false),
        };
        let is_last = message.is_last;
        if outbox.send(message).await.is_err() || is_last {
            return;
        }
    }
    // Fails if the socket is gone.
    drop(outbox.send(outgoing(about.complete(), true)).await);
}

/// Lets an operation in; a subscription's place is its caller's until it is dropped.
async fn begin(app: &App, who: &Who, prepared: &Prepared) -> Result<(Spending, Option<OpenPlace>), Exceeded> {
    let subscribes = prepared.kind == Some(OperationType::Subscription);
    let place = subscribes.then(|| app.limits().limiter.open(&who.caller, Open::Subscription)).transpose()?;
    Ok((Spending::begin(app, who, prepared.requested).await?, place))
}
