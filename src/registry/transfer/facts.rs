//! Facts that several formats tell alike, put into a model's draft and found there again.

use crate::domain::{JsonText, ParameterType, Support};

use super::draft::{CapabilityLinkDraft, ModelDraft, ParameterDraft};
use super::error::ReadError;
use super::fields::Fields;
use super::values;

/// What a model takes, and the ability it shows.
pub const INPUTS: &[(&str, &str)] = &[
    ("image", "vision"),
    ("audio", "audio_input"),
    ("video", "video_input"),
    ("pdf", "pdf_input"),
    ("file", "file_attachment"),
];

/// What a model gives, and the ability it shows.
pub const OUTPUTS: &[(&str, &str)] =
    &[("image", "image_generation"), ("audio", "audio_output"), ("video", "video_generation")];

/// Parameter that holds the list of what a model takes.
pub const INPUT_MODALITIES: &str = "input_modalities";

/// Parameter that holds the list of what a model gives.
pub const OUTPUT_MODALITIES: &str = "output_modalities";

/// Parameter that holds how many tokens fit into a request and its answer together.
pub const CONTEXT_WINDOW: &str = "context_window";

/// True as supported, false as known not to be.
pub const fn support(flag: bool) -> Support {
    if flag { Support::Supported } else { Support::Unsupported }
}

impl ModelDraft {
    /// Says whether the model has an ability, unless that was said already.
    pub(super) fn link(&mut self, capability: &str, support: Support) {
        if self.support(capability).is_none() {
            self.capabilities.push(CapabilityLinkDraft::new(capability, support));
        }
    }

    /// What is said of an ability.
    pub(super) fn support(&self, capability: &str) -> Option<Support> {
        self.capabilities.iter().find(|link| link.name == capability).map(|link| link.support)
    }

    /// Whether an ability is said to be there.
    pub(super) fn supports(&self, capability: &str) -> bool {
        self.support(capability) == Some(Support::Supported)
    }

    /// A parameter by its name.
    pub(super) fn parameter(&self, name: &str) -> Option<&ParameterDraft> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Adds a parameter and answers it for details to be filled in.
    ///
    /// # Errors
    /// If the value has no JSON form.
    pub(super) fn set<T: serde::Serialize + ?Sized>(
        &mut self,
        name: &str,
        parameter_type: ParameterType,
        value: &T,
    ) -> Result<&mut ParameterDraft, ReadError> {
        let value = values::to_json(value, &self.path)?;
        self.parameters.push(ParameterDraft::new(name, parameter_type, value));
        let last = self.parameters.len() - 1;
        Ok(&mut self.parameters[last])
    }

    /// A parameter's list of texts; empty if there is no such list.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.parameter(name).and_then(|parameter| parameter.value.read().ok()).unwrap_or_default()
    }
}

/// Takes flags into capabilities, by a table of field and capability. What is not true or false stays.
pub fn take_flags(fields: &mut Fields<'_>, table: &[(&str, &str)], model: &mut ModelDraft) {
    for (field, capability) in table {
        if let Some(flag) = fields.take_as(field, values::flag) {
            model.link(capability, support(flag));
        }
    }
}

/// Takes a limit in tokens into a parameter. What is no whole number above 0 stays: 0 stands for "unknown" in all
/// formats.
///
/// # Errors
/// None in practice: whole numbers are JSON.
pub fn take_limit(fields: &mut Fields<'_>, field: &str, name: &str, model: &mut ModelDraft) -> Result<(), ReadError> {
    let limit = |raw| values::loosely_whole(raw).filter(|limit| *limit > 0);
    match fields.take_as(field, limit) {
        Some(limit) => model.set(name, ParameterType::Int, &limit).map(drop),
        None => Ok(()),
    }
}

/// Takes a list of modalities into a parameter, as written, and answers it; empty if it is no list of texts.
///
/// # Errors
/// None for values that came from a file.
pub fn take_modalities(
    fields: &mut Fields<'_>,
    field: &str,
    name: &str,
    model: &mut ModelDraft,
) -> Result<Vec<String>, ReadError> {
    let Some(raw) = fields.get(field) else { return Ok(Vec::new()) };
    let Some(modalities) = values::texts(raw) else { return Ok(Vec::new()) };
    fields.take(field);
    let written = values::as_written(raw, &model.path)?;
    model.parameters.push(ParameterDraft::new(name, ParameterType::Json, written));
    Ok(modalities)
}

/// Links the abilities that a complete list of modalities shows: there if listed, known not to be there if not,
/// unknown if the format has no word for it or there is no list.
pub fn link_modalities(model: &mut ModelDraft, listed: &[String], abilities: &[(&str, &str)], vocabulary: &[&str]) {
    for (modality, capability) in abilities {
        let is_listed = listed.iter().any(|word| word == modality);
        if is_listed || (!listed.is_empty() && vocabulary.contains(modality)) {
            model.link(capability, support(is_listed));
        }
    }
}

/// A parameter's value as JSON text; `None` if there is no such parameter.
pub fn value<'a>(model: &'a ModelDraft, name: &str) -> Option<&'a JsonText> {
    model.parameter(name).map(|parameter| &parameter.value)
}
