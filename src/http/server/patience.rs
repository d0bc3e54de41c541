//! A connection that is given up if the client says nothing at first, or takes nothing of what it is sent.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// What HTTP/2 begins with. The server can't know which HTTP it is to speak before it has read another byte, and until
/// then has no time limit of its own.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A connection whose patience has an end.
pub struct Patience<S> {
    stream: S,
    /// Until when the client must have said which HTTP it speaks; `None` when it has.
    beginning: Option<Pin<Box<Sleep>>>,
    /// How much of [`PREFACE`] it has said.
    preface: usize,
    /// Until when the client must have taken something; `None` while it takes.
    stalled: Option<Pin<Box<Sleep>>>,
    /// How long it may take nothing.
    longest_stall: Duration,
}

impl<S> Patience<S> {
    /// With a client that may take so long to begin, and so long to take nothing.
    pub fn new(stream: S, beginning: Duration, longest_stall: Duration) -> Self {
        Self { stream, beginning: Some(Box::pin(sleep(beginning))), preface: 0, stalled: None, longest_stall }
    }

    fn heard(&mut self, bytes: &[u8]) {
        let expected = &PREFACE[self.preface..];
        let length = bytes.len().min(expected.len());
        self.preface += length;
        if bytes[..length] != expected[..length] || self.preface == PREFACE.len() {
            self.beginning = None;
        }
    }

    /// Passes on what came of a write, unless the client has been taking nothing for too long.
    fn taken<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let longest = self.longest_stall;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(longest)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patience<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Some(beginning) = &mut self.beginning {
            if read.is_ready() {
                self.heard(&buffer.filled()[before..]);
            } else if beginning.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patience<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.taken(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.taken(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.taken(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    const SOON: Duration = Duration::from_millis(50);

    /// What is read of a client that says this and nothing more.
    async fn read(said: &[u8]) -> io::Result<usize> {
        let (mut client, server) = duplex(1024);
        client.write_all(said).await?;
        let mut server = Patience::new(server, SOON, SOON);
        let mut read = 0;
        loop {
            match tokio::time::timeout(SOON * 4, server.read(&mut [0; 1024])).await {
                Ok(count) => read += count?,
                Err(_) => return Ok(read),
            }
        }
    }

    #[tokio::test]
    async fn who_does_not_begin_is_given_up() {
        for said in [&b""[..], b"P", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r"] {
            let error = read(said).await.expect_err("nothing more comes");
            assert_eq!(error.kind(), io::ErrorKind::TimedOut, "{said:?}");
        }
        assert_eq!(read(b"PO").await.ok(), Some(2), "from here on the server has limits of its own");
        assert_eq!(read(PREFACE).await.ok(), Some(24));
    }

    #[tokio::test]
    async fn who_takes_nothing_is_given_up() {
        let (client, server) = duplex(10);
        let mut server = Patience::new(server, SOON, SOON);
        let error = server.write_all(&[0; 100]).await.expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(client);
    }
}
