//! Pages of lists whose rows the index has found: see [`super::super::search_index`].

use super::super::condition::Condition;
use super::super::narrow::{Narrow, Rows, in_order};
use super::super::predicate::{Field, Predicate};
use super::super::read::load;
use super::super::search_index::{ByName, Wanted};
use super::super::{Conn, Entity, StoreResult};
use super::{Columns, KeyExpression, List, Page, Ranked, Scope, Sql, Window};

/// A window of a list, and how long the list is.
pub struct Found<R> {
    /// The windows of its parents: of one, if it has rows.
    pub pages: Vec<(i64, Page<R>)>,
    /// How many rows the list has.
    pub total: i64,
}

/// The state that a statement sees: which feed it is, up to where that is forgotten, and the last change. Nothing that is answered
/// depends on it, so it is no reason to forget an answer.
const STAMP: &str = "(SELECT registry || '/' || CAST(purged AS TEXT) || '/' || CAST((SELECT coalesce(max(number), 0) \
                     FROM (SELECT max(id) AS number FROM changes UNION ALL SELECT purged FROM change_feed) AS numbers) \
                     AS TEXT) FROM change_feed)";

impl<E: Entity> List<E> {
    /// What its condition says.
    pub(in crate::store) const fn condition(&self) -> &Condition {
        self.filter.means()
    }

    /// Whether its rows are searched for words.
    pub(in crate::store) const fn is_searched(&self) -> bool {
        self.filter.is_planned_by_values()
    }

    /// Whether the index can tell its rows: it is one list of live models, chosen by what the index knows.
    pub(in crate::store) fn is_told_by_index(&self) -> bool {
        let condition = self.condition();
        E::Table::TABLE == "models" && self.has_one_parent() && condition.is_of_live_rows() && condition.is_known()
    }

    /// Which part of the list a window is.
    pub(in crate::store) fn wanted(&self, window: &Window) -> Wanted {
        let limit = window.limit.saturating_add(1);
        let by_name = match self.order.as_slice() {
            [key] if matches!(key.expression, KeyExpression::Column("models.name")) => {
                let from = window.from.as_ref();
                let from = from.map(|from| (from.keys.first().cloned().flatten().unwrap_or_default(), from.id));
                Some(ByName { descending: key.descending != window.backward, from })
            }
            _ => None,
        };
        Wanted { limit, by_name }
    }

    /// Loads the window of the list that these rows make, and which state it was read from.
    pub(in crate::store) async fn load_among(
        &self,
        conn: &mut Conn,
        ids: Vec<i64>,
        window: &Window,
    ) -> StoreResult<(Vec<(i64, Page<E::Row>)>, Option<String>)> {
        self.note_rows_chosen(conn);
        if ids.is_empty() {
            return Ok((Vec::new(), state_seen(conn).await?));
        }
        let narrow = Narrow::of::<E>(Rows::Ids(in_order(ids.clone())));
        let among: Self = Self::new(Scope::All, Predicate::id_in(Field::new("models.id"), ids), self.order.clone());
        let looked_at = *conn.looked_at();
        let statement = among.first_rows(&looked_at, window, Sql::default().unwatched(STAMP));
        let rows: Vec<(Ranked<E::Row>, Option<String>)> = load(conn, statement.narrowed_to(narrow)).await?;
        let Some(seen) = rows.first().map(|(_, seen)| seen.clone()) else {
            return Ok((Vec::new(), state_seen(conn).await?));
        };
        Ok((among.cut(rows.into_iter().map(|(ranked, _)| ranked).collect(), window), seen))
    }

    /// Notes what chooses the rows: it was looked at, if not by a statement.
    pub(in crate::store) fn note_rows_chosen(&self, conn: &Conn) {
        let looked_at = self.source(true).push(self.order_by(false));
        conn.statistics().depends_on(&looked_at.narrowed_to(self.chosen()));
    }
}

/// Which state of the database is seen: what [`STAMP`] is.
pub(in crate::store) async fn state_seen(conn: &mut Conn) -> StoreResult<Option<String>> {
    let statement = Sql::new("SELECT ").unwatched(STAMP);
    Ok(load::<Option<String>>(conn, statement).await?.pop().flatten())
}
