//! Comparing states needs no database.

use serde_json::json;

use super::*;
use crate::domain::{LifecycleStage, ModelType, ParameterType, PriceComponent, PriceUnit, ServiceMode, Support};
use crate::store::model::ModelFields;

fn state() -> ModelState {
    ModelState {
        fields: ModelFields {
            name: "m".to_owned(),
            display_name: None,
            description: None,
            supplier_id: 1,
            model_type: ModelType::Language,
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
        },
        supplier: "acme".to_owned(),
        successor: None,
        aliases: vec!["latest".to_owned()],
        parameters: vec![parameter("context_window", "1000")],
        capabilities: vec![("vision".to_owned(), link(Support::Supported))],
        categories: vec!["llm".to_owned()],
        prices: vec![price(2)],
    }
}

fn parameter(name: &str, value: &str) -> ParameterFields {
    ParameterFields {
        model_id: 1,
        parameter_name: name.to_owned(),
        parameter_type: ParameterType::Int,
        parameter_value: value.to_owned(),
        number_value: value.parse().ok(),
        is_default: false,
        description: None,
        minimum: None,
        maximum: None,
        allowed_values: None,
        source: None,
    }
}

fn link(support: Support) -> CapabilityLinkFields {
    CapabilityLinkFields {
        model_id: 1,
        capability_id: 1,
        config: None,
        config_json: None,
        is_default: false,
        support,
        source: None,
    }
}

fn price(dollars: i64) -> PriceFields {
    PriceFields {
        model_id: 1,
        component: PriceComponent::Input,
        unit: PriceUnit::MillionTokens,
        service_mode: ServiceMode::Standard,
        min_context_tokens: 0,
        currency: "USD".to_owned(),
        amount_nanos: dollars * 1_000_000_000,
        amount_subnanos: 0,
        valid_from: None,
        valid_until: None,
        source: None,
    }
}

#[test]
fn a_state_is_like_itself_whatever_brought_it() {
    let mut other = state();
    other.parameters[0].source = Some("models-dev".to_owned());
    other.parameters[0].model_id = 2;
    other.capabilities[0].1.capability_id = 7;
    other.prices[0].source = Some("litellm".to_owned());
    assert_eq!(compare(&state(), &other), []);
}

#[test]
fn every_kind_of_difference_is_told() {
    let mut after = state();
    after.fields.lifecycle_stage = LifecycleStage::Deprecated;
    after.successor = Some(("acme".to_owned(), "n".to_owned()));
    after.aliases = vec!["stable".to_owned()];
    after.parameters = vec![parameter("context_window", "2000"), parameter("max_output_tokens", "10")];
    after.capabilities[0].1.support = Support::Unsupported;
    after.categories.clear();
    after.prices = vec![price(3)];
    let expected = [
        Difference::Field { field: "lifecycleStage", before: json!("ACTIVE"), after: json!("DEPRECATED") },
        Difference::Field { field: "successor", before: json!(null), after: json!("acme/n") },
        Difference::Alias("latest".to_owned(), false),
        Difference::Alias("stable".to_owned(), true),
        Difference::Parameter(Some(parameter("context_window", "1000")), Some(parameter("context_window", "2000"))),
        Difference::Parameter(None, Some(parameter("max_output_tokens", "10"))),
        Difference::Capability("vision".to_owned(), Some(link(Support::Supported)), Some(link(Support::Unsupported))),
        Difference::Category("llm".to_owned(), false),
        Difference::Price(Some(price(2)), Some(price(3))),
    ];
    assert_eq!(compare(&state(), &after), expected);
}

#[test]
fn prices_from_different_days_are_different_prices() {
    let mut after = state();
    after.prices[0].valid_from = chrono::NaiveDate::from_ymd_opt(2026, 7, 1);
    let found = compare(&state(), &after);
    let added = Difference::Price(None, Some(after.prices[0].clone()));
    assert_eq!(found, [Difference::Price(Some(price(2)), None), added]);
}
