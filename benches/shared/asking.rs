//! Asking a server, once.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Outcome;

pub fn runtime() -> Outcome<tokio::runtime::Runtime> {
    // The client asks for a provider of cryptography even where no address is encrypted. A second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// The URL of a new database on the server.
pub fn postgres(server: &str, name: &str) -> Outcome<String> {
    let name = format!("bench_{}_{name}", std::process::id());
    runtime()?.block_on(create_database(server, &name))?;
    let (path, options) =
        server.split_once('?').map_or((server, String::new()), |(path, rest)| (path, format!("?{rest}")));
    let (base, _) = path.rsplit_once('/').ok_or("the server's URL names no database")?;
    Ok(format!("{base}/{name}{options}"))
}

/// Makes a database on a PostgreSQL server.
async fn create_database(server: &str, name: &str) -> Outcome<()> {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await?;
    let driver = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
    drop(client);
    driver.await??;
    Ok(())
}

/// Who is asked, and as whom.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub address: &'a str,
    /// The token that requests carry; without one they are nobody's.
    pub token: Option<&'a str>,
}

/// Asks once, without variables.
pub async fn once(asked: Asked<'_>, query: &str) -> Outcome<Value> {
    Ok(ask(&reqwest::Client::new(), asked, query, &json!({})).await?.0)
}

/// The answer, the time it took, and how many SQL statements it needed.
pub async fn ask(
    client: &reqwest::Client,
    Asked { address, token }: Asked<'_>,
    query: &str,
    variables: &Value,
) -> Outcome<(Value, Duration, String)> {
    let body = json!({ "query": query, "variables": variables }).to_string();
    let mut request =
        client.post(format!("http://{address}/graphql")).header("content-type", "application/json").body(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let started = Instant::now();
    let response = request.send().await?;
    let timing = response.headers().get("server-timing").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let statements = timing.split("desc=\"").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or("?").to_owned();
    let body: Value = serde_json::from_slice(&response.bytes().await?)?;
    let elapsed = started.elapsed();
    if body.get("errors").is_some() { Err(body.to_string().into()) } else { Ok((body, elapsed, statements)) }
}
