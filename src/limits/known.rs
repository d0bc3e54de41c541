//! Documents that were seen before: by the hashes that clients name them by, and as they were parsed.

use std::sync::Arc;

use async_graphql::parser::types::ExecutableDocument;
use moka::sync::Cache;

use super::documents::hash;

/// How much more memory a parsed document takes than its text, about.
const PARSED: usize = 24;
/// What an entry takes beside its text.
const OVERHEAD: usize = 256;

/// Documents within a bounded amount of memory; those that nobody asked for in a while go first. Nothing is lost with them:
/// clients send a document again, and it is parsed again.
pub struct KnownDocuments {
    texts: Option<Cache<Arc<str>, Arc<str>>>,
    parsed: Option<Cache<Arc<str>, Arc<ExecutableDocument>>>,
}

impl KnownDocuments {
    /// Keeps so many bytes of them, about; none if it is 0.
    pub fn new(bytes: u64) -> Self {
        let half = bytes / 2;
        Self {
            texts: (half > 0).then(|| {
                Cache::builder()
                    .max_capacity(half)
                    .weigher(|hash: &Arc<str>, text: &Arc<str>| weight(hash.len() + text.len()))
                    .build()
            }),
            parsed: (half > 0).then(|| {
                Cache::builder()
                    .max_capacity(half)
                    .weigher(|text: &Arc<str>, _: &Arc<ExecutableDocument>| weight(text.len() * PARSED))
                    .build()
            }),
        }
    }

    /// Whether any are kept.
    pub const fn is_on(&self) -> bool {
        self.texts.is_some()
    }

    /// The document with this SHA-256 hash, in hexadecimal, if a client has sent it.
    pub fn find(&self, hash: &str) -> Option<Arc<str>> {
        self.texts.as_ref()?.get(hash)
    }

    /// Remembers a document by its hash.
    pub fn remember(&self, hash: &str, document: &str) {
        if let Some(texts) = self.texts.as_ref().filter(|texts| !texts.contains_key(hash)) {
            texts.insert(hash.into(), document.into());
        }
    }

    /// A document that was parsed before, and keeps to the limits.
    pub fn parsed(&self, document: &str) -> Option<Arc<ExecutableDocument>> {
        self.parsed.as_ref()?.get(document)
    }

    /// Keeps a document that was parsed, and keeps to the limits.
    pub fn keep_parsed(&self, document: &str, parsed: &ExecutableDocument) {
        if let Some(kept) = &self.parsed {
            kept.insert(document.into(), Arc::new(parsed.clone()));
        }
    }
}

/// Whether this is the SHA-256 hash of the document, in hexadecimal.
pub fn is_hash_of(name: &str, document: &str) -> bool {
    hash(document).eq_ignore_ascii_case(name)
}

fn weight(bytes: usize) -> u32 {
    u32::try_from(bytes.saturating_add(OVERHEAD)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_kept_within_bounds() {
        let known = KnownDocuments::new(64 * 1024);
        for number in 0..2_000 {
            let document = format!("{{ field{number} }}");
            known.remember(&hash(&document), &document);
            known.keep_parsed(&document, &async_graphql::parser::parse_query(&document).expect("a document"));
        }
        let (texts, parsed) = (known.texts.as_ref().expect("kept"), known.parsed.as_ref().expect("kept"));
        texts.run_pending_tasks();
        parsed.run_pending_tasks();
        assert!(texts.weighted_size() <= 32 * 1024 && parsed.weighted_size() <= 32 * 1024);
        assert!(texts.entry_count() > 0 && parsed.entry_count() > 0);
    }

    #[test]
    fn nothing_is_kept_where_there_is_no_room() {
        let known = KnownDocuments::new(0);
        known.remember("hash", "{ a }");
        assert!(known.find("hash").is_none() && !known.is_on());
    }
}
