//! What an import knows of each table: how its rows point to others, and what makes two rows of a list the same.

use crate::domain::JsonText;
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::CapabilityLink;
use crate::store::category::Category;
use crate::store::category_link::CategoryLink;
use crate::store::model::Model;
use crate::store::parameter::Parameter;
use crate::store::predicate::Field;
use crate::store::price::Price;
use crate::store::schema::fields;
use crate::store::supplier::Supplier;
use crate::store::{Entity, Row};

use super::report::Kind;

/// The changeable columns of a table.
pub type Columns<E> = <<E as Entity>::Row as Row>::Fields;

/// Most columns of a table that point to rows which the same import may make.
const MAX_REFERENCES: usize = 2;

/// A table that imports write to.
pub trait Record: Entity {
    /// The column of primary keys.
    const ID: Field;

    /// The columns that point to rows which the same import may make.
    fn references(columns: &mut Columns<Self>) -> [Option<&mut i64>; MAX_REFERENCES];
}

/// A table of rows that belong to models and remember which import brought them.
pub trait Child: Record {
    /// What its rows are counted as.
    const KIND: Kind;

    /// Whether two rows are about the same thing, so that only one of them can live.
    fn same_key(left: &Columns<Self>, right: &Columns<Self>) -> bool;

    /// The model that a row belongs to.
    fn model(columns: &Columns<Self>) -> i64;

    /// Which import brought a row; none if it was made by hand.
    fn source(columns: &Columns<Self>) -> Option<&str>;

    /// The same, to be changed.
    fn source_mut(columns: &mut Columns<Self>) -> &mut Option<String>;

    /// Completes what a third party states of something by what it leaves unsaid and `live` says. `owned`: the
    /// third party's own import brought `live`.
    fn keep_unsaid(live: &Columns<Self>, stated: &mut Columns<Self>, owned: bool);

    /// A row's value, for the report.
    fn shown(columns: &Columns<Self>) -> String;
}

macro_rules! record {
    ($($entity:ty: $table:ident => |$columns:ident| $references:expr;)+) => { $(
        impl Record for $entity {
            const ID: Field = fields::$table::id();

            fn references($columns: &mut Columns<Self>) -> [Option<&mut i64>; MAX_REFERENCES] {
                $references
            }
        }
    )+ };
}

record! {
    Supplier: suppliers => |_columns| [None, None];
    Capability: capabilities => |_columns| [None, None];
    Category: model_categories => |columns| [columns.parent_id.as_mut(), None];
    Model: models => |columns| [Some(&mut columns.supplier_id), columns.successor_id.as_mut()];
    Alias: model_aliases => |columns| [Some(&mut columns.model_id), Some(&mut columns.supplier_id)];
    Parameter: model_parameters => |columns| [Some(&mut columns.model_id), None];
    CapabilityLink: model_capability_associations =>
        |columns| [Some(&mut columns.model_id), Some(&mut columns.capability_id)];
    CategoryLink: model_category_associations =>
        |columns| [Some(&mut columns.model_id), Some(&mut columns.category_id)];
    Price: model_prices => |columns| [Some(&mut columns.model_id), None];
}

/// What all tables of rows that belong to models name alike.
macro_rules! owned_columns {
    () => {
        fn model(columns: &Columns<Self>) -> i64 {
            columns.model_id
        }

        fn source(columns: &Columns<Self>) -> Option<&str> {
            columns.source.as_deref()
        }

        fn source_mut(columns: &mut Columns<Self>) -> &mut Option<String> {
            &mut columns.source
        }
    };
}

impl Child for Alias {
    const KIND: Kind = Kind::Aliases;

    fn same_key(left: &Columns<Self>, right: &Columns<Self>) -> bool {
        left.alias == right.alias
    }

    owned_columns!();

    fn keep_unsaid(_: &Columns<Self>, _: &mut Columns<Self>, _: bool) {}

    fn shown(columns: &Columns<Self>) -> String {
        columns.alias.clone()
    }
}

impl Child for Parameter {
    const KIND: Kind = Kind::Parameters;

    fn same_key(left: &Columns<Self>, right: &Columns<Self>) -> bool {
        left.parameter_name == right.parameter_name
    }

    owned_columns!();

    fn keep_unsaid(live: &Columns<Self>, stated: &mut Columns<Self>, owned: bool) {
        stated.description.clone_from(&live.description);
        let same = (live.parameter_type, &live.parameter_value) == (stated.parameter_type, &stated.parameter_value);
        let unbounded = stated.minimum.is_none() && stated.maximum.is_none() && stated.allowed_values.is_none();
        if !owned && same && unbounded && !stated.is_default {
            *stated = Columns::<Self> { source: stated.source.take(), ..live.clone() };
        }
    }

    fn shown(columns: &Columns<Self>) -> String {
        let bound = |name, bound: Option<f64>| bound.map(|bound| format!(", {name} {bound}")).unwrap_or_default();
        let allowed = columns.allowed_values.as_ref().map(|json| format!(", one of {}", json.as_str()));
        let (least, most) = (bound("at least", columns.minimum), bound("at most", columns.maximum));
        let assumed = if columns.is_default { ", the default" } else { "" };
        format!("{}{least}{most}{}{assumed}", columns.parameter_value, allowed.unwrap_or_default())
    }
}

impl Child for CapabilityLink {
    const KIND: Kind = Kind::CapabilityLinks;

    fn same_key(left: &Columns<Self>, right: &Columns<Self>) -> bool {
        left.capability_id == right.capability_id
    }

    owned_columns!();

    fn keep_unsaid(live: &Columns<Self>, stated: &mut Columns<Self>, owned: bool) {
        stated.is_default = live.is_default;
        if !owned && stated.config.is_none() && stated.config_json.is_none() {
            stated.config.clone_from(&live.config);
            stated.config_json.clone_from(&live.config_json);
        }
    }

    fn shown(columns: &Columns<Self>) -> String {
        let config = columns.config.as_deref().or_else(|| columns.config_json.as_ref().map(JsonText::as_str));
        let config = config.map(|config| format!(", {config}")).unwrap_or_default();
        format!("{}{config}{}", columns.support, if columns.is_default { ", the default" } else { "" })
    }
}

impl Child for CategoryLink {
    const KIND: Kind = Kind::CategoryLinks;

    fn same_key(left: &Columns<Self>, right: &Columns<Self>) -> bool {
        left.category_id == right.category_id
    }

    owned_columns!();

    fn keep_unsaid(_: &Columns<Self>, _: &mut Columns<Self>, _: bool) {}

    fn shown(_: &Columns<Self>) -> String {
        "in it".to_owned()
    }
}

impl Child for Price {
    const KIND: Kind = Kind::Prices;

    /// Prices of the same thing follow one another: each begins on a day of its own.
    fn same_key(left: &Columns<Self>, right: &Columns<Self>) -> bool {
        let slot = |columns: &Columns<Self>| (columns.component, columns.service_mode, columns.min_context_tokens);
        slot(left) == slot(right) && left.currency == right.currency && left.valid_from == right.valid_from
    }

    owned_columns!();

    fn keep_unsaid(_: &Columns<Self>, _: &mut Columns<Self>, _: bool) {}

    fn shown(columns: &Columns<Self>) -> String {
        let day = |word, day: Option<chrono::NaiveDate>| day.map(|day| format!(" {word} {day}")).unwrap_or_default();
        let (from, until) = (day("from", columns.valid_from), day("until", columns.valid_until));
        format!("{} {}{from}{until}", columns.amount(), columns.currency)
    }
}
