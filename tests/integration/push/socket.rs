//! A client of `graphql-transport-ws`, down to its messages.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::support::TestApp;

/// How long something may take that usually takes a moment.
const PATIENCE: Duration = Duration::from_secs(60);

/// A WebSocket to `/graphql`.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// How a socket was closed by the server.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed {
    pub code: u16,
    pub reason: String,
}

impl Socket {
    /// Connects and says `connection_init`.
    pub async fn open(app: &TestApp) -> Self {
        let mut socket = Self::connect(app, "graphql-transport-ws", None).await.expect("a socket");
        socket.send(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.receive().await, json!({ "type": "connection_ack" }));
        socket
    }

    /// Connects with these headers and the app's token, or fails with the status and the body of the refusal.
    pub async fn connect(app: &TestApp, protocol: &str, origin: Option<&str>) -> Result<Self, (u16, Value)> {
        Self::connect_with(app, protocol, origin, app.token()).await
    }

    /// Connects as a page of the server's own does, which has a session's cookie.
    pub async fn connect_as_page(app: &TestApp, cookie: &str) -> Result<Self, (u16, Value)> {
        Self::connect_sending(app, &[("origin", &app.url("")), ("cookie", cookie)]).await
    }

    /// Connects with these headers and nothing else, or fails with the status and the body of the refusal.
    pub async fn connect_sending(app: &TestApp, headers: &[(&'static str, &str)]) -> Result<Self, (u16, Value)> {
        let mut request = app.url("/graphql").replace("http://", "ws://").into_client_request().expect("a request");
        for (name, value) in [("sec-websocket-protocol", "graphql-transport-ws")].iter().chain(headers) {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        Self::of(request).await
    }

    /// Connects with these headers, or fails with the status and the body of the refusal.
    pub async fn connect_with(
        app: &TestApp,
        protocol: &str,
        origin: Option<&str>,
        token: Option<&str>,
    ) -> Result<Self, (u16, Value)> {
        let mut request = app.url("/graphql").replace("http://", "ws://").into_client_request().expect("a request");
        request.headers_mut().insert("sec-websocket-protocol", protocol.parse().expect("a header"));
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().expect("a header"));
        }
        if let Some(token) = token {
            let authorization = format!("Bearer {token}").parse().expect("a header");
            request.headers_mut().insert("authorization", authorization);
        }
        Self::of(request).await
    }

    async fn of(request: tokio_tungstenite::tungstenite::handshake::client::Request) -> Result<Self, (u16, Value)> {
        match connect_async(request).await {
            Ok((socket, response)) => {
                assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
                Ok(Self(socket))
            }
            Err(Error::Http(response)) => {
                let body = response.body().clone().unwrap_or_default();
                Err((response.status().as_u16(), serde_json::from_slice(&body).unwrap_or_default()))
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Sends a message.
    pub async fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string()).await;
    }

    /// Sends a text, message or not.
    pub async fn send_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.expect("sent");
    }

    /// Starts an operation.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        self.send(&json!({ "type": "subscribe", "id": id, "payload": { "query": query, "variables": variables } }))
            .await;
    }

    /// The next message.
    pub async fn receive(&mut self) -> Value {
        self.next().await.unwrap_or_else(|closed| panic!("{closed:?}"))
    }

    /// The next message, or how the socket was closed.
    pub async fn next(&mut self) -> Result<Value, Closed> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("something in time");
            match message.expect("the socket is closed").expect("a message") {
                Message::Text(text) => return Ok(serde_json::from_str(&text).expect("JSON")),
                Message::Close(Some(frame)) => {
                    return Err(Closed { code: frame.code.into(), reason: frame.reason.to_string() });
                }
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// How the server closes the socket, whatever comes before.
    pub async fn closed(&mut self) -> Closed {
        loop {
            if let Err(closed) = self.next().await {
                return closed;
            }
        }
    }

    /// The change in the next message, which must be of this operation.
    pub async fn change(&mut self, id: &str) -> Value {
        let message = self.receive().await;
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!("next")), "{message}");
        message["payload"]["data"]["changed"].clone()
    }

    /// The next changes.
    pub async fn changes(&mut self, id: &str, count: usize) -> Vec<Value> {
        let mut changes = Vec::new();
        while changes.len() < count {
            changes.push(self.change(id).await);
        }
        changes
    }

    /// The first error in the next message, which must end the operation.
    pub async fn error(&mut self, id: &str) -> Value {
        let message = self.receive().await;
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!("error")), "{message}");
        message["payload"][0].clone()
    }

    /// Asks for a pong and waits for it: what was sent before has been heard.
    pub async fn settle(&mut self) {
        self.send(&json!({ "type": "ping" })).await;
        assert_eq!(self.receive().await, json!({ "type": "pong" }));
    }
}
