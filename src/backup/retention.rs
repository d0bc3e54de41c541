//! Backups that are made regularly: what their files are called, and how long they stay.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use chrono::NaiveDateTime;

use crate::domain::Timestamp;

const ENDING: &str = ".backup.gz";
const MOMENT: &str = "%Y%m%dT%H%M%S%6fZ";

/// How old an unfinished file must be to be one that nobody writes any more.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Which backups stay.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    /// So many of the newest.
    pub newest: usize,
    /// Those of so many days, beside the newest; 0 for none.
    pub days: u64,
}

/// The backups of a registry that a folder has.
#[derive(Debug, Default)]
pub struct Kept {
    /// The moment of the newest one.
    pub newest: Option<Timestamp>,
    /// How many were removed.
    pub removed: usize,
}

/// What the backup of this registry's and moment's is called.
pub fn name_of(registry: &str, made_at: Timestamp) -> String {
    format!("modelry-{registry}-{}{ENDING}", made_at.to_utc().format(MOMENT))
}

/// The moment in a name that [`name_of`] gave for this registry.
fn moment_of(name: &str, registry: &str) -> Option<Timestamp> {
    let text = name.strip_prefix("modelry-")?.strip_prefix(registry)?.strip_prefix('-')?.strip_suffix(ENDING)?;
    let moment = NaiveDateTime::parse_from_str(text, MOMENT).ok()?;
    Some(Timestamp::new(moment.and_utc())).filter(|moment| name_of(registry, *moment) == name)
}

/// Removes the registry's backups that need not stay, and what unfinished ones have left behind long ago. Other files
/// are not touched.
///
/// # Errors
/// If the folder can't be read, or a file not be removed.
pub fn sweep(folder: &Path, registry: &str, keep: Keep, now: Timestamp) -> io::Result<Kept> {
    let mut backups: Vec<(Timestamp, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(moment) = moment_of(&name, registry) {
            backups.push((moment, entry.path()));
        } else if is_abandoned(&entry, &name, registry) {
            fs::remove_file(entry.path())?;
        }
    }
    backups.sort_unstable_by(|left, right| right.cmp(left));
    let newest = backups.first().map(|(moment, _)| *moment);
    let oldest = chrono::TimeDelta::try_days(i64::try_from(keep.days).unwrap_or(i64::MAX));
    let oldest = oldest.and_then(|days| now.to_utc().checked_sub_signed(days));
    let mut removed = 0;
    for (moment, path) in backups.iter().skip(keep.newest.max(1)) {
        if keep.days == 0 || oldest.is_some_and(|oldest| moment.to_utc() < oldest) {
            fs::remove_file(path)?;
            removed += 1;
        }
    }
    Ok(Kept { newest, removed })
}

/// Whether this is a backup of the registry's that was begun long ago and not finished.
fn is_abandoned(entry: &fs::DirEntry, name: &str, registry: &str) -> bool {
    let is_ours = name.starts_with(&format!(".modelry-{registry}-")) && name.strip_suffix(".tmp").is_some();
    let age = || entry.metadata().and_then(|metadata| metadata.modified()).ok()?.elapsed().ok();
    is_ours && age().is_some_and(|age| age > ABANDONED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        Timestamp::new(text.parse().expect("a moment"))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_name_tells_registry_and_moment() {
        let name = name_of("ab12", moment("2026-11-25T23:32:17.000001Z"));
        assert_eq!(name, "modelry-ab12-20261125T233217000001Z.backup.gz");
        assert_eq!(moment_of(&name, "ab12"), Some(moment("2026-11-25T23:32:17.000001Z")));
        for (name, registry) in [
            (name.as_str(), "ab1"),
            (name.as_str(), "cd"),
            ("modelry-ab12-20261125T233217000001Z.backup.gz.bak", "ab12"),
            ("modelry-ab12-my-own.backup.gz", "ab12"),
        ] {
            assert_eq!(moment_of(name, registry), None, "{name} {registry}");
        }
    }

    #[test]
    fn only_backups_of_its_own_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let days = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"];
        let moments = days.map(|day| moment(&format!("{day}T00:00:00Z")));
        let others = ["modelry-other-20260101T000000000000Z.backup.gz", "notes.txt", "modelry-ab-mine.backup.gz"];
        let fill = || {
            let own = moments.map(|moment| name_of("ab", moment));
            for name in own.iter().map(String::as_str).chain(others) {
                fs::write(folder.path().join(name), "").expect("written");
            }
        };
        let now = moment("2026-11-24T00:00:00Z");
        for (keep, stay) in [
            (Keep { newest: 2, days: 0 }, &moments[2..]),
            (Keep { newest: 1, days: 3 }, &moments[1..]),
            (Keep { newest: 3, days: 1 }, &moments[1..]),
            (Keep { newest: 0, days: 0 }, &moments[3..]),
        ] {
            fill();
            let kept = sweep(folder.path(), "ab", keep, now).expect("swept");
            assert_eq!((kept.newest, kept.removed), (Some(moments[3]), 4 - stay.len()), "{keep:?}");
            let mut expected: Vec<String> = stay.iter().map(|moment| name_of("ab", *moment)).collect();
            expected.extend(others.map(str::to_owned));
            expected.sort();
            assert_eq!(names(folder.path()), expected, "{keep:?}");
        }
    }
}
