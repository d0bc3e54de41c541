//! What isn't counted but read when metrics are asked for: connections, statements, streams, the feed, the process.

use std::time::{SystemTime, UNIX_EPOCH};

use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::process::Process;
use crate::cache::CacheState;
use crate::store::replicas::ReplicasState;
use crate::store::search_index::IndexState;
use crate::store::{PoolState, StatementTotal};

/// What was read.
#[derive(Debug, Clone)]
pub struct Readings {
    /// The kind of database: `sqlite` or `postgres`.
    pub database: &'static str,
    /// Whether requests are let in.
    pub is_ready: bool,
    /// The feed of changes; `None` if the database can't be asked.
    pub feed: Option<FeedReading>,
    /// Who follows the feed.
    pub followers: usize,
    /// The pools of connections.
    pub pools: Vec<PoolState>,
    /// What was sent to the database.
    pub statements: Vec<StatementTotal>,
    /// Streams that are open.
    pub open_streams: usize,
    /// Most streams that may be.
    pub max_streams: usize,
    /// What is known of callers and their limits.
    pub limits: LimitsReading,
    /// How answers are kept.
    pub cache: CacheState,
    /// The index of models.
    pub index: IndexState,
    /// How replicas are used; `None` if there are none.
    pub replicas: Option<ReplicasState>,
    /// When the server began.
    pub began: SystemTime,
    /// The process.
    pub process: Process,
}

/// What is known of callers and their limits.
#[derive(Debug, Clone)]
pub struct LimitsReading {
    /// How often somebody was over each limit, by its setting.
    pub refused: Vec<(&'static str, u64)>,
    /// How many callers are remembered.
    pub callers: usize,
    /// Whether other processes count along.
    pub is_shared: bool,
}

/// Where the feed of changes is.
#[derive(Debug, Clone, Copy)]
pub struct FeedReading {
    /// The number of the last change.
    pub last: i64,
    /// The number of the last change that was handed to those who follow; `None` if nobody does.
    pub pushed: Option<i64>,
}

impl Readings {
    pub(super) fn registry(&self) -> Registry {
        let mut registry = Registry::default();
        self.process(&mut registry);
        let ours = registry.sub_registry_with_prefix("modelry");
        let labels = [("version", env!("CARGO_PKG_VERSION")), ("database", self.database)];
        ours.register("build", "What runs", Info::new(labels));
        ours.register("ready", "Whether requests are let in", number(usize::from(self.is_ready)));
        ours.register(
            "database_up",
            "Whether the database has just answered",
            number(usize::from(self.feed.is_some())),
        );
        ours.register("streams_open", "WebSockets and event streams that are open", number(self.open_streams));
        ours.register("streams_max", "Most WebSockets and event streams at once", number(self.max_streams));
        self.limits(ours);
        self.cache(ours);
        self.index(ours);
        self.replicas(ours);
        self.feed(ours);
        self.pools(ours);
        self.statements(ours);
        registry
    }

    fn limits(&self, ours: &mut Registry) {
        let refused = Family::<[(&'static str, &'static str); 1], Counter>::default();
        for (limit, count) in &self.limits.refused {
            refused.get_or_create(&[("limit", *limit)]).inc_by(*count);
        }
        ours.register("limits_refused", "Requests and streams of callers over a limit, by its setting", refused);
        ours.register("limits_callers", "Callers that are remembered", number(self.limits.callers));
        let help = "Whether callers are counted together with other processes";
        ours.register("limits_shared", help, number(usize::from(self.limits.is_shared)));
    }

    fn cache(&self, ours: &mut Registry) {
        let CacheState { hits, misses, bypassed, evicted, entries, bytes } = self.cache;
        let requests = Family::<[(&'static str, &'static str); 1], Counter>::default();
        for (result, count) in [("hit", hits), ("miss", misses), ("bypass", bypassed)] {
            requests.get_or_create(&[("result", result)]).inc_by(count);
        }
        ours.register("cache_requests", "Queries of the catalogue, by what became of them", requests);
        ours.register("cache_evicted", "Answers that had to go for want of room", ConstCounter::new(evicted));
        ours.register("cache_answers", "Answers that are kept", ConstGauge::new(as_i64(entries)));
        ours.register_with_unit("cache_size", "Memory of kept answers", Unit::Bytes, ConstGauge::new(as_i64(bytes)));
    }

    fn index(&self, ours: &mut Registry) {
        let IndexState { models, bytes, answered, passed_on } = self.index;
        let questions = Family::<[(&'static str, &'static str); 1], Counter>::default();
        for (by, count) in [("index", answered), ("database", passed_on)] {
            questions.get_or_create(&[("by", by)]).inc_by(count);
        }
        ours.register("search_questions", "Searches and counts that the index knows, by who answered", questions);
        ours.register("search_index_models", "Models that the index holds", ConstGauge::new(as_i64(models)));
        let help = "Memory of the index, about";
        ours.register_with_unit("search_index_size", help, Unit::Bytes, ConstGauge::new(as_i64(bytes)));
    }

    fn replicas(&self, ours: &mut Registry) {
        let Some(ReplicasState { replicas, by_replica, by_primary, again }) = &self.replicas else { return };
        let in_use = Family::<[(&'static str, String); 1], Gauge>::default();
        let lag = Family::<[(&'static str, String); 1], Gauge>::default();
        for replica in replicas {
            let label = [("replica", replica.number.to_string())];
            in_use.get_or_create(&label).set(i64::from(replica.is_in));
            if let Some(changes) = replica.lag {
                lag.get_or_create(&label).set(as_i64(changes));
            }
        }
        ours.register("replica_up", "Whether a replica is used while it has caught up, by its place", in_use);
        ours.register("replica_lag_changes", "Changes that a replica lacked when it was asked last", lag);
        let reads = Family::<[(&'static str, &'static str); 1], Counter>::default();
        for (place, count) in [("replica", *by_replica), ("primary", *by_primary), ("again", *again)] {
            reads.get_or_create(&[("place", place)]).inc_by(count);
        }
        let help = "Queries of the catalogue that were not answered from memory, by where they were read";
        ours.register("replica_requests", help, reads);
    }

    fn feed(&self, ours: &mut Registry) {
        ours.register("feed_followers", "Subscriptions that follow the feed of changes", number(self.followers));
        let Some(FeedReading { last, pushed }) = self.feed else { return };
        ours.register("feed_position", "Number of the last change", ConstGauge::new(last));
        let lag = pushed.map_or(0, |pushed| (last - pushed).max(0));
        ours.register("feed_lag_changes", "Changes that were not yet handed to followers", ConstGauge::new(lag));
    }

    fn pools(&self, ours: &mut Registry) {
        let connections = Family::<[(&'static str, &'static str); 2], Gauge>::default();
        let most = Family::<[(&'static str, &'static str); 1], Gauge>::default();
        let waiting = Family::<[(&'static str, &'static str); 1], Gauge>::default();
        for PoolState { pool, max, in_use, idle, waiting: queue } in self.pools.iter().copied() {
            let set = |state, value| connections.get_or_create(&[("pool", pool), ("state", state)]).set(as_i64(value));
            set("in_use", in_use);
            set("idle", idle);
            most.get_or_create(&[("pool", pool)]).set(as_i64(max));
            waiting.get_or_create(&[("pool", pool)]).set(as_i64(queue));
        }
        ours.register("pool_connections", "Connections to the database that are open, by pool and state", connections);
        ours.register("pool_connections_max", "Most connections to the database, by pool", most);
        ours.register("pool_waiting", "Work that waits for a connection, by pool", waiting);
    }

    fn statements(&self, ours: &mut Registry) {
        let statements = Family::<[(&'static str, &'static str); 1], Counter>::default();
        let seconds =
            Family::<[(&'static str, &'static str); 1], Counter<f64, std::sync::atomic::AtomicU64>>::default();
        for total in &self.statements {
            let labels = [("purpose", total.purpose.as_str())];
            statements.get_or_create(&labels).inc_by(total.statements);
            seconds.get_or_create(&labels).inc_by(total.took.as_secs_f64());
        }
        ours.register("sql_statements", "Statements sent to the database, by what for", statements);
        let help = "Time that statements took, added up, by what for";
        ours.register_with_unit("sql_statement_time", help, Unit::Seconds, seconds);
    }

    /// The names are those of Prometheus' own client libraries.
    fn process(&self, registry: &mut Registry) {
        let Process { cpu, resident, mapped, open_files, max_files, threads } = self.process;
        let cpu = ConstCounter::new(cpu.as_secs_f64());
        registry.register_with_unit("process_cpu", "Time on processors, in seconds", Unit::Seconds, cpu);
        let began = self.began.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let help = "When the server began, in seconds since 1970";
        registry.register_with_unit("process_start_time", help, Unit::Seconds, ConstGauge::new(began));
        let bytes = [
            ("process_resident_memory", "Memory in use", resident),
            ("process_virtual_memory", "Memory mapped", mapped),
        ];
        for (name, help, value) in bytes {
            if let Some(value) = value {
                registry.register_with_unit(name, help, Unit::Bytes, ConstGauge::new(as_i64(value)));
            }
        }
        let numbers = [
            ("process_open_fds", "Open files and connections", open_files),
            ("process_max_fds", "Most open files and connections", max_files),
            ("process_threads", "Threads", threads),
        ];
        for (name, help, value) in numbers {
            if let Some(value) = value {
                registry.register(name, help, ConstGauge::new(as_i64(value)));
            }
        }
    }
}

fn number(value: usize) -> ConstGauge<i64> {
    ConstGauge::new(as_i64(value))
}

fn as_i64<T: TryInto<i64>>(value: T) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}
