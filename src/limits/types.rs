//! What has to be known of the schema to tell a query's cost before it runs: which fields hold objects, and how many.

use std::collections::HashMap;
use std::sync::OnceLock;

use async_graphql::Name;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, OperationType, ServiceDocument, Type, TypeKind, TypeSystemDefinition,
};

/// A type with fields, by its place in [`Types`].
pub type TypeId = usize;

/// A field whose values are objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The type of its objects; `None` if they are of no single type with fields, as those of a union.
    pub of: Option<TypeId>,
    /// Whether it holds a list.
    pub is_list: bool,
    /// Whether `first` and `last` say how many there are: in the list, or below `nodes` and `edges`.
    pub is_sized: bool,
}

/// The types that have fields. Fields that hold no objects are left out.
#[derive(Debug, Default)]
pub struct Types {
    by_name: HashMap<Name, TypeId>,
    fields: Vec<HashMap<Name, Field>>,
    roots: [Option<TypeId>; 3],
}

impl Types {
    /// Those of the schema with this SDL. It is asked for once in the life of the process, which has one schema.
    pub fn of(sdl: impl FnOnce() -> String) -> &'static Self {
        static TYPES: OnceLock<Types> = OnceLock::new();
        // The SDL is the schema's own, so it can be read. If not, queries cost what unknown types do.
        TYPES.get_or_init(|| Self::parse(&sdl()))
    }

    /// Those of this SDL.
    pub(super) fn parse(sdl: &str) -> Self {
        parse_schema(sdl).map(|document| Self::new(&document)).unwrap_or_default()
    }

    fn new(document: &ServiceDocument) -> Self {
        let mut types = Self::default();
        let mut composite = Vec::new();
        for definition in &document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = &definition.node.name.node;
            let fields: &[_] = match &definition.node.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                TypeKind::Union(_) => &[],
                TypeKind::Scalar | TypeKind::Enum(_) | TypeKind::InputObject(_) => continue,
            };
            types.by_name.insert(name.clone(), composite.len());
            composite.push(fields);
        }
        for fields in composite {
            let known = fields.iter().filter_map(|field| {
                let known = types.field_of(&field.node)?;
                Some((field.node.name.node.clone(), known))
            });
            let known = known.collect();
            types.fields.push(known);
        }
        types.roots = ["Query", "Mutation", "Subscription"].map(|name| types.by_name.get(name).copied());
        types
    }

    fn field_of(&self, field: &FieldDefinition) -> Option<Field> {
        let (name, is_list) = innermost(&field.ty.node);
        let of = *self.by_name.get(name)?;
        let is_sized = field.arguments.iter().any(|argument| argument.node.name.node == "first");
        Some(Field { of: Some(of), is_list, is_sized })
    }

    /// The type that operations of this kind begin at.
    pub const fn root(&self, kind: OperationType) -> Option<TypeId> {
        match kind {
            OperationType::Query => self.roots[0],
            OperationType::Mutation => self.roots[1],
            OperationType::Subscription => self.roots[2],
        }
    }

    /// The type with this name.
    pub fn named(&self, name: &Name) -> Option<TypeId> {
        self.by_name.get(name).copied()
    }

    /// A field of a type; `None` if it holds no objects.
    pub fn field(&self, of: TypeId, name: &Name) -> Option<Field> {
        self.fields.get(of)?.get(name).copied()
    }
}

fn innermost(of: &Type) -> (&Name, bool) {
    match &of.base {
        BaseType::Named(name) => (name, false),
        BaseType::List(of) => (innermost(of).0, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_know_what_they_hold() {
        let sdl = "type Query { rows(first: Int, after: String): Rows! name: String tree: [Row!]! any: Any } \
                   type Rows { nodes: [Row!]! } type Row { name: String! } union Any = Row | Rows";
        let types = Types::parse(sdl);
        let query = types.root(OperationType::Query).expect("a root");
        let field = |name: &str| types.field(query, &Name::new(name));
        let (rows, row) = (types.named(&Name::new("Rows")), types.named(&Name::new("Row")));
        assert_eq!(field("rows"), Some(Field { of: rows, is_list: false, is_sized: true }));
        assert_eq!(field("tree"), Some(Field { of: row, is_list: true, is_sized: false }));
        assert_eq!(field("name"), None);
        assert!(field("any").is_some_and(|any| !any.is_list));
        assert_eq!(types.root(OperationType::Mutation), None);
    }
}
