//! Files that were sound.

use proptest::prelude::*;

/// Most bytes that damage may make of a file.
const LARGEST: usize = 1 << 22;

/// Where a file is damaged, with which byte, and how.
pub type Damage = (usize, u8, usize);

/// A few of them.
pub fn damages() -> impl Strategy<Value = Vec<Damage>> {
    proptest::collection::vec((any::<usize>(), any::<u8>(), 0..4_usize), 1..6)
}

/// Cut, with bytes changed, and with pieces twice.
pub fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for (at, byte, how) in damages {
        let at = at % bytes.len().max(1);
        match how {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, *byte),
            2 => bytes.extend_from_within(at..),
            _ => bytes[at..].iter_mut().take(1).for_each(|old| *old = *byte),
        }
        if bytes.is_empty() || bytes.len() > LARGEST {
            break;
        }
    }
    bytes
}
