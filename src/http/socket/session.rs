//! The life of a socket: what comes in, what goes out, and when it ends.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use super::super::authentication::{bearer, note};
use super::super::limits::Who;
use super::message::{ACKNOWLEDGED, About, Closing, PONG, Said};
use super::operation::{Outgoing, Running};
use crate::app::{App, OpenStream};
use crate::auth::{Principal, Refusal};
use crate::graphql::BAD_USER_INPUT;

/// Most operations of a socket at once.
const MAX_OPERATIONS: usize = 100;
/// Messages that wait to be sent; operations wait when there are more.
const OUTBOX: usize = 64;
/// How long a closing may take to be sent.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why a session ends: `None` if the client is gone.
type End = Option<Closing>;

struct Session {
    app: App,
    who: Who,
    /// Ends when the asker's rights do.
    rights: BoxFuture<'static, ()>,
    socket: WebSocket,
    operations: HashMap<Arc<str>, Running>,
    started: u64,
    outbox: mpsc::Sender<Outgoing>,
    is_open: bool,
    heard: Instant,
    keepalive: Duration,
}

/// Serves a socket until it ends.
pub async fn run(app: App, who: Who, socket: WebSocket, mut place: OpenStream) {
    let (outbox, mut waiting) = mpsc::channel(OUTBOX);
    let settings = app.config().push.clone();
    let keepalive = Duration::from_millis(settings.keepalive_ms);
    let deadline = Instant::now() + Duration::from_millis(settings.init_timeout_ms);
    let mut ticks = interval_at(Instant::now() + keepalive, keepalive);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut session = Session {
        rights: rights(&app, &who.principal),
        app,
        who,
        socket,
        operations: HashMap::new(),
        started: 0,
        outbox,
        is_open: false,
        heard: Instant::now(),
        keepalive,
    };
    let end = loop {
        let done = tokio::select! {
            () = place.stopped() => Err(Some(Closing::Restart)),
            message = session.socket.next() => session.hear(message).await,
            Some(first) = waiting.recv() => session.send_all(first, &mut waiting).await,
            () = &mut session.rights => Err(Some(Closing::Forbidden("your rights have ended".to_owned()))),
            _ = ticks.tick() => session.give_sign_of_life().await,
            () = sleep_until(deadline), if !session.is_open => Err(Some(Closing::InitTimeout)),
        };
        if let Err(end) = done {
            break end;
        }
    };
    session.operations.clear();
    // A client that doesn't take its leave is left.
    drop(timeout(FAREWELL, session.say_farewell(end)).await);
}

impl Session {
    async fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        self.heard = Instant::now();
        let text = match message {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Binary(_))) => return Err(Some(Closing::Invalid("messages are texts".to_owned()))),
            Some(Err(error)) if is_too_big(&error) => return Err(Some(Closing::TooBig)),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(None),
        };
        match Said::read(&text).map_err(|problem| Some(Closing::Invalid(problem)))? {
            Said::Init(_) if self.is_open => Err(Some(Closing::TooManyInits)),
            Said::Init(authorization) => {
                self.identify(authorization).await.map_err(|refusal| Some(Closing::from(refusal)))?;
                self.is_open = true;
                self.send(ACKNOWLEDGED).await
            }
            Said::Ping => self.send(PONG).await,
            Said::Pong => Ok(()),
            Said::Subscribe(..) if !self.is_open => Err(Some(Closing::Unauthorized)),
            Said::Subscribe(id, _) if self.operations.contains_key(id.as_str()) => Err(Some(Closing::Duplicate(id))),
            Said::Subscribe(id, _) if self.operations.len() >= MAX_OPERATIONS => {
                let message = format!("a WebSocket runs at most {MAX_OPERATIONS} operations at once");
                let error = json!({ "message": message, "extensions": { "code": BAD_USER_INPUT } });
                self.send(&About::new(&id).error(&[error])).await
            }
            Said::Subscribe(id, parameters) => {
                let id: Arc<str> = id.into();
                self.started += 1;
                let (app, who, outbox) = (self.app.clone(), self.who.clone(), self.outbox.clone());
                let named = (Arc::clone(&id), self.started);
                let running = Running::start(app, who, named, *parameters, outbox);
                self.operations.insert(id, running);
                Ok(())
            }
            Said::Complete(id) => {
                self.operations.remove(id.as_str());
                Ok(())
            }
        }
    }

    /// Finds out who begins: by what is said now, else by what the upgrade carried.
    async fn identify(&mut self, authorization: Option<String>) -> Result<(), Refusal> {
        if let Some(authorization) = authorization {
            let asker = bearer(&self.app, &authorization).await;
            let asker = asker.inspect_err(|refusal| note(&self.app, *refusal, self.who.address))?;
            self.rights = rights(&self.app, &asker);
            self.who.become_known(asker);
        }
        if self.who.principal.role.is_none() {
            note(&self.app, Refusal::Missing, self.who.address);
            return Err(Refusal::Missing);
        }
        Ok(())
    }

    /// Sends what waits, in one go; at most so much as the outbox holds, so that others get their turn.
    async fn send_all(&mut self, first: Outgoing, waiting: &mut mpsc::Receiver<Outgoing>) -> Result<(), End> {
        let (mut next, mut left) = (Some(first), OUTBOX);
        let sending = async {
            while let Some(message) = next.take() {
                // What an operation left behind that the client has ended is for nobody.
                let is_wanted = self.operations.get(&message.id).is_some_and(|known| known.number == message.number);
                if is_wanted {
                    if message.is_last {
                        self.operations.remove(&message.id);
                    }
                    self.socket.feed(Message::text(message.text)).await?;
                }
                left -= 1;
                next = if left > 0 { waiting.try_recv().ok() } else { None };
            }
            self.socket.flush().await
        };
        in_time(self.keepalive * 2, sending).await
    }

    async fn send(&mut self, text: &str) -> Result<(), End> {
        in_time(self.keepalive * 2, self.socket.send(Message::text(text))).await
    }

    async fn give_sign_of_life(&mut self) -> Result<(), End> {
        if self.heard.elapsed() > self.keepalive * 2 {
            return Err(Some(Closing::Silent));
        }
        in_time(self.keepalive * 2, self.socket.send(Message::Ping(Vec::new().into()))).await
    }

    /// Says why the socket is closed, or confirms the client's own closing; then reads to its end: a connection that is
    /// cut with bytes unread may lose what was said last on its way.
    async fn say_farewell(&mut self, end: End) {
        if let Some(closing) = end {
            let frame = CloseFrame { code: closing.code(), reason: closing.reason().into() };
            if self.socket.send(Message::Close(Some(frame))).await.is_err() {
                return;
            }
        }
        while let Some(Ok(_)) = self.socket.next().await {}
    }
}

/// What ends when somebody's rights do.
fn rights(app: &App, asker: &Arc<Principal>) -> BoxFuture<'static, ()> {
    let (access, asker) = (app.access().clone(), Arc::clone(asker));
    async move { access.ended(&asker).await }.boxed()
}

/// Whoever takes nothing for so long is taken for gone.
async fn in_time(limit: Duration, sending: impl Future<Output = Result<(), axum::Error>>) -> Result<(), End> {
    match timeout(limit, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(None),
    }
}

/// Whether a message was larger than is allowed: axum passes the reason on only as a text.
fn is_too_big(error: &axum::Error) -> bool {
    error.to_string().contains("too long")
}
