//! `modelry token`: making, listing and revoking tokens. Works beside running servers, which know of it within a second.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{CliError, DatabaseOptions, database, output, sign_in};
use crate::auth::Secret;
use crate::domain::{ChangeChannel, Role, Scope, Timestamp};
use crate::registry::api_token::{self, Giver, NewApiToken, scopes_of};
use crate::registry::clock::Clock;
use crate::registry::{WriteError, WriteResult};
use crate::store::api_token::{ApiTokenRow, by_name, unrevoked};
use crate::store::{Author, Store};

/// Who is said to have done it if the account has no name.
const NOBODY: &str = "unknown";

/// Make, list and revoke tokens that let programs in
#[derive(Debug, Args)]
pub struct Token {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Make a token, and print it: it is shown this once, since only its hash is kept
    Create(Create),
    /// Make a link that signs a browser in as an admin, once, within an hour
    Link(Link),
    /// List the tokens that are not revoked
    List(List),
    /// Revoke a token: running servers let it in no more within a second
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Create {
    /// What it is called, such as ci: lower-case letters, digits and . _ : / @ -
    name: String,
    /// What it may do: viewer, editor or admin
    #[arg(long, value_name = "ROLE")]
    role: Role,
    /// What it is limited to, such as catalogue:read; may be given several times (default: all that the role may do)
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<Scope>,
    /// After how many days it is no longer good (default: never)
    #[arg(long, value_name = "DAYS")]
    expires_in: Option<u32>,
    /// Print what is kept beside the token, in JSON
    #[arg(long)]
    json: bool,
    /// Who makes it, as the audit log is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Args)]
struct Link {
    /// Where the server is, such as `https://models.example` (default: the setting `http.public_url`, else where it listens)
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Who signs in by it, as the history is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Args)]
struct List {
    /// List them in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Args)]
struct Revoke {
    /// What it is called
    name: String,
    /// Who revokes it, as the audit log is to tell it (default: the name of your account)
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true)]
    actor: Option<String>,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Does what is asked for.
///
/// # Errors
/// If there is no database, what is asked for can't be done, or the database fails.
pub async fn run(command: Token) -> Result<(), CliError> {
    match command.command {
        TokenCommand::Create(command) => create(command).await,
        TokenCommand::Link(command) => link(command).await,
        TokenCommand::List(command) => list(command).await,
        TokenCommand::Revoke(command) => revoke(command).await,
    }
}

fn author(actor: Option<&str>, operation: &str) -> Author {
    Author::new(actor.unwrap_or(NOBODY), ChangeChannel::Cli, operation, Clock::system().now())
}

fn done(written: WriteResult<ApiTokenRow>) -> Result<ApiTokenRow, CliError> {
    written.map_err(|error| match error {
        WriteError::Store(error) => error.into(),
        WriteError::UserErrors(errors) => {
            let each = errors.iter().map(|error| format!("{}: {}", error.field.join("."), error.message));
            CliError::Refused(each.collect::<Vec<_>>().join("; "))
        }
        WriteError::Secrets(error) => error.into(),
        WriteError::Conflicts(_) => CliError::Refused("later changes stand in the way".to_owned()),
    })
}

async fn create(command: Create) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let author = author(command.actor.as_deref(), "createApiToken");
    let secret = Secret::token().map_err(|error| CliError::Refused(error.to_string()))?;
    let end = command.expires_in.map(|days| author.moment.to_utc() + chrono::TimeDelta::days(days.into()));
    let token = NewApiToken {
        name: command.name,
        role: command.role,
        scopes: (!command.scopes.is_empty()).then_some(command.scopes),
        expires_at: end.map(Timestamp::new),
        hash: secret.hash().to_hex(),
        hint: secret.hint(),
    };
    let row = done(api_token::create(&store, author, &Giver::unlimited(), token).await)?;
    if !command.json {
        return output::tell(&secret.expose());
    }
    let mut shown = shown(&row);
    shown["token"] = secret.expose().into();
    output::tell(&shown)
}

async fn link(command: Link) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let base = if let Some(url) = command.url {
        url
    } else {
        let config = database::config(&command.database)?;
        sign_in::base(&config.http, config.listen)
    };
    output::tell(&sign_in::link(&store, author(command.actor.as_deref(), "createSignInLink"), &base).await?)
}

async fn list(command: List) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let rows = store.read(|conn| Box::pin(unrevoked(conn))).await?;
    if command.json {
        return output::tell(&rows.iter().map(shown).collect::<Value>());
    }
    let lines = rows.iter().map(|row| {
        let moment = |moment: Option<Timestamp>| moment.map_or_else(|| "never".to_owned(), Timestamp::to_text);
        let scopes = row.scopes.as_deref().unwrap_or("all scopes");
        let (used, ends) = (moment(row.last_used_at), moment(row.expires_at));
        format!("{}  ...{}  {}  {scopes}  last used {used}  expires {ends}", row.name, row.hint, row.role)
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { output::tell(&"there are no tokens") } else { output::tell(&lines.join("\n")) }
}

async fn revoke(command: Revoke) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let row = named(&store, command.name).await?;
    let row = done(api_token::revoke(&store, author(command.actor.as_deref(), "revokeApiToken"), row.id).await)?;
    output::tell(&format!("{} is revoked", row.name))
}

async fn named(store: &Store, name: String) -> Result<ApiTokenRow, CliError> {
    let wanted = name.clone();
    let found = store.read(move |conn| Box::pin(by_name(conn, wanted))).await?;
    found.ok_or_else(|| CliError::Refused(format!("there is no token {name:?} that is not revoked")))
}

/// A token as JSON, without what nobody may see.
fn shown(row: &ApiTokenRow) -> Value {
    json!({
        "name": row.name,
        "hint": row.hint,
        "role": row.role,
        "scopes": scopes_of(row),
        "createdAt": row.created_at,
        "createdBy": row.created_by,
        "expiresAt": row.expires_at,
        "lastUsedAt": row.last_used_at,
    })
}
