//! Upper and lower case as FTS5's trigram tokenizer has them, for texts that no index holds.

use diesel::{QueryResult, SqliteConnection};

/// The functions that SQLite is given.
mod functions {
    #[diesel::declare_sql_function]
    extern "SQL" {
        /// The text with its letters folded.
        fn fold(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
    }
}

/// The text with its letters folded, so that texts that differ only in case are the same.
pub(in crate::store) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(folded).collect() }
}

fn folded(letter: char) -> char {
    match letter {
        // Letters that are lower case already, and stand for another one.
        'µ' => 'μ',
        'ſ' => 's',
        '\u{345}' | '\u{1fbe}' => 'ι',
        'ς' => 'σ',
        'ϐ' => 'β',
        'ϑ' => 'θ',
        'ϕ' => 'φ',
        'ϖ' => 'π',
        'ϰ' => 'κ',
        'ϱ' => 'ρ',
        'ϵ' => 'ε',
        'ẛ' => 'ṡ',
        '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        letter if is_newer_than_the_index(letter) => letter,
        letter => {
            let mut lower = letter.to_lowercase();
            lower.next().filter(|_| lower.next().is_none()).unwrap_or(letter)
        }
    }
}

/// Letters with a lower case that SQLite's tables don't have yet.
const fn is_newer_than_the_index(letter: char) -> bool {
    matches!(letter,
        '\u{37f}' | '\u{528}'..='\u{52e}' | '\u{13a0}'..='\u{13f5}' | '\u{1c89}'..='\u{1cbf}' | '\u{2c2f}'
        | '\u{a698}'..='\u{a69a}' | '\u{a796}'..='\u{a79e}' | '\u{a7ab}'..='\u{a7f5}' | '\u{104b0}'..='\u{104d3}'
        | '\u{10570}'..='\u{10595}' | '\u{10c80}'..='\u{10cb2}' | '\u{10d50}'..='\u{10d65}'
        | '\u{118a0}'..='\u{118bf}' | '\u{16e40}'..='\u{16eb8}' | '\u{1e900}'..='\u{1e921}')
}

/// Gives the connection the function `fold(text)`.
pub(super) fn register(sqlite: &mut SqliteConnection) -> QueryResult<()> {
    functions::fold_utils::register_impl(sqlite, |text: String| fold(&text))
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection as _;
    use diesel::sql_types::{BigInt, Text};
    use diesel::{Connection as _, RunQueryDsl as _};

    use super::*;

    #[derive(diesel::QueryableByName)]
    struct Term {
        #[diesel(sql_type = BigInt)]
        letter: i64,
        #[diesel(sql_type = Text)]
        term: String,
    }

    /// Every letter of the two planes that have cases, as the tokenizer folds it.
    #[test]
    fn letters_are_folded_as_by_the_index() {
        let mut sqlite = SqliteConnection::establish(":memory:").expect("a database");
        sqlite
            .batch_execute(
                "CREATE VIRTUAL TABLE letters USING fts5 (document, tokenize = 'trigram');
                 CREATE VIRTUAL TABLE terms USING fts5vocab (letters, 'instance');
                 WITH RECURSIVE codes (code) AS (SELECT 1 UNION ALL SELECT code + 1 FROM codes WHERE code < 131071)
                 INSERT INTO letters (rowid, document) SELECT code, '(' || char(code) || ')' FROM codes
                 WHERE code NOT BETWEEN 55296 AND 57343;",
            )
            .expect("an index");
        let terms: Vec<Term> =
            diesel::sql_query("SELECT doc AS letter, term FROM terms ORDER BY doc").load(&mut sqlite).expect("terms");
        assert!(terms.len() > 128_000, "{}", terms.len());
        for Term { letter, term } in terms {
            let letter = u32::try_from(letter).ok().and_then(char::from_u32).expect("a letter");
            assert_eq!(fold(&format!("({letter})")), term, "{letter:?}");
        }
    }
}
