//! Removing for good what was deleted long ago.
//!
//! A purged row is in no read any more, not even among the deleted ones. The past keeps it (`at`), unless its history is
//! removed too; the feed tells of the removal either way.

use chrono::TimeDelta;

use super::editor::Editor;
use super::key_audit::{KeyAction, record_all};
use super::user_error::{UserErrorCode, WriteResult, refused};
use crate::domain::Timestamp;
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::CapabilityLink;
use crate::store::category::Category;
use crate::store::category_link::CategoryLink;
use crate::store::model::Model;
use crate::store::model_pointer::ModelPointer;
use crate::store::model_version::ModelVersion;
use crate::store::parameter::Parameter;
use crate::store::price::Price;
use crate::store::purge::{deleted_before, forget, forget_successors, gone_before, remove};
use crate::store::rows::by_ids;
use crate::store::supplier::Supplier;
use crate::store::supplier_key::SupplierKey;
use crate::store::{Entity, StoreResult, Transaction};

/// Longest age that can be asked for, in days: a thousand years.
const MAX_DAYS: i64 = 365_250;

/// What is to be purged.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Rows that were deleted at least so many days ago go.
    pub older_than_days: i64,
    /// Whether the history of such rows goes too, also of those that were purged before.
    pub with_history: bool,
    /// Whether only to tell what would go.
    pub dry_run: bool,
}

/// What went, or would go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purged {
    /// Rows by the name of their GraphQL type, children before what they belong to; kinds without any are left out.
    pub rows: Vec<(&'static str, usize)>,
    /// States of rows that the history no longer has.
    pub states: usize,
}

impl Purged {
    fn add(&mut self, kind: &'static str, number: usize) {
        if number > 0 {
            self.rows.push((kind, number));
        }
    }

    /// How many rows in all.
    pub fn total(&self) -> usize {
        self.rows.iter().map(|(_, number)| number).sum()
    }
}

/// Removes rows that were deleted long ago.
///
/// # Errors
/// If the age is none, or the database fails; nothing is removed then.
pub async fn purge(editor: &Editor, terms: Terms) -> WriteResult<Purged> {
    if !(0..=MAX_DAYS).contains(&terms.older_than_days) {
        let message = format!("must be 0 to {MAX_DAYS} days");
        return Err(refused("olderThanDays", UserErrorCode::OutOfRange, message));
    }
    editor
        .attempt(!terms.dry_run, move |transaction| {
            Box::pin(async move {
                let age = TimeDelta::days(terms.older_than_days);
                let before = Timestamp::new(transaction.now().to_utc() - age);
                Ok(perform(transaction, before, terms).await?)
            })
        })
        .await
}

async fn perform(transaction: &mut Transaction, before: Timestamp, terms: Terms) -> StoreResult<Purged> {
    let mut purged = Purged::default();
    remove_parts(transaction, before, &mut purged).await?;
    remove_models(transaction, before, &mut purged).await?;
    remove_categories(transaction, before, &mut purged).await?;
    let unused = " AND NOT EXISTS (SELECT 1 FROM model_capability_associations AS link WHERE link.capability_id = capabilities.id)";
    remove_all::<Capability>(transaction, before, "Capability", unused, &mut purged).await?;
    remove_keys(transaction, before, terms.dry_run, &mut purged).await?;
    let empty = " AND NOT EXISTS (SELECT 1 FROM models WHERE models.supplier_id = suppliers.id) \
         AND NOT EXISTS (SELECT 1 FROM supplier_keys AS part WHERE part.supplier_id = suppliers.id)";
    remove_all::<Supplier>(transaction, before, "Supplier", empty, &mut purged).await?;
    if terms.with_history {
        purged.states = forget_all(transaction, before).await?;
    }
    Ok(purged)
}

async fn remove_all<E: Entity>(
    transaction: &mut Transaction,
    before: Timestamp,
    kind: &'static str,
    condition: &'static str,
    purged: &mut Purged,
) -> StoreResult<()> {
    let going = deleted_before::<E>(transaction, before, condition).await?;
    purged.add(kind, remove::<E>(transaction, going).await?);
    Ok(())
}

/// Keys of suppliers, whose ciphertexts go with them.
async fn remove_keys(
    transaction: &mut Transaction,
    before: Timestamp,
    dry_run: bool,
    purged: &mut Purged,
) -> StoreResult<()> {
    let going = deleted_before::<SupplierKey>(transaction, before, "").await?;
    if !dry_run {
        let keys = by_ids::<SupplierKey>(transaction.conn(), going.clone()).await?;
        record_all(transaction, KeyAction::Purge, &keys).await?;
    }
    purged.add("SupplierKey", remove::<SupplierKey>(transaction, going).await?);
    Ok(())
}

/// What belongs to models goes before they do.
async fn remove_parts(transaction: &mut Transaction, before: Timestamp, purged: &mut Purged) -> StoreResult<()> {
    remove_all::<ModelPointer>(transaction, before, "ModelPointer", "", purged).await?;
    let unnamed =
        " AND NOT EXISTS (SELECT 1 FROM model_pointers AS pointer WHERE pointer.model_version_id = model_versions.id)";
    remove_all::<ModelVersion>(transaction, before, "ModelVersion", unnamed, purged).await?;
    remove_all::<Price>(transaction, before, "ModelPrice", "", purged).await?;
    remove_all::<CategoryLink>(transaction, before, "ModelCategory", "", purged).await?;
    remove_all::<CapabilityLink>(transaction, before, "ModelCapability", "", purged).await?;
    remove_all::<Parameter>(transaction, before, "ModelParameter", "", purged).await?;
    remove_all::<Alias>(transaction, before, "ModelAlias", "", purged).await
}

/// Models of which nothing is left; others that name one of them as their successor no longer do.
async fn remove_models(transaction: &mut Transaction, before: Timestamp, purged: &mut Purged) -> StoreResult<()> {
    const BARE: &str = " AND NOT EXISTS (SELECT 1 FROM model_aliases AS part WHERE part.model_id = models.id) \
         AND NOT EXISTS (SELECT 1 FROM model_parameters AS part WHERE part.model_id = models.id) \
         AND NOT EXISTS (SELECT 1 FROM model_capability_associations AS part WHERE part.model_id = models.id) \
         AND NOT EXISTS (SELECT 1 FROM model_category_associations AS part WHERE part.model_id = models.id) \
         AND NOT EXISTS (SELECT 1 FROM model_prices AS part WHERE part.model_id = models.id) \
         AND NOT EXISTS (SELECT 1 FROM model_versions AS part WHERE part.model_id = models.id)";
    let going = deleted_before::<Model>(transaction, before, BARE).await?;
    forget_successors(transaction, going.clone()).await?;
    purged.add("Model", remove::<Model>(transaction, going).await?);
    Ok(())
}

/// Categories without models, from the leaves up: one that has a child that stays, stays.
async fn remove_categories(transaction: &mut Transaction, before: Timestamp, purged: &mut Purged) -> StoreResult<()> {
    const LEAF: &str = " AND NOT EXISTS (SELECT 1 FROM model_category_associations AS link WHERE link.category_id = model_categories.id) \
         AND NOT EXISTS (SELECT 1 FROM model_categories AS child WHERE child.parent_id = model_categories.id)";
    let mut removed = 0;
    loop {
        let leaves = deleted_before::<Category>(transaction, before, LEAF).await?;
        if leaves.is_empty() {
            purged.add("Category", removed);
            return Ok(());
        }
        removed += remove::<Category>(transaction, leaves).await?;
    }
}

/// States that a published version of any model may show, of what models share.
const SHARED: &str =
    " AND NOT EXISTS (SELECT 1 FROM model_versions AS version WHERE version.cut >= since AND version.cut < until)";

/// States that a published version of the model that they belong to shows.
macro_rules! in_a_version {
    ($history:literal) => {
        concat!(
            " AND NOT EXISTS (SELECT 1 FROM model_versions AS version WHERE version.model_id = ",
            $history,
            ".model_id AND version.cut >= since AND version.cut < until)"
        )
    };
}

/// Removes the history of what is gone, but for what published versions of models that are still there show.
async fn forget_all(transaction: &mut Transaction, before: Timestamp) -> StoreResult<usize> {
    let mut states = 0;
    macro_rules! forget_each {
        ($($entity:ident: $kind:literal, $pinned:expr;)+) => { $(
            let gone = gone_before::<$entity>(transaction, before).await?;
            states += forget::<$entity>(transaction, $kind, gone, $pinned).await?;
        )+ };
    }
    forget_each! {
        ModelPointer: "ModelPointer", "";
        ModelVersion: "ModelVersion", "";
        Price: "ModelPrice", in_a_version!("model_prices_history");
        CategoryLink: "ModelCategory", in_a_version!("model_category_associations_history");
        CapabilityLink: "ModelCapability", in_a_version!("model_capability_associations_history");
        Parameter: "ModelParameter", in_a_version!("model_parameters_history");
        Alias: "ModelAlias", in_a_version!("model_aliases_history");
        Model: "Model", "";
        Category: "Category", SHARED;
        Capability: "Capability", SHARED;
        Supplier: "Supplier", SHARED;
    }
    Ok(states)
}
