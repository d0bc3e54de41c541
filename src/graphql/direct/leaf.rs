//! Values of fields without selections of their own.

use async_graphql::{ID, InputType, Json, Value};
use chrono::{DateTime, Utc};
use serde_json::Value as JsonValue;

use crate::domain::{Domain, LifecycleStage, ModelType, ParameterType, PriceComponent, ServiceMode, Support};
use crate::graphql::scalars::{Date, Decimal, KnownDate};

/// What a resolver returns, as it is sent.
pub trait Leaf {
    /// The value; `None` if the resolver failed.
    fn leaf(self) -> Option<Value>;
}

impl Leaf for &str {
    fn leaf(self) -> Option<Value> {
        Some(Value::String(self.to_owned()))
    }
}

impl Leaf for String {
    fn leaf(self) -> Option<Value> {
        Some(Value::String(self))
    }
}

impl Leaf for Json<JsonValue> {
    fn leaf(self) -> Option<Value> {
        Value::from_json(self.0).ok()
    }
}

impl<L: Leaf> Leaf for Option<L> {
    fn leaf(self) -> Option<Value> {
        self.map_or(Some(Value::Null), Leaf::leaf)
    }
}

impl<L: Leaf> Leaf for Vec<L> {
    fn leaf(self) -> Option<Value> {
        self.into_iter().map(Leaf::leaf).collect::<Option<_>>().map(Value::List)
    }
}

impl<L: Leaf, E> Leaf for Result<L, E> {
    fn leaf(self) -> Option<Value> {
        self.ok()?.leaf()
    }
}

/// What is sent as it would be given.
macro_rules! leaves {
    ($($type:ty),+ $(,)?) => { $(
        impl Leaf for $type {
            fn leaf(self) -> Option<Value> {
                Some(InputType::to_value(&self))
            }
        }
    )+ };
}

leaves!(
    bool,
    i32,
    i64,
    f64,
    ID,
    DateTime<Utc>,
    Date,
    Decimal,
    KnownDate,
    Domain,
    LifecycleStage,
    ModelType,
    ParameterType,
    PriceComponent,
    ServiceMode,
    Support,
);
