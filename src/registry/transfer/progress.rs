//! How far an import is, for those who wait for it.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;

/// What an import is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// The file is read.
    #[default]
    Reading,
    /// What it says is compared with what the database has.
    Comparing,
    /// It is compared, and what differs is written, some models at a time. Nothing of it can be seen before all of it can.
    Writing,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Progress {
    /// What it is at.
    pub stage: Stage,
    /// Records of the file that are done in this stage; none if they are not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<usize>,
    /// Records that there are to do in this stage; none if they are not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
}

/// Whom an import tells how far it is, if anybody. An import is given up when whoever it was to tell has gone.
#[derive(Debug, Clone, Default)]
pub struct Observer(Option<Arc<watch::Sender<Progress>>>);

impl Observer {
    /// An observer, and where it shows how far the import is; closed when the import has ended.
    pub fn watched() -> (Self, watch::Receiver<Progress>) {
        let (sender, receiver) = watch::channel(Progress::default());
        (Self(Some(Arc::new(sender))), receiver)
    }

    pub(super) fn enters(&self, stage: Stage) {
        self.tell(Progress { stage, done: None, of: None });
    }

    pub(super) fn counts(&self, stage: Stage, of: usize) {
        self.tell(Progress { stage, done: Some(0), of: Some(of) });
    }

    pub(super) fn did(&self, records: usize) {
        if let Some(sender) = &self.0 {
            sender.send_modify(|progress| progress.done = progress.done.map(|done| done + records));
        }
    }

    /// Whether somebody was told, and looks no more.
    pub(super) fn is_alone(&self) -> bool {
        self.0.as_ref().is_some_and(|sender| sender.is_closed())
    }

    fn tell(&self, progress: Progress) {
        if let Some(sender) = &self.0 {
            sender.send_replace(progress);
        }
    }
}
