//! `node!`: what every object of the catalogue has, beside its own fields.

use async_graphql::Json;
use indexmap::IndexMap;
use serde_json::Value as JsonValue;
use serde_json::value::RawValue;

use crate::domain::JsonText;

/// A stored document as GraphQL's `JSON`.
pub fn stored_json(text: Option<&JsonText>) -> Option<Json<JsonValue>> {
    text.map(|text| Json(text.read().unwrap_or_else(|_| readable(text.as_str()))))
}

/// The value of a document of which a part has no value here, such as `1e400` or half a surrogate pair: such a part is
/// given by its text, and all the others as they are.
fn readable(json: &str) -> JsonValue {
    if let Ok(value) = serde_json::from_str(json) {
        return value;
    }
    if let Ok(members) = serde_json::from_str::<IndexMap<String, &RawValue>>(json) {
        return members.into_iter().map(|(name, member)| (name, readable(member.get()))).collect();
    }
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(json) {
        return items.into_iter().map(|item| readable(item.get())).collect();
    }
    JsonValue::String(json.to_owned())
}

/// Defines an object over a row: its own fields, and id, times and version.
macro_rules! node {
    ($(#[$doc:meta])* $object:ident over $entity:ty { $($fields:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $object(pub $crate::loader::Item<$entity>);

        impl From<$crate::loader::Item<$entity>> for $object {
            fn from(item: $crate::loader::Item<$entity>) -> Self {
                Self(item)
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $object {
            #[doc = concat!("Global id, such as `", stringify!($object), ":7`; as of the past, with its moment behind `@`.")]
            pub(super) async fn id(&self) -> async_graphql::ID {
                $crate::graphql::id::NodeKind::$object.id(self.0.id, self.0.batch().store().moment())
            }

            /// The number in the global id.
            async fn database_id(&self) -> i64 {
                self.0.id
            }

            $($fields)*

            /// When it was entered.
            async fn created_at(&self) -> chrono::DateTime<chrono::Utc> {
                self.0.created_at.to_utc()
            }

            /// When it was last changed.
            async fn updated_at(&self) -> chrono::DateTime<chrono::Utc> {
                self.0.updated_at.to_utc()
            }

            /// When it was deleted; null while it lives.
            async fn deleted_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
                self.0.deleted_at.map(|at| at.to_utc())
            }

            /// Goes up with every change; pass it as `expectedVersion` to change only what you saw.
            async fn version(&self) -> i64 {
                self.0.version
            }
        }
    };
}
pub(super) use node;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_without_a_value_hides_no_other() {
        let text = JsonText::parse(r#"{"a":1,"b":{"huge":1e400,"half":"\ud800"},"c":["x",-1e999]}"#).expect("JSON");
        let Json(value) = stored_json(Some(&text)).expect("a value");
        let expected =
            serde_json::json!({ "a": 1, "b": { "huge": "1e400", "half": r#""\ud800""# }, "c": ["x", "-1e999"] });
        assert_eq!(value, expected);
    }
}
