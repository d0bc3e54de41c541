//! `modelry diff`.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;

use super::{CliError, DatabaseOptions, database, output};
use crate::domain::Timestamp;
use crate::registry::clock::Clock;
use crate::registry::diff::{Difference, Differences, Fate, diff};

/// Tell what changed in the catalogue between two moments
#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier moment: a day (its beginning in UTC) or a time such as 2026-05-01T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = moment)]
    from: Timestamp,
    /// The later moment (default: now)
    #[arg(long, value_name = "TIME", value_parser = moment)]
    to: Option<Timestamp>,
    /// Tell it in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// A day or a time.
fn moment(text: &str) -> Result<Timestamp, String> {
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let time = || DateTime::parse_from_rfc3339(text).ok().map(|time| time.with_timezone(&Utc));
    let moment = day().or_else(time);
    moment
        .map(Timestamp::new)
        .ok_or_else(|| "give a day such as 2026-05-01, or a time such as 2026-05-01T12:00:00Z".to_owned())
}

/// Compares the catalogue at two moments, and tells what differs.
///
/// # Errors
/// If there is no database, a moment is yet to come or they are the wrong way round, or the database fails.
pub async fn run(command: Diff) -> Result<(), CliError> {
    let store = database::existing(&command.database).await?;
    let now = Clock::system().now();
    let differences = diff(&store, command.from, command.to.unwrap_or(now), now).await?;
    if command.json {
        output::tell(&serde_json::to_value(&differences).unwrap_or_default())
    } else {
        output::tell(&report(&differences))
    }
}

/// The differences as a list: a heading for each supplier or model, and what differs below it.
fn report(differences: &Differences) -> String {
    let number = differences.differences.len();
    let mut lines = vec![format!(
        "{number} objects differ between {} and {}",
        differences.from.to_text(),
        differences.to.to_text()
    )];
    let mut heading = None;
    for difference in &differences.differences {
        if heading != Some(&difference.of) {
            heading = Some(&difference.of);
            lines.push(String::new());
            lines.push(difference.of.clone().unwrap_or_else(|| "(shared)".to_owned()));
        }
        lines.extend(entry(difference));
    }
    lines.join("\n")
}

fn entry(difference: &Difference) -> Vec<String> {
    let sign = match difference.change {
        Fate::Added => '+',
        Fate::Removed => '-',
        Fate::Changed => '~',
    };
    let mut lines = vec![format!("  {sign} {} {}", difference.kind, difference.name)];
    let fields = difference.fields.iter();
    lines.extend(fields.map(|field| format!("      {}: {} -> {}", field.field, field.before, field.after)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_or_times() {
        let text = |given: &str| moment(given).map(Timestamp::to_text);
        assert_eq!(text("2026-05-01").as_deref(), Ok("2026-05-01T00:00:00.000000Z"));
        assert_eq!(text("2026-05-01T14:00:00+02:00").as_deref(), Ok("2026-05-01T12:00:00.000000Z"));
        for wrong in ["", "yesterday", "2026-13-01", "2026-05-01T12:00:00"] {
            assert!(moment(wrong).expect_err("none").contains("2026-05-01"), "{wrong}");
        }
    }
}
