//! Reading what the index holds: all of it, or what has changed since.

use std::collections::BTreeSet;

use super::super::feed::{Feed, feed};
use super::super::read::{Cells, ReadRow, Source, load};
use super::super::sql::{Sql, Value};
use super::super::{Conn, StoreResult};
use super::catalogue::{Catalogue, ModelFacts, Stamp};
use super::documents::Folding;
use super::names::Named;
use crate::domain::{ChangeKind, Support};

/// Most changes that are caught up with; of more, all is read anew.
const MOST_CHANGES: usize = 2_000;
/// Models that are read at a time.
const CHUNK: i64 = 10_000;

impl ReadRow for ModelFacts {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            id: cells.next()?,
            supplier_id: cells.next()?,
            is_active: cells.next()?,
            name: cells.next()?,
            model_type: cells.next()?,
            sub_type: cells.next()?,
            document: cells.next()?,
        })
    }
}

impl From<Feed> for Stamp {
    fn from(feed: Feed) -> Self {
        Self { feed: (feed.registry, feed.purged), last: feed.last }
    }
}

/// Suppliers, capabilities and categories, those that were read.
#[derive(Default)]
struct Names {
    suppliers: Option<Vec<Named>>,
    capabilities: Option<Vec<Named>>,
    categories: Option<Vec<Named>>,
}

/// Models, and what they are linked to.
#[derive(Default)]
struct Models {
    facts: Vec<ModelFacts>,
    capabilities: Vec<((i64, i64), Support)>,
    categories: Vec<(i64, i64)>,
}

/// What has changed since a state.
pub(super) struct Changed {
    stamp: Stamp,
    names: Names,
    /// The models that were touched, and what those of them are that live.
    touched: BTreeSet<i64>,
    models: Models,
}

/// What became of a state.
pub(super) enum Since {
    /// A few rows have changed.
    Changed(Box<Changed>),
    /// So much that all is better read anew.
    Anew,
    /// Nothing, where this was read: it is the same state, or an earlier one.
    Nothing,
}

/// What became of reading all there is.
pub(super) enum Whole {
    /// It is this.
    Of(Box<Catalogue>),
    /// It takes more memory than there may be.
    TooLarge,
    /// The database folds letters as is not foreseen here.
    FoldsOtherwise,
    /// It isn't there yet, or reading it was broken off.
    NotYet,
}

/// Reads what has changed since `known`, in one state of the database.
pub(super) async fn changed_since(conn: &mut Conn, known: &Stamp) -> StoreResult<Since> {
    let Some(stamp) = feed(conn).await?.map(Stamp::from) else { return Ok(Since::Anew) };
    if stamp.feed != known.feed {
        return Ok(Since::Anew);
    }
    if stamp.last <= known.last {
        return Ok(Since::Nothing);
    }
    let changes: Vec<(ChangeKind, (i64, Option<i64>))> = load(conn, changes_behind(known.last)).await?;
    if changes.len() > MOST_CHANGES {
        return Ok(Since::Anew);
    }
    let has = |kind| changes.iter().any(|(of, _)| *of == kind);
    let names = names(conn, has).await?;
    let mut touched: BTreeSet<i64> = changes.iter().filter_map(|(kind, touch)| model_of(*kind, *touch)).collect();
    let aliases: Vec<i64> =
        changes.iter().filter(|(kind, _)| *kind == ChangeKind::ModelAlias).map(|(_, (row, _))| *row).collect();
    if !aliases.is_empty() {
        // An alias can pass on to another model, and is then missing from the document of the one before.
        let had = Sql::new("SELECT DISTINCT model_id FROM model_aliases_history WHERE id").in_ids(aliases);
        touched.extend(load::<i64>(conn, had).await?);
    }
    let models = if touched.is_empty() {
        Models::default()
    } else {
        let ids: Vec<i64> = touched.iter().copied().collect();
        models(conn, |column| Sql::new(column).in_ids(ids.clone())).await?
    };
    Ok(Since::Changed(Box::new(Changed { stamp, names, touched, models })))
}

fn changes_behind(last: i64) -> Sql {
    Sql::new("SELECT kind, of_row, of_model FROM changes WHERE id > ")
        .bind(Value::BigInt(last))
        .text(" ORDER BY id LIMIT ")
        .bind(Value::BigInt(MOST_CHANGES as i64 + 1))
}

/// The model that a change is of, if models are chosen by what it is of.
const fn model_of(kind: ChangeKind, (row, model): (i64, Option<i64>)) -> Option<i64> {
    match kind {
        ChangeKind::Model => Some(row),
        ChangeKind::ModelAlias | ChangeKind::ModelCapability | ChangeKind::ModelCategory => model,
        _ => None,
    }
}

/// Reads all there is, in one state of the database.
pub(super) async fn all(conn: &mut Conn, max_bytes: u64) -> StoreResult<Whole> {
    let Some(stamp) = feed(conn).await?.map(Stamp::from) else { return Ok(Whole::NotYet) };
    let Some(folding) = folding(conn).await? else { return Ok(Whole::FoldsOtherwise) };
    let mut catalogue = Catalogue::new(stamp, folding);
    catalogue.rename(names(conn, |_| true).await?);
    let mut behind = 0;
    loop {
        let upto = Sql::new("SELECT max(id) FROM (SELECT id FROM models WHERE id > ")
            .bind(Value::BigInt(behind))
            .text(" ORDER BY id LIMIT ")
            .bind(Value::BigInt(CHUNK))
            .text(") AS chunk");
        let Some(upto) = load::<Option<i64>>(conn, upto).await?.pop().flatten() else { break };
        let models = models(conn, |column| {
            let bound = |sql: Sql, operator, bound| sql.text(column).text(operator).bind(Value::BigInt(bound));
            bound(bound(Sql::default(), " > ", behind).text(" AND "), " <= ", upto)
        })
        .await?;
        // It takes a while, during which this thread could do nothing else.
        let added = tokio::task::spawn_blocking(move || {
            catalogue.add(models);
            catalogue
        });
        let Ok(grown) = added.await else { return Ok(Whole::NotYet) };
        catalogue = grown;
        if u64::try_from(catalogue.bytes()).unwrap_or(u64::MAX) > max_bytes {
            return Ok(Whole::TooLarge);
        }
        behind = upto;
    }
    Ok(Whole::Of(Box::new(catalogue)))
}

/// How the database folds letters; `None` if it does with ASCII letters what is not foreseen here, as in Turkish.
async fn folding(conn: &mut Conn) -> StoreResult<Option<Folding>> {
    let statement =
        Sql::default().dialect("SELECT 'sqlite'", "SELECT lower('ABCDEFGHIJKLMNOPQRSTUVWXYZ' COLLATE \"default\")");
    Ok(match load::<String>(conn, statement).await?.pop().as_deref() {
        Some("sqlite") => Some(Folding::Sqlite),
        Some("abcdefghijklmnopqrstuvwxyz") => Some(Folding::Postgres),
        _ => None,
    })
}

async fn names(conn: &mut Conn, is_wanted: impl Fn(ChangeKind) -> bool) -> StoreResult<Names> {
    let mut names = Names::default();
    if is_wanted(ChangeKind::Supplier) {
        names.suppliers =
            Some(load(conn, Sql::new("SELECT id, name, name, display_name, deleted_at IS NULL FROM suppliers")).await?);
    }
    if is_wanted(ChangeKind::Capability) {
        let capabilities = Sql::new("SELECT id, name, name, display_name, deleted_at IS NULL FROM capabilities");
        names.capabilities = Some(load(conn, capabilities).await?);
    }
    if is_wanted(ChangeKind::Category) {
        let categories = Sql::new("SELECT id, name, path, display_name, deleted_at IS NULL FROM model_categories");
        names.categories = Some(load(conn, categories).await?);
    }
    Ok(names)
}

/// The live models whose id meets a condition, and what is linked to them.
async fn models(conn: &mut Conn, condition: impl Fn(&'static str) -> Sql) -> StoreResult<Models> {
    let facts = Sql::new(
        "SELECT models.id, models.supplier_id, models.is_active, models.name, models.model_type, models.sub_type, \
         model_search.document FROM models JOIN model_search ON ",
    )
    .dialect("model_search.rowid", "model_search.model_id")
    .text(" = models.id WHERE models.deleted_at IS NULL AND ")
    .push(condition("models.id"));
    let capabilities = Sql::new(
        "SELECT model_id, capability_id, support FROM model_capability_associations WHERE deleted_at IS NULL AND ",
    )
    .push(condition("model_id"));
    let categories =
        Sql::new("SELECT model_id, category_id FROM model_category_associations WHERE deleted_at IS NULL AND ")
            .push(condition("model_id"));
    Ok(Models {
        facts: load(conn, facts).await?,
        capabilities: load(conn, capabilities).await?,
        categories: load(conn, categories).await?,
    })
}

impl Catalogue {
    /// Brings it to the state that the changes lead to.
    pub(super) fn apply(&mut self, changed: Changed) {
        let Changed { stamp, names, touched, models } = changed;
        for model in touched {
            self.remove(model);
        }
        self.rename(names);
        self.add(models);
        self.stamp = stamp;
    }

    fn rename(&mut self, names: Names) {
        let Names { suppliers, capabilities, categories } = names;
        let pairs = [
            (&mut self.suppliers, suppliers),
            (&mut self.capabilities, capabilities),
            (&mut self.categories, categories),
        ];
        for (known, read) in pairs {
            if let Some(read) = read {
                *known = read;
            }
        }
    }

    fn add(&mut self, models: Models) {
        for facts in models.facts {
            self.put(facts);
        }
        for ((model, capability), support) in models.capabilities {
            self.link_capability(model, capability, support);
        }
        for (model, category) in models.categories {
            self.link_category(model, category);
        }
    }
}
