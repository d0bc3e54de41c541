//! The report, in Markdown.

use std::fmt::Write as _;

use super::account::machine;
use super::measure::{Figures, Measured};
use super::requests::Request;
use super::settings::{CACHE_MEGABYTES, COMPARED, Mode, Settings};
use super::targets;
use crate::Outcome;

/// Where what people say of the figures begins in the file; it is kept when the file is written anew.
pub const NOTES: &str = "\n## Notes\n";

const HEAD: &str = "# Benchmarks

What Modelry answers in a second, held against what the machine could: `make bench-load` measures this and writes this file.

Everything is measured in one run, one after another on the same data: 100 suppliers, 20,000 models with 160,000 parameters, 80,000
links to 40 capabilities and 40,000 to 300 categories, made by arithmetic. The load generator keeps 1, 8 or 32 connections, each
of which asks again as soon as it has its answer; it shares the machine with the server and, where there is one, PostgreSQL. After a
second of warm-up all answers are counted; one with an error ends the run. Modelry is the release build with its default settings,
asked with the token of an editor; callers are counted against limits that none reaches, and metrics are kept.

- **floor: static body**: axum with one body of the size of Modelry's answer, always there.
- **floor: hand-written SQL**: axum with statements that are prepared once and sent together (tokio-postgres, 8 clients; on SQLite
  Diesel, 8 readers and one writer), and serde_json. It gives the same names, values and counts, which is checked. It knows no GraphQL, no
  callers, no limits; its database has no triggers that keep a history.
- **cold**: Modelry without its cache of answers. **warm**: with it. **1% writes**, **10% writes**: so many of the requests of each
  connection are descriptions of models; they count as requests, and latencies are those of the others. These come after all that only reads.

CPU is the time of the server's process, without PostgreSQL's; statements are by the server's own count; memory is what is resident after
the run.

`make bench` measures it after everything else that has a cost. `LOAD_REQUESTS=point,list` and `LOAD_ONLY=sqlite` or `postgres` leave
out the others, `LOAD_SECONDS` is how long each run takes (3); with any of them `make bench-load` prints the report and doesn't write it.
What stands under Notes at the end, if anything, is written by hand and kept.
";

/// The whole report.
pub fn report(settings: &Settings, databases: &[Measured]) -> Outcome<String> {
    let mut out = HEAD.to_owned();
    writeln!(out, "\nMeasured on {}; {} s a run.\n", machine()?, settings.time.as_secs_f64())?;
    writeln!(out, "| request | what it asks for | bytes of its answer |\n|---|---|---|")?;
    for &request in &settings.requests {
        let length = databases.first().and_then(|measured| measured.lengths.get(&request)).copied().unwrap_or_default();
        writeln!(out, "| {} | {} | {length} |", request.name(), request.description())?;
    }
    writeln!(out, "\n## Ratios\n\nAt {COMPARED} connections, of requests in a second.\n")?;
    out.push_str(&targets::table(databases)?);
    for measured in databases {
        write_runs(&mut out, measured)?;
    }
    Ok(out)
}

fn write_runs(out: &mut String, measured: &Measured) -> Outcome<()> {
    writeln!(out, "\n## {}\n", measured.database)?;
    writeln!(
        out,
        "Import of all models into an empty database: {:.1} s, {} MB at most. Start to first answer: {:.0} ms.\n",
        measured.import.elapsed.as_secs_f64(),
        measured.import.peak_megabytes,
        measured.start.as_secs_f64() * 1e3
    )?;
    writeln!(out, "| request | | connections | requests/s | p50 ms | p99 ms | CPU µs | statements | memory MB |")?;
    writeln!(out, "|---|---|--:|--:|--:|--:|--:|--:|--:|")?;
    for ((request, mode, connections), figures) in &measured.runs {
        write_run(out, *request, *mode, *connections, figures)?;
    }
    Ok(())
}

fn write_run(out: &mut String, request: Request, mode: Mode, connections: usize, figures: &Figures) -> Outcome<()> {
    let Figures { answered, cpu, statements, megabytes } = figures;
    let milliseconds = |share| f64::from(answered.latency(share)) / 1e3;
    let statements = statements.map_or_else(String::new, |count| format!("{count:.2}"));
    writeln!(
        out,
        "| {} | {} | {connections} | {:.0} | {:.2} | {:.2} | {cpu:.0} | {statements} | {megabytes} |",
        request.name(),
        mode.name(),
        answered.per_second,
        milliseconds(500),
        milliseconds(990),
    )?;
    Ok(())
}

/// The memory that a server may have.
pub const fn most_megabytes() -> u64 {
    60 + CACHE_MEGABYTES
}
