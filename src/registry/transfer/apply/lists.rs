//! What belongs to a model: parameters, abilities, categories, prices.

use crate::domain::check_currency;
use crate::store::capability_link::{CapabilityLink, CapabilityLinkFields};
use crate::store::category_link::{CategoryLink, CategoryLinkFields};
use crate::store::parameter::Parameter;
use crate::store::price::{Price, PriceFields, PriceRow};
use crate::store::{Fresh, Row};

use super::super::draft::{CapabilityLinkDraft, CategoryLinkDraft, ModelDraft, ParameterDraft, PriceDraft};
use super::Origin;
use super::changes::Changes;
use super::children::{self, Author, Outcome};
use super::error::ImportError;
use super::parameters;
use super::planner::Planner;
use super::prices::{self, Step};
use super::record::{Child, Columns};
use super::report::{FieldChange, Kind, Report};

/// Where the changes of a model's list go. Those of a model that is new itself are told by nobody.
pub(super) type Told<'a> = Option<&'a mut Vec<FieldChange>>;

/// Enters what becomes of a list into the plan and the report. `field` names a row in the report.
pub(super) fn enter<C: Child>(
    outcome: Outcome<C>,
    changes: &mut Changes<C>,
    report: &mut Report,
    field: impl Fn(&Columns<C>) -> String,
    mut tell: impl FnMut(i64, FieldChange),
) {
    let counts = report.count(C::KIND);
    counts.created += outcome.inserts.len();
    counts.updated += outcome.updates.len();
    counts.unchanged += outcome.unchanged;
    counts.removed += outcome.deletes.len();
    let mut change = |of: &Columns<C>, before: Option<&Columns<C>>, after: Option<&Columns<C>>| {
        let (before, after) = (before.map(C::shown), after.map(C::shown));
        tell(C::model(of), FieldChange { field: field(of), before, after });
    };
    outcome.inserts.iter().for_each(|fresh| change(&fresh.fields, None, Some(&fresh.fields)));
    outcome.updates.iter().for_each(|(row, after)| change(after, Some(row.fields()), Some(after)));
    outcome.deletes.iter().for_each(|row| change(row.fields(), Some(row.fields()), None));
    changes.inserts.extend(outcome.inserts.into_iter().map(|fresh| (None, fresh)));
    changes.updates.extend(outcome.updates);
    changes.deletes.extend(outcome.deletes.iter().map(Row::id));
}

impl Planner {
    /// Plans the lists of the model `id`.
    ///
    /// # Errors
    /// With the path of a row that can't be taken.
    pub(super) fn plan_lists(&mut self, draft: ModelDraft, id: i64, mut told: Told<'_>) -> Result<(), ImportError> {
        let ModelDraft { path, parameters, capabilities, categories, prices, .. } = draft;
        self.plan_parameters(parameters, id, &path, told.as_deref_mut())?;
        self.plan_abilities(capabilities, id, &path, told.as_deref_mut())?;
        self.plan_places(categories, id, &path, told.as_deref_mut())?;
        self.plan_prices(prices, id, &path, told)
    }

    fn plan_parameters(
        &mut self,
        drafts: Vec<ParameterDraft>,
        id: i64,
        path: &str,
        told: Told<'_>,
    ) -> Result<(), ImportError> {
        let mut stated = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            let stamps = draft.stamps;
            draft.source = self.source(draft.source);
            stated.push(self.terms.fresh(parameters::columns(draft, id, path)?, stamps));
        }
        let live = self.window.parameters.remove(&id).unwrap_or_default();
        let name = |row: &Columns<Parameter>| format!("parameters.{}", row.parameter_name);
        let outcome = compare::<Parameter>(live, stated, self.author(), path, &name)?;
        enter(outcome, &mut self.plan.parameters, &mut self.report, name, tell(told));
        Ok(())
    }

    fn plan_abilities(
        &mut self,
        drafts: Vec<CapabilityLinkDraft>,
        id: i64,
        path: &str,
        told: Told<'_>,
    ) -> Result<(), ImportError> {
        let mut stated = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let fields = self.ability(&draft, id, path)?;
            stated.push(self.terms.fresh(fields, draft.stamps));
        }
        let live = self.window.capability_links.remove(&id).unwrap_or_default();
        let Self { capabilities, plan, report, .. } = self;
        let name = |row: &CapabilityLinkFields| format!("capabilities.{}", capabilities.name(row.capability_id));
        let outcome = compare::<CapabilityLink>(live, stated, self.terms.origin.author(), path, &name)?;
        enter(outcome, &mut plan.capability_links, report, name, tell(told));
        Ok(())
    }

    fn ability(
        &mut self,
        draft: &CapabilityLinkDraft,
        id: i64,
        path: &str,
    ) -> Result<CapabilityLinkFields, ImportError> {
        if draft.config.is_some() && draft.config_json.is_some() {
            let path = format!("{path}.capabilities.{}.config_json", draft.name);
            return Err(ImportError::record(path, "stands beside a plain config; keep one of the two"));
        }
        Ok(CapabilityLinkFields {
            model_id: id,
            capability_id: self.capability(&draft.name, path)?,
            config: draft.config.clone(),
            config_json: draft.config_json.clone(),
            is_default: draft.is_default,
            support: draft.support,
            source: self.source(draft.source.clone()),
        })
    }

    fn plan_places(
        &mut self,
        drafts: Vec<CategoryLinkDraft>,
        id: i64,
        path: &str,
        told: Told<'_>,
    ) -> Result<(), ImportError> {
        let mut stated = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let category_id = self.category(&draft.category_path, path)?;
            let fields = CategoryLinkFields { model_id: id, category_id, source: self.source(draft.source) };
            stated.push(self.terms.fresh(fields, draft.stamps));
        }
        let live = self.window.category_links.remove(&id).unwrap_or_default();
        let Self { categories, plan, report, .. } = self;
        let name = |row: &CategoryLinkFields| format!("categories.{}", categories.name(row.category_id));
        let outcome = compare::<CategoryLink>(live, stated, self.terms.origin.author(), path, &name)?;
        enter(outcome, &mut plan.category_links, report, name, tell(told));
        Ok(())
    }

    fn plan_prices(&mut self, drafts: Vec<PriceDraft>, id: i64, path: &str, told: Told<'_>) -> Result<(), ImportError> {
        let mut stated = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let stamps = draft.stamps;
            let fields = price(PriceDraft { source: self.source(draft.source.clone()), ..draft }, id, path)?;
            stated.push(self.terms.fresh(fields, stamps));
        }
        let live = self.window.prices.remove(&id).unwrap_or_default();
        if let Origin::ThirdParty(source) = self.terms.origin {
            self.state_prices(live, stated, source, told);
            return Ok(());
        }
        let outcome = compare::<Price>(live, stated, Author::Own, path, &price_name)?;
        enter(outcome, &mut self.plan.prices, &mut self.report, price_name, tell(told));
        Ok(())
    }

    /// Plans prices as a third party states them: changed ones follow one another.
    fn state_prices(
        &mut self,
        live: Vec<PriceRow>,
        stated: Vec<Fresh<PriceFields>>,
        source: &'static str,
        mut told: Told<'_>,
    ) {
        for step in prices::diff(live, stated, source, self.terms.as_of) {
            let change = self.enter_step(step);
            if let (Some(told), Some(change)) = (told.as_deref_mut(), change) {
                told.push(change);
            }
        }
    }

    fn enter_step(&mut self, step: Step) -> Option<FieldChange> {
        let counts = self.report.count(Kind::Prices);
        let changes = &mut self.plan.prices;
        let change = |of: &PriceFields, before: Option<&PriceFields>, after: Option<&PriceFields>| {
            let (before, after) = (before.map(Price::shown), after.map(Price::shown));
            Some(FieldChange { field: price_name(of), before, after })
        };
        match step {
            Step::Same => {
                counts.unchanged += 1;
                None
            }
            Step::New(fresh) => {
                counts.created += 1;
                let told = change(&fresh.fields, None, Some(&fresh.fields));
                changes.inserts.push((None, fresh));
                told
            }
            Step::Corrected(row, fields) => {
                counts.updated += 1;
                let told = change(&fields, Some(&row), Some(&fields));
                changes.updates.push((row, fields));
                told
            }
            Step::Replaced(row, ended, fresh) => {
                counts.updated += 1;
                let told = change(&fresh.fields, Some(&row), Some(&fresh.fields));
                changes.updates.push((row, ended));
                changes.inserts.push((None, fresh));
                told
            }
            Step::Ended(row, ended) => {
                counts.removed += 1;
                let told = change(&row, Some(&row), None);
                changes.updates.push((row, ended));
                told
            }
            Step::Gone(row) => {
                counts.removed += 1;
                changes.deletes.push(row.id);
                change(&row, Some(&row), None)
            }
        }
    }

    /// Who a row comes from: the third party itself, or whom the file names.
    pub(super) fn source(&self, named: Option<String>) -> Option<String> {
        match self.terms.origin {
            Origin::ThirdParty(source) => Some(source.to_owned()),
            Origin::Own | Origin::Starter => named,
        }
    }

    pub(super) const fn author(&self) -> Author<'static> {
        self.terms.origin.author()
    }
}

/// Compares a list of the model that stands at `path`.
fn compare<C: Child>(
    live: Vec<C::Row>,
    stated: Vec<Fresh<Columns<C>>>,
    author: Author<'_>,
    path: &str,
    name: &impl Fn(&Columns<C>) -> String,
) -> Result<Outcome<C>, ImportError> {
    children::diff::<C>(live, stated, author).map_err(|twice| {
        ImportError::record(format!("{path}.{}", name(&twice)), "stands in the list twice; keep one of the two")
    })
}

fn tell(told: Told<'_>) -> impl FnMut(i64, FieldChange) {
    let mut told = told;
    move |_, change| {
        if let Some(told) = told.as_deref_mut() {
            told.push(change);
        }
    }
}

/// A price's name in the report: what it is for, and where it holds if not everywhere.
fn price_name(fields: &PriceFields) -> String {
    let mode = match fields.service_mode {
        crate::domain::ServiceMode::Standard => String::new(),
        mode => format!(".{mode}"),
    };
    let tier = match fields.min_context_tokens {
        0 => String::new(),
        tokens => format!(".from_{tokens}_tokens"),
    };
    format!("prices.{}{mode}{tier}", fields.component)
}

fn price(draft: PriceDraft, id: i64, path: &str) -> Result<PriceFields, ImportError> {
    let (amount_nanos, amount_subnanos) = draft.amount.parts();
    let fields = PriceFields {
        model_id: id,
        component: draft.component,
        unit: draft.component.unit(),
        service_mode: draft.service_mode,
        min_context_tokens: draft.min_context_tokens,
        currency: draft.currency,
        amount_nanos,
        amount_subnanos,
        valid_from: draft.valid_from,
        valid_until: draft.valid_until,
        source: draft.source,
    };
    let wrong = |field: &str, message: &str| {
        Err(ImportError::record(format!("{path}.{}.{field}", price_name(&fields)), message))
    };
    if let Err(error) = check_currency(&fields.currency) {
        return wrong("currency", &error.to_string());
    }
    if fields.min_context_tokens < 0 {
        return wrong("min_context_tokens", "must be a whole number of tokens, 0 or more");
    }
    match (fields.valid_from, fields.valid_until) {
        (Some(from), Some(until)) if until <= from => wrong("valid_until", "must be later than valid_from"),
        _ => Ok(fields),
    }
}
