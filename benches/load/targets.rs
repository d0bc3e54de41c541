//! Ratios, and what they are to be.

use std::fmt::Write as _;

use super::measure::{Figures, Measured};
use super::report::most_megabytes;
use super::requests::Request;
use super::settings::{COMPARED, Mode};
use crate::Outcome;

/// What a figure is to be.
#[derive(Clone, Copy)]
enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// It is told, and nothing was set.
    None,
}

/// What requests are to reach on PostgreSQL: cold against SQL by hand, warm against a body that is there, p99 to p50.
const fn targets(request: Request) -> (f64, f64, f64) {
    match request {
        Request::Point => (0.9, 0.6, 3.0),
        Request::List => (0.6, 0.6, 3.0),
        Request::Tree => (0.65, 0.6, 3.0),
        Request::Search => (3.0, 0.6, 3.0),
        Request::Write => (0.6, 0.0, 4.0),
    }
}

/// All ratios of all databases, and the figures that are limits by themselves.
pub fn table(databases: &[Measured]) -> Outcome<String> {
    let mut table = Table::default();
    table.out.push_str("| what | database | measured | target | met |\n|---|---|--:|--:|---|\n");
    for measured in databases {
        for request in Request::ALL {
            ratios(&mut table, measured, request)?;
        }
        let start = measured.start.as_secs_f64();
        table.row("start to first answer, s", &name(measured), Some(start), Target::AtMost(0.1))?;
        let megabytes =
            measured.runs.iter().filter(|((_, mode, _), _)| *mode >= Mode::Cold).map(|(_, figures)| figures.megabytes);
        let most = megabytes.max().map(|most| most as f64);
        table.row("most memory of a server, MB", &name(measured), most, Target::AtMost(most_megabytes() as f64))?;
    }
    if let [sqlite, postgres] = databases {
        for (request, target) in [(Request::Point, Target::AtLeast(1.5)), (Request::List, Target::AtLeast(1.5))] {
            let ratio = quotient(per_second(sqlite, request, Mode::Cold), per_second(postgres, request, Mode::Cold));
            table.row(&format!("{}, cold, of PostgreSQL's", request.name()), "SQLite", ratio, target)?;
        }
    }
    Ok(table.out)
}

fn ratios(table: &mut Table, measured: &Measured, request: Request) -> Outcome<()> {
    let database = name(measured);
    let is_postgres = database == "PostgreSQL";
    let set = |target: Target| if is_postgres { target } else { Target::None };
    let (of_by_hand, of_static, spread) = targets(request);
    let (name, rate) = (request.name(), |mode| per_second(measured, request, mode));
    let cold = quotient(rate(Mode::Cold), rate(Mode::ByHand));
    table.row(&format!("{name}, cold, of hand-written SQL"), &database, cold, set(Target::AtLeast(of_by_hand)))?;
    let with_writes = match request {
        Request::Point | Request::List => set(Target::AtLeast(0.4)),
        Request::Tree | Request::Search | Request::Write => Target::None,
    };
    let of_fixed = [
        (Mode::Warm, set(Target::AtLeast(of_static))),
        (Mode::WarmWith1, with_writes),
        (Mode::WarmWith10, Target::None),
    ];
    for (mode, target) in of_fixed {
        let what = format!("{name}, {}, of the static body", mode.name());
        table.row(&what, &database, quotient(rate(mode), rate(Mode::Static)), target)?;
    }
    for mode in [Mode::Cold, Mode::Warm] {
        let spread_of = figures(measured, request, mode)
            .map(|figures| f64::from(figures.answered.latency(990)) / f64::from(figures.answered.latency(500).max(1)));
        table.row(&format!("{name}, {}, p99 / p50", mode.name()), &database, spread_of, set(Target::AtMost(spread)))?;
    }
    if request == Request::List {
        let cpu = figures(measured, request, Mode::Cold).map(|figures| figures.cpu / 1e3);
        table.row("list, cold, CPU of the server, ms", &database, cpu, set(Target::AtMost(0.8)))?;
    }
    Ok(())
}

fn name(measured: &Measured) -> String {
    measured.database.split(' ').next().unwrap_or_default().to_owned()
}

fn figures(measured: &Measured, request: Request, mode: Mode) -> Option<&Figures> {
    measured.runs.get(&(request, mode, COMPARED))
}

fn per_second(measured: &Measured, request: Request, mode: Mode) -> Option<f64> {
    figures(measured, request, mode).map(|figures| figures.answered.per_second)
}

fn quotient(of: Option<f64>, by: Option<f64>) -> Option<f64> {
    of.zip(by).filter(|(_, by)| *by > 0.0).map(|(of, by)| of / by)
}

#[derive(Default)]
struct Table {
    out: String,
}

impl Table {
    /// A row; none if the figure wasn't measured.
    fn row(&mut self, what: &str, database: &str, figure: Option<f64>, target: Target) -> Outcome<()> {
        let Some(figure) = figure else { return Ok(()) };
        let (target, is_met) = match target {
            Target::AtLeast(least) => (format!("≥ {least}"), Some(figure >= least)),
            Target::AtMost(most) => (format!("≤ {most}"), Some(figure <= most)),
            Target::None => (String::new(), None),
        };
        let met = match is_met {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        writeln!(self.out, "| {what} | {database} | {figure:.2} | {target} | {met} |")?;
        Ok(())
    }
}
