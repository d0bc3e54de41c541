//! Compressed answers to which something can be added without compressing them anew.
//!
//! A gzip file (RFC 1952) holds blocks (RFC 1951) and the checksum of what they come to. What is compressed here ends at a
//! byte and with a block that is not the last; an end is added as a last block that isn't compressed, and the two checksums
//! are combined.

use bytes::Bytes;
use flate2::{Compress, Compression, FlushCompress};

/// The file's head: compressed by deflate, no name, no time, no system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// Longest block that isn't compressed.
const LONGEST: usize = 0xffff;
/// How well it is compressed: an answer is compressed once and sent often, but somebody waits for it.
const LEVEL: u32 = 5;

/// A beginning of a file, compressed.
#[derive(Debug)]
pub(super) struct Deflated {
    head: Bytes,
    checksum: crc32fast::Hasher,
    length: usize,
}

impl Deflated {
    /// Compresses a beginning.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut compress = Compress::new(Compression::new(LEVEL), false);
        let mut head = HEAD.to_vec();
        loop {
            head.reserve(bytes.len() / 4 + 64);
            let taken = usize::try_from(compress.total_in()).unwrap_or(bytes.len());
            // Fails only if the compressor is misused, and leaves room in `head` only when it is done.
            let done = compress.compress_vec(&bytes[taken..], &mut head, FlushCompress::Sync);
            let is_whole = compress.total_in() == bytes.len() as u64 && head.len() < head.capacity();
            if is_whole || done.is_err() {
                break;
            }
        }
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(bytes);
        Self { head: head.into(), checksum, length: bytes.len() }
    }

    /// How many bytes it takes.
    pub(super) const fn len(&self) -> usize {
        self.head.len()
    }

    /// The beginning of the file.
    pub(super) fn head(&self) -> Bytes {
        self.head.clone()
    }

    /// What comes behind its beginning, with this at its end.
    pub(super) fn ended_by(&self, end: &[u8]) -> Vec<u8> {
        let mut file = Vec::with_capacity(end.len() + 32);
        let mut blocks = end.chunks(LONGEST).peekable();
        if blocks.peek().is_none() {
            block(&mut file, &[], true);
        }
        while let Some(piece) = blocks.next() {
            block(&mut file, piece, blocks.peek().is_none());
        }
        let mut checksum = self.checksum.clone();
        checksum.update(end);
        file.extend_from_slice(&checksum.finalize().to_le_bytes());
        // By its definition modulo 2^32.
        #[expect(clippy::cast_possible_truncation, reason = "by its definition")]
        let length = (self.length + end.len()) as u32;
        file.extend_from_slice(&length.to_le_bytes());
        file
    }
}

/// A block that isn't compressed.
fn block(file: &mut Vec<u8>, bytes: &[u8], is_last: bool) {
    #[expect(clippy::cast_possible_truncation, reason = "no block is longer")]
    let length = bytes.len() as u16;
    file.push(u8::from(is_last));
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(&(!length).to_le_bytes());
    file.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn any_end_can_be_added() {
        let noise: Vec<u8> = (0..200_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for beginning in [&b""[..], b"{\"data\":", &b"ab".repeat(100_000), &noise] {
            let deflated = Deflated::of(beginning);
            for end in [&b""[..], b"}", &noise[..70_000]] {
                let file = [deflated.head().to_vec(), deflated.ended_by(end)].concat();
                let mut read = Vec::new();
                flate2::read::GzDecoder::new(file.as_slice()).read_to_end(&mut read).expect("a sound file");
                assert!(read == [beginning, end].concat(), "{} and {}", beginning.len(), end.len());
            }
        }
        assert!(Deflated::of(&b"ab".repeat(100_000)).len() < 1_000, "it is compressed");
    }
}
