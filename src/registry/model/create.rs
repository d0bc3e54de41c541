//! Entering a model with all that belongs to it.

use super::{ModelChanges, rules};
use crate::domain::{LifecycleStage, ModelType, Timestamp};
use crate::registry::Editor;
use crate::registry::capability_link::CapabilityLinkInput;
use crate::registry::child::{BULK, bounded};
use crate::registry::lifecycle::Moved;
use crate::registry::parameter::ParameterInput;
use crate::registry::price::PriceInput;
use crate::registry::user_error::{Errors, UserErrorCode, WriteResult};
use crate::registry::write::{Reference, unless_taken};
use crate::registry::{Change, alias, capability_link, category_link, parameter, price};
use crate::store::alias::{Alias, AliasFields};
use crate::store::capability_link::{CapabilityLink, CapabilityLinkFields};
use crate::store::category_link::{CategoryLink, CategoryLinkFields};
use crate::store::lock::Lock;
use crate::store::model::{Model, ModelFields, ModelRow};
use crate::store::parameter::{Parameter, ParameterFields};
use crate::store::price::{Price, PriceFields};
use crate::store::supplier::Supplier;
use crate::store::{Entity, Fresh, Row, StoreResult, Transaction};

/// A model to enter.
#[derive(Debug, Clone)]
pub struct NewModel {
    /// Who offers it.
    pub supplier: Reference,
    /// Its own fields.
    pub fields: ModelChanges,
    /// Which model takes its place.
    pub successor: Option<Reference>,
    /// Other names it answers to.
    pub aliases: Vec<String>,
    /// Its parameters.
    pub parameters: Vec<ParameterInput>,
    /// What is known of its abilities.
    pub capabilities: Vec<CapabilityLinkInput>,
    /// The categories it is in.
    pub categories: Vec<Reference>,
    /// What it costs.
    pub prices: Vec<PriceInput>,
}

/// The columns of what belongs to a model, once everything is known to be sound.
struct Belongings {
    aliases: Vec<String>,
    parameters: Vec<ParameterFields>,
    capabilities: Vec<CapabilityLinkFields>,
    categories: Vec<i64>,
    prices: Vec<PriceFields>,
}

const fn blank() -> ModelFields {
    ModelFields {
        name: String::new(),
        display_name: None,
        description: None,
        supplier_id: 0,
        model_type: ModelType::Other,
        sub_type: None,
        is_default: false,
        is_active: true,
        lifecycle_stage: LifecycleStage::Active,
        released_on: None,
        knowledge_cutoff: None,
        deprecated_on: None,
        retires_on: None,
        successor_id: None,
        extra: None,
    }
}

/// Enters a model with all that belongs to it. One that is a default takes that from the one that was.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(editor: &Editor, new: NewModel) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                new.check_lengths(&mut errors);
                errors.finish()?;
                new.fields.check(&mut errors);
                Lock::ModelOrder.hold(transaction).await?;
                let fields = new.settle(transaction, &mut errors).await?;
                let moved = Moved { before: None, after: &fields, today: now.day() };
                moved.check(&new.fields, &mut errors);
                rules::check_retired(transaction, &moved, &new.fields, &mut errors).await?;
                let belongings = new.belongings(transaction, &fields, &mut errors).await?;
                let previous = rules::previous_default(transaction, &fields, None).await?;
                errors.finish()?;
                if let Some(previous) = previous {
                    rules::take_default(transaction, previous, now).await?;
                }
                let message = alias::taken(&fields.name, "the name");
                let model = unless_taken(Model::insert(transaction, Fresh::now(fields, now)).await, "name", message)?;
                belongings.insert(transaction, &model, now).await?;
                Ok(model)
            })
        })
        .await
}

impl NewModel {
    fn check_lengths(&self, errors: &mut Errors) {
        let lengths = [
            ("aliases", self.aliases.len()),
            ("parameters", self.parameters.len()),
            ("capabilities", self.capabilities.len()),
            ("categories", self.categories.len()),
            ("prices", self.prices.len()),
        ];
        for (field, length) in lengths {
            bounded(field, length, BULK, errors);
        }
    }

    /// The model's columns.
    async fn settle(&self, transaction: &mut Transaction, errors: &mut Errors) -> StoreResult<ModelFields> {
        let mut fields = self.fields.clone().onto(blank());
        if let Some(supplier) = self.supplier.live::<Supplier>(transaction, "supplierId", errors).await? {
            fields.supplier_id = supplier.id;
            rules::check_name(transaction, &fields, None, "name", errors).await?;
        }
        let successor = Change::from(self.successor.clone());
        fields.successor_id = rules::successor(transaction, &successor, None, errors).await?.or(None);
        Ok(fields)
    }

    async fn belongings(
        &self,
        transaction: &mut Transaction,
        model: &ModelFields,
        errors: &mut Errors,
    ) -> StoreResult<Belongings> {
        errors.enter("aliases");
        alias::check_list(&self.aliases, &model.name, errors);
        self.check_aliases_free(transaction, model, errors).await?;
        errors.leave();
        errors.enter("parameters");
        let parameters = parameter::check_list(&self.parameters, 0, errors);
        errors.leave();
        errors.enter("capabilities");
        let capabilities = capability_link::resolved(transaction, &self.capabilities, 0, errors).await?;
        errors.leave();
        errors.enter("categories");
        let categories = category_link::resolved(transaction, &self.categories, errors).await?;
        errors.leave();
        errors.enter("prices");
        let prices = price::check_list(&self.prices, errors);
        errors.leave();
        Ok(Belongings { aliases: self.aliases.clone(), parameters, capabilities, categories, prices })
    }

    async fn check_aliases_free(
        &self,
        transaction: &mut Transaction,
        model: &ModelFields,
        errors: &mut Errors,
    ) -> StoreResult<()> {
        let sound = |at: usize| !errors.on(&at.to_string());
        let asked: Vec<String> =
            self.aliases.iter().enumerate().filter(|(at, _)| sound(*at)).map(|(_, alias)| alias.clone()).collect();
        if asked.is_empty() {
            return Ok(());
        }
        for (name, what) in alias::names_taken(transaction, model.supplier_id, asked, None).await? {
            if let Some(at) = self.aliases.iter().position(|alias| *alias == name) {
                errors.add(&at.to_string(), UserErrorCode::Taken, alias::taken(&name, what));
            }
        }
        Ok(())
    }
}

impl Belongings {
    async fn insert(self, transaction: &mut Transaction, model: &ModelRow, now: Timestamp) -> WriteResult<()> {
        let (model_id, supplier_id) = (model.id, model.supplier_id);
        let alias = |alias| AliasFields { model_id, supplier_id, alias, source: None };
        let aliases = insert::<Alias>(transaction, self.aliases.into_iter().map(alias), now).await;
        unless_taken(aliases, "aliases", "one of them was taken at the same moment")?;
        let parameters = self.parameters.into_iter().map(|fields| ParameterFields { model_id, ..fields });
        insert::<Parameter>(transaction, parameters, now).await?;
        let capabilities = self.capabilities.into_iter().map(|fields| CapabilityLinkFields { model_id, ..fields });
        insert::<CapabilityLink>(transaction, capabilities, now).await?;
        let category = |category_id| CategoryLinkFields { model_id, category_id, source: None };
        insert::<CategoryLink>(transaction, self.categories.into_iter().map(category), now).await?;
        let prices = self.prices.into_iter().map(|fields| PriceFields { model_id, ..fields });
        insert::<Price>(transaction, prices, now).await?;
        Ok(())
    }
}

async fn insert<E: Entity>(
    transaction: &mut Transaction,
    rows: impl Iterator<Item = <E::Row as Row>::Fields>,
    now: Timestamp,
) -> StoreResult<()> {
    let fresh: Vec<_> = rows.map(|fields| Fresh::now(fields, now)).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    E::insert_many(transaction, fresh).await.map(drop)
}
