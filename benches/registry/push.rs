//! The feed under load: many subscribers, many changes a second.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::requests::post;
use crate::Outcome;
use crate::shared::asking::{Asked, once};

const SUBSCRIBERS: usize = 100;
/// How many changes are made each second, as many change sets of so many changes each, and for how long.
const CHANGES_PER_SECOND: usize = 1_000;
const CHANGES_AT_ONCE: usize = 50;
const SECONDS: usize = 8;
const CHANGES: usize = CHANGES_PER_SECOND * SECONDS;
/// How long the last of them may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// From the feed's end before the first of them is open: none misses a change by beginning late.
const SUBSCRIPTION: &str = "subscription($after: String) { changed(types: [MODEL_PARAMETER], after: $after) \
                            { cursor number type operation objectId } }";

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// Prints how many deliveries a second were reached, and how long a change took from its mutation's sending to its arrival.
pub async fn measure(asked: Asked<'_>) -> Outcome<()> {
    let end = once(asked, "{ changeFeedCursor }").await?;
    let mut subscribers = Vec::new();
    for _ in 0..SUBSCRIBERS {
        let socket = subscribe(asked.address, &end["data"]["changeFeedCursor"]).await?;
        subscribers.push(tokio::spawn(follow(socket)));
    }
    // Until the last of them has begun.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let started = Instant::now();
    let sent = write(asked, started).await?;
    let written = started.elapsed();
    let mut lags = Vec::new();
    for subscriber in subscribers {
        let arrived = tokio::time::timeout(PATIENCE, subscriber).await???;
        if arrived.len() < CHANGES {
            return Err(format!("a subscriber got {} of {CHANGES} changes", arrived.len()).into());
        }
        let lag = |(at, number): (Instant, usize)| at.saturating_duration_since(sent[number / CHANGES_AT_ONCE]);
        lags.extend(arrived.into_iter().zip(0..).map(lag));
    }
    let all = started.elapsed();
    lags.sort_unstable();
    let lag = |share: usize| format!("{:.1} ms", lags[lags.len() * share / 1000 - 1].as_secs_f64() * 1e3);
    println!(
        "| {SUBSCRIBERS} subscribers, {CHANGES} changes in {:.2} s | {:.0} deliveries/s in {:.2} s | {} | {} | {} |",
        written.as_secs_f64(),
        lags.len() as f64 / all.as_secs_f64(),
        all.as_secs_f64(),
        lag(500),
        lag(990),
        lag(1000),
    );
    Ok(())
}

async fn subscribe(address: &str, after: &Value) -> Outcome<Socket> {
    let mut request = format!("ws://{address}/graphql").into_client_request()?;
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse()?);
    let (mut socket, _) = connect_async(request).await?;
    for message in [
        json!({ "type": "connection_init" }),
        json!({ "type": "subscribe", "id": "1", "payload": { "query": SUBSCRIPTION, "variables": { "after": after } } }),
    ] {
        socket.send(Message::text(message.to_string())).await?;
    }
    Ok(socket)
}

/// When each change arrived. That none is missing and none comes twice is asserted by the tests; here they are counted.
async fn follow(mut socket: Socket) -> Result<Vec<Instant>, tokio_tungstenite::tungstenite::Error> {
    let mut arrived = Vec::with_capacity(CHANGES);
    while arrived.len() < CHANGES {
        match socket.next().await {
            Some(Ok(Message::Text(text))) if text.contains("\"next\"") => arrived.push(Instant::now()),
            Some(Ok(Message::Text(text))) if text.contains("\"error\"") || text.contains("\"complete\"") => {
                println!("a subscriber was ended after {} changes: {text}", arrived.len());
                break;
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error),
            None => break,
        }
    }
    Ok(arrived)
}

/// Makes changes at an even pace, and says when each change set was sent off.
async fn write(asked: Asked<'_>, started: Instant) -> Outcome<Vec<Instant>> {
    let data = once(asked, "{ models(first: 1) { nodes { id } } }").await?;
    let id = &data["data"]["models"]["nodes"][0]["id"];
    let client = reqwest::Client::new();
    let pause = Duration::from_secs(1) * u32::try_from(CHANGES_AT_ONCE)? / u32::try_from(CHANGES_PER_SECOND)?;
    let mut sent = Vec::new();
    for round in 0..CHANGES / CHANGES_AT_ONCE {
        let due = started + pause * u32::try_from(round)?;
        tokio::time::sleep_until(due.into()).await;
        let parameters: Vec<String> = (0..CHANGES_AT_ONCE)
            .map(|number| format!("{{ name: \"pushed_{number}\", type: INT, value: {round} }}"))
            .collect();
        sent.push(Instant::now());
        let set = format!(
            "mutation {{ setModelParameters(input: {{ modelId: {id}, parameters: [{}] }}) {{ userErrors {{ message }} }} }}",
            parameters.join(" ")
        );
        post(&client, asked, &set).await?;
    }
    Ok(sent)
}
