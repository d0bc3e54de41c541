//! Free-text search over models: names, display names, descriptions and aliases.
//!
//! Each model has one document, kept by triggers, that holds them all. SQLite indexes documents by their runs of three
//! characters (FTS5's trigram tokenizer), PostgreSQL likewise (`pg_trgm`), so that any part of a word finds it, in
//! Chinese as in English. Shorter texts have no such run: they scan the documents.

use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};

use super::StoreResult;
use super::past::folded;
use super::predicate::{Predicate, like_pattern};
use super::sql::{Sql, Value};

/// Characters that an indexed run has.
const RUN: usize = 3;
/// Words that one search looks for; more would not make it sharper.
const MAX_WORDS: usize = 16;

/// Models that hold every word of `text`, anywhere, in upper or lower case.
pub fn models_matching(text: &str) -> Predicate {
    Predicate::all(text.split_whitespace().take(MAX_WORDS).map(holds_word))
}

fn holds_word(word: &str) -> Predicate {
    let pattern = Value::Text(like_pattern("%", word, "%"));
    // A search for a long word goes through the index on SQLite only as MATCH.
    let sql = if word.chars().count() < RUN {
        Sql::new("models.id IN (SELECT ")
            .dialect("rowid", "model_id")
            .text(" FROM model_search WHERE document ")
            .dialect("LIKE ", "ILIKE ")
            .bind(pattern)
            .text(" ESCAPE '\\')")
    } else {
        let phrase = Value::Text(format!("\"{}\"", word.replace('"', "\"\"")));
        let indexed =
            Sql::default().dialect("model_search MATCH ", "document ILIKE ").bind_dialect(phrase, pattern.clone());
        let plain = Value::Text(folded(word));
        let scanned = Sql::default()
            .dialect("instr(fold(document), ", "document ILIKE ")
            .bind_dialect(plain, pattern)
            .dialect(")", "");
        Sql::new("models.id IN (SELECT ")
            .dialect("rowid", "model_id")
            .text(" FROM model_search WHERE ")
            .either(indexed, scanned)
            .text(")")
    };
    Predicate::from_sql(sql)
}

/// Makes the trigram index, where the extension can be had; without it search scans, which the log says.
pub(super) async fn prepare_postgres(connection: &mut AsyncPgConnection) -> StoreResult<()> {
    if let Err(error) = connection.batch_execute("CREATE EXTENSION IF NOT EXISTS pg_trgm").await {
        tracing::debug!(%error, "the extension pg_trgm can't be created");
    }
    let installed =
        diesel::sql_query("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'").execute(connection).await?;
    if installed == 0 {
        tracing::warn!(
            "the PostgreSQL extension pg_trgm is missing: search works, but reads every model; `CREATE EXTENSION pg_trgm` as a superuser and restart"
        );
        return Ok(());
    }
    let index = "CREATE INDEX IF NOT EXISTS model_search_trigrams ON model_search USING gin (document gin_trgm_ops)";
    if let Err(error) = connection.batch_execute(index).await {
        tracing::warn!(%error, "the trigram index can't be made: search works, but reads every model");
    }
    Ok(())
}
