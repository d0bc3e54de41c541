//! Capabilities and categories: those that a file defines, and those that a third party names.

use std::collections::HashMap;

use crate::domain::JsonText;
use crate::store::capability::CapabilityFields;
use crate::store::category::CategoryFields;

use super::super::draft::{CapabilityDraft, CategoryDraft};
use super::error::ImportError;
use super::planner::Planner;
use super::report::Kind;

impl Planner {
    /// Plans the capabilities that the file defines.
    ///
    /// # Errors
    /// If one is defined twice.
    pub(super) fn plan_capabilities(&mut self, drafts: Vec<CapabilityDraft>) -> Result<(), ImportError> {
        let mut paths = HashMap::new();
        for draft in drafts {
            check_once(&mut paths, &draft.name, &draft.path)?;
            self.plan_capability(draft)?;
        }
        Ok(())
    }

    fn plan_capability(&mut self, draft: CapabilityDraft) -> Result<i64, ImportError> {
        let (stamps, path) = (draft.stamps, draft.path.clone());
        let fields = capability(draft).map_err(|error| ImportError::record(path, error))?;
        match self.live.capabilities.remove(&fields.name) {
            Some(row) if row.fields == fields => {
                self.report.count(Kind::Capabilities).unchanged += 1;
                Ok(row.id)
            }
            Some(row) => {
                self.report.count(Kind::Capabilities).updated += 1;
                let id = row.id;
                self.plan.capabilities.updates.push((row, fields));
                Ok(id)
            }
            None => {
                self.report.count(Kind::Capabilities).created += 1;
                let id = self.provisional();
                self.capabilities.add(&fields.name, id);
                self.plan.capabilities.inserts.push((Some(id), self.terms.fresh(fields, stamps)));
                Ok(id)
            }
        }
    }

    /// Plans the categories that the file defines, parents before their children.
    ///
    /// # Errors
    /// If one is defined twice, or its parent is nowhere.
    pub(super) fn plan_categories(&mut self, mut drafts: Vec<CategoryDraft>) -> Result<(), ImportError> {
        drafts.sort_by(|left, right| left.category_path.cmp(&right.category_path));
        let mut paths = HashMap::new();
        for draft in drafts {
            check_once(&mut paths, &draft.category_path, &draft.path)?;
            self.plan_category(draft)?;
        }
        Ok(())
    }

    fn plan_category(&mut self, draft: CategoryDraft) -> Result<i64, ImportError> {
        let parent = draft.category_path.rsplit_once('/').map(|(parent, _)| parent);
        let parent_id = parent.map(|parent| {
            let missing =
                || ImportError::record(&draft.path, format!("its parent, the category {parent:?}, is missing"));
            self.categories.id(parent).ok_or_else(missing)
        });
        let parent_id = parent_id.transpose()?;
        let (stamps, fields) = (draft.stamps, category(draft, parent_id));
        match self.live.categories.remove(&fields.path) {
            Some(row) if row.fields == fields => {
                self.report.count(Kind::Categories).unchanged += 1;
                Ok(row.id)
            }
            Some(row) => {
                self.report.count(Kind::Categories).updated += 1;
                let id = row.id;
                self.plan.categories.updates.push((row, fields));
                Ok(id)
            }
            None => {
                self.report.count(Kind::Categories).created += 1;
                let id = self.provisional();
                self.categories.add(&fields.path, id);
                self.plan.categories.inserts.push((Some(id), self.terms.fresh(fields, stamps)));
                Ok(id)
            }
        }
    }

    /// The capability that the record at `path` names. What a third party names is made, if it is missing.
    ///
    /// # Errors
    /// If it is missing from a file that must define it.
    pub(super) fn capability(&mut self, name: &str, path: &str) -> Result<i64, ImportError> {
        match self.capabilities.id(name) {
            Some(id) => Ok(id),
            None if self.terms.origin.is_complete() => {
                let message = format!("there is no capability {name:?}; define it in the file");
                Err(ImportError::record(format!("{path}.capabilities.{name}"), message))
            }
            None => {
                let definition = self.definitions()?.capability(name);
                self.plan_capability(definition)
            }
        }
    }

    /// The category that the record at `path` names. What a third party names is made, with its parents.
    ///
    /// # Errors
    /// If it is missing from a file that must define it.
    pub(super) fn category(&mut self, category_path: &str, path: &str) -> Result<i64, ImportError> {
        match self.categories.id(category_path) {
            Some(id) => Ok(id),
            None if self.terms.origin.is_complete() => {
                let message = format!("there is no category {category_path:?}; define it in the file");
                Err(ImportError::record(format!("{path}.categories.{category_path}"), message))
            }
            None => {
                if let Some((parent, _)) = category_path.rsplit_once('/') {
                    self.category(parent, path)?;
                }
                let definition = self.definitions()?.category(category_path);
                self.plan_category(definition)
            }
        }
    }
}

/// Refuses the second of two records with one key, by both their paths.
///
/// # Errors
/// If `key` was seen before.
pub(super) fn check_once<K: std::hash::Hash + Eq + Clone + std::fmt::Debug>(
    seen: &mut HashMap<K, String>,
    key: &K,
    path: &str,
) -> Result<(), ImportError> {
    match seen.insert(key.clone(), path.to_owned()) {
        None => Ok(()),
        Some(first) => {
            let message = format!("{key:?} stands in the file twice, here and at {first}; keep one of the two");
            Err(ImportError::record(path, message))
        }
    }
}

fn capability(draft: CapabilityDraft) -> serde_json::Result<CapabilityFields> {
    let list = |texts: Option<Vec<String>>| texts.map(|texts| JsonText::from_value(&texts)).transpose();
    Ok(CapabilityFields {
        name: draft.name,
        display_name: draft.display_name,
        description: draft.description,
        capability_type: draft.capability_type,
        input_types: list(draft.input_types)?,
        output_types: list(draft.output_types)?,
        domain: draft.domain,
        is_active: draft.is_active,
    })
}

fn category(draft: CategoryDraft, parent_id: Option<i64>) -> CategoryFields {
    let name = draft.category_path.rsplit('/').next().unwrap_or_default().to_owned();
    CategoryFields {
        name,
        display_name: draft.display_name,
        description: draft.description,
        category_type: draft.category_type,
        parent_id,
        is_active: draft.is_active,
        position: draft.position,
        path: draft.category_path,
    }
}
