//! What is measured.

use std::time::Duration;

use super::requests::Request;
use crate::Outcome;
use crate::shared::process::COUNTED;

/// Connections at once.
pub const CONNECTIONS: [usize; 3] = [1, 8, 32];
/// Those by which requests are compared.
pub const COMPARED: usize = 8;

/// What switches the server's cache off.
const WITHOUT_CACHE: &str = "[cache]\nmax_bytes = 0\n";
/// What the server's cache holds at most by itself, in megabytes.
pub const CACHE_MEGABYTES: u64 = 64;

/// Who is asked, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// A body of the same size, which is always there.
    Static,
    /// SQL written by hand.
    ByHand,
    /// Modelry without its cache.
    Cold,
    /// Modelry as it is.
    Warm,
    /// The same, with a write among every hundred requests.
    WarmWith1,
    /// The same, with ten.
    WarmWith10,
}

impl Mode {
    pub const ALL: [Self; 6] = [Self::Static, Self::ByHand, Self::Cold, Self::Warm, Self::WarmWith1, Self::WarmWith10];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Static => "floor: static body",
            Self::ByHand => "floor: hand-written SQL",
            Self::Cold => "cold",
            Self::Warm => "warm",
            Self::WarmWith1 => "warm, 1% writes",
            Self::WarmWith10 => "warm, 10% writes",
        }
    }

    /// How many of a hundred requests are writes beside the others.
    pub const fn writes(self) -> usize {
        match self {
            Self::WarmWith1 => 1,
            Self::WarmWith10 => 10,
            Self::Static | Self::ByHand | Self::Cold | Self::Warm => 0,
        }
    }

    /// Whether anything is written when this is asked for.
    pub fn writes_with(self, request: Request) -> bool {
        request == Request::Write || self.writes() > 0
    }

    /// Whether it says something of this request: no body is there before a write, and none needs writes beside it.
    pub fn concerns(self, request: Request) -> bool {
        request != Request::Write || matches!(self, Self::ByHand | Self::Cold | Self::Warm)
    }
}

/// The configuration of the server that has no cache: callers are counted, as they are in the other.
pub fn cold() -> String {
    format!("{COUNTED}{WITHOUT_CACHE}")
}

/// The configuration of the server as it is.
pub fn warm() -> String {
    COUNTED.to_owned()
}

/// What the environment asks for.
pub struct Settings {
    /// How long each run takes after its warm-up.
    pub time: Duration,
    pub requests: Vec<Request>,
    pub sqlite: bool,
    pub postgres: bool,
    /// Whether the report is written to the documentation.
    pub writes_report: bool,
}

impl Settings {
    pub fn read() -> Outcome<Self> {
        let time = match variable("LOAD_SECONDS") {
            None => Duration::from_secs(3),
            Some(seconds) => Duration::try_from_secs_f64(seconds.parse()?)?,
        };
        let requests = match variable("LOAD_REQUESTS") {
            None => Request::ALL.to_vec(),
            Some(names) => names.split(',').map(request).collect::<Outcome<_>>()?,
        };
        let (sqlite, postgres) = match variable("LOAD_ONLY").as_deref() {
            None => (true, true),
            Some("sqlite") => (true, false),
            Some("postgres") => (false, true),
            Some(other) => return Err(format!("LOAD_ONLY is sqlite or postgres, not {other}").into()),
        };
        Ok(Self {
            time,
            requests,
            sqlite,
            postgres,
            writes_report: variable("LOAD_WRITE").is_some_and(|set| set == "1"),
        })
    }
}

/// A variable that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn request(name: &str) -> Outcome<Request> {
    let found = Request::ALL.into_iter().find(|request| request.name() == name.trim());
    found.ok_or_else(|| format!("LOAD_REQUESTS: {name} is none of point, list, tree, search, write").into())
}
