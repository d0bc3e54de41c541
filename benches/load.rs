//! `make bench-load`: what Modelry answers in a second, beside what the machine could.
//!
//! Builds the deterministic catalogue, runs the real binary over it with and without its cache, and beside it two floors: a
//! static body, and SQL written by hand. Prints a report in Markdown; `LOAD_WRITE=1` writes it to `docs/BENCHMARKS.md` too.
//! `LOAD_SECONDS`, `LOAD_ONLY` and `LOAD_REQUESTS` limit the run (`load/settings.rs`).

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark reports there")]
#![expect(clippy::disallowed_methods, reason = "nothing else runs on its thread, and its settings are not Modelry's")]

mod load {
    pub mod account;
    pub mod client;
    pub mod facts;
    pub mod floor;
    pub mod generator;
    pub mod measure;
    pub mod report;
    pub mod requests;
    pub mod settings;
    pub mod targets;
}

#[path = "shared/all.rs"]
mod shared;

use std::error::Error;
use std::path::Path;

use load::measure::measure;
use load::settings::Settings;
use load::{floor, report};
use shared::asking::postgres;
use shared::catalogue;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [argument, what] = arguments.as_slice()
        && argument == floor::ARGUMENT
    {
        return floor::serve(what);
    }
    // `cargo test --benches` runs this without `--bench`: there is nothing to test here.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let settings = Settings::read()?;
    let folder = tempfile::tempdir()?;
    let generated = folder.path().join("generated.jsonl");
    catalogue::write(&generated, catalogue::MODELS)?;
    let mut databases = Vec::new();
    if settings.sqlite {
        let url = |name: &str| Ok(format!("sqlite://{}", folder.path().join(name).display()));
        databases.push(measure(&url, &generated, &settings)?);
    }
    match std::env::var("MODELRY_TEST_DATABASE_URL") {
        Ok(server) if settings.postgres => {
            databases.push(measure(&|name| postgres(&server, name), &generated, &settings)?);
        }
        Err(_) if settings.postgres => {
            eprintln!(
                "PostgreSQL was left out: MODELRY_TEST_DATABASE_URL names no server (`make bench-load` starts one)."
            );
        }
        _ => {}
    }
    let report = report::report(&settings, &databases)?;
    println!("{report}");
    if settings.writes_report {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/BENCHMARKS.md");
        let before = std::fs::read_to_string(&file).unwrap_or_default();
        let notes = before.find(report::NOTES).map_or("", |at| &before[at..]);
        std::fs::write(file, format!("{report}{notes}"))?;
    }
    Ok(())
}
