//! `node!`: what every object of the catalogue has, beside its own fields.

use async_graphql::Json;
use serde_json::Value as JsonValue;

use crate::domain::JsonText;

/// A stored document as GraphQL's `JSON`.
pub fn stored_json(text: Option<&JsonText>) -> Option<Json<JsonValue>> {
    text.map(|text| Json(text.to_value()))
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
            #[doc = concat!("Global id, such as `", stringify!($object), ":7`.")]
            pub(super) async fn id(&self) -> async_graphql::ID {
                $crate::graphql::id::NodeKind::$object.id(self.0.id)
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
