//! A file that comes in by pieces and is read more than once: kept on disk, where no name leads to it, and gone with the process.

use std::fs::File;
use std::io::{self, Write as _};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// A file that is coming in.
#[derive(Debug)]
pub struct Spool {
    file: File,
    is_there: bool,
    digest: Sha256,
    length: u64,
}

/// A file that came in.
#[derive(Debug)]
pub struct Spooled {
    /// All of it.
    pub file: File,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
}

impl Spool {
    /// A file whose pieces are kept in the folder for temporary files.
    ///
    /// # Errors
    /// If no file can be made there.
    pub fn new() -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile()?, is_there: false, digest: Sha256::new(), length: 0 })
    }

    /// A file that is there already, whose pieces are only looked at.
    pub fn of(file: File) -> Self {
        Self { file, is_there: true, digest: Sha256::new(), length: 0 }
    }

    /// How many bytes have come in.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Takes the next piece. May wait for the disk.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn add(&mut self, piece: &[u8]) -> io::Result<()> {
        self.digest.update(piece);
        self.length += piece.len() as u64;
        if self.is_there { Ok(()) } else { self.file.write_all(piece) }
    }

    /// All of it has come in.
    pub fn finish(self) -> Spooled {
        Spooled { file: self.file, hash: HEXLOWER.encode(&self.digest.finalize()) }
    }
}
