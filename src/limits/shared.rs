//! Buckets in Redis, for processes that count together. One script takes from all buckets of a caller at once, by
//! Redis's own clock.
//!
//! When Redis is away or slow, callers are counted by the process alone, and no request waits longer for it than the
//! first one did: a task of its own looks whether it is back.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisError, Script};
use tokio::sync::OnceCell;

use super::bucket::{Amounts, BUCKETS, Rates, Short};
use super::caller::Caller;

/// How long to wait before looking again whether Redis is back.
const RETRY: Duration = Duration::from_millis(500);

/// Takes, or says which bucket (from 1) holds too little and for how many microseconds; then when the first will be full.
const TAKE: &str = "
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local stored = redis.call('HMGET', KEYS[1], '1', '2', '3')
local full_at, last, short, wait = {}, now, 0, 0
for i = 1, 3 do
  local amount, interval, window = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  full_at[i] = math.max(tonumber(stored[i] or 0), now)
  if window > 0 and amount > 0 then
    local after = full_at[i] + amount * interval
    local missing = after - now - window
    if missing > 0.5 and missing > wait then short, wait = i, missing end
    full_at[i] = after
  end
  last = math.max(last, full_at[i])
end
local until_full = full_at[1] - now
if short == 0 then
  for i = 1, 3 do redis.call('HSET', KEYS[1], i, string.format('%.0f', full_at[i])) end
  redis.call('PEXPIRE', KEYS[1], math.ceil((last - now) / 1000) + 1000)
end
return {short, string.format('%.0f', wait), string.format('%.0f', until_full)}
";

/// Puts the first bucket's filling earlier by so many microseconds; nothing if it is full.
const SHIFT: &str = "
if redis.call('HEXISTS', KEYS[1], '1') == 1 then redis.call('HINCRBYFLOAT', KEYS[1], '1', ARGV[1]) end
";

/// The shared buckets. Cheap to clone; clones share the connection.
#[derive(Clone)]
pub struct Shared(Arc<Parts>);

struct Parts {
    client: Client,
    config: AsyncConnectionConfig,
    take: Script,
    shift: Script,
    tried: OnceCell<()>,
    /// The connection; `None` while Redis is away.
    connection: Mutex<Option<MultiplexedConnection>>,
}

impl Shared {
    /// The buckets at this address; it is not connected to yet.
    ///
    /// # Errors
    /// If the address is none of Redis.
    pub fn new(url: &str, timeout: Duration) -> Result<Self, RedisError> {
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(timeout)).set_response_timeout(Some(timeout));
        Ok(Self(Arc::new(Parts {
            client: Client::open(url)?,
            config,
            take: Script::new(TAKE),
            shift: Script::new(SHIFT),
            tried: OnceCell::new(),
            connection: Mutex::new(None),
        })))
    }

    /// Takes from a caller's buckets; answers after how many microseconds the first will be full. `None` if Redis is
    /// away.
    pub async fn take(&self, caller: &Caller, rates: &Rates, amounts: &Amounts) -> Option<Result<f64, Short>> {
        let mut connection = self.connection().await?;
        let mut invocation = self.0.take.key(key(caller));
        for (rate, amount) in rates.iter().zip(amounts) {
            let (interval, window) = rate.map_or((0.0, 0.0), |rate| (rate.interval(), rate.window()));
            invocation.arg(*amount).arg(interval).arg(window);
        }
        match invocation.invoke_async::<(usize, f64, f64)>(&mut connection).await {
            Ok((0, _, until_full)) => Some(Ok(until_full)),
            Ok((short, wait, _)) => {
                let bucket = BUCKETS[short.clamp(1, BUCKETS.len()) - 1];
                Some(Err(Short { bucket, wait: Duration::from_secs_f64(wait.max(0.0) / 1e6) }))
            }
            Err(error) => {
                self.lost(&error);
                None
            }
        }
    }

    /// As [`super::local::Local::shift`], without waiting for it.
    pub fn shift(&self, caller: &Caller, earlier: f64) {
        let Some(mut connection) = self.connected() else { return };
        let (shared, key) = (self.clone(), key(caller));
        tokio::spawn(async move {
            let shifted = shared.0.shift.key(key).arg(-earlier).invoke_async::<()>(&mut connection).await;
            if let Err(error) = shifted {
                shared.lost(&error);
            }
        });
    }

    /// The connection; made now if this is the first time that it is asked for.
    async fn connection(&self) -> Option<MultiplexedConnection> {
        let first = async {
            if let Err(error) = self.connect().await {
                self.away(&error);
            }
        };
        self.0.tried.get_or_init(|| first).await;
        self.connected()
    }

    /// Whether Redis was there when it was last needed, or is there again.
    pub fn is_connected(&self) -> bool {
        self.place().is_some()
    }

    fn connected(&self) -> Option<MultiplexedConnection> {
        self.place().clone()
    }

    fn place(&self) -> std::sync::MutexGuard<'_, Option<MultiplexedConnection>> {
        self.0.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connect(&self) -> Result<(), RedisError> {
        let mut connection = self.0.client.get_multiplexed_async_connection_with_config(&self.0.config).await?;
        redis::cmd("PING").query_async::<()>(&mut connection).await?;
        *self.place() = Some(connection);
        Ok(())
    }

    /// Notes that Redis has failed; whoever notes it first says so.
    fn lost(&self, error: &RedisError) {
        let held = self.place().take();
        if held.is_some() {
            self.away(error);
        }
    }

    fn away(&self, error: &RedisError) {
        tracing::warn!(%error, "Redis is away: until it is back, this process counts its callers by itself");
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(RETRY).await;
                // Nobody needs it any more.
                let Some(parts) = weak.upgrade() else { return };
                if Self(parts).connect().await.is_ok() {
                    tracing::info!("Redis is back: callers are counted together with other processes");
                    return;
                }
            }
        });
    }
}

fn key(caller: &Caller) -> String {
    format!("modelry:limits:{}", caller.name())
}
