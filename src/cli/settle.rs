//! What `serve` does by the clock: it writes down the stages of models that dates have brought about.

use std::time::Duration;

use chrono::{Days, NaiveTime};

use crate::app::App;
use crate::domain::Timestamp;
use crate::registry::lifecycle::settle;

/// How long to wait for the database to be prepared.
const UNPREPARED: Duration = Duration::from_secs(1);
/// How long after midnight a day is sure to have begun on every machine that shares the database.
const AFTER_MIDNIGHT: Duration = Duration::from_secs(5);

/// Does it now, whenever the interval is over, and just after midnight; without end. A failure is logged, and the next time
/// tries again.
pub(super) async fn settle_regularly(app: App) {
    let interval = Duration::from_millis(app.config().lifecycle.settle_interval_ms);
    loop {
        if !app.is_migrated() {
            tokio::time::sleep(UNPREPARED).await;
            continue;
        }
        let now = app.clock().now();
        match settle(app.store(), now).await {
            Ok(0) => {}
            Ok(models) => tracing::info!(models, "stages of life that dates have brought about are written down"),
            Err(error) => {
                tracing::warn!(%error, "stages of life could not be written down; reads are right all the same");
            }
        }
        tokio::time::sleep(until_next(app.clock().now(), interval)).await;
    }
}

/// How long to sleep: the interval, or until just after midnight in UTC if that comes first.
fn until_next(now: Timestamp, interval: Duration) -> Duration {
    let now = now.to_utc();
    let next_day = now.date_naive().checked_add_days(Days::new(1));
    let midnight = next_day.and_then(|day| (day.and_time(NaiveTime::MIN).and_utc() - now).to_std().ok());
    midnight.map_or(interval, |midnight| interval.min(midnight + AFTER_MIDNIGHT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_wakes_after_the_interval_or_just_after_midnight() {
        let hour = Duration::from_secs(3600);
        for (now, expected) in [
            ("2026-06-15T12:00:00Z", hour),
            ("2026-06-15T22:59:59Z", hour),
            ("2026-06-15T23:50:00Z", Duration::from_secs(605)),
            ("2026-12-31T23:59:59Z", Duration::from_secs(6)),
            ("2026-06-16T00:00:00Z", hour),
        ] {
            assert_eq!(until_next(Timestamp::new(now.parse().expect("a moment")), hour), expected, "{now}");
        }
    }
}
