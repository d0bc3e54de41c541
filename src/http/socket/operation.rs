//! One operation of a socket's: a task that runs it and puts what comes of it into the socket's outbox.

use std::sync::Arc;

use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::message::About;
use crate::app::App;
use crate::auth::Principal;
use crate::graphql::Sent;
use crate::http::execution::prepare;
use crate::http::request::Parameters;

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
        asker: Arc<Principal>,
        (id, number): (Arc<str>, u64),
        parameters: Parameters,
        outbox: mpsc::Sender<Outgoing>,
    ) -> Self {
        Self { number, task: tokio::spawn(run(app, asker, (id, number), parameters, outbox)) }
    }
}

async fn run(
    app: App,
    asker: Arc<Principal>,
    (id, number): (Arc<str>, u64),
    parameters: Parameters,
    outbox: mpsc::Sender<Outgoing>,
) {
    let about = About::new(&id);
    let outgoing = |text, is_last| Outgoing { id: Arc::clone(&id), number, text, is_last };
    let mut answers = Box::pin(prepare(parameters).subscribe(&app, &asker, None, Sent::default()));
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
