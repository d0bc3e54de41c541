//! Links that sign a browser in, and the one that is printed at the first start.

use std::io::IsTerminal as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::{CliError, output};
use crate::app::App;
use crate::auth::Secret;
use crate::config::HttpConfig;
use crate::domain::ChangeChannel;
use crate::registry::session::make_link;
use crate::store::session::any;
use crate::store::{Author, Store};

/// How long to wait for the database to be prepared.
const UNPREPARED: Duration = Duration::from_secs(1);
/// Who is said to sign in by the link that is printed at the first start.
const FIRST: &str = "first";

/// Where a browser finds the server: at the address that clients reach it by, if it is set, else, on this machine, where it
/// listens.
pub fn base(http: &HttpConfig, listen: SocketAddr) -> String {
    if let Some(public) = &http.public_url {
        return public.clone();
    }
    let address = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        address => address,
    };
    format!("http://{}", SocketAddr::new(address, listen.port()))
}

/// A new link.
///
/// # Errors
/// If the database fails, or the system has no random numbers.
pub async fn link(store: &Store, author: Author, base: &str) -> Result<String, CliError> {
    let code = Secret::code().map_err(|error| CliError::Refused(error.to_string()))?;
    make_link(store, author, code.hash().to_hex()).await?;
    Ok(format!("{}/login?code={}", base.trim_end_matches('/'), code.expose()))
}

/// Prints a link, once the database is prepared, if nobody has ever signed in.
pub async fn offer_first(app: App, listen: SocketAddr) {
    while !app.is_migrated() {
        tokio::time::sleep(UNPREPARED).await;
    }
    if let Err(error) = try_to_offer(&app, listen).await {
        tracing::warn!(%error, "no link to sign in by could be made; `modelry token link` makes one");
    }
}

async fn try_to_offer(app: &App, listen: SocketAddr) -> Result<(), CliError> {
    if app.store().read(|conn| Box::pin(any(conn))).await? {
        return Ok(());
    }
    // Elsewhere, standard output is likely kept and passed on, and read by others than who may be an admin.
    if !app.config().is_local() && !std::io::stdout().is_terminal() {
        return output::tell(
            &"Nobody has signed in yet. `modelry token link` makes a link that signs a browser in as an admin.",
        );
    }
    let author = Author::new(FIRST, ChangeChannel::System, "createSignInLink", app.clock().now());
    let link = link(app.store(), author, &base(&app.config().http, listen)).await?;
    output::tell(&format!(
        "Nobody has signed in yet. This link signs a browser in as an admin, once, within an hour:\n{link}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_where_clients_find_the_server() {
        for (listen, expected) in [
            ("127.0.0.1:8321", "http://127.0.0.1:8321"),
            ("0.0.0.0:80", "http://127.0.0.1:80"),
            ("[::]:80", "http://[::1]:80"),
            ("192.0.2.1:8321", "http://192.0.2.1:8321"),
        ] {
            assert_eq!(base(&HttpConfig::default(), listen.parse().expect("an address")), expected);
        }
        let http = HttpConfig { public_url: Some("https://models.example".to_owned()), ..HttpConfig::default() };
        assert_eq!(base(&http, "127.0.0.1:8321".parse().expect("an address")), "https://models.example");
    }
}
