//! Writing models' prices.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};

use super::super::guard::ByPolicy;
use super::super::id::NodeKind;
use super::super::price::ModelPrice;
use super::super::scalars::{Date, Decimal};
use super::super::scope::editor;
use super::input::{change, delete_inputs, reference, restore_inputs, target};
use super::payload::{answer, payloads};
use crate::domain::{PriceComponent, ServiceMode};
use crate::registry::price::{self, PriceChanges, PriceInput};
use crate::store::price::Price;

/// A price of a model. Prices for the same component, mode, tier and currency can't hold on the same day.
#[derive(Debug, InputObject)]
pub struct ModelPriceInput {
    /// What it is for; the unit that the amount buys follows from it.
    pub component: PriceComponent,
    /// Mode of service it holds for; the standard one unless said.
    pub service_mode: Option<ServiceMode>,
    /// Holds for requests of at least so many tokens of context, 0 or more; 0 unless said.
    pub min_context_tokens: Option<i64>,
    /// The exact amount for one unit: a plain decimal such as `"0.25"`, with up to nine digits before the point and
    /// eighteen after it.
    pub amount: Decimal,
    /// Code of the currency, three capital letters; `USD` unless said.
    pub currency: Option<String>,
    /// First day it holds; null: since before records began.
    pub valid_from: Option<Date>,
    /// First day it no longer holds; null: until further notice.
    pub valid_until: Option<Date>,
}

/// A price to give to a model.
#[derive(Debug, InputObject)]
pub struct CreateModelPriceInput {
    /// Global id of the model.
    pub model_id: ID,
    /// The price.
    #[graphql(flatten)]
    pub price: ModelPriceInput,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

/// Changes to a price: a field that is left out stays, one that is null becomes empty.
#[derive(Debug, InputObject)]
pub struct UpdateModelPriceInput {
    /// Global id of the price.
    pub id: ID,
    /// Change it only if its `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
    /// What it is for; never null.
    pub component: MaybeUndefined<PriceComponent>,
    /// Mode of service it holds for; never null.
    pub service_mode: MaybeUndefined<ServiceMode>,
    /// Holds for requests of at least so many tokens of context, 0 or more; never null.
    pub min_context_tokens: MaybeUndefined<i64>,
    /// The exact amount for one unit, a plain decimal such as `"0.25"`; never null.
    pub amount: MaybeUndefined<Decimal>,
    /// Code of the currency, three capital letters; never null.
    pub currency: MaybeUndefined<String>,
    /// First day it holds; null: since before records began.
    pub valid_from: MaybeUndefined<Date>,
    /// First day it no longer holds; null: until further notice.
    pub valid_until: MaybeUndefined<Date>,
    /// Why, for the history: at most 10,000 characters; null if there is nothing to say.
    pub reason: Option<String>,
}

delete_inputs! { DeleteModelPriceInput, "price"; }
restore_inputs! { RestoreModelPriceInput, "price"; }
payloads!(price: ModelPrice, over Price, CreateModelPricePayload, UpdateModelPricePayload, DeleteModelPricePayload,
    RestoreModelPricePayload);

impl From<ModelPriceInput> for PriceInput {
    fn from(input: ModelPriceInput) -> Self {
        Self {
            component: input.component,
            service_mode: input.service_mode.unwrap_or(ServiceMode::Standard),
            min_context_tokens: input.min_context_tokens.unwrap_or_default(),
            currency: input.currency.unwrap_or_else(|| "USD".to_owned()),
            amount: input.amount.into(),
            valid_from: input.valid_from.map(Into::into),
            valid_until: input.valid_until.map(Into::into),
        }
    }
}

impl UpdateModelPriceInput {
    fn changes(self) -> PriceChanges {
        PriceChanges {
            component: change(self.component),
            service_mode: change(self.service_mode),
            min_context_tokens: change(self.min_context_tokens),
            currency: change(self.currency),
            amount: change(self.amount),
            valid_from: change(self.valid_from),
            valid_until: change(self.valid_until),
        }
    }
}

/// Writing models' prices.
#[derive(Default)]
pub struct PriceMutation;

#[Object(guard = "ByPolicy")]
impl PriceMutation {
    /// Gives a model a price; a model has at most 500.
    async fn create_model_price(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which model, and the price.")] input: CreateModelPriceInput,
    ) -> Result<CreateModelPricePayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let model = reference(NodeKind::Model, &input.model_id);
        answer(context, &editor, price::create(&editor, model, input.price.into()).await).await
    }

    /// Changes a price. If nothing differs, nothing is written and its version stays.
    async fn update_model_price(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which price, and its new values.")] input: UpdateModelPriceInput,
    ) -> Result<UpdateModelPricePayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::ModelPrice, &input.id, input.expected_version);
        answer(context, &editor, price::update(&editor, target, input.changes()).await).await
    }

    /// Deletes a price, as if it had never held.
    async fn delete_model_price(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which price.")] input: DeleteModelPriceInput,
    ) -> Result<DeleteModelPricePayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let target = target(NodeKind::ModelPrice, &input.id, input.expected_version);
        answer(context, &editor, price::delete(&editor, target).await).await
    }

    /// Restores a deleted price of a live model.
    async fn restore_model_price(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which price.")] input: RestoreModelPriceInput,
    ) -> Result<RestoreModelPricePayload> {
        let editor = editor(context, input.reason.as_deref())?;
        let id = reference(NodeKind::ModelPrice, &input.id);
        answer(context, &editor, price::restore(&editor, id).await).await
    }
}
