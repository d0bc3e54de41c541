//! What a request would do, found out before it runs: which document it means, whether that keeps to its limits, what
//! kind of operation it is, and what it would cost.

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet};
use async_graphql::{
    ErrorExtensionValues, Name, Request as GraphqlRequest, Response as GraphqlResponse, ServerError, Value, Variables,
};

use super::discretion::may_hold_secret;
use super::graphql::BAD_REQUEST;
use super::request::Parameters;
use crate::app::App;
use crate::auth::policy::{Action, Root, action};
use crate::graphql::sdl;
use crate::limits::{Cost, KnownDocuments, Refused, Requested, Types, check_length, check_shape, is_hash_of};
use crate::telemetry::{Observation, OperationKind};

/// The document is none of those that are trusted.
const NOT_TRUSTED: &str = "DOCUMENT_NOT_TRUSTED";
/// The parser's message for what is nested deeper than it follows.
const TOO_DEEP_TO_PARSE: &str = "recursion limit exceeded.";

/// A request of which is known what it would do.
pub struct Prepared {
    /// The request, for the schema.
    pub(super) request: GraphqlRequest,
    /// What the operation is; `None` if that is not certain.
    pub kind: Option<OperationType>,
    /// What it would cost.
    pub requested: Requested,
    /// Whether it is a query that reads nothing but the catalogue, whose answer is the same for all who may.
    pub is_keepable: bool,
    /// Whether its document is one of GraphQL.
    pub(super) parsed: bool,
    /// Why it can't be executed, if that is known already.
    pub(super) refused: Option<GraphqlResponse>,
}

/// What is charged for a request that can't be executed.
const UNEXECUTED: Requested = Requested { total: 1, writing: 0, mutations: 0 };

impl Prepared {
    fn refused(request: GraphqlRequest, refused: Refused) -> Self {
        let error = ServerError::new(refused.message, None);
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", refused.code);
        let error = ServerError { extensions: Some(extensions), ..error };
        let refused = Some(GraphqlResponse::from_errors(vec![error]));
        Self { request, kind: None, requested: UNEXECUTED, is_keepable: false, parsed: true, refused }
    }

    fn unknown(request: GraphqlRequest, parsed: bool) -> Self {
        Self { request, kind: None, requested: UNEXECUTED, is_keepable: false, parsed, refused: None }
    }
}

/// Finds out which document a request means, where it names one; if that can't be, the request is refused when it is prepared.
pub fn recall(app: &App, parameters: &mut Parameters) {
    match document(app, parameters) {
        Ok(None) => {}
        Ok(Some(document)) => parameters.query = document,
        Err(refused) => parameters.refused = Some(refused),
    }
}

/// Looks at what a request would do.
pub fn prepare(app: &App, mut parameters: Parameters) -> Prepared {
    let (refused, hash) = (parameters.refused.take(), parameters.hash.take());
    let mut request = parameters.into_request();
    if let Some(refused) = refused {
        return Prepared::refused(request, refused);
    }
    let name = request.operation_name.clone();
    // Lent out, while the request lends its document.
    let mut variables = std::mem::take(&mut request.variables);
    let looked_at = match parse(app, &mut request) {
        Ok(document) => {
            let operation = operation(document, name.as_deref());
            if let Some(operation) = operation {
                fill_in_defaults(operation, &mut variables);
            }
            Ok(operation.map(|operation| Operation::of(app, document, operation, &variables)))
        }
        Err(Unreadable::Refused(refused)) => Err(refused),
        Err(Unreadable::NoGraphql) => {
            request.variables = variables;
            return Prepared::unknown(request, false);
        }
    };
    request.variables = variables;
    let limits = &app.limits().document;
    match looked_at {
        Ok(operation) => {
            // Where only trusted documents are executed, nobody looks there.
            if let Some(hash) = hash.filter(|_| app.limits().trusted.is_none() && !may_hold_secret(&request.query)) {
                app.limits().known.remember(&hash.to_ascii_lowercase(), &request.query);
            }
            match operation {
                Some(operation) => prepared(request, operation, |requested| limits.check_cost(requested)),
                None => Prepared::unknown(request, true),
            }
        }
        Err(refused) => Prepared::refused(request, refused),
    }
}

/// Gives variables that were left out the values that the operation has for them: `@include` and `@skip` know only what was
/// given, and take all else for false.
fn fill_in_defaults(operation: &OperationDefinition, variables: &mut Variables) {
    for variable in &operation.variable_definitions {
        if let Some(default) = &variable.node.default_value {
            variables.entry(variable.node.name.node.clone()).or_insert_with(|| default.node.clone());
        }
    }
}

/// Why a document can't be read.
enum Unreadable {
    NoGraphql,
    Refused(Refused),
}

/// The document of a request, parsed and found to keep to the limits of its shape, now or before.
fn parse<'r>(app: &App, request: &'r mut GraphqlRequest) -> Result<&'r ExecutableDocument, Unreadable> {
    let (limits, known) = (&app.limits().document, &app.limits().known);
    let before = known.parsed(&request.query);
    let is_new = before.is_none();
    match before {
        Some(parsed) => request.set_parsed_query(ExecutableDocument::clone(&parsed)),
        None => check_length(&request.query, limits).map_err(Unreadable::Refused)?,
    }
    // Kept by its text, which the parsed document is lent from.
    let text = (is_new && known.is_on()).then(|| request.query.clone());
    let document = request.parsed_query().map_err(|error| match error.message.as_str() {
        TOO_DEEP_TO_PARSE => {
            let message = "the document is nested too deep to be read".to_owned();
            Unreadable::Refused(Refused { code: "QUERY_TOO_DEEP", message })
        }
        _ => Unreadable::NoGraphql,
    })?;
    if is_new {
        check_shape(document, limits).map_err(Unreadable::Refused)?;
    }
    if let Some(text) = text.filter(|text| !may_hold_secret(text)) {
        known.keep_parsed(&text, document);
    }
    Ok(document)
}

fn prepared(
    request: GraphqlRequest,
    operation: Operation,
    check: impl FnOnce(Requested) -> Result<(), Refused>,
) -> Prepared {
    let kind = Some(operation.kind);
    Observation::note(|observation| observation.saw_kind(seen(operation.kind)));
    if let Err(refused) = check(operation.requested) {
        return Prepared { kind, ..Prepared::refused(request, refused) };
    }
    let Some(missing) = operation.missing else {
        let Operation { requested, is_keepable, .. } = operation;
        return Prepared { request, kind, requested, is_keepable, parsed: true, refused: None };
    };
    let error = ServerError::new(format!("the variable ${missing} is missing, and may not be null"), None);
    let refused = Some(GraphqlResponse::from_errors(vec![error]));
    Prepared { request, kind, requested: UNEXECUTED, is_keepable: false, parsed: true, refused }
}

/// The document that a request means, where that is not the one that it brings.
fn document(app: &App, parameters: &Parameters) -> Result<Option<String>, Refused> {
    let refuse = |message: &str| Err(Refused { code: NOT_TRUSTED, message: message.to_owned() });
    let Some(trusted) = &app.limits().trusted else { return persisted(&app.limits().known, parameters) };
    let by_id = parameters.document.as_ref().and_then(|id| trusted.find(id));
    match by_id {
        Some(document) if parameters.query.is_empty() || parameters.query == **document => {
            Ok(Some(document.to_string()))
        }
        Some(_) => refuse("the document is not the one with this id"),
        None if parameters.query.is_empty() => refuse("no trusted document has this id"),
        None if trusted.find(&parameters.query).is_some_and(|document| **document == *parameters.query) => Ok(None),
        None => refuse("only trusted documents are executed here, and this is none of them"),
    }
}

/// The document that a client names by its hash, in the way of Apollo's clients: they send the text when they read these words.
fn persisted(known: &KnownDocuments, parameters: &Parameters) -> Result<Option<String>, Refused> {
    let refuse = |code, message: &str| Err(Refused { code, message: message.to_owned() });
    match &parameters.hash {
        Some(hash) if parameters.query.is_empty() => match known.find(&hash.to_ascii_lowercase()) {
            Some(document) => Ok(Some(document.to_string())),
            None if known.is_on() => refuse("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"),
            None => refuse("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"),
        },
        Some(hash) if !is_hash_of(hash, &parameters.query) => {
            refuse(BAD_REQUEST, "\"persistedQuery.sha256Hash\" is not the SHA-256 hash of \"query\"")
        }
        None if parameters.query.is_empty() => {
            refuse(NOT_TRUSTED, "no documents have ids here; send the document, or its hash")
        }
        _ => Ok(None),
    }
}

const fn seen(kind: OperationType) -> OperationKind {
    match kind {
        OperationType::Query => OperationKind::Query,
        OperationType::Mutation => OperationKind::Mutation,
        OperationType::Subscription => OperationKind::Subscription,
    }
}

/// What has to be known of an operation before it runs.
struct Operation {
    kind: OperationType,
    requested: Requested,
    /// Whether all that it asks for is the catalogue.
    is_keepable: bool,
    /// A variable that must be given and isn't.
    missing: Option<Name>,
}

impl Operation {
    fn of(app: &App, document: &ExecutableDocument, definition: &OperationDefinition, given: &Variables) -> Self {
        let variables = definition.variable_definitions.iter().map(|variable| &variable.node);
        let mut required =
            variables.filter(|variable| !variable.var_type.node.nullable && variable.default_value.is_none());
        let missing = required.find(|variable| is_null(given, &variable.name.node));
        let types = Types::of(|| sdl(app.schema()));
        let requested = Cost::of(types, document, definition, given).requested();
        let is_keepable = definition.ty == OperationType::Query && reads_catalogue(document, &definition.selection_set);
        Self {
            kind: definition.ty,
            requested,
            is_keepable,
            missing: missing.map(|variable| variable.name.node.clone()),
        }
    }
}

/// Whether all fields of the root are those of the catalogue. The shape was checked before: fragments don't go in circles.
fn reads_catalogue(document: &ExecutableDocument, selections: &Positioned<SelectionSet>) -> bool {
    selections.node.items.iter().all(|selection| match &selection.node {
        Selection::Field(field) => {
            let name = field.node.name.node.as_str();
            name == "__typename" || action(Root::Query, name) == Some(Action::ReadCatalogue)
        }
        Selection::InlineFragment(fragment) => reads_catalogue(document, &fragment.node.selection_set),
        Selection::FragmentSpread(spread) => document
            .fragments
            .get(&spread.node.fragment_name.node)
            .is_some_and(|fragment| reads_catalogue(document, &fragment.node.selection_set)),
    })
}

/// The operation that would run; `None` if that is not certain.
fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    match name {
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known.as_str() == name)),
        None => operations.next(),
    }
    .map(|(_, operation)| &operation.node)
}

fn is_null(given: &Variables, variable: &Name) -> bool {
    given.get(variable).is_none_or(|value| *value == Value::Null)
}
