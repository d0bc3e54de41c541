//! What a document comes to with its fragments put in, found before anything else walks through it: a few lines of
//! fragments that each hold the next one twice stand for billions of fields.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};

/// Most fields, fragments and spreads that a document may come to.
pub const MAX_EXPANSION: usize = 20_000;
/// Deepest nesting of fragments and fields together. Nothing recurs deeper.
pub const MAX_NESTING: usize = 100;
/// How often a question about the schema may go from types to their fields and on to types again.
pub const MAX_INTROSPECTION: usize = 2;

/// A document's numbers, fragments counted wherever they are put in. Those that can grow without bounds stop at the
/// largest number there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Fields.
    pub fields: usize,
    /// Fields, fragments and spreads.
    pub expansion: usize,
    /// Fields with a name of the document's own.
    pub aliases: usize,
    /// Directives.
    pub directives: usize,
    /// Nesting of fields.
    pub depth: usize,
    /// Nesting of fields and fragments.
    pub nesting: usize,
    /// How often types lead to types again.
    pub introspection: usize,
    /// Whether the schema is asked for.
    pub asks_for_schema: bool,
    /// Fields of the first level, of the operation that has most.
    pub root_fields: usize,
    /// Whether a fragment holds itself.
    pub is_circular: bool,
}

/// Measures a document.
pub fn shape(document: &ExecutableDocument) -> Shape {
    let mut walk = Walk { document, known: HashMap::new(), is_circular: false };
    let mut whole = Shape::default();
    let mut root_fields = 0;
    for (_, operation) in document.operations.iter() {
        let mut operation_shape = walk.set(&operation.node.selection_set.node, 0);
        root_fields = root_fields.max(operation_shape.root_fields);
        operation_shape.directives = operation_shape.directives.saturating_add(operation.node.directives.len());
        whole = whole.and(operation_shape);
    }
    // What no operation puts in may still go in circles.
    for name in document.fragments.keys() {
        walk.fragment(name, 0);
    }
    Shape { root_fields, is_circular: walk.is_circular, ..whole }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    /// What fragments come to; `None` while that is being found out.
    known: HashMap<&'a Name, Option<Shape>>,
    is_circular: bool,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, level: usize) -> Shape {
        if level > MAX_NESTING {
            return Shape { nesting: 1, ..Shape::default() };
        }
        set.items.iter().fold(Shape::default(), |whole, item| {
            whole.and(match &item.node {
                Selection::Field(field) => self.field(&field.node, level),
                Selection::InlineFragment(fragment) => {
                    let below = self.set(&fragment.node.selection_set.node, level + 1);
                    below.inside(1, fragment.node.directives.len())
                }
                Selection::FragmentSpread(spread) => {
                    let below = self.fragment(&spread.node.fragment_name.node, level + 1);
                    below.inside(1, spread.node.directives.len())
                }
            })
        })
    }

    fn field(&mut self, field: &'a Field, level: usize) -> Shape {
        let below = self.set(&field.selection_set.node, level + 1).inside(1, field.directives.len());
        let leads_on = matches!(field.name.node.as_str(), "fields" | "inputFields" | "interfaces" | "possibleTypes");
        Shape {
            fields: below.fields.saturating_add(1),
            aliases: below.aliases.saturating_add(usize::from(field.alias.is_some())),
            depth: below.depth + 1,
            introspection: below.introspection + usize::from(leads_on),
            asks_for_schema: below.asks_for_schema || matches!(field.name.node.as_str(), "__schema" | "__type"),
            root_fields: 1,
            ..below
        }
    }

    fn fragment(&mut self, name: &Name, level: usize) -> Shape {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Shape::default() };
        match self.known.get(name) {
            Some(Some(shape)) => return *shape,
            Some(None) => {
                self.is_circular = true;
                return Shape::default();
            }
            None => {}
        }
        self.known.insert(name, None);
        let shape = self.set(&fragment.node.selection_set.node, level).inside(0, fragment.node.directives.len());
        self.known.insert(name, Some(shape));
        shape
    }
}

impl Shape {
    /// Side by side.
    fn and(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            expansion: self.expansion.saturating_add(other.expansion),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            introspection: self.introspection.max(other.introspection),
            asks_for_schema: self.asks_for_schema || other.asks_for_schema,
            root_fields: self.root_fields.saturating_add(other.root_fields),
            is_circular: false,
        }
    }

    /// Inside of so many more selections, which have these directives.
    fn inside(self, selections: usize, directives: usize) -> Self {
        Self {
            expansion: self.expansion.saturating_add(selections),
            directives: self.directives.saturating_add(directives),
            nesting: self.nesting.saturating_add(selections),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn of(document: &str) -> Shape {
        shape(&async_graphql::parser::parse_query(document).expect("a document"))
    }

    #[test]
    fn fragments_count_wherever_they_are_put_in() {
        assert_eq!(of("{ a b { c } ... on Query { d } }").expansion, 5);
        assert_eq!(
            of("{ ...F ...F } fragment F on Query { a x: b @include(if: true) }"),
            Shape {
                fields: 4,
                expansion: 6,
                aliases: 2,
                directives: 2,
                depth: 1,
                nesting: 2,
                root_fields: 4,
                ..Shape::default()
            }
        );
        assert_eq!(of("{ ...Missing }").expansion, 1);
    }

    #[test]
    fn circles_are_found_wherever_they_are() {
        assert!(of("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }").is_circular);
        assert!(of("{ a } fragment A on Query { b { ...A } }").is_circular, "not put in");
        assert!(!of("{ ...A ...B } fragment A on Query { ...B } fragment B on Query { a }").is_circular);
    }

    #[test]
    fn what_grows_without_bounds_is_counted_at_once() {
        let mut document = String::from("{ ...F0 } fragment F90 on Query { a }");
        for number in 0..90 {
            write!(document, " fragment F{number} on Query {{ ...F{0} ...F{0} }}", number + 1).expect("written");
        }
        assert_eq!((of(&document).expansion, of(&document).fields), (usize::MAX, usize::MAX));
    }

    #[test]
    fn chains_of_fragments_are_followed_only_so_far() {
        let mut document = String::from("{ ...F0 }");
        for number in 0..1_200 {
            write!(document, " fragment F{number} on Query {{ ...F{} }}", number + 1).expect("written");
        }
        assert!(of(&document).nesting > MAX_NESTING);
    }

    #[test]
    fn levels_are_those_of_fields() {
        let shape = of("query A { a { ... { b { c } } } } query B { x y z }");
        assert_eq!((shape.depth, shape.nesting, shape.root_fields, shape.fields), (3, 4, 3, 6));
        assert_eq!(of("{ __schema { types { fields { type { fields { name } } } } } }").introspection, 2);
    }
}
