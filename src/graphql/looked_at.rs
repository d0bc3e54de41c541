//! Which columns a document can look at.
//!
//! Each field of the objects of the catalogue is written down with the columns that its resolver reads, and with the type that
//! it leads to. A document with any other field can look at all columns of all tables: whatever is not written down here is
//! shown as it always was. What relations are sorted out by, and lists are cut by, is read in any case (`store/looked_at.rs`).

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

use crate::store::looked_at::LookedAt;

/// The columns that a query of this document can look at.
pub fn looked_at(document: &ExecutableDocument) -> LookedAt {
    let mut looked_at = LookedAt::ALWAYS;
    let queries = document.operations.iter().filter(|(_, operation)| operation.node.ty == OperationType::Query);
    let mut roots = queries.map(|(_, query)| ("Query", &query.node.selection_set));
    // Each fragment once, wherever it is spread: it says itself of which type it is.
    let mut fragments = document
        .fragments
        .values()
        .map(|fragment| (fragment.node.type_condition.node.on.node.as_str(), &fragment.node.selection_set));
    let is_known = roots.all(|(of, selections)| walk(of, selections, &mut looked_at).is_some())
        && fragments.all(|(of, selections)| walk(of, selections, &mut looked_at).is_some());
    if is_known { looked_at } else { LookedAt::ALL }
}

/// Adds what is looked at by selections of a type; `None` if that isn't known. Their depth has its limit.
fn walk(of: &str, selections: &Positioned<SelectionSet>, looked_at: &mut LookedAt) -> Option<()> {
    selections.node.items.iter().try_for_each(|selection| match &selection.node {
        Selection::Field(field) => {
            let (columns, leads_to) = known(of, field.node.name.node.as_str())?;
            *looked_at = looked_at.and(columns);
            match leads_to {
                Some(below) => walk(below, &field.node.selection_set, looked_at),
                None => Some(()),
            }
        }
        Selection::InlineFragment(fragment) => {
            let condition = fragment.node.type_condition.as_ref();
            let of = condition.map_or(of, |condition| condition.node.on.node.as_str());
            walk(of, &fragment.node.selection_set, looked_at)
        }
        Selection::FragmentSpread(_) => Some(()),
    })
}

/// The columns that a field reads, and the type of its objects if there are any whose fields read more.
type Known = (&'static LookedAt, Option<&'static str>);

/// The fields of each type: those of a table's rows with their columns, each with where it leads to.
macro_rules! known {
    ($($of:literal $(: $table:ident)? { $($name:literal $([$($column:ident),+])? $(=> $below:literal)?,)+ })+) => {
        /// How many fields are known.
        #[cfg(test)]
        const KNOWN: usize = [$($($name),+),+].len();

        fn known(of: &str, name: &str) -> Option<Known> {
            if name == "__typename" {
                return Some((const { &LookedAt::columns(&[]) }, None));
            }
            match of {
                $($of => {
                    $(use crate::store::schema::fields::$table as table;)?
                    Some(match name {
                        $($name => {
                            const COLUMNS: LookedAt = LookedAt::columns(&[$($(table::$column()),+)?]);
                            let below = None $(.or(Some($below)))?;
                            (&COLUMNS, below)
                        })+
                        _ => return None,
                    })
                })+
                _ => None,
            }
        }
    };
}

known! {
    "Query" {
        "node" => "Node",
        "nodes" => "Node",
        "supplier" => "Supplier",
        "suppliers" => "SupplierConnection",
        "model" => "Model",
        "models" => "ModelConnection",
        "capability" => "Capability",
        "capabilities" => "CapabilityConnection",
        "category" => "Category",
        "categories" => "CategoryConnection",
        "categoryTree" => "Category",
    }
    "Node" {
        "id",
    }
    "SupplierConnection" {
        "nodes" => "Supplier",
        "edges" => "SupplierEdge",
        "pageInfo",
        "totalCount",
    }
    "SupplierEdge" {
        "node" => "Supplier",
        "cursor",
    }
    "ModelConnection" {
        "nodes" => "Model",
        "edges" => "ModelEdge",
        "pageInfo",
        "totalCount",
        "facets",
    }
    "ModelEdge" {
        "node" => "Model",
        "cursor",
    }
    "CapabilityConnection" {
        "nodes" => "Capability",
        "edges" => "CapabilityEdge",
        "pageInfo",
        "totalCount",
    }
    "CapabilityEdge" {
        "node" => "Capability",
        "cursor",
    }
    "CategoryConnection" {
        "nodes" => "Category",
        "edges" => "CategoryEdge",
        "pageInfo",
        "totalCount",
    }
    "CategoryEdge" {
        "node" => "Category",
        "cursor",
    }
    "Supplier": suppliers {
        "id" [id],
        "databaseId" [id],
        "name" [name],
        "displayName" [display_name],
        "description" [description],
        "apiEndpoint" [api_endpoint],
        "baseUrl" [base_url],
        "apiUrl" [api_url, base_url, api_endpoint],
        "apiKeyRequired" [api_key_required],
        "website" [website],
        "apiDocs" [api_docs],
        "category" [category],
        "logo" [logo],
        "isActive" [is_active],
        "adapter" [adapter],
        "extra" [extra],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "models" [id] => "ModelConnection",
    }
    "Model": models {
        "id" [id],
        "databaseId" [id],
        "name" [name],
        "displayName" [display_name],
        "description" [description],
        "modelType" [model_type],
        "subType" [sub_type],
        "isDefault" [is_default],
        "isActive" [is_active],
        "lifecycleStage" [lifecycle_stage, deprecated_on, retires_on],
        "releasedOn" [released_on],
        "knowledgeCutoff" [knowledge_cutoff],
        "deprecatedOn" [deprecated_on],
        "retiresOn" [retires_on],
        "extra" [extra],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "supplier" [supplier_id] => "Supplier",
        "successor" [successor_id, deleted_at] => "Model",
        "successorChain" [id, successor_id] => "Model",
        "aliases" [id] => "ModelAlias",
        "parameters" [id] => "ModelParameter",
        "capabilities" [id] => "ModelCapability",
        "categories" [id] => "Category",
        "prices" [id] => "ModelPrice",
        "price" [id] => "ModelPrice",
    }
    "ModelAlias": model_aliases {
        "id" [id],
        "databaseId" [id],
        "alias" [alias],
        "source" [source],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "model" [model_id] => "Model",
    }
    "ModelParameter": model_parameters {
        "id" [id],
        "databaseId" [id],
        "name" [parameter_name],
        "type" [parameter_type],
        "value" [parameter_type, parameter_value],
        "isDefault" [is_default],
        "description" [description],
        "minimum" [minimum],
        "maximum" [maximum],
        "allowedValues" [allowed_values],
        "source" [source],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "model" [model_id] => "Model",
    }
    "ModelPrice": model_prices {
        "id" [id],
        "databaseId" [id],
        "component" [component],
        "serviceMode" [service_mode],
        "minContextTokens" [min_context_tokens],
        "amount" [amount_nanos, amount_subnanos],
        "currency" [currency],
        "unit" [unit],
        "validFrom" [valid_from],
        "validUntil" [valid_until],
        "source" [source],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "model" [model_id] => "Model",
    }
    "Capability": capabilities {
        "id" [id],
        "databaseId" [id],
        "name" [name],
        "displayName" [display_name],
        "description" [description],
        "capabilityType" [capability_type],
        "inputTypes" [input_types],
        "outputTypes" [output_types],
        "domain" [domain],
        "isActive" [is_active],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "models" [id] => "ModelConnection",
    }
    "ModelCapability": model_capability_associations {
        "id" [id],
        "databaseId" [id],
        "support" [support],
        "config" [config, config_json],
        "isDefault" [is_default],
        "source" [source],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "capability" [capability_id] => "Capability",
        "model" [model_id] => "Model",
    }
    "Category": model_categories {
        "id" [id],
        "databaseId" [id],
        "name" [name],
        "path" [path],
        "displayName" [display_name],
        "description" [description],
        "categoryType" [category_type],
        "position" [position],
        "depth" [path],
        "isActive" [is_active],
        "createdAt" [created_at],
        "updatedAt" [updated_at],
        "deletedAt" [deleted_at],
        "version" [version],
        "parent" [parent_id] => "Category",
        "children" [id, parent_id] => "Category",
        "ancestors" [path] => "Category",
        "descendants" [path] => "Category",
        "models" [id] => "ModelConnection",
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
    use async_graphql::parser::{parse_query, parse_schema};

    use super::*;
    use crate::store::predicate::Field;
    use crate::store::schema::fields::{models, suppliers};

    /// The fields of types above that read whole rows: few ask for them, or they look at more than columns.
    const WHOLE: [&str; 24] = [
        "at",
        "apiTokens",
        "auditLog",
        "blame",
        "changeFeedCursor",
        "changeSet",
        "changeSets",
        "changes",
        "compareModelVersions",
        "defaultModel",
        "defaultModelChoice",
        "deprecations",
        "expiringSupplierKeys",
        "history",
        "keys",
        "parameterHistory",
        "pointer",
        "pointers",
        "priceHistory",
        "rateLimit",
        "server",
        "versionLabelled",
        "versions",
        "viewer",
    ];

    fn of(document: &str) -> LookedAt {
        looked_at(&parse_query(document).expect("a document"))
    }

    fn with(columns: &[Field]) -> LookedAt {
        LookedAt::ALWAYS.and(&LookedAt::columns(columns))
    }

    #[test]
    fn a_document_looks_at_what_its_fields_read() {
        assert_eq!(of("{ models { totalCount nodes { id called: name supplier { name } } } }"), with(&[]));
        assert_eq!(of("{ models { edges { node { supplier { logo } } } } }"), with(&[suppliers::logo()]));
        let fragments = "{ node(id: 1) { id ...A ... on Supplier { logo } } } fragment A on Model { extra }";
        assert_eq!(of(fragments), with(&[models::extra(), suppliers::logo()]));
        assert_eq!(
            of("query A { models { nodes { extra } } } query B { suppliers { nodes { name } } }"),
            with(&[models::extra()])
        );
    }

    #[test]
    fn whoever_asks_for_something_else_looks_at_all() {
        for document in [
            "{ models { nodes { history { totalCount } } } }",
            "{ at(time: \"2026-01-01T00:00:00Z\") { models { nodes { name } } } }",
            "{ node(id: 1) { ... on ChangeSet { id } } }",
            "{ models { nodes { ...A } } } fragment A on Model { blame { field } }",
        ] {
            assert_eq!(of(document), LookedAt::ALL, "{document}");
        }
    }

    /// Each field of a type that is known is known too, or read as a whole on purpose; and no other is known.
    #[test]
    fn every_field_of_the_schema_is_known_or_reads_whole_rows() {
        let schema = parse_schema(include_str!("../../schema.graphql")).expect("the schema");
        let mut count = 0;
        for definition in &schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let fields = match &definition.node.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                _ => continue,
            };
            let of = definition.node.name.node.as_str();
            let names = || fields.iter().map(|field| field.node.name.node.as_str());
            if names().all(|name| known(of, name).is_none()) {
                continue;
            }
            for name in names() {
                assert!(known(of, name).is_some() || WHOLE.contains(&name), "{of}.{name}");
                count += usize::from(known(of, name).is_some());
            }
        }
        assert_eq!(count, KNOWN, "fields of the schema that are known");
    }
}
