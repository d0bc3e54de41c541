//! What the process uses. Memory, files and threads are read from `/proc`, and unknown where there is none.

use std::path::Path;
use std::time::Duration;

use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};

/// What the process uses.
#[derive(Debug, Clone, Copy, Default)]
pub struct Process {
    /// Time on processors.
    pub cpu: Duration,
    /// Memory in use, in bytes.
    pub resident: Option<u64>,
    /// Memory that is mapped, in bytes.
    pub mapped: Option<u64>,
    /// Open files and connections.
    pub open_files: Option<u64>,
    /// Most of them; `None` if there is no limit.
    pub max_files: Option<u64>,
    /// Threads.
    pub threads: Option<u64>,
}

impl Process {
    /// What it uses now. Reads a few small files of the system's.
    pub fn read() -> Self {
        let spent = clock_gettime(ClockId::ProcessCPUTime);
        let cpu = Duration::new(spent.tv_sec.try_into().unwrap_or(0), spent.tv_nsec.try_into().unwrap_or(0));
        let (mapped, resident) = memory().unzip();
        Self {
            cpu,
            resident,
            mapped,
            open_files: entries("/proc/self/fd"),
            max_files: getrlimit(Resource::Nofile).current,
            threads: entries("/proc/self/task"),
        }
    }
}

/// Bytes that are mapped, and bytes in use.
fn memory() -> Option<(u64, u64)> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let mut pages = pages.split_ascii_whitespace().map_while(|number| number.parse::<u64>().ok());
    let size = rustix::param::page_size() as u64;
    Some((pages.next()? * size, pages.next()? * size))
}

fn entries(folder: impl AsRef<Path>) -> Option<u64> {
    Some(std::fs::read_dir(folder).ok()?.count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_uses_something() {
        let process = Process::read();
        assert!(process.cpu > Duration::ZERO, "{process:?}");
        if cfg!(target_os = "linux") {
            assert!(process.resident <= process.mapped && process.resident > Some(1 << 20), "{process:?}");
            assert!(process.open_files >= Some(3) && process.threads >= Some(1), "{process:?}");
        }
    }
}
