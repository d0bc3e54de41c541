//! The runs on one database.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use super::account::{cpu_time, database, statements};
use super::facts::compare;
use super::floor;
use super::generator::{Answered, Load};
use super::requests::{Prepared, Request};
use super::settings::{CONNECTIONS, Mode, Settings, cold, warm};
use crate::Outcome;
use crate::shared::process::{Listening, Measured as Imported, Server, resident_megabytes, run};
use crate::shared::raw::Raw;

/// What came of a run.
pub struct Figures {
    pub answered: Answered,
    /// Time on processors for each request, in microseconds.
    pub cpu: f64,
    /// SQL statements for each request, where they are counted.
    pub statements: Option<f64>,
    pub megabytes: u64,
}

/// What came of all runs on a database.
pub struct Measured {
    /// The database, its version and settings.
    pub database: String,
    /// From a server's start to its first answer, on a database with all models.
    pub start: Duration,
    /// Of all models into an empty database.
    pub import: Imported,
    pub runs: BTreeMap<(Request, Mode, usize), Figures>,
    /// The length of the answer to each request.
    pub lengths: BTreeMap<Request, usize>,
}

/// Everyone who is asked about one database.
struct Cast {
    cold: Server,
    warm: Server,
    by_hand: Listening,
}

/// One who is asked.
struct Subject<'c> {
    address: &'c str,
    process: u32,
    /// The token for Modelry; a floor asks for none.
    token: Option<&'c str>,
}

impl Subject<'_> {
    fn prepare(&self, request: Request) -> Prepared {
        match self.token {
            Some(token) => request.to_modelry(self.address, token),
            None => request.to_floor(self.address),
        }
    }
}

impl Cast {
    fn subject<'c>(&'c self, mode: Mode, fixed: &'c Listening) -> Subject<'c> {
        let floor = |floor: &'c Listening| Subject { address: floor.address(), process: floor.process(), token: None };
        let server = |server: &'c Server| {
            let asked = server.asked();
            Subject { address: asked.address, process: server.process(), token: asked.token }
        };
        match mode {
            Mode::Static => floor(fixed),
            Mode::ByHand => floor(&self.by_hand),
            Mode::Cold => server(&self.cold),
            Mode::Warm | Mode::WarmWith1 | Mode::WarmWith10 => server(&self.warm),
        }
    }
}

/// Imports the catalogue twice, for Modelry and for the floor, and runs everything that is asked for.
pub fn measure(url: &dyn Fn(&str) -> Outcome<String>, catalogue: &Path, settings: &Settings) -> Outcome<Measured> {
    let import = |url: &str| run(&["import", "modelry", &catalogue.to_string_lossy(), "--database-url", url]);
    let (live, bare) = (url("load")?, url("floor")?);
    let imported = import(&live)?;
    import(&bare)?;
    // Its writes are held against Modelry's, which keep a history.
    Raw::of(&bare).drop_history_triggers()?;
    let (cold, _) = Server::start_with(&live, &cold())?;
    let (warm, start) = Server::start_with(&live, &warm())?;
    let cast = Cast { cold, warm, by_hand: floor::start(&bare)? };
    let mut measured = Measured {
        database: database(&live)?,
        start,
        import: imported,
        runs: BTreeMap::new(),
        lengths: BTreeMap::new(),
    };
    // What is written stays in tables and indexes: nothing is written before all is read that is read without.
    for writes in [false, true] {
        for &request in &settings.requests {
            let is_meant = |mode: &Mode| mode.concerns(request) && mode.writes_with(request) == writes;
            let modes: Vec<Mode> = Mode::ALL.into_iter().filter(is_meant).collect();
            measure_request(request, &modes, &cast, settings, &mut measured)?;
        }
    }
    cast.cold.stop()?;
    cast.warm.stop()?;
    Ok(measured)
}

/// Everyone is asked the same within a short time, so that all meet the same noise.
fn measure_request(
    request: Request,
    modes: &[Mode],
    cast: &Cast,
    settings: &Settings,
    measured: &mut Measured,
) -> Outcome<()> {
    if modes.is_empty() {
        return Ok(());
    }
    // There is no body yet; neither of these is asked for one.
    let (told, by_hand) = (cast.subject(Mode::Cold, &cast.by_hand), cast.subject(Mode::ByHand, &cast.by_hand));
    let length =
        compare(request, (told.address, &told.prepare(request)), (by_hand.address, &by_hand.prepare(request)))?;
    measured.lengths.insert(request, length);
    let fixed = floor::start(&format!("static:{length}"))?;
    for connections in CONNECTIONS {
        for &mode in modes {
            let subject = cast.subject(mode, &fixed);
            let figures = measure_run(request, mode, &subject, connections, settings.time)
                .map_err(|error| format!("{}, {}, {connections} connections: {error}", request.name(), mode.name()))?;
            eprintln!(
                "{}, {}, {connections} connections: {:.0}/s",
                request.name(),
                mode.name(),
                figures.answered.per_second
            );
            measured.runs.insert((request, mode, connections), figures);
        }
    }
    Ok(())
}

fn measure_run(
    request: Request,
    mode: Mode,
    subject: &Subject<'_>,
    connections: usize,
    time: Duration,
) -> Outcome<Figures> {
    let writes = (mode.writes() > 0).then(|| (Rc::new(subject.prepare(Request::Write)), mode.writes()));
    let load = Load {
        address: subject.address.to_owned(),
        requests: Rc::new(subject.prepare(request)),
        mark: if mode == Mode::Static { b"" } else { request.mark() },
        writes,
    };
    let count = || subject.token.map(|_| statements(subject.address)).transpose();
    let (cpu_before, statements_before) = (cpu_time(subject.process)?, count()?);
    let answered = load.run(connections, time)?;
    let (cpu_after, statements_after) = (cpu_time(subject.process)?, count()?);
    let each = |total: f64| total / answered.requests.max(1) as f64;
    Ok(Figures {
        cpu: each(cpu_after.saturating_sub(cpu_before).as_secs_f64() * 1e6),
        statements: statements_before.zip(statements_after).map(|(before, after)| each(after - before)),
        megabytes: resident_megabytes(subject.process)?,
        answered,
    })
}
