//! How large a document is with its fragments put in, asked before anything else walks through it: a few lines of
//! fragments that each hold the next one twice stand for billions of fields.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

/// Most fields and fragments that a document may come to; far more than a limit of complexity lets through.
pub const MAX_EXPANSION: usize = 20_000;

/// How many fields, fragments and spreads the document comes to. Fragments that hold themselves, which validation
/// refuses, count once.
pub fn expansion(document: &ExecutableDocument) -> usize {
    let mut known = HashMap::new();
    let operations = document.operations.iter();
    operations
        .map(|(_, operation)| set_size(document, &operation.node.selection_set.node, &mut known))
        .fold(0, usize::saturating_add)
}

fn set_size<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    known: &mut HashMap<&'a Name, usize>,
) -> usize {
    set.items.iter().fold(0, |size, item| {
        let below = match &item.node {
            Selection::Field(field) => set_size(document, &field.node.selection_set.node, known),
            Selection::InlineFragment(fragment) => set_size(document, &fragment.node.selection_set.node, known),
            Selection::FragmentSpread(spread) => fragment_size(document, &spread.node.fragment_name.node, known),
        };
        size.saturating_add(below).saturating_add(1)
    })
}

fn fragment_size<'a>(document: &'a ExecutableDocument, name: &Name, known: &mut HashMap<&'a Name, usize>) -> usize {
    if let Some(size) = known.get(name) {
        return *size;
    }
    let Some((name, fragment)) = document.fragments.get_key_value(name) else { return 0 };
    known.insert(name, 0);
    let size = set_size(document, &fragment.node.selection_set.node, known);
    known.insert(name, size);
    size
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn of(document: &str) -> usize {
        expansion(&async_graphql::parser::parse_query(document).expect("a document"))
    }

    #[test]
    fn fragments_count_wherever_they_are_put_in() {
        assert_eq!(of("{ a b { c } ... on Query { d } }"), 5);
        assert_eq!(of("{ ...F ...F } fragment F on Query { a b }"), 6);
        assert_eq!(of("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"), 3);
        assert_eq!(of("{ ...Missing }"), 1);
    }

    #[test]
    fn what_grows_without_bounds_is_counted_at_once() {
        let mut document = String::from("{ ...F0 } fragment F99 on Query { a }");
        for number in 0..99 {
            write!(document, " fragment F{number} on Query {{ ...F{0} ...F{0} }}", number + 1).expect("written");
        }
        assert_eq!(of(&document), usize::MAX);
    }
}
