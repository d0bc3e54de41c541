//! From bytes to JSON text that is known to be well-formed.

use serde_json::value::RawValue;

use super::error::ReadError;

/// Deepest nesting taken. Readers of JSON give up at 128 levels; records of the own format wrap leftovers in four more.
const MAX_DEPTH: usize = 100;

/// What some editors put before UTF-8 text.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Bytes without a byte order mark.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Takes bytes as UTF-8, without a byte order mark.
///
/// # Errors
/// [`ReadError::Syntax`] at the first byte that isn't UTF-8.
pub fn utf8(bytes: &[u8]) -> Result<&str, ReadError> {
    utf8_from(without_mark(bytes), 1)
}

/// Takes bytes, which begin on line `line` of their file, as UTF-8.
///
/// # Errors
/// [`ReadError::Syntax`] at the first byte that isn't UTF-8.
pub fn utf8_from(bytes: &[u8], line: usize) -> Result<&str, ReadError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let sound = &bytes[..error.valid_up_to()];
        let line = line + sound.split(|byte| *byte == b'\n').count() - 1;
        let column = sound.len() - sound.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1;
        ReadError::Syntax { line, column, message: "the file is not UTF-8 text".to_owned() }
    })
}

/// Takes `text`, which begins on line `line` of its file, as one JSON document.
///
/// # Errors
/// [`ReadError::Syntax`] if it isn't JSON, is cut off, or is nested more than [`MAX_DEPTH`] levels deep.
pub fn json(text: &str, line: usize) -> Result<&RawValue, ReadError> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| syntax(&error, line))?;
    if depth(text) > MAX_DEPTH {
        let message = format!("nested more than {MAX_DEPTH} levels deep");
        return Err(ReadError::Syntax { line, column: 1, message });
    }
    Ok(raw)
}

fn syntax(error: &serde_json::Error, first_line: usize) -> ReadError {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
    ReadError::Syntax { line: first_line + error.line().max(1) - 1, column: error.column(), message }
}

/// How many levels of objects and lists well-formed JSON has.
fn depth(json: &str) -> usize {
    let (mut deepest, mut level, mut in_string, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                level += 1;
                deepest = deepest.max(level);
            }
            b'}' | b']' if !in_string => level = level.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_the_text_is_told_with_its_place() {
        let message = |text: &[u8]| utf8(text).and_then(|text| json(text, 1)).expect_err("unsound").to_string();
        assert_eq!(message(b"{\n  \"a\": [1,"), "line 2, column 10: EOF while parsing a value");
        assert_eq!(message(b"{\n \"a\": \xFF}"), "line 2, column 7: the file is not UTF-8 text");
        assert_eq!(message("[".repeat(101).as_bytes()), "line 1, column 101: EOF while parsing a list");
        let deep = format!("{}{}", "[".repeat(101), "]".repeat(101));
        assert_eq!(message(deep.as_bytes()), "line 1, column 1: nested more than 100 levels deep");
        assert!(utf8(b"\xEF\xBB\xBF{\"[[\": \"\\\"[\"}").and_then(|text| json(text, 1)).is_ok());
    }
}
