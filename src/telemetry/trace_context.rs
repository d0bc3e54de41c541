//! The trace that a request belongs to, as W3C's header `traceparent` says it.
//! See <https://www.w3.org/TR/trace-context/>.

use super::request_id::random;

/// The id of a trace.
pub type TraceId = [u8; 16];
/// The id of a span.
pub type SpanId = [u8; 8];

/// The bit of the flags that says that the trace is kept.
const SAMPLED: u8 = 1;
/// Length of the header in the first version.
const LENGTH: usize = 55;

/// What the sender of a request has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceContext {
    /// The trace.
    pub trace_id: TraceId,
    /// The sender's span.
    pub parent: SpanId,
    /// Whether the sender keeps the trace.
    pub is_sampled: bool,
}

impl TraceContext {
    /// The name of the header that carries it.
    pub const HEADER: &str = "traceparent";

    /// Reads the header's value: version, trace, span, flags. `None` if it is malformed, which is then as if there were
    /// none.
    pub fn parse(text: &str) -> Option<Self> {
        let fields = text.get(..LENGTH)?;
        let (version, rest) = fields.split_once('-')?;
        let (trace, rest) = rest.split_once('-')?;
        let (span, flags) = rest.split_once('-')?;
        let [version] = hex::<1>(version)?;
        let [flags] = hex::<1>(flags)?;
        // Later versions may go on behind another hyphen; the last one is none.
        let goes_on = text.get(LENGTH..).is_some_and(|more| more.starts_with('-'));
        let whole = text.len() == LENGTH || (version > 0 && goes_on);
        let context =
            Self { trace_id: hex::<16>(trace)?, parent: hex::<8>(span)?, is_sampled: flags & SAMPLED == SAMPLED };
        let named = context.trace_id != TraceId::default() && context.parent != SpanId::default();
        (version != u8::MAX && whole && named).then_some(context)
    }
}

/// So many bytes in lower-case hexadecimal digits.
fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(digits[0])? * 16 + digit(digits[1])?;
    }
    Some(bytes)
}

/// A trace id of its own.
pub fn new_trace_id() -> TraceId {
    let mut id = TraceId::default();
    id[..8].copy_from_slice(&random().to_be_bytes());
    id[8..].copy_from_slice(&random().to_be_bytes());
    id
}

/// A span id of its own.
pub fn new_span_id() -> SpanId {
    random().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn the_header_is_read() {
        let context = TraceContext::parse(SOUND).expect("sound");
        assert_eq!(context.trace_id[..2], [0x0a, 0xf7]);
        assert_eq!(context.parent, [0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31]);
        assert!(context.is_sampled);
        assert!(!TraceContext::parse(&SOUND.replace("-01", "-00")).expect("sound").is_sampled);
        assert!(TraceContext::parse(&SOUND.replace("00-0", "01-0").replace("-01", "-01-more")).is_some());
    }

    #[test]
    fn what_is_malformed_is_as_if_there_were_none() {
        for text in [
            "",
            "00",
            &SOUND[..54],
            &format!("{SOUND}0"),
            &format!("{SOUND}-more"),
            &SOUND.to_uppercase(),
            &SOUND.replace("00-0a", "ff-0a"),
            &SOUND.replace("0af7651916cd43dd8448eb211c80319c", &"0".repeat(32)),
            &SOUND.replace("b7ad6b7169203331", &"0".repeat(16)),
            &SOUND.replace('-', "_"),
            &"型".repeat(30),
        ] {
            assert_eq!(TraceContext::parse(text), None, "{text:?}");
        }
    }
}
