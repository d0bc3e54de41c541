//! Leftovers of imports in a row's `extra`: an object with one entry per source.

use crate::domain::JsonText;

use super::super::draft::Leftovers;

/// The leftovers of all sources, with those of `source` replaced by `leftovers`; `before` itself if nothing differs.
///
/// # Errors
/// If `before` is no object.
pub fn filed(before: Option<&JsonText>, source: &str, leftovers: Leftovers) -> serde_json::Result<Option<JsonText>> {
    let mut all: Leftovers = before.map(JsonText::read).transpose()?.unwrap_or_default();
    if leftovers.is_empty() {
        all.shift_remove(source);
    } else {
        all.insert(source.to_owned(), JsonText::from_value(&leftovers)?);
    }
    replaced(before, all)
}

/// `all` as JSON, sources by name; `before` itself if nothing differs.
///
/// # Errors
/// None in practice.
pub fn replaced(before: Option<&JsonText>, mut all: Leftovers) -> serde_json::Result<Option<JsonText>> {
    let same = before.and_then(|before| before.read::<Leftovers>().ok()).is_some_and(|known| known == all);
    if same {
        return Ok(before.cloned());
    }
    if all.is_empty() {
        return Ok(None);
    }
    all.sort_unstable_keys();
    JsonText::from_value(&all).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> JsonText {
        JsonText::parse(text).expect("json")
    }

    fn left(text: &str) -> Leftovers {
        serde_json::from_str(text).expect("an object")
    }

    fn file(before: Option<&str>, source: &str, leftovers: &str) -> Option<String> {
        let before = before.map(json);
        let after = filed(before.as_ref(), source, left(leftovers)).expect("an object");
        after.map(|json| json.as_str().to_owned())
    }

    #[test]
    fn a_source_replaces_its_own_leftovers_only() {
        let both = r#"{"b":{"y":2.50},"a":{"x":1}}"#;
        assert_eq!(file(Some(both), "a", r#"{"x":1}"#).as_deref(), Some(both));
        assert_eq!(file(Some(both), "a", r#"{"z":3}"#).as_deref(), Some(r#"{"a":{"z":3},"b":{"y":2.50}}"#));
        assert_eq!(file(Some(both), "a", "{}").as_deref(), Some(r#"{"b":{"y":2.50}}"#));
        assert_eq!(file(Some(r#"{"a":{"x":1}}"#), "a", "{}"), None);
        assert_eq!(file(None, "a", "{}"), None);
    }

    #[test]
    fn the_order_of_sources_is_no_difference() {
        let before = json(r#"{"b":{},"a":{}}"#);
        let after = replaced(Some(&before), left(r#"{"a":{},"b":{}}"#)).expect("json");
        assert_eq!(after, Some(before));
    }
}
