//! The live catalogue as a draft, for exports.

use std::collections::HashMap;

use crate::domain::{JsonText, ParameterType};
use crate::store::alias::{Alias, AliasRow};
use crate::store::capability::{Capability, CapabilityRow};
use crate::store::capability_link::{CapabilityLink, CapabilityLinkRow};
use crate::store::category::{Category, CategoryRow};
use crate::store::category_link::{CategoryLink, CategoryLinkRow};
use crate::store::model::{Model, ModelRow};
use crate::store::parameter::{Parameter, ParameterRow};
use crate::store::predicate::{Field, Predicate};
use crate::store::price::{Price, PriceRow};
use crate::store::schema::fields;
use crate::store::supplier::{Supplier, SupplierRow};
use crate::store::{Conn, Entity, Row, Store, StoreError, StoreResult, rows};

use super::draft::{
    AliasDraft, CapabilityDraft, CapabilityLinkDraft, CategoryDraft, CategoryLinkDraft, Draft, Leftovers, ModelDraft,
    ParameterDraft, PriceDraft, Stamps, SupplierDraft,
};

/// Everything that lives, as it was at one moment. What points to a deleted row is left out: a successor that is
/// deleted, an ability whose capability is.
///
/// # Errors
/// If the database fails, or holds JSON of another shape than it should.
pub async fn snapshot(store: &Store) -> StoreResult<Draft> {
    store
        .read_snapshot(|conn| {
            Box::pin(async move {
                let mut read = Reader::open(conn).await?;
                read.lists(conn).await?;
                Ok(read.finish())
            })
        })
        .await
}

/// Live rows of a table.
async fn live<E: Entity>(conn: &mut Conn, deleted_at: Field) -> StoreResult<Vec<E::Row>> {
    rows::rows::<E>(conn, Predicate::is_null(deleted_at, true), &[]).await
}

/// What has been read so far.
struct Reader {
    draft: Draft,
    suppliers: HashMap<i64, String>,
    /// Supplier and name of each live model.
    names: HashMap<i64, (String, String)>,
    /// Models in the draft, by id.
    places: HashMap<i64, usize>,
}

impl Reader {
    /// Reads suppliers and models.
    async fn open(conn: &mut Conn) -> StoreResult<Self> {
        let suppliers = live::<Supplier>(conn, fields::suppliers::deleted_at()).await?;
        let models = live::<Model>(conn, fields::models::deleted_at()).await?;
        let mut reader = Self {
            suppliers: suppliers.iter().map(|row| (row.id, row.name.clone())).collect(),
            draft: Draft::default(),
            names: HashMap::new(),
            places: HashMap::new(),
        };
        let offered =
            |row: &ModelRow| Some((row.id, (reader.suppliers.get(&row.supplier_id)?.clone(), row.name.clone())));
        reader.names = models.iter().filter_map(offered).collect();
        reader.draft.suppliers = suppliers.into_iter().map(supplier).collect::<StoreResult<_>>()?;
        for row in models {
            if let Some((supplier, name)) = reader.names.get(&row.id).cloned() {
                let successor = row.successor_id.and_then(|id| reader.names.get(&id).cloned());
                reader.places.insert(row.id, reader.draft.models.len());
                reader.draft.models.push(ModelDraft { successor, ..model(row, supplier, name)? });
            }
        }
        Ok(reader)
    }

    /// Reads what belongs to models, and the definitions it points to.
    async fn lists(&mut self, conn: &mut Conn) -> StoreResult<()> {
        for row in live::<Alias>(conn, fields::model_aliases::deleted_at()).await? {
            self.of(row.model_id, |model| model.aliases.push(alias(row)));
        }
        for row in live::<Parameter>(conn, fields::model_parameters::deleted_at()).await? {
            let (model_id, parameter) = (row.model_id, parameter(row)?);
            self.of(model_id, |model| model.parameters.push(parameter));
        }
        for row in live::<Price>(conn, fields::model_prices::deleted_at()).await? {
            self.of(row.model_id, |model| model.prices.push(price(row)));
        }
        let capabilities = live::<Capability>(conn, fields::capabilities::deleted_at()).await?;
        let names: HashMap<i64, String> = capabilities.iter().map(|row| (row.id, row.name.clone())).collect();
        for row in live::<CapabilityLink>(conn, fields::model_capability_associations::deleted_at()).await? {
            if let Some(name) = names.get(&row.capability_id) {
                self.of(row.model_id, |model| model.capabilities.push(ability(row, name.clone())));
            }
        }
        let categories = live::<Category>(conn, fields::model_categories::deleted_at()).await?;
        let paths: HashMap<i64, String> = categories.iter().map(|row| (row.id, row.path.clone())).collect();
        for row in live::<CategoryLink>(conn, fields::model_category_associations::deleted_at()).await? {
            if let Some(path) = paths.get(&row.category_id) {
                self.of(row.model_id, |model| model.categories.push(place(row, path.clone())));
            }
        }
        self.draft.capabilities = capabilities.into_iter().map(capability).collect::<StoreResult<_>>()?;
        self.draft.categories = categories.into_iter().map(category).collect();
        Ok(())
    }

    fn of(&mut self, model_id: i64, add: impl FnOnce(&mut ModelDraft)) {
        if let Some(place) = self.places.get(&model_id) {
            add(&mut self.draft.models[*place]);
        }
    }

    /// Sorts everything as the own format does.
    fn finish(mut self) -> Draft {
        let draft = &mut self.draft;
        draft.capabilities.sort_by(|left, right| left.name.cmp(&right.name));
        draft.categories.sort_by(|left, right| left.category_path.cmp(&right.category_path));
        draft.suppliers.sort_by(|left, right| left.name.cmp(&right.name));
        draft.models.sort_by(|left, right| (&left.supplier, &left.name).cmp(&(&right.supplier, &right.name)));
        draft.models.iter_mut().for_each(sort_lists);
        self.draft
    }
}

fn sort_lists(model: &mut ModelDraft) {
    model.aliases.sort_by(|left, right| left.alias.cmp(&right.alias));
    model.parameters.sort_by(|left, right| left.name.cmp(&right.name));
    model.capabilities.sort_by(|left, right| left.name.cmp(&right.name));
    model.categories.sort_by(|left, right| left.category_path.cmp(&right.category_path));
    model.prices.sort_by(|left, right| price_key(left).cmp(&price_key(right)));
}

fn price_key(row: &PriceDraft) -> (&str, &str, i64, &str, Option<chrono::NaiveDate>) {
    (row.component.as_str(), row.service_mode.as_str(), row.min_context_tokens, &row.currency, row.valid_from)
}

fn stamps(row: &impl Row) -> Stamps {
    Stamps { created_at: Some(row.created_at()), updated_at: Some(row.updated_at()) }
}

/// JSON of the database's own, read into a shape it must have.
fn json<T: serde::de::DeserializeOwned>(text: Option<&JsonText>, of: &str) -> StoreResult<Option<T>> {
    let wrong =
        |error: serde_json::Error| StoreError::Unsupported(format!("{of} has another shape than it should: {error}"));
    text.map(JsonText::read).transpose().map_err(wrong)
}

fn extra(text: Option<&JsonText>, of: &str) -> StoreResult<Leftovers> {
    Ok(json(text, &format!("`extra` of {of}"))?.unwrap_or_default())
}

fn supplier(row: SupplierRow) -> StoreResult<SupplierDraft> {
    let stamps = stamps(&row);
    let fields = row.fields;
    Ok(SupplierDraft {
        path: String::new(),
        extra: extra(fields.extra.as_ref(), &fields.name)?,
        name: fields.name,
        display_name: fields.display_name,
        description: fields.description,
        api_endpoint: fields.api_endpoint,
        base_url: fields.base_url,
        api_url: fields.api_url,
        api_key_required: fields.api_key_required,
        website: fields.website,
        api_docs: fields.api_docs,
        category: fields.category,
        logo: fields.logo,
        is_active: Some(fields.is_active),
        adapter: fields.adapter,
        stamps,
    })
}

fn capability(row: CapabilityRow) -> StoreResult<CapabilityDraft> {
    let stamps = stamps(&row);
    let fields = row.fields;
    Ok(CapabilityDraft {
        path: String::new(),
        input_types: json(fields.input_types.as_ref(), &format!("`input_types` of {}", fields.name))?,
        output_types: json(fields.output_types.as_ref(), &format!("`output_types` of {}", fields.name))?,
        name: fields.name,
        display_name: fields.display_name,
        description: fields.description,
        capability_type: fields.capability_type,
        domain: fields.domain,
        is_active: fields.is_active,
        stamps,
    })
}

fn category(row: CategoryRow) -> CategoryDraft {
    let stamps = stamps(&row);
    let fields = row.fields;
    CategoryDraft {
        path: String::new(),
        category_path: fields.path,
        display_name: fields.display_name,
        description: fields.description,
        category_type: fields.category_type,
        position: fields.position,
        is_active: fields.is_active,
        stamps,
    }
}

fn model(row: ModelRow, supplier: String, name: String) -> StoreResult<ModelDraft> {
    let stamps = stamps(&row);
    let fields = row.fields;
    Ok(ModelDraft {
        display_name: fields.display_name,
        description: fields.description,
        sub_type: fields.sub_type,
        is_default: Some(fields.is_default),
        is_active: Some(fields.is_active),
        lifecycle_stage: Some(fields.lifecycle_stage),
        released_on: fields.released_on,
        knowledge_cutoff: fields.knowledge_cutoff,
        deprecated_on: fields.deprecated_on,
        retires_on: fields.retires_on,
        extra: extra(fields.extra.as_ref(), &name)?,
        stamps,
        ..ModelDraft::new(String::new(), supplier, name, fields.model_type)
    })
}

fn alias(row: AliasRow) -> AliasDraft {
    AliasDraft { stamps: stamps(&row), alias: row.fields.alias, source: row.fields.source }
}

fn parameter(row: ParameterRow) -> StoreResult<ParameterDraft> {
    let stamps = stamps(&row);
    let fields = row.fields;
    let value = match fields.parameter_type {
        ParameterType::String => JsonText::from_value(&fields.parameter_value),
        _ => JsonText::parse(&fields.parameter_value),
    };
    let name = &fields.parameter_name;
    let value = value.map_err(|error| StoreError::Unsupported(format!("the value of {name} is not JSON: {error}")))?;
    Ok(ParameterDraft {
        is_default: fields.is_default,
        description: fields.description,
        minimum: fields.minimum,
        maximum: fields.maximum,
        allowed_values: fields.allowed_values,
        source: fields.source,
        stamps,
        ..ParameterDraft::new(&fields.parameter_name, fields.parameter_type, value)
    })
}

fn ability(row: CapabilityLinkRow, name: String) -> CapabilityLinkDraft {
    let stamps = stamps(&row);
    let fields = row.fields;
    CapabilityLinkDraft {
        name,
        support: fields.support,
        config: fields.config,
        config_json: fields.config_json,
        is_default: fields.is_default,
        source: fields.source,
        stamps,
    }
}

fn place(row: CategoryLinkRow, category_path: String) -> CategoryLinkDraft {
    CategoryLinkDraft { category_path, stamps: stamps(&row), source: row.fields.source }
}

fn price(row: PriceRow) -> PriceDraft {
    let stamps = stamps(&row);
    PriceDraft {
        amount: row.amount(),
        component: row.fields.component,
        service_mode: row.fields.service_mode,
        min_context_tokens: row.fields.min_context_tokens,
        currency: row.fields.currency,
        valid_from: row.fields.valid_from,
        valid_until: row.fields.valid_until,
        source: row.fields.source,
        stamps,
    }
}
