//! The messages of `graphql-transport-ws`, and the codes that sockets are closed with.

use serde_json::{Map, Value, json};

use crate::auth::Refusal;
use crate::http::request::Parameters;

/// Why the server closes a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// The server stops; another, or the same, will be there again.
    Restart,
    /// Nothing has been heard for too long.
    Silent,
    /// A message is larger than a request may be.
    TooBig,
    /// A message is not one of the protocol's.
    Invalid(String),
    /// An operation came before `connection_init` was acknowledged.
    Unauthorized,
    /// Who began was not let in, or is no longer.
    Forbidden(String),
    /// Whether who began may come in can't be known at the moment.
    Unavailable,
    /// No `connection_init` came in time.
    InitTimeout,
    /// The operation's id is in use.
    Duplicate(String),
    /// `connection_init` came twice.
    TooManyInits,
}

/// Longest reason of a closing, in bytes: a frame of control holds 125, the code included.
const LONGEST_REASON: usize = 123;

impl Closing {
    /// The code.
    pub const fn code(&self) -> u16 {
        match self {
            Self::Restart => 1012,
            Self::Silent => 1001,
            Self::TooBig => 1009,
            Self::Invalid(_) => 4400,
            Self::Unavailable => 1013,
            Self::Unauthorized => 4401,
            Self::Forbidden(_) => 4403,
            Self::InitTimeout => 4408,
            Self::Duplicate(_) => 4409,
            Self::TooManyInits => 4429,
        }
    }

    /// The reason, short enough to be sent.
    pub fn reason(&self) -> String {
        let mut reason = match self {
            Self::Restart => "the server is stopping; connect again".to_owned(),
            Self::Silent => "nothing was heard for too long".to_owned(),
            Self::TooBig => "the message is too large".to_owned(),
            Self::Invalid(problem) => problem.clone(),
            Self::Unauthorized => "Unauthorized".to_owned(),
            Self::Forbidden(why) => format!("Forbidden: {why}"),
            Self::Unavailable => "the database can't be reached; try again".to_owned(),
            Self::InitTimeout => "Connection initialisation timeout".to_owned(),
            Self::Duplicate(id) => format!("Subscriber for {id} already exists"),
            Self::TooManyInits => "Too many initialisation requests".to_owned(),
        };
        while reason.len() > LONGEST_REASON {
            reason.pop();
        }
        reason
    }
}

impl From<Refusal> for Closing {
    fn from(refusal: Refusal) -> Self {
        if refusal == Refusal::Unavailable { Self::Unavailable } else { Self::Forbidden(refusal.to_string()) }
    }
}

/// What a client says.
#[derive(Debug)]
pub enum Said {
    /// It begins, and may say who it is.
    Init(Option<String>),
    /// It asks for a sign of life.
    Ping,
    /// It gives one.
    Pong,
    /// It starts an operation.
    Subscribe(String, Box<Parameters>),
    /// It wants no more of an operation.
    Complete(String),
}

impl Said {
    /// Reads a message.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let message: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        let Value::Object(mut message) = message else {
            return Err("a message must be a JSON object".to_owned());
        };
        let Some(Value::String(kind)) = message.remove("type") else {
            return Err("a message must have a \"type\"".to_owned());
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::Init(authorization(payload(&mut message)?)?)),
            "ping" => payload(&mut message).map(|_| Self::Ping),
            "pong" => payload(&mut message).map(|_| Self::Pong),
            "complete" => id(&mut message).map(Self::Complete),
            "subscribe" => {
                let id = id(&mut message)?;
                let payload = payload(&mut message)?.ok_or("subscribe must have a \"payload\"")?;
                Ok(Self::Subscribe(id, Box::new(Parameters::from_object(payload)?)))
            }
            other => Err(format!("no message is of the type {other:?}")),
        }
    }
}

/// What the payload of `connection_init` has as `authorization`, however that is capitalized.
fn authorization(payload: Option<Map<String, Value>>) -> Result<Option<String>, String> {
    let named = |(key, _): &(String, Value)| key.eq_ignore_ascii_case("authorization");
    match payload.and_then(|payload| payload.into_iter().find(named)) {
        None | Some((_, Value::Null)) => Ok(None),
        Some((_, Value::String(authorization))) => Ok(Some(authorization)),
        Some(_) => Err("\"authorization\" must be a text".to_owned()),
    }
}

fn id(message: &mut Map<String, Value>) -> Result<String, String> {
    match message.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => Ok(id),
        _ => Err("\"id\" must be a text that is not empty".to_owned()),
    }
}

fn payload(message: &mut Map<String, Value>) -> Result<Option<Map<String, Value>>, String> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err("\"payload\" must be an object".to_owned()),
    }
}

/// The answer to `connection_init`.
pub const ACKNOWLEDGED: &str = r#"{"type":"connection_ack"}"#;
/// The answer to `ping`.
pub const PONG: &str = r#"{"type":"pong"}"#;

/// What every message about an operation begins with: its id.
#[derive(Debug, Clone)]
pub struct About(String);

impl About {
    /// Of the operation with this id.
    pub fn new(id: &str) -> Self {
        Self(format!(r#"{{"id":{},"type":"#, Value::from(id)))
    }

    /// A result, given as JSON.
    pub fn next(&self, result: &str) -> String {
        [&self.0, r#""next","payload":"#, result, "}"].concat()
    }

    /// The operation failed, and has ended.
    pub fn error(&self, errors: &[Value]) -> String {
        [&self.0, r#""error","payload":"#, &json!(errors).to_string(), "}"].concat()
    }

    /// The operation has ended.
    pub fn complete(&self) -> String {
        [&self.0, r#""complete"}"#].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_told_apart() {
        for (text, problem) in [
            ("x", "not JSON"),
            ("[]", "must be a JSON object"),
            (r#"{"type":1}"#, "\"type\""),
            (r#"{"type":"start","id":"1"}"#, "\"start\""),
            (r#"{"type":"subscribe","id":"1"}"#, "\"payload\""),
            (r#"{"type":"subscribe","payload":{"query":"{a}"}}"#, "\"id\""),
            (r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#, "\"id\""),
            (r#"{"type":"subscribe","id":"1","payload":{}}"#, "query"),
            (r#"{"type":"ping","payload":3}"#, "\"payload\""),
            (r#"{"type":"complete"}"#, "\"id\""),
            (r#"{"type":"connection_init","payload":{"authorization":3}}"#, "\"authorization\""),
        ] {
            let error = Said::read(text).expect_err(text);
            assert!(error.contains(problem), "{text}: {error}");
        }
        assert!(matches!(Said::read(r#"{"type":"connection_init","payload":{"token":"x"}}"#), Ok(Said::Init(None))));
        let said = Said::read(r#"{"type":"connection_init","payload":{"Authorization":"Bearer x"}}"#);
        assert!(matches!(said, Ok(Said::Init(Some(authorization))) if authorization == "Bearer x"));
    }

    #[test]
    fn reasons_fit_into_a_frame_of_control() {
        let reason = Closing::Duplicate("型".repeat(100)).reason();
        assert!(reason.len() <= LONGEST_REASON && reason.starts_with("Subscriber for 型"), "{reason}");
    }
}
