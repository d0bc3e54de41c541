//! Typed operators, and the conditions they stand for. Operators of one filter must all hold; one left out, or null, asks nothing.

use async_graphql::{ID, InputObject, Result};
use chrono::{DateTime, NaiveDate, Utc};

use super::id::{NodeKind, expect_row};
use super::scalars::{Date, KnownDate};
use crate::domain::{Domain, LifecycleStage, ModelType, Timestamp};
use crate::store::lifecycle::models_in_stage;
use crate::store::predicate::{Comparison, Field, Predicate};
use crate::store::sql::Value;

/// A filter that can be put on a column.
pub trait OnField {
    /// The condition on `field`.
    fn on(&self, field: Field) -> Predicate;
}

/// The condition of a filter that may be missing.
pub fn given<F: OnField>(filter: Option<&F>, field: Field) -> Option<Predicate> {
    filter.map(|filter| filter.on(field))
}

/// The conditions of `and`, `or` and `not`, each made of filters of the same kind.
///
/// # Errors
/// Those of `predicate`.
pub fn combined<W>(
    and: Option<&[W]>,
    or: Option<&[W]>,
    not: Option<&W>,
    predicate: impl Fn(&W) -> Result<Predicate>,
) -> Result<Vec<Predicate>> {
    let each = |filters: &[W]| filters.iter().map(&predicate).collect::<Result<Vec<Predicate>>>();
    let mut conditions = Vec::new();
    if let Some(and) = and {
        conditions.push(Predicate::all(each(and)?));
    }
    if let Some(or) = or {
        conditions.push(Predicate::any(each(or)?));
    }
    if let Some(not) = not {
        conditions.push(predicate(not)?.negated());
    }
    Ok(conditions)
}

fn bounds<T>(
    field: Field,
    equal: Option<T>,
    at_least: Option<T>,
    at_most: Option<T>,
    value: impl Fn(T) -> Value,
) -> Vec<Predicate> {
    [(Comparison::Equal, equal), (Comparison::AtLeast, at_least), (Comparison::AtMost, at_most)]
        .into_iter()
        .filter_map(|(comparison, bound)| bound.map(|bound| Predicate::compare(field, comparison, value(bound))))
        .collect()
}

/// Conditions on a text.
#[derive(Debug, Clone, Default, InputObject)]
pub struct StringFilter {
    /// Exactly this text.
    pub eq: Option<String>,
    /// One of these texts; none of them if the list is empty.
    pub r#in: Option<Vec<String>>,
    /// Holds this text; ASCII letters match in either case, on PostgreSQL all letters.
    pub contains: Option<String>,
    /// Starts with this text; ASCII letters match in either case, on PostgreSQL all letters.
    pub starts_with: Option<String>,
    /// Whether there is no value.
    pub is_null: Option<bool>,
    /// Doesn't meet this filter; a missing value doesn't meet any but `isNull: true`.
    pub not: Option<Box<Self>>,
}

impl OnField for StringFilter {
    fn on(&self, field: Field) -> Predicate {
        let text = |text: &String| Value::Text(text.clone());
        Predicate::all(
            [
                self.eq.as_ref().map(|eq| Predicate::compare(field, Comparison::Equal, text(eq))),
                self.r#in.clone().map(|texts| Predicate::text_in(field, texts)),
                self.contains.as_deref().map(|part| Predicate::contains(field, part)),
                self.starts_with.as_deref().map(|start| Predicate::starts_with(field, start)),
                self.is_null.map(|null| Predicate::is_null(field, null)),
                self.not.as_ref().map(|not| not.on(field).negated()),
            ]
            .into_iter()
            .flatten(),
        )
    }
}

/// Conditions on a flag.
#[derive(Debug, Clone, Default, InputObject)]
pub struct BooleanFilter {
    /// This value.
    pub eq: Option<bool>,
    /// Whether there is no value.
    pub is_null: Option<bool>,
    /// Doesn't meet this filter.
    pub not: Option<Box<Self>>,
}

impl OnField for BooleanFilter {
    fn on(&self, field: Field) -> Predicate {
        Predicate::all(
            [
                self.eq.map(|eq| Predicate::compare(field, Comparison::Equal, Value::Bool(eq))),
                self.is_null.map(|null| Predicate::is_null(field, null)),
                self.not.as_ref().map(|not| not.on(field).negated()),
            ]
            .into_iter()
            .flatten(),
        )
    }
}

/// Conditions on a moment.
#[derive(Debug, Clone, Default, InputObject)]
pub struct DateTimeFilter {
    /// This moment, to the microsecond.
    pub eq: Option<DateTime<Utc>>,
    /// This moment or later.
    pub gte: Option<DateTime<Utc>>,
    /// This moment or earlier.
    pub lte: Option<DateTime<Utc>>,
    /// Whether there is no value.
    pub is_null: Option<bool>,
    /// Doesn't meet this filter.
    pub not: Option<Box<Self>>,
}

impl OnField for DateTimeFilter {
    fn on(&self, field: Field) -> Predicate {
        let moment = |moment| Value::Timestamp(Timestamp::new(moment));
        let mut conditions = bounds(field, self.eq, self.gte, self.lte, moment);
        conditions.extend(self.is_null.map(|null| Predicate::is_null(field, null)));
        conditions.extend(self.not.as_ref().map(|not| not.on(field).negated()));
        Predicate::all(conditions)
    }
}

/// Conditions on a day.
#[derive(Debug, Clone, Default, InputObject)]
pub struct DateFilter {
    /// This day.
    pub eq: Option<Date>,
    /// This day or later.
    pub gte: Option<Date>,
    /// This day or earlier.
    pub lte: Option<Date>,
    /// Whether there is no value.
    pub is_null: Option<bool>,
    /// Doesn't meet this filter.
    pub not: Option<Box<Self>>,
}

impl OnField for DateFilter {
    fn on(&self, field: Field) -> Predicate {
        let mut conditions = bounds(field, self.eq, self.gte, self.lte, |day: Date| Value::Date(day.0));
        conditions.extend(self.is_null.map(|null| Predicate::is_null(field, null)));
        conditions.extend(self.not.as_ref().map(|not| not.on(field).negated()));
        Predicate::all(conditions)
    }
}

/// Conditions on a date of known precision, which counts as its first day.
#[derive(Debug, Clone, Default, InputObject)]
pub struct PartialDateFilter {
    /// Exactly this date, in the same precision.
    pub eq: Option<KnownDate>,
    /// Starts on or after the first day of this date.
    pub gte: Option<KnownDate>,
    /// Starts on or before the last day of this date.
    pub lte: Option<KnownDate>,
    /// Whether there is no value.
    pub is_null: Option<bool>,
    /// Doesn't meet this filter.
    pub not: Option<Box<Self>>,
}

impl OnField for PartialDateFilter {
    fn on(&self, field: Field) -> Predicate {
        let text = |date: &KnownDate| Value::Text(date.0.to_string());
        Predicate::all(
            [
                self.eq.as_ref().map(|date| Predicate::compare(field, Comparison::Equal, text(date))),
                self.gte.as_ref().map(|date| Predicate::date_at_least(field, &date.0)),
                self.lte.as_ref().map(|date| Predicate::date_at_most(field, &date.0)),
                self.is_null.map(|null| Predicate::is_null(field, null)),
                self.not.as_ref().map(|not| not.on(field).negated()),
            ]
            .into_iter()
            .flatten(),
        )
    }
}

/// Conditions on an id.
#[derive(Debug, Clone, Default, InputObject)]
pub struct IdFilter {
    /// This id.
    pub eq: Option<ID>,
    /// One of these ids; none of them if the list is empty.
    pub r#in: Option<Vec<ID>>,
    /// Doesn't meet this filter.
    pub not: Option<Box<Self>>,
}

impl IdFilter {
    /// The condition on `field`, which holds primary keys of `kind`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` if an id is of another type.
    pub fn on(&self, field: Field, kind: NodeKind) -> Result<Predicate> {
        let rows = |ids: &[ID]| ids.iter().map(|id| expect_row(kind, "id", id)).collect::<Result<Vec<i64>>>();
        let mut conditions = Vec::new();
        if let Some(eq) = &self.eq {
            conditions.push(Predicate::id_in(field, rows(std::slice::from_ref(eq))?));
        }
        if let Some(ids) = &self.r#in {
            conditions.push(Predicate::id_in(field, rows(ids)?));
        }
        if let Some(not) = &self.not {
            conditions.push(not.on(field, kind)?.negated());
        }
        Ok(Predicate::all(conditions))
    }
}

/// A filter on a member of a closed set.
macro_rules! enum_filter {
    ($(#[$doc:meta])* $filter:ident, $set:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, InputObject)]
        pub struct $filter {
            /// This one.
            pub eq: Option<$set>,
            /// One of these; none of them if the list is empty.
            pub r#in: Option<Vec<$set>>,
            /// Doesn't meet this filter.
            pub not: Option<Box<Self>>,
        }

        impl $filter {
            /// The condition, where `is_in` makes one of the members' texts.
            fn with(&self, is_in: &impl Fn(Vec<String>) -> Predicate) -> Predicate {
                let members = |set: &[$set]| is_in(set.iter().map(|member| member.as_str().to_owned()).collect());
                Predicate::all(
                    [
                        self.eq.map(|eq| members(&[eq])),
                        self.r#in.as_deref().map(members),
                        self.not.as_ref().map(|not| not.with(is_in).negated()),
                    ]
                    .into_iter()
                    .flatten(),
                )
            }
        }
    };
}

enum_filter! {
    /// Conditions on what a model works on.
    ModelTypeFilter, ModelType
}
enum_filter! {
    /// Conditions on a stage of life.
    LifecycleStageFilter, LifecycleStage
}
enum_filter! {
    /// Conditions on the field that a capability belongs to.
    DomainFilter, Domain
}

/// Filters on closed sets that are columns as they are.
macro_rules! on_column {
    ($($filter:ident),+) => { $(
        impl OnField for $filter {
            fn on(&self, field: Field) -> Predicate {
                self.with(&|texts| Predicate::text_in(field, texts))
            }
        }
    )+ };
}
on_column!(ModelTypeFilter, DomainFilter);

impl LifecycleStageFilter {
    /// The condition on the stage that is in effect on `day`.
    pub fn on_day(&self, day: NaiveDate) -> Predicate {
        self.with(&|stages| models_in_stage(stages, day))
    }
}
