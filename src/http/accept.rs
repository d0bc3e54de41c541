//! What a client wants most, and which media type that is: one of the two of GraphQL over HTTP, or a stream of events.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, HeaderName};

/// A media type that GraphQL is answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// `application/graphql-response+json`: the status tells whether the request could be executed.
    GraphqlResponse,
    /// `application/json`: 200 for whatever was well-formed.
    Json,
    /// `text/event-stream`: each result is an event. Refusals are JSON.
    EventStream,
}

/// What a client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// What it wants most.
    pub media_type: MediaType,
    /// Whether it takes a stream of events too.
    pub event_stream: bool,
}

impl MediaType {
    /// The header's value for an answer that is not a stream.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json | Self::EventStream => "application/json; charset=utf-8",
        }
    }
}

/// The media type to answer in, by the `Accept` header; JSON without one; `None` if it allows none.
pub fn negotiate(headers: &HeaderMap) -> Option<Accepted> {
    let mut event_stream = false;
    let offers = ranges(headers, &ACCEPT).filter_map(offer).inspect(|(media_type, quality)| {
        event_stream |= *quality > 0.0 && *media_type == MediaType::EventStream;
    });
    let best = wanted_most(offers);
    let media_type = if headers.contains_key(ACCEPT) { best } else { Some(MediaType::Json) };
    media_type.map(|media_type| Accepted { media_type, event_stream })
}

/// The ranges of a header that tells what a client takes, such as `Accept`.
pub fn ranges<'a>(headers: &'a HeaderMap, header: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(header).into_iter().flat_map(|value| value.to_str().unwrap_or_default().split(','))
}

/// Of what is offered, each with how much it is wanted, that which is wanted most, and the first of those wanted alike.
/// What is wanted by nothing is refused.
pub fn wanted_most<T>(offers: impl Iterator<Item = (T, f32)>) -> Option<T> {
    let mut best: Option<(T, f32)> = None;
    for (offer, quality) in offers {
        if quality > 0.0 && best.as_ref().is_none_or(|(_, best)| quality > *best) {
            best = Some((offer, quality));
        }
    }
    best.map(|(offer, _)| offer)
}

/// What a media range allows, and how much it is wanted.
fn offer(range: &str) -> Option<(MediaType, f32)> {
    let mut parts = range.split(';').map(str::trim);
    let media_type = match parts.next()?.to_ascii_lowercase().as_str() {
        "application/graphql-response+json" => MediaType::GraphqlResponse,
        "application/json" | "application/*" | "*/*" => MediaType::Json,
        "text/event-stream" => MediaType::EventStream,
        _ => return None,
    };
    let mut quality = 1.0;
    for parameter in parts {
        let (name, value) = parameter.split_once('=')?;
        match name.trim().to_ascii_lowercase().as_str() {
            "q" => quality = value.trim().parse().ok()?,
            "charset" if !value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8") => return None,
            _ => {}
        }
    }
    Some((media_type, quality))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn negotiated(accept: &str) -> Option<MediaType> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_str(accept).expect("a header"));
        negotiate(&headers).map(|accepted| accepted.media_type)
    }

    #[test]
    fn the_most_wanted_of_the_two_wins_and_the_first_of_equals() {
        let silent = Accepted { media_type: MediaType::Json, event_stream: false };
        assert_eq!(negotiate(&HeaderMap::new()), Some(silent));
        assert_eq!(negotiated("*/*"), Some(MediaType::Json));
        assert_eq!(
            negotiated("application/graphql-response+json, application/json;q=0.9"),
            Some(MediaType::GraphqlResponse)
        );
        assert_eq!(negotiated("application/graphql-response+json;q=0.1, application/json"), Some(MediaType::Json));
        assert_eq!(
            negotiated("text/html, application/graphql-response+json; charset=utf-8"),
            Some(MediaType::GraphqlResponse)
        );
    }

    #[test]
    fn a_stream_of_events_is_noticed_wherever_it_stands() {
        let accepted = |accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_str(accept).expect("a header"));
            negotiate(&headers).map(|accepted| (accepted.media_type, accepted.event_stream))
        };
        assert_eq!(accepted("text/event-stream"), Some((MediaType::EventStream, true)));
        assert_eq!(accepted("application/json, text/event-stream"), Some((MediaType::Json, true)));
        assert_eq!(accepted("application/json, text/event-stream;q=0"), Some((MediaType::Json, false)));
        assert_eq!(accepted("*/*"), Some((MediaType::Json, false)));
    }

    #[test]
    fn neither_is_refused() {
        for accept in
            ["text/html", "application/json;q=0", "application/json;charset=latin1", "application/json;q=x", ""]
        {
            assert_eq!(negotiated(accept), None, "{accept}");
        }
    }
}
