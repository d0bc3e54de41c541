//! Suppliers.

use std::collections::HashMap;

use crate::store::supplier::SupplierFields;

use super::super::draft::SupplierDraft;
use super::definitions::check_once;
use super::error::ImportError;
use super::planner::Planner;
use super::report::{FieldChange, Kind};
use super::shown::changes;
use super::{Origin, extra};

impl Planner {
    /// Plans the suppliers that the file speaks of.
    ///
    /// # Errors
    /// If one stands there twice.
    pub(super) fn plan_suppliers(&mut self, drafts: Vec<SupplierDraft>) -> Result<(), ImportError> {
        let mut paths = HashMap::new();
        for draft in drafts {
            check_once(&mut paths, &draft.name, &draft.path)?;
            self.plan_supplier(draft)?;
        }
        Ok(())
    }

    fn plan_supplier(&mut self, draft: SupplierDraft) -> Result<(), ImportError> {
        let (stamps, path) = (draft.stamps, draft.path.clone());
        let row = self.live.suppliers.remove(&draft.name);
        let before = row.as_ref().map(|row| &row.fields);
        let fields = merged(before, draft, self.terms.origin).map_err(|error| {
            ImportError::record(format!("{path}.extra"), format!("the leftovers can't be filed: {error}"))
        })?;
        match row {
            Some(row) if row.fields == fields => self.report.count(Kind::Suppliers).unchanged += 1,
            Some(row) => {
                self.report.count(Kind::Suppliers).updated += 1;
                let changed = differences(&row.fields, &fields);
                self.report.note(|| fields.name.clone(), changed, self.terms.shown);
                self.plan.suppliers.updates.push((row, fields));
            }
            None => {
                self.report.count(Kind::Suppliers).created += 1;
                let id = self.provisional();
                self.suppliers.add(&fields.name, id);
                self.plan.suppliers.inserts.push((Some(id), self.terms.fresh(fields, stamps)));
            }
        }
        Ok(())
    }
}

/// The supplier after the import: what the file states, over what was there if the file isn't complete.
fn merged(before: Option<&SupplierFields>, draft: SupplierDraft, origin: Origin) -> serde_json::Result<SupplierFields> {
    let blank = || SupplierFields {
        name: draft.name.clone(),
        display_name: None,
        description: None,
        api_endpoint: None,
        base_url: None,
        api_url: None,
        api_key_required: None,
        website: None,
        api_docs: None,
        category: None,
        logo: None,
        is_active: true,
        adapter: None,
        extra: None,
    };
    let base = before.filter(|_| !origin.is_complete()).cloned().unwrap_or_else(blank);
    let known = before.and_then(|fields| fields.extra.as_ref());
    let extra = match origin {
        Origin::ThirdParty(source) => extra::filed(known, source, draft.extra)?,
        Origin::Own | Origin::Starter => extra::replaced(known, draft.extra)?,
    };
    Ok(SupplierFields {
        name: base.name,
        display_name: draft.display_name.or(base.display_name),
        description: draft.description.or(base.description),
        api_endpoint: draft.api_endpoint.or(base.api_endpoint),
        base_url: draft.base_url.or(base.base_url),
        api_url: draft.api_url.or(base.api_url),
        api_key_required: draft.api_key_required.or(base.api_key_required),
        website: draft.website.or(base.website),
        api_docs: draft.api_docs.or(base.api_docs),
        category: draft.category.or(base.category),
        logo: draft.logo.or(base.logo),
        is_active: draft.is_active.unwrap_or(base.is_active),
        adapter: draft.adapter.or(base.adapter),
        extra,
    })
}

fn differences(before: &SupplierFields, after: &SupplierFields) -> Vec<FieldChange> {
    changes!(
        before, after;
        display_name, description, api_endpoint, base_url, api_url, api_key_required, website, api_docs, category,
        logo, is_active, adapter, extra,
    )
}
