//! Load: connections that each ask for the next thing as soon as they have an answer.

use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use futures_util::stream::FuturesUnordered;

use super::client::Connection;
use super::requests::{Prepared, Request};
use crate::Outcome;
use crate::shared::asking::runtime;

const WARM_UP: Duration = Duration::from_secs(1);
/// How long the last answers may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How far apart connections are in the turns of a request.
const APART: usize = 37;

/// What is asked, of whom.
pub struct Load {
    pub address: String,
    pub requests: Rc<Prepared>,
    /// What every answer has to hold.
    pub mark: &'static [u8],
    /// Writes beside it, and how many of every hundred requests they are.
    pub writes: Option<(Rc<Prepared>, usize)>,
}

/// What came of it.
pub struct Answered {
    /// Requests answered each second, writes beside them included.
    pub per_second: f64,
    /// All requests answered, during the warm-up too.
    pub requests: usize,
    /// In microseconds, of the requests that aren't writes beside them, in order.
    latencies: Vec<u32>,
}

impl Answered {
    /// The latency, in microseconds, that so many of a thousand were within.
    pub fn latency(&self, share: usize) -> u32 {
        let count = self.latencies.len();
        self.latencies.get((count * share / 1000).min(count.saturating_sub(1))).copied().unwrap_or_default()
    }
}

impl Load {
    /// Asks on so many connections for so long, after a warm-up.
    pub fn run(&self, connections: usize, time: Duration) -> Outcome<Answered> {
        runtime()?.block_on(async {
            let begin = Instant::now() + WARM_UP;
            let end = begin + time;
            // Only that one is looked at which has something to do.
            let asking: FuturesUnordered<_> = (0..connections).map(|index| self.ask(index, begin, end)).collect();
            let patience = WARM_UP + time + PATIENCE;
            let all: Vec<Asked> = tokio::time::timeout(patience, asking.try_collect()).await??;
            let answered: usize = all.iter().map(|one| one.answered).sum();
            let requests = all.iter().map(|one| one.requests).sum();
            let mut latencies: Vec<u32> = all.into_iter().flat_map(|one| one.latencies).collect();
            latencies.sort_unstable();
            Ok(Answered { per_second: answered as f64 / time.as_secs_f64(), requests, latencies })
        })
    }

    async fn ask(&self, index: usize, begin: Instant, end: Instant) -> Outcome<Asked> {
        let mut connection = Connection::open(&self.address).await?;
        let mut bytes = Vec::new();
        let mut asked = Asked::default();
        for turn in index * APART.. {
            let is_write = self.prepare(index * APART, turn, &mut bytes);
            let sent = Instant::now();
            if sent >= end {
                break;
            }
            let answer = connection.exchange(&bytes).await?;
            let mark = if is_write { Request::Write.mark() } else { self.mark };
            check(answer.status, answer.body, mark)?;
            let received = Instant::now();
            asked.requests += 1;
            asked.answered += usize::from(received >= begin && received < end);
            // The last ones too: the slowest are likely to be among them.
            if sent >= begin && !is_write {
                asked.latencies.push(u32::try_from((received - sent).as_micros())?);
            }
        }
        Ok(asked)
    }

    /// Makes `bytes` the request of this turn; returns whether it is a write beside the others.
    fn prepare(&self, first: usize, turn: usize, bytes: &mut Vec<u8>) -> bool {
        static NUMBER: AtomicUsize = AtomicUsize::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        match &self.writes {
            Some((writes, share)) if turn * share % 100 < *share => {
                writes.write(first + turn * share / 100, number, bytes);
                true
            }
            _ => {
                self.requests.write(turn, number, bytes);
                false
            }
        }
    }
}

/// What came of one connection.
#[derive(Default)]
struct Asked {
    requests: usize,
    answered: usize,
    latencies: Vec<u32>,
}

/// Whether an answer is one: a wrong one ends the run.
pub fn check(status: u16, body: &[u8], mark: &[u8]) -> Outcome<()> {
    let is_marked = mark.is_empty() || body.windows(mark.len()).any(|window| window == mark);
    if status == 200 && is_marked && !body.starts_with(b"{\"errors\"") {
        Ok(())
    } else {
        Err(format!("{status}: {}", String::from_utf8_lossy(&body[..body.len().min(500)])).into())
    }
}
