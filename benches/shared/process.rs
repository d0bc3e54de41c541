//! The real binary, run as a user runs it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::asking::{Asked, once, runtime};
use crate::Outcome;

const BINARY: &str = env!("CARGO_BIN_EXE_modelry");

/// A configuration in which callers are counted, and none comes to its limit.
pub const COUNTED: &str = "[limits]\ncost_per_minute = 4000000000\nrequests_per_second = 1000000000\n\
    mutations_per_minute = 1000000000\n";

/// What a command cost.
pub struct Measured {
    pub elapsed: Duration,
    pub peak_megabytes: u64,
}

/// Runs a command to its end.
pub fn run(arguments: &[&str]) -> Outcome<Measured> {
    let started = Instant::now();
    let mut child = Command::new(BINARY).args(arguments).stdout(Stdio::null()).spawn()?;
    let mut peak = 0;
    let status = loop {
        if let Some(kilobytes) = status_line(child.id(), "VmHWM:") {
            peak = peak.max(kilobytes);
        }
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let elapsed = started.elapsed();
    if status.success() {
        Ok(Measured { elapsed, peak_megabytes: peak / 1024 })
    } else {
        Err(format!("modelry {} failed", arguments.join(" ")).into())
    }
}

/// A line of the kernel's account of a process, in kilobytes.
fn status_line(process: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// The memory that a process has, in megabytes.
pub fn resident_megabytes(process: u32) -> Outcome<u64> {
    Ok(status_line(process, "VmRSS:").ok_or("the server is gone")? / 1024)
}

/// A new token of an editor.
fn token(database: &str) -> Outcome<String> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let name = format!("bench-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let arguments = ["token", "create", &name, "--role", "editor", "--database-url", database];
    let output = Command::new(BINARY).args(arguments).output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    }
}

/// A process that answers on a free port, and ends with this.
pub struct Listening {
    child: Child,
    address: String,
}

impl Listening {
    /// Starts a command that prints its address on its first line.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
        let this = Self { child, address };
        if this.address.is_empty() { Err("a server ended before it listened".into()) } else { Ok(this) }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // Already gone unless something failed on the way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Modelry's server on a free port.
pub struct Server {
    listening: Listening,
    token: String,
}

impl Server {
    /// Starts a server with this configuration and asks it something; returns it with the time from start to answer.
    pub fn start_with(database: &str, config: &str) -> Outcome<(Self, Duration)> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("bench.toml");
        std::fs::write(&file, config)?;
        let started = Instant::now();
        let mut command = Command::new(BINARY);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", database, "--config"])
            .arg(&file)
            .stderr(Stdio::null());
        let mut server = Self { listening: Listening::start(&mut command)?, token: String::new() };
        let first = "{ models(first: 1) { nodes { name } } }";
        runtime()?.block_on(once(server.asked_by_nobody(), first))?;
        let elapsed = started.elapsed();
        server.token = token(database)?;
        Ok((server, elapsed))
    }

    /// To be asked as an editor.
    pub fn asked(&self) -> Asked<'_> {
        Asked { address: self.listening.address(), token: Some(&self.token) }
    }

    /// To be asked as nobody.
    pub fn asked_by_nobody(&self) -> Asked<'_> {
        Asked { token: None, ..self.asked() }
    }

    pub fn process(&self) -> u32 {
        self.listening.process()
    }

    /// Stops the server as a service manager would.
    pub fn stop(mut self) -> Outcome<()> {
        Command::new("kill").arg(self.process().to_string()).status()?;
        self.listening.child.wait()?;
        Ok(())
    }
}
