//! The root of subscribing.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    Context, ContextSelectionSet, Data, ID, OutputType, Positioned, Result, ServerResult,
    Subscription as GraphqlSubscription, Value,
};
use futures_util::{Stream, stream};

use super::change::Change;
use super::error::{fault, fault_of};
use super::feed_cursor::{self, Place};
use super::guard::ByPolicy;
use super::scope::{RequestScope, scope};
use super::timeline::FeedArguments;
use crate::auth::{Access, Principal};
use crate::domain::ChangeKind;
use crate::loader::ChangeItem;
use crate::push::{Follower, Push, PushError};
use crate::registry::clock::Clock;
use crate::secrets::Keyring;
use crate::store::Store;

/// What a request that may subscribe carries beside its [`RequestScope`].
#[derive(Clone)]
pub struct Live {
    /// The feed of changes.
    pub push: Push,
    /// What time it is for each change that is sent.
    pub clock: Clock,
    /// The cursor to start behind, where the transport remembers one; it goes before the argument.
    pub resume: Option<String>,
    /// The cursor of the change that is being sent, for the transport.
    pub sent: Sent,
}

/// Where the cursor of the last change that was sent is left. Clones are one place.
#[derive(Debug, Clone, Default)]
pub struct Sent(Option<Arc<Mutex<Option<String>>>>);

impl Sent {
    /// A place that is asked for its cursor.
    pub fn remembered() -> Self {
        Self(Some(Arc::default()))
    }

    /// The cursor of the last change.
    pub fn cursor(&self) -> Option<String> {
        self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, cursor: impl FnOnce() -> String) {
        if let Some(place) = &self.0 {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(cursor());
        }
    }
}

/// A change on its way to a subscriber. Its fields are resolved as a request of their own, at the moment of sending.
struct Delivery {
    change: Change,
    data: Data,
}

impl OutputType for Delivery {
    fn type_name() -> Cow<'static, str> {
        <Change as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Change as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let mut own = context.clone();
        own.execute_data = Some(&self.data);
        self.change.resolve(&own, field).await
    }
}

/// What makes deliveries of changes.
struct Subscriber {
    follower: Follower,
    live: Live,
    store: Store,
    request_id: String,
    principal: Arc<Principal>,
    access: Access,
    keyring: Keyring,
}

impl Subscriber {
    async fn next(&mut self) -> Result<Delivery, PushError> {
        let change = self.follower.next().await?;
        self.live.sent.set(|| feed_cursor::encode(self.follower.feed(), change.id));
        Ok(self.delivery(change))
    }

    fn delivery(&self, change: ChangeItem) -> Delivery {
        let mut data = Data::default();
        data.insert(RequestScope {
            store: self.store.counted(),
            now: self.live.clock.now(),
            request_id: self.request_id.clone(),
            principal: Arc::clone(&self.principal),
            access: self.access.clone(),
            keyring: self.keyring.clone(),
        });
        Delivery { change: Change(change), data }
    }
}

/// What can be subscribed to.
#[derive(Default)]
pub struct Subscription;

/// What can be subscribed to: over a WebSocket or as an event stream, see `docs/http.md`.
#[GraphqlSubscription(guard = "ByPolicy")]
impl Subscription {
    /// The feed of changes as it grows: each change once, in order. Without `after` it begins with the next change; with
    /// it, first comes all that was missed. Keep the `cursor` of each change, and pass the last one as `after` after a
    /// break. A cursor that can't be gone on from is refused with the code `FEED_RESYNC`: then the catalogue has to be
    /// read anew.
    async fn changed(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Start behind this cursor, of a change or of `changeFeedCursor`; with the next change if left out."
        )]
        after: Option<String>,
        #[graphql(desc = "Only changes of these types.")] types: Option<Vec<ChangeKind>>,
        #[graphql(desc = "Only changes of these objects, at most 100; of a model also those of what belongs to it.")]
        ids: Option<Vec<ID>>,
        #[graphql(
            desc = "Only changes of these suppliers, by id or name, at most 100; of the models they have or had; \
                          and of what belongs to those."
        )]
        suppliers: Option<Vec<ID>>,
    ) -> Result<impl Stream<Item = Result<Delivery>>> {
        let (scope, live) = (scope(context)?, context.data::<Live>()?.clone());
        let filter = FeedArguments { types, ids, suppliers }.filter(context).await?;
        let after = live.resume.clone().or(after);
        let place = after.as_deref().map(|text| Place::parse("after", text)).transpose()?;
        let mut follower = live.push.follow(filter).await.map_err(fault(context))?;
        if let Some(place) = place {
            place.check("after", follower.feed())?;
            follower.start_after(place.number);
        }
        Ok(deliveries(Subscriber {
            follower,
            live,
            store: scope.store.clone(),
            request_id: scope.request_id.clone(),
            principal: Arc::clone(&scope.principal),
            access: scope.access.clone(),
            keyring: scope.keyring.clone(),
        }))
    }
}

/// The changes as they come. An error is the last of them.
fn deliveries(subscriber: Subscriber) -> impl Stream<Item = Result<Delivery>> {
    stream::unfold(Some(subscriber), |subscriber| async {
        let mut subscriber = subscriber?;
        match subscriber.next().await {
            Ok(delivery) => Some((Ok(delivery), Some(subscriber))),
            Err(PushError::Purged) => Some((Err(feed_cursor::purged("after")), None)),
            Err(PushError::Store(error)) => Some((Err(fault_of(subscriber.request_id)(error)), None)),
        }
    })
}
