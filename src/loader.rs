//! Relations, loaded for a whole page at once.
//!
//! Batches are formed by structure, not by time: a row knows the [`Batch`] it was loaded with, the first resolver that
//! asks for a relation loads it for every row of the batch in one statement, and the others await the same cell.
//! So the number of statements follows from the shape of the query, whatever the size of a page.

mod audit_log;
mod batch;
mod capability;
mod category;
mod change;
mod change_list;
mod change_set;
mod history;
mod list;
mod model;
mod model_version;
mod parameter;
mod related;
mod successor;
mod supplier;
mod supplier_key;

pub use audit_log::AuditList;
pub use batch::{Batch, Item, Linked, Relation};
pub use capability::CapabilityRelations;
pub use category::{CategoryRelations, tree};
pub use change::ChangeItem;
pub use change_list::ChangeLists;
pub use change_set::{ChangeSetItem, ChangeSetList};
pub use history::{Blame, Historied};
pub use list::{ListLoader, LoadedPage};
pub use model::{CapabilityLinkRelations, LinkedCapability, ModelRelations, PricesOn, WantedPrice};
pub use model_version::{ModelPointerRelations, ModelVersionRelations};
pub use related::OfModel;
pub use successor::with_successors;
pub use supplier::SupplierRelations;
pub use supplier_key::SupplierKeyRelations;
