//! A page of a list and how long the list is, by one statement: for lists whose rows are dear to find.
//!
//! Otherwise they are two, since a page in the order of an index ends at its last row, and counting takes no order.

use super::super::read::load;
use super::super::{Conn, Entity, StoreResult};
use super::{Columns, KeyExpression, List, LookedAt, Page, Ranked, Sql, Value, Window, qualifier};

impl<E: Entity> List<E> {
    /// Whether a window of the list and its count are had together: its rows are searched for, in one list from its beginning.
    pub fn is_counted_with(&self, window: &Window) -> bool {
        self.has_one_parent()
            && window.from.is_none()
            && self.filter.is_planned_by_values()
            && self.computed_keys().next().is_none()
    }

    /// Loads the window, and counts all rows of the list, where [`Self::is_counted_with`] holds.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn load_counted(
        &self,
        conn: &mut Conn,
        window: &Window,
    ) -> StoreResult<(Vec<(i64, Page<E::Row>)>, Vec<(i64, i64)>)> {
        let looked_at = *conn.looked_at();
        let rows: Vec<(Ranked<E::Row>, i64)> = load(conn, self.counted_statement(&looked_at, window)).await?;
        let totals = rows.first().map(|(ranked, total)| (ranked.parent, *total)).into_iter().collect();
        Ok((self.cut(rows.into_iter().map(|(ranked, _)| ranked).collect(), window), totals))
    }

    /// What is found is kept as ids and sort keys under the table's own name, so that what comes after reads the same.
    fn counted_statement(&self, looked_at: &LookedAt, window: &Window) -> Sql {
        let table = E::Table::TABLE;
        let order = self.order_by(window.backward);
        let chosen = Sql::new("SELECT ")
            .text(table)
            .text(".id FROM found AS ")
            .text(table)
            .text(" ORDER BY ")
            .push(order.clone())
            .text(" LIMIT ")
            .bind(window.row_limit());
        Sql::new("WITH found AS MATERIALIZED (SELECT ")
            .text(table)
            .text(".id")
            .push(self.key_columns())
            .push(self.source(false))
            .text(") SELECT ")
            .columns_of::<E::Table>(looked_at, qualifier::<E>())
            .text(", ")
            .push(self.parent())
            .text(" AS parent_id")
            .push(self.key_texts())
            .text(", (SELECT count(*) FROM found) FROM (")
            .push(chosen)
            .text(") AS chosen JOIN ")
            .text(table)
            .text(" ON ")
            .text(table)
            .text(".id = chosen.id ORDER BY ")
            .push(order)
    }

    /// `, column` for every column that is sorted by, each once.
    fn key_columns(&self) -> Sql {
        let mut seen: Vec<&'static str> = Vec::new();
        for key in &self.order {
            if let KeyExpression::Column(name) = key.expression
                && !seen.contains(&name)
            {
                seen.push(name);
            }
        }
        seen.into_iter().fold(Sql::default(), |sql, name| sql.text(", ").text(name))
    }
}

impl Window {
    /// Most rows to read: one more than are shown, which tells whether the list goes on.
    pub(super) fn row_limit(&self) -> Value {
        Value::BigInt(i64::try_from(self.limit).unwrap_or(i64::MAX - 1) + 1)
    }
}
