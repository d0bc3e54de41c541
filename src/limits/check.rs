//! Whether a document keeps to its limits: each has a code, and a message that names what was found, the limit, and the
//! setting.

use async_graphql::parser::types::ExecutableDocument;

use super::cost::Requested;
use super::shape::{MAX_EXPANSION, MAX_INTROSPECTION, MAX_NESTING, shape};
use super::tokens::tokens;

/// The limits of a document.
#[derive(Debug, Clone)]
pub struct DocumentLimits {
    /// Tokens.
    pub tokens: usize,
    /// Nesting of fields.
    pub depth: usize,
    /// Fields.
    pub fields: usize,
    /// Fields with a name of the document's own.
    pub aliases: usize,
    /// Fields of the first level.
    pub root_fields: usize,
    /// Directives.
    pub directives: usize,
    /// Cost.
    pub cost: u32,
    /// Whether the schema may be asked for.
    pub introspection: bool,
}

/// Why a document is not executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// A constant for programs.
    pub code: &'static str,
    /// What was found, and what would be right.
    pub message: String,
}

impl Refused {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// Fails if there are more than so many of something.
fn at_most(found: usize, most: usize, code: &'static str, what: &str, setting: &str) -> Result<(), Refused> {
    if found <= most {
        return Ok(());
    }
    // What stopped growing at the largest number is told as what it is.
    let found = if found == usize::MAX { "countless".to_owned() } else { found.to_string() };
    let message = format!("the document has {found} {what}; at most {most} are allowed ({setting})");
    Err(Refused::new(code, message))
}

/// Deepest nesting of brackets. The parser, which follows fields half as deep, says nothing useful of what is nested too deep
/// for it.
const MAX_BRACKETS: usize = 128;

/// Checks a document that is not parsed yet.
///
/// # Errors
/// If it has too many tokens, or brackets within one another.
pub fn check_length(document: &str, limits: &DocumentLimits) -> Result<(), Refused> {
    let found = tokens(document);
    at_most(found.count, limits.tokens, "QUERY_TOO_LONG", "tokens", "limits.max_tokens")?;
    at_most(found.nesting, MAX_BRACKETS, "QUERY_TOO_DEEP", "levels of brackets", "a fixed limit")
}

/// Checks a parsed document; after that, it holds nothing that grows or goes round without end.
///
/// # Errors
/// The first limit that it is over.
pub fn check_shape(document: &ExecutableDocument, limits: &DocumentLimits) -> Result<(), Refused> {
    let shape = shape(document);
    if shape.is_circular {
        return Err(Refused::new("CIRCULAR_FRAGMENT", "a fragment of the document holds itself"));
    }
    let fixed = "a fixed limit";
    at_most(shape.nesting, MAX_NESTING, "QUERY_TOO_DEEP", "levels of fields and fragments", fixed)?;
    at_most(shape.depth, limits.depth, "QUERY_TOO_DEEP", "levels of fields", "limits.max_depth")?;
    at_most(shape.fields, limits.fields, "TOO_MANY_FIELDS", "fields", "limits.max_fields")?;
    at_most(shape.expansion, MAX_EXPANSION, "QUERY_TOO_LARGE", "fields and fragments", fixed)?;
    at_most(shape.aliases, limits.aliases, "TOO_MANY_ALIASES", "aliases", "limits.max_aliases")?;
    let setting = "limits.max_root_fields";
    at_most(shape.root_fields, limits.root_fields, "TOO_MANY_ROOT_FIELDS", "fields of the first level", setting)?;
    at_most(shape.directives, limits.directives, "TOO_MANY_DIRECTIVES", "directives", "limits.max_directives")?;
    if !shape.asks_for_schema {
        return Ok(());
    }
    if !limits.introspection {
        let message = "the schema may not be asked for (http.introspection)";
        return Err(Refused::new("INTROSPECTION_DISABLED", message));
    }
    let what = "ways from types to their fields, one within the other";
    at_most(shape.introspection, MAX_INTROSPECTION, "INTROSPECTION_TOO_DEEP", what, fixed)
}

impl DocumentLimits {
    /// Checks what a request would cost.
    ///
    /// # Errors
    /// If that is too much.
    pub fn check_cost(&self, requested: Requested) -> Result<(), Refused> {
        if requested.total <= u64::from(self.cost) {
            return Ok(());
        }
        let (found, most) = (requested.total, self.cost);
        let message = format!("the request would cost {found}; at most {most} are allowed (limits.max_cost)");
        Err(Refused::new("QUERY_TOO_COMPLEX", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn code(document: &str) -> &'static str {
        let limits = DocumentLimits {
            tokens: 40,
            depth: 3,
            fields: 6,
            aliases: 2,
            root_fields: 3,
            directives: 2,
            cost: 10,
            introspection: false,
        };
        let checked = check_length(document, &limits)
            .and_then(|()| check_shape(&parse_query(document).expect("a document"), &limits));
        checked.map_or_else(
            |refused| {
                assert!(refused.message.contains("document") || refused.message.contains("schema"), "{refused:?}");
                refused.code
            },
            |()| "",
        )
    }

    #[test]
    fn each_limit_has_its_code() {
        for (document, expected) in [
            ("{ a { b { c } } }", ""),
            ("{ a { b { c { d } } } }", "QUERY_TOO_DEEP"),
            ("{ a { b b b b b b } }", "TOO_MANY_FIELDS"),
            ("{ a: x b: x c: x }", "TOO_MANY_ALIASES"),
            ("{ a b c d }", "TOO_MANY_ROOT_FIELDS"),
            ("{ a @x @x @x }", "TOO_MANY_DIRECTIVES"),
            ("{ ...A } fragment A on Q { ...A }", "CIRCULAR_FRAGMENT"),
            ("{ __schema { a } }", "INTROSPECTION_DISABLED"),
            (
                "{ a(b: [1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1]) }",
                "QUERY_TOO_LONG",
            ),
        ] {
            assert_eq!(code(document), expected, "{document}");
        }
    }
}
