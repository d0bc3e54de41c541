//! Modelry's own format: JSON Lines that hold everything, to be read back without loss.
//!
//! The first line names format and version. Then, one record a line: capabilities by name, categories by path,
//! suppliers by name, models by supplier and name, all in plain byte order. Null and default values are left out.

mod lists;
mod record;
mod records;
#[cfg(test)]
mod tests;
mod write;

pub use records::{Records, open, path};
pub use write::write;

use crate::domain::{LifecycleStage, check_category_name, check_free_name, check_slug, check_snake_case};

use super::document;
use super::draft::{CapabilityDraft, CategoryDraft, Draft, Leftovers, ModelDraft, SupplierDraft};
use super::error::ReadError;
use super::lines::{Line, Lines};
use super::source::Head;
use record::Record;
use records::Whole;

/// Name of the format, in files and on the command line.
pub const FORMAT: &str = "modelry";

/// Version of the format that is read and written.
pub const VERSION: i64 = 1;

const HEADER: &[&str] = &["format", "version"];

const CAPABILITY: &[&str] = &[
    "kind",
    "name",
    "display_name",
    "description",
    "capability_type",
    "input_types",
    "output_types",
    "domain",
    "is_active",
    "created_at",
    "updated_at",
];

const CATEGORY: &[&str] = &[
    "kind",
    "path",
    "display_name",
    "description",
    "category_type",
    "position",
    "is_active",
    "created_at",
    "updated_at",
];

const SUPPLIER: &[&str] = &[
    "kind",
    "name",
    "display_name",
    "description",
    "api_endpoint",
    "base_url",
    "api_url",
    "api_key_required",
    "website",
    "api_docs",
    "category",
    "logo",
    "is_active",
    "adapter",
    "extra",
    "created_at",
    "updated_at",
];

const MODEL: &[&str] = &[
    "kind",
    "supplier",
    "name",
    "display_name",
    "description",
    "model_type",
    "sub_type",
    "is_default",
    "is_active",
    "lifecycle_stage",
    "released_on",
    "knowledge_cutoff",
    "deprecated_on",
    "retires_on",
    "successor",
    "extra",
    "aliases",
    "parameters",
    "capabilities",
    "categories",
    "prices",
    "created_at",
    "updated_at",
];

const SUCCESSOR: &[&str] = &["supplier", "name"];

/// A record of a file.
enum Entry {
    Capability(CapabilityDraft),
    Category(CategoryDraft),
    Supplier(SupplierDraft),
    Model(Box<ModelDraft>),
}

/// Reads a whole file. What a record doesn't say is null, empty, or the default, never unknown.
///
/// # Errors
/// [`ReadError`] if a line is not JSON, the first names another format or version, a key is unknown or stands twice,
/// a value is not of its field's kind, or a record has the natural key of an earlier one.
pub fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let mut models = Vec::new();
    let Whole { head, .. } = records::whole(&mut Lines::new(bytes), |model, _, _| models.push(model))?;
    let Head { suppliers, capabilities, categories, homeless } = head;
    Ok(Draft { suppliers, capabilities, categories, models, homeless })
}

fn check_header(line: Option<Line<'_>>) -> Result<(), ReadError> {
    let wrong = |reason: String| ReadError::Format { format: FORMAT, reason };
    let expected = format!("its first line must be {{\"format\":\"{FORMAT}\",\"version\":{VERSION}}}");
    let header = line
        .and_then(|line| document::json(line.text, 1).ok())
        .and_then(|raw| Record::open(raw, "line 1".to_owned(), HEADER).ok());
    let Some(mut header) = header else { return Err(wrong(expected)) };
    match (header.text("format")?.as_deref(), header.whole("version")?) {
        (Some(FORMAT), Some(VERSION)) => Ok(()),
        (Some(FORMAT), Some(other)) => {
            Err(wrong(format!("it is of version {other}, and this program reads version {VERSION}")))
        }
        _ => Err(wrong(expected)),
    }
}

fn entry(line: Line<'_>) -> Result<Entry, ReadError> {
    let (raw, path) = (document::json(line.text, line.number)?, path(line.number));
    match record::kind(raw, &path)?.as_str() {
        "capability" => capability(Record::open(raw, path, CAPABILITY)?).map(Entry::Capability),
        "category" => category(Record::open(raw, path, CATEGORY)?).map(Entry::Category),
        "supplier" => supplier(Record::open(raw, path, SUPPLIER)?).map(Entry::Supplier),
        "model" => model(Record::open(raw, path, MODEL)?).map(|model| Entry::Model(Box::new(model))),
        other => {
            let message = format!("{other:?} is no kind of record; it is capability, category, supplier or model");
            Err(ReadError::record(format!("{path}.kind"), message))
        }
    }
}

fn capability(mut record: Record<'_>) -> Result<CapabilityDraft, ReadError> {
    Ok(CapabilityDraft {
        path: record.path().to_owned(),
        name: record.name("name", check_slug)?,
        display_name: record.required("display_name")?,
        description: record.text("description")?,
        capability_type: record.text("capability_type")?,
        input_types: record.texts("input_types")?,
        output_types: record.texts("output_types")?,
        domain: record.required_word("domain")?,
        is_active: record.flag("is_active", true)?,
        stamps: record.stamps()?,
    })
}

fn category(mut record: Record<'_>) -> Result<CategoryDraft, ReadError> {
    let check_path = |path: &str| path.split('/').try_for_each(check_category_name);
    Ok(CategoryDraft {
        path: record.path().to_owned(),
        category_path: record.name("path", check_path)?,
        display_name: record.required("display_name")?,
        description: record.text("description")?,
        category_type: record.required("category_type")?,
        position: record.position("position")?,
        is_active: record.flag("is_active", true)?,
        stamps: record.stamps()?,
    })
}

fn supplier(mut record: Record<'_>) -> Result<SupplierDraft, ReadError> {
    Ok(SupplierDraft {
        path: record.path().to_owned(),
        name: record.name("name", check_slug)?,
        display_name: record.text("display_name")?,
        description: record.text("description")?,
        api_endpoint: record.text("api_endpoint")?,
        base_url: record.url("base_url")?,
        api_url: record.url("api_url")?,
        api_key_required: record.optional_flag("api_key_required")?,
        website: record.url("website")?,
        api_docs: record.url("api_docs")?,
        category: record.text("category")?,
        logo: record.picture("logo")?,
        is_active: Some(record.flag("is_active", true)?),
        adapter: record.text("adapter")?,
        extra: extra(&mut record)?,
        stamps: record.stamps()?,
    })
}

/// Leftovers by source, each an object.
fn extra(record: &mut Record<'_>) -> Result<Leftovers, ReadError> {
    let Some(mut sources) = record.object("extra")? else { return Ok(Leftovers::new()) };
    let names = sources.names();
    let mut extra = Leftovers::with_capacity(names.len());
    for name in names {
        if let Some(fields) = super::values::object(&mut sources, &name)? {
            extra.insert(name.into_owned(), fields);
        }
    }
    Ok(extra)
}

fn model(mut record: Record<'_>) -> Result<ModelDraft, ReadError> {
    let supplier = record.name("supplier", check_slug)?;
    let name = record.name("name", check_free_name)?;
    let mut model = ModelDraft::new(record.path().to_owned(), supplier, name, record.required_word("model_type")?);
    model.display_name = record.text("display_name")?;
    model.description = record.text("description")?;
    model.sub_type = record.optional_name("sub_type", check_snake_case)?;
    model.is_default = Some(record.flag("is_default", false)?);
    model.is_active = Some(record.flag("is_active", true)?);
    model.lifecycle_stage = Some(record.word("lifecycle_stage")?.unwrap_or(LifecycleStage::Active));
    model.released_on = record.word("released_on")?;
    model.knowledge_cutoff = record.word("knowledge_cutoff")?;
    model.deprecated_on = record.day("deprecated_on")?;
    model.retires_on = record.day("retires_on")?;
    if let Some(mut successor) = record.child("successor", SUCCESSOR)? {
        model.successor = Some((successor.name("supplier", check_slug)?, successor.name("name", check_free_name)?));
    }
    model.extra = extra(&mut record)?;
    model.stamps = record.stamps()?;
    lists::read(&mut record, &mut model)?;
    Ok(model)
}
