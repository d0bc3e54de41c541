//! Values of columns as JSON, spelled as the GraphQL schema spells them and the same on both databases.

use async_graphql::resolver_utils::enum_value;
use chrono::NaiveDate;
use serde_json::Value;

use super::{
    Domain, JsonText, LifecycleStage, ModelType, ParameterType, PartialDate, PriceComponent, PriceUnit, SealedBytes,
    ServiceMode, Support, Timestamp,
};

/// A column's value as JSON.
pub trait ToJson {
    /// The value; null where there is none.
    fn to_json(&self) -> Value;
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToJson::to_json)
    }
}

macro_rules! to_json {
    ($($type:ty: |$value:ident| $json:expr;)+) => { $(
        impl ToJson for $type {
            fn to_json(&self) -> Value {
                let $value = self;
                $json
            }
        }
    )+ };
}

to_json! {
    bool: |flag| Value::from(*flag);
    i32: |number| Value::from(*number);
    i64: |number| Value::from(*number);
    f64: |number| Value::from(*number);
    String: |text| Value::from(text.as_str());
    NaiveDate: |day| Value::from(day.to_string());
    PartialDate: |date| Value::from(date.to_string());
    Timestamp: |moment| Value::from(moment.to_text());
    JsonText: |document| document.to_value();
    SealedBytes: |_sealed| Value::Null;
    PriceUnit: |unit| Value::from(unit.as_str());
}

/// Closed sets that are enums of the schema, by their names there.
macro_rules! enums_to_json {
    ($($set:ty),+ $(,)?) => { $(
        impl ToJson for $set {
            fn to_json(&self) -> Value {
                enum_value(*self).into_json().unwrap_or_default()
            }
        }
    )+ };
}

enums_to_json!(Domain, LifecycleStage, ModelType, ParameterType, PriceComponent, ServiceMode, Support);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_spelled_as_in_the_schema() {
        assert_eq!(LifecycleStage::Active.to_json(), "ACTIVE");
        assert_eq!(Some(0.5_f64).to_json(), 0.5);
        assert_eq!(None::<String>.to_json(), Value::Null);
        let document = JsonText::parse(r#"{"a":[1]}"#).expect("JSON");
        assert_eq!(document.to_json(), serde_json::json!({ "a": [1] }));
    }
}
