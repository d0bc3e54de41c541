//! The limits, as the settings have them.

use std::time::Duration;

use super::AppError;
use crate::config::{Config, ConfigError, LimitsConfig};
use crate::graphql::{SchemaSettings, Validity};
use crate::limits::{
    Allowed, DocumentLimits, Documents, KnownDocuments, Limiter, MAX_NESTING, Proxies, Sharing, check_length,
    check_shape,
};

/// What is allowed to whom.
pub struct Limits {
    /// Of documents.
    pub document: DocumentLimits,
    /// The only documents that are executed, if that is so.
    pub trusted: Option<Documents>,
    /// Documents that were seen before.
    pub known: KnownDocuments,
    /// Of callers.
    pub limiter: Limiter,
    /// Who is believed for whom they ask.
    pub proxies: Proxies,
    /// How long a query or mutation may take.
    pub request_timeout: Duration,
}

impl Limits {
    /// By these settings.
    ///
    /// # Errors
    /// If the trusted documents, or the address of Redis, can't be used.
    pub fn new(config: &Config) -> Result<Self, AppError> {
        let document = document(config);
        let proxies = config.http.proxies().map_err(|text| ConfigError::NoNetwork(text.to_owned()))?;
        let limiter = limiter(&config.limits).map_err(AppError::Redis)?;
        let request_timeout = Duration::from_millis(config.limits.request_timeout_ms);
        let known = KnownDocuments::new(config.cache.max_document_bytes);
        Ok(Self { trusted: trusted(config, &document)?, known, document, limiter, proxies, request_timeout })
    }
}

fn document(config: &Config) -> DocumentLimits {
    let limits = &config.limits;
    DocumentLimits {
        tokens: limits.max_tokens,
        depth: limits.max_depth,
        fields: limits.max_fields,
        aliases: limits.max_aliases,
        root_fields: limits.max_root_fields,
        directives: limits.max_directives,
        cost: limits.max_cost,
        introspection: config.http.introspection,
    }
}

fn limiter(limits: &LimitsConfig) -> Result<Limiter, String> {
    let allowed = Allowed {
        cost_per_minute: limits.cost_per_minute,
        requests_per_second: limits.requests_per_second,
        mutations_per_minute: limits.mutations_per_minute,
        streams: limits.streams_per_caller,
        subscriptions: limits.subscriptions_per_caller,
    };
    let timeout = Duration::from_millis(limits.redis_timeout_ms);
    let sharing = limits.redis_url.as_ref().map(|url| Sharing { url: url.clone(), timeout });
    Limiter::new(allowed, sharing.as_ref())
}

/// The trusted documents, each of which is within the limits and fits the schema.
fn trusted(config: &Config, limits: &DocumentLimits) -> Result<Option<Documents>, AppError> {
    let Some(file) = &config.http.trusted_documents else { return Ok(None) };
    let validity = Validity::new(&SchemaSettings::from(config));
    let documents = Documents::load(file, |document| {
        check_length(document, limits).map_err(|refused| refused.message)?;
        let parsed = async_graphql::parser::parse_query(document).map_err(|error| error.to_string())?;
        check_shape(&parsed, limits).map_err(|refused| refused.message)?;
        validity.check(document)
    })?;
    Ok(Some(documents))
}

impl From<&Config> for SchemaSettings {
    fn from(config: &Config) -> Self {
        // Spans tell of the phases too.
        let timing = config.http.server_timing || config.telemetry.otlp_endpoint.is_some();
        // The schema counts the operation itself, too.
        Self {
            max_nesting: MAX_NESTING + 2,
            introspection: config.http.introspection,
            timing,
            max_import_bytes: config.http.max_import_bytes,
        }
    }
}
