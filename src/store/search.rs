//! Free-text search over models: names, display names, descriptions and aliases.
//!
//! Each model has one document, kept by triggers, that holds them all. SQLite indexes documents by their runs of three
//! characters (FTS5's trigram tokenizer), PostgreSQL likewise (`pg_trgm`), so that any part of a word finds it, in
//! Chinese as in English. Shorter texts have no such run: they scan the documents. PostgreSQL's are kept in lower case, so
//! that a word in lower case is found as `ILIKE` finds it, without folding every document anew.

use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};

use super::StoreResult;
use super::condition::Condition;
use super::past::folded;
use super::predicate::{Predicate, like_pattern};
use super::sql::{Sql, Value};

/// Characters that an indexed run has.
const RUN: usize = 3;
/// Words that one search looks for; more would not make it sharper.
const MAX_WORDS: usize = 16;

/// Models that hold every word of `text`, anywhere, in upper or lower case.
pub fn models_matching(text: &str) -> Predicate {
    let words = || text.split_whitespace().take(MAX_WORDS);
    let found = Predicate::all(words().map(holds_word));
    let words: Vec<String> = words().map(str::to_owned).collect();
    if words.is_empty() { found } else { found.meaning(Condition::Words(words)) }
}

fn holds_word(word: &str) -> Predicate {
    let pattern = Value::Text(like_pattern("%", word, "%"));
    let (now, then) = if word.chars().count() < RUN { of_short(word, pattern) } else { of_long(word, pattern) };
    let sql = Sql::new("models.id IN (SELECT ")
        .dialect("rowid", "model_id")
        .text(" FROM model_search WHERE ")
        .either(now, then)
        .text(")");
    Predicate::from_sql(sql.planned_by_values())
}

/// Documents that hold a word without a run, in the present and in the past. No index helps, and PostgreSQL must not try one.
fn of_short(word: &str, pattern: Value) -> (Sql, Sql) {
    let like = || Sql::new("document LIKE ").bind(pattern.clone()).text(" ESCAPE '\\'");
    let now = Sql::new("strpos(document, lower(").bind(Value::Text(word.to_owned())).text(")) > 0");
    let then = Sql::new("document ILIKE ").bind(pattern.clone());
    (Sql::by_database(like(), now), Sql::by_database(like(), then))
}

/// Documents that hold a word with a run, in the present and in the past. SQLite uses its index for `MATCH` only.
fn of_long(word: &str, pattern: Value) -> (Sql, Sql) {
    let phrase = Value::Text(format!("\"{}\"", word.replace('"', "\"\"")));
    let now = Sql::default()
        .dialect("model_search MATCH ", "document LIKE lower(")
        .bind_dialect(phrase, pattern.clone())
        .dialect("", ")");
    let then = Sql::default()
        .dialect("instr(fold(document), ", "document ILIKE ")
        .bind_dialect(Value::Text(folded(word)), pattern)
        .dialect(")", "");
    (now, then)
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
