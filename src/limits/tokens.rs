//! How many tokens a document has, counted without parsing it: parsing a megabyte of nonsense costs far more.

/// What a document is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tokens {
    /// How many tokens it has.
    pub count: usize,
    /// How deep its brackets, of whatever kind, are within one another.
    pub nesting: usize,
}

/// Counts by GraphQL's lexical grammar; what is no token of it counts as one each byte.
pub fn tokens(document: &str) -> Tokens {
    let mut rest = document.as_bytes();
    let (mut count, mut open, mut nesting) = (0, 0_usize, 0);
    while let Some(&first) = rest.first() {
        let length = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => {
                rest = &rest[1..];
                continue;
            }
            b'#' => {
                rest = &rest[while_true(rest, |byte| byte != b'\n' && byte != b'\r')..];
                continue;
            }
            b'"' => text_length(rest),
            b'.' if rest.starts_with(b"...") => 3,
            _ if is_of_word(first) || first == b'-' => 1 + while_true(&rest[1..], is_of_word),
            _ => 1,
        };
        match first {
            b'{' | b'[' | b'(' => open += 1,
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            _ => {}
        }
        nesting = nesting.max(open);
        count += 1;
        rest = &rest[length..];
    }
    Tokens { count, nesting }
}

fn while_true(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !belongs(*byte)).unwrap_or(bytes.len())
}

/// Part of a name or a number. A fraction counts twice, which no document depends on.
const fn is_of_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// The length of the text that begins here, to its end or the document's.
fn text_length(bytes: &[u8]) -> usize {
    let (opening, closing): (usize, &[u8]) = if bytes.starts_with(b"\"\"\"") { (3, b"\"\"\"") } else { (1, b"\"") };
    let mut at = opening;
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            at += 2;
        } else if bytes[at..].starts_with(closing) {
            return at + closing.len();
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_those_outside_of_texts() {
        assert_eq!(tokens("{ a(b: [{ c: \"[[[\" }]) { d } } # {{{{{").nesting, 4);
        assert_eq!(tokens("}}}{").nesting, 1);
    }

    #[test]
    fn tokens_are_counted_as_the_grammar_has_them() {
        for (document, expected) in [
            ("", 0),
            ("{a}", 3),
            ("{ a b , c } # d e f\n", 5),
            ("query Q($a: [Int!]! = -1) { ...F @include(if: $a) }", 26),
            (r#"{ a(b: "c \" { d") }"#, 8),
            (r#"{ a(b: """c "d" \""" e """) }"#, 8),
            (r#"{ a(b: "unfinished"#, 6),
            ("\"\\", 1),
            ("é", 2),
        ] {
            assert_eq!(tokens(document).count, expected, "{document}");
        }
    }
}
