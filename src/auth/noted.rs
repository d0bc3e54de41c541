//! What is noted for the audit log without keeping anybody waiting: who came in, and who was refused.
//!
//! Refusals can come by the thousand. Of those alike only the first is written down at once; how many more there were, once
//! a minute, in one entry. Of different ones, so many are told apart in a minute; the others are counted together. So
//! neither the database nor memory is filled by who tries tokens.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::{AuditOutcome, Timestamp};
use crate::store::audit::AuditEvent;

/// For how long events that are alike are counted together.
const WINDOW: Duration = Duration::from_secs(60);
/// How many kinds of events are told apart in that time.
const MOST_KINDS: usize = 20;
/// Whose they are said to be beyond that.
const OTHERS: &str = "others";

/// Events that wait to be written.
pub struct Noted {
    window: Mutex<Window>,
}

struct Window {
    began: Instant,
    kinds: HashMap<Kind, Tally>,
}

/// What is alike.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Kind {
    actor: String,
    action: String,
    refused: bool,
    detail: Option<String>,
    address: Option<String>,
}

struct Tally {
    /// The first of those that are not written yet.
    event: AuditEvent,
    waiting: i64,
    /// Whether one of this window is written already.
    told: bool,
}

impl Default for Noted {
    fn default() -> Self {
        Self { window: Mutex::new(Window { began: Instant::now(), kinds: HashMap::new() }) }
    }
}

impl Kind {
    fn of(event: &AuditEvent) -> Self {
        Self {
            actor: event.actor.clone(),
            action: event.action.clone(),
            refused: event.outcome == AuditOutcome::Refused,
            detail: event.detail.clone(),
            address: event.address.clone(),
        }
    }
}

/// An event without what tells it from others.
fn among_others(event: AuditEvent) -> AuditEvent {
    let action = if event.action == SIGN_IN { event.action } else { OTHERS.to_owned() };
    AuditEvent { actor: OTHERS.to_owned(), action, detail: None, request: None, address: None, ..event }
}

/// What coming in is called.
pub const SIGN_IN: &str = "signIn";

impl Noted {
    /// Notes an event.
    pub fn note(&self, event: AuditEvent) {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut event, mut kind) = (event.clone(), Kind::of(&event));
        if window.kinds.len() >= MOST_KINDS && !window.kinds.contains_key(&kind) {
            event = among_others(event);
            kind = Kind::of(&event);
        }
        let tally = window.kinds.entry(kind).or_insert_with(|| Tally { event: event.clone(), waiting: 0, told: false });
        if tally.waiting == 0 {
            tally.event = event;
        }
        tally.waiting += 1;
    }

    /// What is to be written by `now`.
    pub fn take(&self, now: Instant) -> Vec<AuditEvent> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = now.saturating_duration_since(window.began) >= WINDOW;
        let mut taken = Vec::new();
        for tally in window.kinds.values_mut().filter(|tally| tally.waiting > 0 && (is_over || !tally.told)) {
            taken.push(AuditEvent { alike: tally.waiting, ..tally.event.clone() });
            tally.waiting = 0;
            tally.told = true;
        }
        if is_over {
            window.kinds.clear();
            window.began = now;
        }
        drop(window);
        taken.sort_by_key(|event| event.at);
        taken
    }
}

/// An event of coming in, or of being refused to.
pub fn sign_in(at: Timestamp, actor: &str, outcome: AuditOutcome, detail: Option<&str>) -> AuditEvent {
    AuditEvent {
        at,
        actor: actor.to_owned(),
        action: SIGN_IN.to_owned(),
        outcome,
        channel: None,
        detail: detail.map(str::to_owned),
        request: None,
        address: None,
        alike: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(actor: &str) -> AuditEvent {
        let at = Timestamp::new("2026-06-15T12:00:00Z".parse().expect("a moment"));
        sign_in(at, actor, AuditOutcome::Refused, None)
    }

    fn told(taken: &[AuditEvent]) -> Vec<(&str, i64)> {
        let mut told: Vec<_> = taken.iter().map(|event| (event.actor.as_str(), event.alike)).collect();
        told.sort_unstable();
        told
    }

    #[test]
    fn the_first_is_told_at_once_and_the_others_once_a_minute() {
        let (noted, start) = (Noted::default(), Instant::now());
        noted.note(refused("a"));
        assert_eq!(told(&noted.take(start)), [("a", 1)]);
        for _ in 0..10_000 {
            noted.note(refused("a"));
        }
        noted.note(refused("b"));
        assert_eq!(told(&noted.take(start)), [("b", 1)]);
        assert_eq!(told(&noted.take(start + WINDOW)), [("a", 10_000)]);
        noted.note(refused("a"));
        assert_eq!(told(&noted.take(start + WINDOW)), [("a", 1)], "a new minute");
        assert_eq!(told(&noted.take(start + WINDOW * 2)), []);
    }

    #[test]
    fn ever_different_ones_are_counted_together() {
        let (noted, start) = (Noted::default(), Instant::now());
        for number in 0..10_000 {
            noted.note(refused(&number.to_string()));
        }
        let taken = noted.take(start + WINDOW);
        assert_eq!(taken.len(), MOST_KINDS + 1);
        let others = taken.iter().find(|event| event.actor == OTHERS).expect("the others");
        assert_eq!((others.alike, others.action.as_str()), (10_000 - MOST_KINDS as i64, SIGN_IN));
        assert_eq!(taken.iter().map(|event| event.alike).sum::<i64>(), 10_000, "none is lost");
    }
}
