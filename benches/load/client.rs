//! A client that costs little: requests are bytes made beforehand, and of an answer no more is read than where it ends.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Outcome;

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    filled: usize,
}

/// What the head of an answer says.
struct Head {
    length: usize,
    status: u16,
    /// The length of the body; `None` if it comes in chunks.
    body: Option<usize>,
}

/// An answer's status and body.
pub struct Answer<'c> {
    pub status: u16,
    pub body: &'c [u8],
}

impl Connection {
    pub async fn open(address: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: vec![0; 64 * 1024], filled: 0 })
    }

    /// Sends a request and receives its answer whole.
    pub async fn exchange(&mut self, request: &[u8]) -> Outcome<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.filled = 0;
        let head = loop {
            self.receive().await?;
            if let Some(head) = head(&self.received[..self.filled])? {
                break head;
            }
        };
        let length = match head.body {
            Some(length) => {
                while self.filled < head.length + length {
                    self.receive().await?;
                }
                length
            }
            None => self.join_chunks(head.length).await?,
        };
        Ok(Answer { status: head.status, body: &self.received[head.length..head.length + length] })
    }

    async fn receive(&mut self) -> Outcome<()> {
        if self.filled == self.received.len() {
            self.received.resize(self.filled * 2, 0);
        }
        match self.stream.read(&mut self.received[self.filled..]).await? {
            0 => Err("the server closed a connection that was to be kept".into()),
            count => {
                self.filled += count;
                Ok(())
            }
        }
    }

    /// Receives chunks until the last, moves their content together behind the head, and returns its length.
    async fn join_chunks(&mut self, start: usize) -> Outcome<usize> {
        let (mut at, mut end) = (start, start);
        loop {
            let Some(line) = find(&self.received[at..self.filled], b"\r\n") else {
                self.receive().await?;
                continue;
            };
            let digits = self.received[at..at + line].split(|byte| *byte == b';').next().unwrap_or_default();
            let size = usize::from_str_radix(std::str::from_utf8(digits)?.trim(), 16)?;
            let content = at + line + 2;
            while self.filled < content + size + 2 {
                self.receive().await?;
            }
            if size == 0 {
                return Ok(end - start);
            }
            self.received.copy_within(content..content + size, end);
            end += size;
            at = content + size + 2;
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The head of an answer; `None` as long as it isn't there whole.
fn head(received: &[u8]) -> Outcome<Option<Head>> {
    let Some(end) = find(received, b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(&received[..end])?;
    let status = text.get(9..12).ok_or("no status")?.parse()?;
    let mut body = None;
    for line in text.lines().skip(1) {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            body = Some(value.trim().parse()?);
        }
    }
    Ok(Some(Head { length: end + 4, status, body }))
}
