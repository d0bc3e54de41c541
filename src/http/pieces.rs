//! Bodies of two pieces, the first of which many answers share: neither is copied to be sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body as AnyBody, Bytes};
use http_body::{Body, Frame, SizeHint};

/// A body of two pieces.
pub struct Pieces([Option<Bytes>; 2]);

impl Pieces {
    /// The body that they make, one behind the other.
    pub fn body(first: Bytes, second: Bytes) -> AnyBody {
        AnyBody::new(Self([first, second].map(|piece| Some(piece).filter(|piece| !piece.is_empty()))))
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.iter_mut().find_map(Option::take).map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.iter().flatten().map(|piece| piece.len() as u64).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pieces_come_one_behind_the_other_with_their_length() {
        for (first, second) in [("one ", "two"), ("", "two"), ("one ", ""), ("", "")] {
            let body = Pieces::body(Bytes::from_static(first.as_bytes()), Bytes::from_static(second.as_bytes()));
            let whole = [first, second].concat();
            assert_eq!(body.size_hint().exact(), Some(whole.len() as u64));
            assert_eq!(axum::body::to_bytes(body, 100).await.expect("a body"), whole);
        }
    }
}
