//! What processes and this machine have, and what processes have used.

use std::fs::read_to_string;
use std::time::Duration;

use super::client::Connection;
use crate::Outcome;
use crate::shared::asking::runtime;
use crate::shared::raw::Raw;

/// The time that a process has had on processors.
pub fn cpu_time(process: u32) -> Outcome<Duration> {
    let stat = read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the command, in parentheses, may hold anything.
    let (_, fields) = stat.rsplit_once(')').ok_or("a process has no fields")?;
    let ticks: Vec<u64> = fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    let ticks: u64 = ticks.iter().sum();
    Ok(Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64))
}

/// The SQL statements that Modelry's server at the address has sent, by its own count.
pub fn statements(address: &str) -> Outcome<f64> {
    let request = format!("GET /metrics HTTP/1.1\r\nhost: {address}\r\n\r\n");
    runtime()?.block_on(async {
        let mut connection = Connection::open(address).await?;
        let answer = connection.exchange(request.as_bytes()).await?;
        let text = std::str::from_utf8(answer.body)?;
        let lines = text.lines().filter(|line| line.starts_with("modelry_sql_statements_total"));
        let numbers: Vec<f64> =
            lines.filter_map(|line| line.split_whitespace().nth(1)).map(str::parse).collect::<Result<_, _>>()?;
        if numbers.is_empty() {
            Err("the server's metrics tell of no statements".into())
        } else {
            Ok(numbers.iter().sum())
        }
    })
}

/// The machine, in a line.
pub fn machine() -> Outcome<String> {
    let cores = std::thread::available_parallelism()?;
    let field = |text: &str, name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
    };
    let processor = field(&read_to_string("/proc/cpuinfo")?, "model name").unwrap_or_else(|| "unnamed".to_owned());
    let memory = field(&read_to_string("/proc/meminfo")?, "MemTotal").ok_or("no memory")?;
    let kilobytes: f64 = memory.split_whitespace().next().ok_or("no memory")?.parse()?;
    let kernel = read_to_string("/proc/sys/kernel/osrelease")?;
    let gigabytes = kilobytes / 1024.0 / 1024.0;
    Ok(format!("{cores} cores ({processor}), {gigabytes:.1} GiB of memory, Linux {}", kernel.trim()))
}

/// The database, in a line.
pub fn database(url: &str) -> Outcome<String> {
    let raw = Raw::of(url);
    let version = raw.texts("SELECT sqlite_version() AS value", "SHOW server_version")?.pop().ok_or("no version")?;
    if url.starts_with("sqlite://") {
        return Ok(format!("SQLite {version}, journal_mode = WAL, synchronous = FULL"));
    }
    let setting = |name: &str| -> Outcome<String> {
        Ok(format!("{name} = {}", raw.texts("", &format!("SHOW {name}"))?.pop().unwrap_or_default()))
    };
    Ok(format!("PostgreSQL {version}, {}, {}", setting("fsync")?, setting("synchronous_commit")?))
}
