//! Room for bodies of requests, shared by all of them: however many clients send at once, memory stays bounded.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What room is counted in, in bytes.
const UNIT: usize = 1_024;

/// Room for so many bytes. Clones share it.
#[derive(Clone)]
pub struct Room(Arc<Semaphore>);

/// A part of the room, which becomes free when this is dropped.
pub struct Taken {
    room: Room,
    units: usize,
    permits: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// Room for so many bytes, rounded up to whole KiB.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new(bytes.div_ceil(UNIT).min(Semaphore::MAX_PERMITS))))
    }

    /// A part that is empty as yet.
    pub fn part(&self) -> Taken {
        Taken { room: self.clone(), units: 0, permits: None }
    }
}

impl Taken {
    /// Makes the part large enough for so many bytes in all; `false` if there is no room for that.
    pub fn fits(&mut self, bytes: usize) -> bool {
        let more = bytes.div_ceil(UNIT).saturating_sub(self.units);
        let Ok(permits) = u32::try_from(more) else { return false };
        let Ok(permits) = Arc::clone(&self.room.0).try_acquire_many_owned(permits) else { return false };
        self.units += more;
        match &mut self.permits {
            Some(held) => held.merge(permits),
            none => *none = Some(permits),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_becomes_free_again() {
        let room = Room::new(3 * UNIT);
        let (mut one, mut other) = (room.part(), room.part());
        assert!(one.fits(1) && one.fits(UNIT), "a unit is enough for both");
        assert!(other.fits(2 * UNIT) && !other.fits(2 * UNIT + 1), "all is taken");
        assert!(!one.fits(UNIT + 1));
        drop(other);
        assert!(one.fits(3 * UNIT) && !one.fits(3 * UNIT + 1), "what failed took nothing");
    }
}
