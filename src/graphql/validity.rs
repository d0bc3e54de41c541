//! Whether a document could be executed, without executing it.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::parser::parse_query;
use async_graphql::{Request, Response, Value};
use futures_util::FutureExt as _;

use super::{Schema, SchemaSettings, builder};

/// A schema that says what is wrong with documents.
pub struct Validity(Schema);

impl Validity {
    /// Of the schema with these settings.
    pub fn new(settings: &SchemaSettings) -> Self {
        Self(builder(settings).extension(ExecutesNothing).finish())
    }

    /// Checks a document, each of its operations.
    ///
    /// # Errors
    /// What is wrong, in short.
    pub fn check(&self, document: &str) -> Result<(), String> {
        let parsed = parse_query(document).map_err(|error| error.to_string())?;
        for (name, _) in parsed.operations.iter() {
            let request = Request::new(document);
            let request = match name {
                Some(name) => request.operation_name(name.as_str()),
                None => request,
            };
            // Nothing is executed, so nothing is waited for.
            let errors = self.0.execute(request).now_or_never().map(|response| response.errors).unwrap_or_default();
            if !errors.is_empty() {
                return Err(errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join("; "));
            }
        }
        Ok(())
    }
}

struct ExecutesNothing;

impl ExtensionFactory for ExecutesNothing {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for ExecutesNothing {
    async fn execute(&self, _: &ExtensionContext<'_>, _: Option<&str>, _: NextExecute<'_>) -> Response {
        Response::new(Value::Null)
    }
}
