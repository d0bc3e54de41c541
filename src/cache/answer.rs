//! An answer that is kept, ready to be sent.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::Dependence;
use super::gzip::Deflated;
use crate::limits::Requested;
use crate::store::narrow::Narrow;

/// How many bytes of its hash an answer is told apart by.
const TAG: usize = 16;

/// An answer, without what is different each time it is given: what comes behind the data.
#[derive(Debug)]
pub struct Kept {
    /// `{"data":...`, not closed.
    data: Bytes,
    deflated: Option<Deflated>,
    /// Made when it is first asked for: only a GET tells it.
    tag: OnceLock<String>,
    /// What it depends on.
    pub dependence: Dependence,
    /// The number of a change up to which it was found to be true.
    pub(super) confirmed: AtomicI64,
    /// What it costs to ask for it.
    pub requested: Requested,
    /// What it cost, as its size tells.
    pub actual: u64,
}

impl Kept {
    /// An answer that begins with `data`, an object in JSON that is not closed.
    pub fn new(data: impl Into<Bytes>, dependence: Dependence, requested: Requested, actual: u64) -> Self {
        let (data, confirmed) = (data.into(), AtomicI64::new(0));
        Self { data, deflated: None, tag: OnceLock::new(), dependence, confirmed, requested, actual }
    }

    /// The same, with its compressed form.
    pub(super) fn with_gzip(&self) -> Self {
        let Self { data, tag, dependence, .. } = self;
        let deflated = Some(Deflated::of(data));
        let confirmed = AtomicI64::new(self.confirmed.load(Ordering::Acquire));
        Self { deflated, confirmed, data: data.clone(), tag: tag.clone(), dependence: dependence.clone(), ..*self }
    }

    /// Whether it has its compressed form.
    pub const fn has_gzip(&self) -> bool {
        self.deflated.is_some()
    }

    /// What tells it from other answers to the same: an entity tag, a weak one, since what comes behind the data may differ.
    pub fn tag(&self) -> &str {
        self.tag.get_or_init(|| format!("W/\"{}\"", HEXLOWER.encode(&Sha256::digest(&self.data)[..TAG])))
    }

    /// Whether it can't change any more: it tells only of what was.
    pub fn is_settled(&self) -> bool {
        self.dependence.is_settled
    }

    /// How many bytes it has, in all its forms.
    pub fn size(&self) -> usize {
        self.data.len() + self.deflated.as_ref().map_or(0, Deflated::len)
    }

    /// How much memory it takes, in bytes, about.
    pub fn weight(&self) -> usize {
        self.size() + self.dependence.narrowed.iter().map(Narrow::size).sum::<usize>()
    }

    /// All of it, closed by `end`, in two pieces.
    pub fn body(&self, end: String) -> (Bytes, Bytes) {
        (self.data.clone(), end.into())
    }

    /// The same, compressed; `None` if it has no compressed form.
    pub fn gzip(&self, end: &str) -> Option<(Bytes, Bytes)> {
        self.deflated.as_ref().map(|deflated| (deflated.head(), deflated.ended_by(end.as_bytes()).into()))
    }
}
