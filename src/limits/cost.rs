//! What a request costs: before it runs by its document and variables, afterwards by its answer. `docs/limits.md` has
//! the formula.

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Value as ConstValue, Variables};
use async_graphql_value::Value;

use super::types::{TypeId, Types};

/// Rows of a page if nothing else is asked for.
const PAGE: u64 = 20;
/// Rows of the largest page, and most objects that are named by their ids.
const LARGEST_PAGE: u64 = 100;
/// How many objects a list is taken for that nobody gave a length.
const USUAL_LIST: u64 = 3;
/// What a field of a mutation costs for each thing that it writes, beside what it answers.
const WRITE: u64 = 10;

/// What an operation would cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Requested {
    /// All of it; at least 1.
    pub total: u64,
    /// What of it is for writing, and stays whatever the answer.
    pub writing: u64,
    /// Fields of a mutation.
    pub mutations: u64,
}

/// Tells what an operation would cost.
pub struct Cost<'a> {
    types: &'a Types,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
}

/// Where in the schema one is.
#[derive(Clone, Copy)]
struct Place {
    of: Option<TypeId>,
    /// The rows of the page that this connection holds.
    page: Option<u64>,
}

impl<'a> Cost<'a> {
    /// Of this operation of the document, which must not hold itself and must not be nested without bounds.
    pub const fn of(
        types: &'a Types,
        document: &'a ExecutableDocument,
        operation: &'a OperationDefinition,
        variables: &'a Variables,
    ) -> Self {
        Self { types, document, operation, variables }
    }

    /// The cost.
    pub fn requested(&self) -> Requested {
        let set = &self.operation.selection_set.node;
        let (writing, mutations) = if self.operation.ty == OperationType::Mutation { self.writes(set) } else { (0, 0) };
        let reading = self.set(set, Place { of: self.types.root(self.operation.ty), page: None });
        Requested { total: reading.saturating_add(writing).max(1), writing, mutations }
    }

    /// What is written by the fields of the first level, and how many these are.
    fn writes(&self, set: &SelectionSet) -> (u64, u64) {
        set.items.iter().fold((0, 0), |(writing, count): (u64, u64), item| {
            let (more, fields) = match &item.node {
                Selection::Field(field) => (WRITE.saturating_mul(self.written(&field.node)), 1),
                Selection::InlineFragment(fragment) => self.writes(&fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    fragment.map_or((0, 0), |fragment| self.writes(&fragment.node.selection_set.node))
                }
            };
            (writing.saturating_add(more), count.saturating_add(fields))
        })
    }

    fn set(&self, set: &SelectionSet, place: Place) -> u64 {
        set.items.iter().fold(0, |cost: u64, item| {
            cost.saturating_add(match &item.node {
                Selection::Field(field) => self.field(&field.node, place),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    self.set(&fragment.node.selection_set.node, self.narrowed(place, condition))
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    fragment.map_or(0, |fragment| {
                        let condition = Some(&fragment.node.type_condition.node.on.node);
                        self.set(&fragment.node.selection_set.node, self.narrowed(place, condition))
                    })
                }
            })
        })
    }

    /// Where a fragment on this type is.
    fn narrowed(&self, place: Place, condition: Option<&Name>) -> Place {
        Place { of: condition.map_or(place.of, |name| self.types.named(name)), ..place }
    }

    fn field(&self, field: &Field, place: Place) -> u64 {
        let name = &field.name.node;
        if field.selection_set.node.items.is_empty() {
            return 0;
        }
        let known = place.of.and_then(|of| self.types.field(of, name));
        let own = known.filter(|known| known.is_sized).map(|_| self.page(field));
        let is_list = known.is_some_and(|known| known.is_list);
        let page = if is_list { None } else { own };
        let below = Place { of: known.and_then(|known| known.of), page };
        let below = self.set(&field.selection_set.node, below);
        let of_page = || place.page.filter(|_| name == "nodes" || name == "edges");
        if is_list {
            let length = own.or_else(of_page).or_else(|| self.length_of(field, "ids")).unwrap_or(USUAL_LIST);
            length.min(LARGEST_PAGE).saturating_mul(below.saturating_add(1)).saturating_add(1)
        } else {
            below.saturating_add(1)
        }
    }

    fn page(&self, field: &Field) -> u64 {
        let asked = |name| self.argument(field, name).map(|given| given.as_whole().unwrap_or(LARGEST_PAGE));
        asked("first").or_else(|| asked("last")).unwrap_or(PAGE).min(LARGEST_PAGE)
    }

    fn length_of(&self, field: &Field, name: &str) -> Option<u64> {
        self.argument(field, name)?.length()
    }

    /// How many things a field of a mutation writes: the length of the longest list that its input holds, or one.
    fn written(&self, field: &Field) -> u64 {
        field.arguments.iter().map(|(_, value)| self.longest_list(&value.node)).max().unwrap_or(1).max(1)
    }

    fn longest_list(&self, value: &Value) -> u64 {
        match value {
            Value::Object(fields) => fields.values().map(|value| self.longest_list(value)).max().unwrap_or(0),
            Value::List(items) => items.len() as u64,
            Value::Variable(name) => self.variable(name).map_or(0, longest_list),
            _ => 0,
        }
    }

    /// What is given for an argument; `None` if that is null or missing.
    fn argument<'v>(&'v self, field: &'v Field, name: &str) -> Option<Given<'v>> {
        match &field.arguments.iter().find(|(known, _)| known.node == name)?.1.node {
            Value::Null => None,
            Value::Variable(name) => self.variable(name).map(Given::Constant),
            literal => Some(Given::Literal(literal)),
        }
    }

    fn variable(&self, name: &Name) -> Option<&ConstValue> {
        let default = || {
            let definitions = &self.operation.variable_definitions;
            let known = definitions.iter().find(|definition| definition.node.name.node == *name)?;
            known.node.default_value.as_ref().map(|value| &value.node)
        };
        self.variables.get(name).or_else(default).filter(|value| **value != ConstValue::Null)
    }
}

/// A value in the document, or of a variable.
#[derive(Clone, Copy)]
enum Given<'v> {
    Literal(&'v Value),
    Constant(&'v ConstValue),
}

impl Given<'_> {
    fn as_whole(self) -> Option<u64> {
        let (Self::Literal(Value::Number(number)) | Self::Constant(ConstValue::Number(number))) = self else {
            return None;
        };
        number.as_u64().or_else(|| number.as_i64().map(|_| 0))
    }

    fn length(self) -> Option<u64> {
        match self {
            Self::Literal(Value::List(items)) => Some(items.len() as u64),
            Self::Constant(ConstValue::List(items)) => Some(items.len() as u64),
            _ => None,
        }
    }
}

/// The length of the longest list in an input object; of lists of lists, the outer.
fn longest_list(value: &ConstValue) -> u64 {
    match value {
        ConstValue::Object(fields) => fields.values().map(longest_list).max().unwrap_or(0),
        ConstValue::List(items) => items.len() as u64,
        _ => 0,
    }
}

/// What an answer cost, beside what it wrote: its objects, and its lists that hold objects.
pub fn answered(data: &ConstValue) -> u64 {
    match data {
        ConstValue::Object(fields) => below(fields.values()),
        _ => 0,
    }
}

fn of_value(value: &ConstValue) -> u64 {
    match value {
        ConstValue::Object(fields) => 1 + below(fields.values()),
        ConstValue::List(items) => match below(items.iter()) {
            0 => 0,
            objects => 1 + objects,
        },
        _ => 0,
    }
}

fn below<'v>(values: impl Iterator<Item = &'v ConstValue>) -> u64 {
    values.map(of_value).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use serde_json::json;

    const SDL: &str = "type Query { rows(first: Int, last: Int): Rows! row: Row nodes(ids: [ID!]!): [Node]! } \
        type Rows { nodes: [Row!]! edges: [Edge!]! totalCount: Int! facets: Facets } type Edge { node: Row! } \
        type Facets { names: [Facet!]! } type Facet { value: String } interface Node { id: ID! } \
        type Row implements Node { id: ID! rows(first: Int): Rows! tags: [Tag!]! } type Tag { name: String } \
        type Mutation { write(input: In!): Row } input In { names: [String!] } schema { query: Query mutation: Mutation }";

    fn cost(document: &str, variables: serde_json::Value) -> u64 {
        let types = Types::parse(SDL);
        let document = parse_query(document).expect("a document");
        let (_, operation) = document.operations.iter().next().expect("an operation");
        Cost::of(&types, &document, &operation.node, &Variables::from_json(variables)).requested().total
    }

    #[test]
    fn objects_cost_one_and_lists_their_length() {
        for (document, expected) in [
            ("{ __typename }", 1),
            ("{ row { id } }", 1),
            ("{ row { tags { name } } }", 1 + 1 + 3),
            ("{ rows { totalCount } }", 1),
            ("{ rows { nodes { id } } }", 1 + 1 + 20),
            ("{ rows(last: 7) { edges { node { id } } } }", 1 + 1 + 7 * 2),
            ("{ rows(first: 500) { nodes { id } } }", 1 + 1 + 100),
            ("{ rows(first: -5) { nodes { id } } }", 1 + 1),
            ("{ rows(first: 10) { nodes { rows(first: 5) { nodes { id } } } } }", 1 + 1 + 10 * (1 + 1 + 1 + 5)),
            ("{ rows(first: 2) { facets { names { value } } nodes { id } } }", 1 + (1 + 1 + 3) + (1 + 2)),
            ("{ nodes(ids: [\"1\", \"2\"]) { id ... on Row { tags { name } } } }", 1 + 2 * (1 + 1 + 3)),
            ("{ ...F ...F } fragment F on Query { row { id } }", 2),
            ("{ __schema { types { name } } }", 2),
            ("mutation { write(input: {}) { id } }", 10 + 1),
            (
                "mutation { a: write(input: { names: [\"a\", \"b\"] }) { id } ...M } fragment M on Mutation { write(input: {}) { id } }",
                32,
            ),
        ] {
            assert_eq!(cost(document, json!({})), expected, "{document}");
        }
    }

    #[test]
    fn variables_count_as_what_they_hold() {
        let document = "query($n: Int = 3, $ids: [ID!]) { rows(first: $n) { nodes { id } } nodes(ids: $ids) { id } }";
        assert_eq!(cost(document, json!({ "ids": ["1", "2"] })), 1 + 1 + 3 + 1 + 2);
        assert_eq!(cost(document, json!({ "n": 4, "ids": [] })), 1 + 1 + 4 + 1);
        assert_eq!(cost(document, json!({ "n": null, "ids": null })), 1 + 1 + 20 + 1 + 3);
        assert_eq!(
            cost("mutation($in: In!) { write(input: $in) { id } }", json!({ "in": { "names": ["a", "b"] } })),
            21
        );
    }

    #[test]
    fn an_answer_costs_what_it_holds() {
        let of = |data: serde_json::Value| answered(&ConstValue::from_json(data).expect("a value"));
        assert_eq!(
            of(json!({ "rows": { "nodes": [{ "id": 1, "tags": [] }, { "id": 2, "names": ["a"] }] } })),
            1 + 1 + 2
        );
        assert_eq!(of(json!({ "row": null, "count": 3 })), 0);
        assert_eq!(of(json!(null)), 0);
    }
}
