//! Answers of the floor: the same facts as Modelry's, put together by hand.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

use super::database::{Database, Failure, Row};
use super::statements::Statement;

type Body = Result<Vec<u8>, Failure>;

/// A model's id, as Modelry spells it.
struct GlobalId(i64);

impl Serialize for GlobalId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("Model:{}", self.0))
    }
}

#[derive(Serialize)]
struct Model<'r> {
    id: GlobalId,
    name: &'r str,
    supplier: Option<Named<'r>>,
    parameters: Vec<Parameter<'r>>,
    capabilities: Vec<Support<'r>>,
    categories: Vec<Category<'r>>,
}

#[derive(Serialize)]
struct Named<'r> {
    name: &'r str,
}

#[derive(Serialize)]
struct Parameter<'r> {
    name: &'r str,
    value: i64,
}

#[derive(Serialize)]
struct Support<'r> {
    support: &'r str,
    capability: Named<'r>,
}

#[derive(Serialize)]
struct Category<'r> {
    path: &'r str,
}

#[derive(Serialize)]
struct Branch<'r> {
    name: &'r str,
    children: Vec<Self>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'r> {
    total_count: i64,
    nodes: Vec<Hit<'r>>,
}

#[derive(Serialize)]
struct Hit<'r> {
    id: String,
    name: &'r str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'r> {
    model: Option<Described<'r>>,
    user_errors: [(); 0],
}

#[derive(Serialize)]
struct Described<'r> {
    id: GlobalId,
    name: &'r str,
    description: &'r str,
}

pub async fn point(database: &Database, model: i64) -> Body {
    let statements: Vec<Statement> = [Statement::Models].into_iter().chain(Statement::RELATIONS).collect();
    let mut rows = database.read(&statements, &[model]).await?;
    let relations = rows.split_off(1);
    let found = rows.pop().unwrap_or_default();
    Ok(serde_json::to_vec(&models(&found, &relations)?.pop())?)
}

pub async fn list(database: &Database) -> Body {
    let page = database.read(&[Statement::Page], &[]).await?.pop().unwrap_or_default();
    let ids: Vec<i64> = page.iter().map(|row| row.number).collect();
    let relations = database.read(&Statement::RELATIONS, &ids).await?;
    Ok(serde_json::to_vec(&models(&page, &relations)?)?)
}

fn models<'r>(rows: &'r [Row], relations: &'r [Vec<Row>]) -> Result<Vec<Model<'r>>, Failure> {
    let [suppliers, parameters, capabilities, categories] = relations else {
        return Err("relations are missing".into());
    };
    let none = || (Vec::new(), Vec::new(), Vec::new());
    let mut of: HashMap<i64, (Vec<_>, Vec<_>, Vec<_>)> = rows.iter().map(|row| (row.number, none())).collect();
    let suppliers: HashMap<i64, &str> = suppliers.iter().map(|row| (row.number, row.one.as_str())).collect();
    for Row { number, one, other } in parameters {
        of.entry(*number).or_default().0.push(Parameter { name: one, value: other.parse()? });
    }
    for Row { number, one, other } in capabilities {
        of.entry(*number).or_default().1.push(Support { support: other, capability: Named { name: one } });
    }
    for Row { number, one, .. } in categories {
        of.entry(*number).or_default().2.push(Category { path: one });
    }
    let model = |row: &'r Row| {
        let (parameters, capabilities, categories) = of.remove(&row.number).unwrap_or_default();
        let supplier = suppliers.get(&row.number).map(|name| Named { name });
        Model { id: GlobalId(row.number), name: &row.one, supplier, parameters, capabilities, categories }
    };
    Ok(rows.iter().map(model).collect())
}

pub async fn tree(database: &Database) -> Body {
    let rows = database.read(&[Statement::Tree], &[]).await?.pop().unwrap_or_default();
    let mut below: HashMap<&str, Vec<&Row>> = HashMap::new();
    for row in &rows {
        below.entry(row.other.as_str()).or_default().push(row);
    }
    Ok(serde_json::to_vec(&branches(&below, ""))?)
}

fn branches<'r>(below: &HashMap<&str, Vec<&'r Row>>, parent: &str) -> Vec<Branch<'r>> {
    let rows = below.get(parent).map(Vec::as_slice).unwrap_or_default();
    let branch = |row: &&'r Row| Branch { name: &row.one, children: branches(below, &row.number.to_string()) };
    rows.iter().map(branch).collect()
}

pub async fn search(database: &Database) -> Body {
    let rows = database.read(&[Statement::Search], &[]).await?.pop().unwrap_or_default();
    let total_count = rows.first().map_or(0, |row| row.number);
    let hits = rows.iter().map(|row| Hit { id: format!("Model:{}", row.other), name: &row.one });
    Ok(serde_json::to_vec(&Found { total_count, nodes: hits.collect() })?)
}

pub async fn write(database: &Database, model: i64, description: String) -> Body {
    let row = database.write(model, description).await?;
    let model = row.as_ref().map(|row| Described { id: GlobalId(row.number), name: &row.one, description: &row.other });
    Ok(serde_json::to_vec(&Written { model, user_errors: [] })?)
}
