//! `SupplierKey`: what is known about a key of a supplier. The key itself is in no field.

use async_graphql::{Context, Enum, Error, ID, Object, Result};
use chrono::{DateTime, TimeDelta, Utc};

use super::error::{bad_input, fault};
use super::guard::ByPolicy;
use super::id::NodeKind;
use super::scope::scope;
use super::supplier::Supplier;
use crate::domain::Timestamp;
use crate::loader::{Batch, Item};
use crate::store::supplier_key::{SupplierKey as SupplierKeys, SupplierKeyFields, ending_before};

/// How long before its end a key is said to be ending.
const NOTICE: TimeDelta = TimeDelta::days(14);
/// Most keys that are listed at once.
const MAX_LISTED: i32 = 100;
/// How many are, unless said.
const LISTED: i32 = 20;
/// How many days ahead endings are looked for, unless said.
const AHEAD_DAYS: i32 = 14;
/// How many days ahead they can be.
const MAX_AHEAD_DAYS: i32 = 3_660;

/// What a key is good for at the moment; the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SupplierKeyStatus {
    /// It is switched off.
    Inactive,
    /// Its end has come: it can't be used any more.
    Expired,
    /// Another took its place, and it can be used until its end.
    RotatedOut,
    /// It can be used, and ends within 14 days.
    Expiring,
    /// It can be used.
    Active,
}

impl SupplierKeyStatus {
    fn of(key: &SupplierKeyFields, now: Timestamp) -> Self {
        let ends_by = |moment: DateTime<Utc>| key.expires_at.is_some_and(|end| end.to_utc() <= moment);
        if !key.is_active {
            Self::Inactive
        } else if ends_by(now.to_utc()) {
            Self::Expired
        } else if key.rotated_at.is_some() {
            Self::RotatedOut
        } else if ends_by(now.to_utc() + NOTICE) {
            Self::Expiring
        } else {
            Self::Active
        }
    }
}

/// A key that a supplier's API is called with. The key itself is written once and never shown; keys have no history, and are
/// those of the present whatever moment is read.
#[derive(Clone)]
pub struct SupplierKey(pub Item<SupplierKeys>);

/// A key that a supplier's API is called with. The key itself is written once and never shown; keys have no history, and are
/// those of the present whatever moment is read.
#[Object]
impl SupplierKey {
    /// Global id, such as `SupplierKey:7`, for the mutations of keys; `node` doesn't know it.
    async fn id(&self) -> ID {
        NodeKind::SupplierKey.id(self.0.id, None)
    }
    /// What people call it; unique among the supplier's live keys that are not rotated out.
    async fn label(&self) -> &str {
        &self.0.label
    }
    /// The key's last four characters; null if it is shorter than 16, or ends in other than letters and digits.
    async fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
    /// What it is good for at the moment.
    async fn status(&self, context: &Context<'_>) -> Result<SupplierKeyStatus> {
        Ok(SupplierKeyStatus::of(&self.0, scope(context)?.now))
    }
    /// Whether it may be used.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }
    /// How much of the supplier's calls it gets against its other keys, 1 to 1,000.
    async fn weight(&self) -> i32 {
        self.0.weight
    }
    /// How many whole days ago it was entered.
    async fn age_days(&self, context: &Context<'_>) -> Result<i64> {
        Ok((scope(context)?.now.to_utc() - self.0.created_at.to_utc()).num_days())
    }
    /// From when on it may no longer be used; null if it never ends.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at.map(Timestamp::to_utc)
    }
    /// When another took its place; null if none has.
    async fn rotated_at(&self) -> Option<DateTime<Utc>> {
        self.0.rotated_at.map(Timestamp::to_utc)
    }
    /// When it was last used; null if it never was.
    async fn last_used_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_used_at.map(Timestamp::to_utc)
    }
    /// The name of the master key that it is sealed with, as `modelry keys status` tells it.
    async fn master_key(&self) -> &str {
        &self.0.master_key
    }
    /// Whose API it is for.
    async fn supplier(&self, context: &Context<'_>) -> Result<Supplier> {
        let supplier = self.0.supplier().await.map_err(fault(context))?;
        supplier.map(Supplier).ok_or_else(|| Error::new("the key's supplier is gone"))
    }
    /// When it was entered.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.to_utc()
    }
    /// When what is known about it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at.to_utc()
    }
    /// When it was deleted; null while it lives.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at.map(Timestamp::to_utc)
    }
    /// Goes up with every change of what is known about it; pass it as `expectedVersion` to change only what you saw.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

/// Looking after keys.
#[derive(Default)]
pub struct KeyCare;

/// Looking after keys.
#[Object(guard = "ByPolicy")]
impl KeyCare {
    /// Keys that are in use and end soon, or have ended, those first that end first. Keys that are switched off or rotated out
    /// are not among them: their end is meant.
    async fn expiring_supplier_keys(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Those that end within so many days from now, 0 to 3,660; 14 unless said.")]
        within_days: Option<i32>,
        #[graphql(desc = "Most of them, 1 to 100; 20 unless said.")] first: Option<i32>,
    ) -> Result<Vec<SupplierKey>> {
        let (days, first) = (within_days.unwrap_or(AHEAD_DAYS), first.unwrap_or(LISTED));
        if !(0..=MAX_AHEAD_DAYS).contains(&days) {
            return Err(bad_input(format!("withinDays: must be 0 to {MAX_AHEAD_DAYS}, not {days}")));
        }
        if !(1..=MAX_LISTED).contains(&first) {
            return Err(bad_input(format!("first: must be 1 to {MAX_LISTED}, not {first}")));
        }
        let scope = scope(context)?;
        let before = Timestamp::new(scope.now.to_utc() + TimeDelta::days(days.into()));
        let find = scope.store.read(move |conn| Box::pin(ending_before(conn, before, first.into())));
        let found = find.await.map_err(fault(context))?;
        Ok(Batch::items(&scope.store, found).into_iter().map(SupplierKey).collect())
    }
}
