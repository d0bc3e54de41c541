//! `make bench`: what the registry costs, on SQLite and, where a server is named, on PostgreSQL.
//!
//! Builds a deterministic catalogue (100 suppliers, 20,000 models, 160,000 parameters, 300 categories), runs the real
//! binary over it as a user would, and prints a table. `CATALOG=<file>` adds a models.dev file of one's own.
//! `cargo bench --bench registry -- push` does nothing but the subscriptions, `-- limits` nothing but the limits.

#![expect(clippy::print_stdout, reason = "a benchmark reports there")]
#![expect(clippy::disallowed_methods, reason = "nothing else runs on its thread, and its settings are not Modelry's")]

mod registry {
    pub mod figures;
    pub mod history;
    pub mod limits;
    pub mod push;
    pub mod requests;
    pub mod uncounted;
}

#[path = "shared/all.rs"]
mod shared;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use registry::{history, limits, push, requests};
use shared::asking::{postgres, runtime};
use shared::catalogue;
use shared::process::{Measured, Server, resident_megabytes, run};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    // `cargo test --benches` runs this without `--bench`: there is nothing to test here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let only_push = std::env::args().any(|argument| argument == "push");
    let only_limits = std::env::args().any(|argument| argument == "limits");
    let folder = tempfile::tempdir()?;
    let generated = folder.path().join("generated.jsonl");
    catalogue::write(&generated, catalogue::MODELS)?;
    let own = std::env::var_os("CATALOG").map(PathBuf::from);
    let sqlite = |name: &str| Ok(format!("sqlite://{}", folder.path().join(name).display()));
    let on_database = |title: &str, url: &dyn Fn(&str) -> Outcome<String>| {
        println!("\n## {title}\n");
        if only_push {
            return follow(&Server::start(&url("push")?)?.0);
        }
        if only_limits {
            let database = url("limits")?;
            import("import of 20,000 generated models", &database, "modelry", &generated)?;
            return limits::measure(&database);
        }
        measure(url, &generated, own.as_deref())
    };
    on_database("SQLite", &sqlite)?;
    if let Ok(server) = std::env::var("MODELRY_TEST_DATABASE_URL") {
        on_database("PostgreSQL", &|name| postgres(&server, name))
    } else {
        println!("\nPostgreSQL was left out: MODELRY_TEST_DATABASE_URL names no server (`make bench` starts one).");
        Ok(())
    }
}

fn measure(url: &dyn Fn(&str) -> Outcome<String>, generated: &Path, own: Option<&Path>) -> Outcome<()> {
    println!("| what | time | peak memory |\n|---|---|---|");
    if let Some(own) = own {
        let database = url("own")?;
        import("import of CATALOG into an empty database", &database, "models-dev", own)?;
        import("import of CATALOG again, unchanged", &database, "models-dev", own)?;
    }
    let database = url("generated")?;
    import("import of 20,000 generated models", &database, "modelry", generated)?;
    import("the same again, unchanged", &database, "modelry", generated)?;

    let (server, first_answer) = Server::start(&database)?;
    std::thread::sleep(Duration::from_secs(1));
    println!("| start to first answer, existing database | {} | |", milliseconds(first_answer));
    println!("| idle | | {} MB |", resident_megabytes(server.process())?);
    println!("\n| request | p50 | p99 | SQL statements |\n|---|---|---|---|");
    runtime()?.block_on(requests::measure(server.asked()))?;
    runtime()?.block_on(requests::measure_access(server.asked_by_nobody(), server.asked()))?;
    follow(&server)?;
    println!("\nmemory after these: {} MB", resident_megabytes(server.process())?);
    server.stop()?;
    limits::measure(&database)?;
    history::measure_writing(url, generated, &database)?;
    history::measure_past(url, generated.parent().ok_or("no folder")?)
}

fn follow(server: &Server) -> Outcome<()> {
    println!("\n| subscriptions | delivered | lag p50 | p99 | longest |\n|---|---|---|---|---|");
    if let Err(error) = runtime()?.block_on(push::measure(server.asked())) {
        println!("\nfailed: {error}");
    }
    Ok(())
}

fn import(what: &str, database: &str, format: &str, file: &Path) -> Outcome<()> {
    let Measured { elapsed, peak_megabytes } =
        run(&["import", format, &file.to_string_lossy(), "--database-url", database])?;
    println!("| {what} | {} | {peak_megabytes} MB |", milliseconds(elapsed));
    Ok(())
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1e3)
}
