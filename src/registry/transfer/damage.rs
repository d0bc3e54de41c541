//! Damaged files: whatever a byte too few or a wrong one makes of a catalogue, it is refused or taken, and what is
//! taken can be written.

use super::draft::Draft;
use super::error::ReadError;
use super::{litellm, models_dev, openrouter, own};

type Read = fn(&[u8]) -> Result<Draft, ReadError>;

const FILES: &[(&str, Read)] = &[
    (include_str!("fixtures/models-dev.json"), models_dev::read),
    (include_str!("fixtures/litellm.json"), litellm::read),
    (include_str!("fixtures/modelry.jsonl"), own::read),
    (r#"{"data": [{"id": "a/b", "pricing": {"prompt": "0.1", "image": 2}, "created": 1, "x": {}}]}"#, openrouter::read),
];

/// Every so many bytes one is damaged.
const STEP: usize = 41;

fn write(draft: &Draft) {
    let mut out = Vec::new();
    own::write(draft, &mut out).expect("written");
    models_dev::write(draft, &mut out).expect("written");
    litellm::write(draft, &mut out).expect("written");
}

#[test]
fn a_file_that_is_cut_off_inside_a_record_is_refused() {
    for (file, read) in FILES {
        let sound = file.trim_end();
        for end in (0..sound.len()).step_by(STEP).filter(|end| sound.is_char_boundary(*end)) {
            let rest = &sound[end..];
            let whole_lines =
                sound.starts_with("{\"format\"") && (rest.starts_with('\n') || sound[..end].ends_with('\n'));
            assert!(whole_lines || read(&sound.as_bytes()[..end]).is_err(), "cut at {end}");
        }
    }
}

#[test]
fn a_wrong_byte_does_no_harm() {
    for (file, read) in FILES {
        for position in (0..file.len()).step_by(STEP) {
            for byte in *b"\"{}[],-9e\xFF" {
                let mut damaged = file.as_bytes().to_vec();
                damaged[position] = byte;
                read(&damaged).iter().for_each(write);
            }
        }
    }
}
