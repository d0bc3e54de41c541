//! `node!`: what every object of the catalogue has, beside its own fields.

use async_graphql::Json;
use serde_json::Value as JsonValue;

use crate::domain::JsonText;

/// A stored document as GraphQL's `JSON`.
pub fn stored_json(text: Option<&JsonText>) -> Option<Json<JsonValue>> {
    text.map(|text| Json(text.to_value()))
}

/// Defines an object over a row: its own fields, and id, times, version and history. An object with `history of its own`
/// defines that one among its fields.
macro_rules! node {
    ($(#[$doc:meta])* $object:ident over $entity:ty { $($fields:tt)* }) => {
        $crate::graphql::object::node! { $(#[$doc])* $object over $entity, history of its own { $($fields)*

            /// What happened to it, the newest first.
            async fn history(
                &self,
                #[graphql(desc = "Changes from the start, 1 to 100; 20 if neither `first` nor `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Start behind the change with this cursor.")] after: Option<String>,
                #[graphql(desc = "Changes from the end, 1 to 100.")] last: Option<i32>,
                #[graphql(desc = "End before the change with this cursor.")] before: Option<String>,
            ) -> async_graphql::Result<$crate::graphql::change::ChangeConnection> {
                let page = $crate::graphql::paging::PageArguments { first, after, last, before };
                $crate::graphql::history::history(&self.0, &page, false)
            }
        }}
    };
    ($(#[$doc:meta])* $object:ident over $entity:ty, history of its own { $($fields:tt)* }) => {
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

            /// Where the value of each of its fields comes from: since when, and by which change.
            async fn blame(
                &self,
                context: &async_graphql::Context<'_>,
            ) -> async_graphql::Result<Vec<$crate::graphql::history::FieldBlame>> {
                $crate::graphql::history::blame(context, &self.0).await
            }

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
