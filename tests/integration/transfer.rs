//! Catalogues in and out.

mod concurrency;
mod definitions;
mod lossless;
mod own_format;
mod ownership;
mod prices;
mod refusals;
mod repetition;
mod starter;
mod upload;
mod windows;

use modelry::domain::Timestamp;
use modelry::registry::clock::Clock;
use modelry::registry::transfer::apply::{ImportError, Options, Origin, Report, apply};
use modelry::registry::transfer::draft::Draft;
use modelry::registry::transfer::{litellm, models_dev, openrouter, own, snapshot};
use serde_json::Value;

use crate::support::TestDatabase;

const TABLES: [&str; 9] = [
    "suppliers",
    "capabilities",
    "model_categories",
    "models",
    "model_aliases",
    "model_parameters",
    "model_capability_associations",
    "model_category_associations",
    "model_prices",
];

/// A file, and where it comes from.
pub struct File(Draft, Origin);

pub fn from_models_dev(json: &Value) -> File {
    let draft = models_dev::read(json.to_string().as_bytes()).expect("a file of models.dev's");
    File(draft, Origin::ThirdParty(models_dev::SOURCE))
}

fn from_litellm(json: &Value) -> File {
    let draft = litellm::read(json.to_string().as_bytes()).expect("a file of LiteLLM's");
    File(draft, Origin::ThirdParty(litellm::SOURCE))
}

fn from_openrouter(json: &Value) -> File {
    let draft = openrouter::read(json.to_string().as_bytes()).expect("an answer of OpenRouter's");
    File(draft, Origin::ThirdParty(openrouter::SOURCE))
}

/// A file of the own format, of these records.
pub fn from_own(records: &[&str]) -> File {
    let text = format!("{{\"format\":\"modelry\",\"version\":1}}\n{}", records.join("\n"));
    File(own::read(text.as_bytes()).expect("a file of the own format"), Origin::Own)
}

impl TestDatabase {
    /// Imports a file at noon of a day.
    pub async fn import(&self, file: File, day: &str) -> Report {
        self.try_import(file, day).await.expect("an import")
    }

    async fn try_import(&self, File(draft, origin): File, day: &str) -> Result<Report, ImportError> {
        apply(self.store(), draft, origin, &Options::default(), &noon(day)).await
    }

    /// What an import would do.
    async fn rehearse(&self, File(draft, origin): File, day: &str) -> Report {
        let options = Options { dry_run: true, shown: 100, ..Options::default() };
        apply(self.store(), draft, origin, &options, &noon(day)).await.expect("a dry run")
    }

    /// The catalogue in the own format.
    async fn export(&self) -> String {
        let draft = snapshot::snapshot(self.store()).await.expect("a snapshot");
        let mut out = Vec::new();
        own::write(&draft, &mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    /// Every row's id, version and times, deleted rows included.
    async fn rows(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for table in TABLES {
            let sql = format!(
                "SELECT '{table} ' || id || ' ' || version || ' ' || CAST(created_at AS TEXT) || ' ' || \
                 CAST(updated_at AS TEXT) || ' ' || coalesce(CAST(deleted_at AS TEXT), '') AS value \
                 FROM {table} ORDER BY id"
            );
            rows.extend(self.texts(&sql).await);
        }
        rows
    }

    /// The record of a model in the own format.
    async fn model(&self, name: &str) -> Value {
        self.record(|record| record["kind"] == "model" && record["name"] == name).await
    }

    /// The record of a supplier in the own format.
    async fn supplier(&self, name: &str) -> Value {
        self.record(|record| record["kind"] == "supplier" && record["name"] == name).await
    }

    async fn record(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        let export = self.export().await;
        let mut records = export.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        records.find(|record| wanted(record)).unwrap_or_default()
    }
}

fn noon(day: &str) -> Clock {
    Clock::fixed(Timestamp::new(format!("{day}T12:00:00Z").parse().expect("a moment")))
}

/// The row of a model's list that has this name.
fn row<'a>(model: &'a Value, list: &str, name: &str) -> &'a Value {
    let rows = model[list].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_named = |row: &&Value| ["name", "component", "alias", "path"].iter().any(|key| row[*key] == name);
    rows.iter().find(is_named).unwrap_or(&Value::Null)
}
