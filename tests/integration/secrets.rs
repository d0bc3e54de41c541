//! Suppliers' keys at rest: master keys and their rotation, and that no key gets out anywhere.

mod commands;
mod concurrency;
mod elsewhere;
mod leaks;
mod planted;
mod rotation;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::process::{Admin, Server, modelry};
use crate::support::app::client;
use crate::support::{Response, TestDatabase};

/// A folder with a configuration that has the master keys there, as processes on the same machine share it.
fn configured(folder: &TempDir) {
    let file = "[secrets]\nkey_file = \"master.key\"\n[catalog]\nstarter = false\n";
    std::fs::write(folder.path().join("modelry.toml"), file).expect("written");
}

/// Runs `modelry keys` in this folder to its end; what it says, of whichever stream.
fn keys(folder: &TempDir, database: &TestDatabase, arguments: &[&str]) -> (bool, String) {
    let arguments = [&["keys"], arguments, &["--database-url", database.url()]].concat();
    let output = modelry(folder, &arguments).output().expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// A server in this folder, which logs what `log` says.
fn serve(folder: &TempDir, database: &TestDatabase, log: &str) -> Server {
    let mut command =
        modelry(folder, &["serve", "--listen", "127.0.0.1:0", "--server-timing", "--database-url", database.url()]);
    command.env("MODELRY_LOG", log);
    Server::start(command).admit(database.url())
}

/// Executes a document with variables.
async fn graphql(admin: &Admin, query: &str, variables: Value) -> Response {
    Response::of(admin.post(&client(), json!({ "query": query, "variables": variables }).to_string())).await
}

const CREATE: &str = "mutation($input: CreateSupplierKeyInput!) { createSupplierKey(input: $input) { supplierKey { id masterKey } userErrors { field code message } } }";
const ROTATE: &str = "mutation($input: RotateSupplierKeyInput!) { rotateSupplierKey(input: $input) { supplierKey { id } previous { id } userErrors { field code message } } }";

/// A new supplier's id.
async fn supplier(admin: &Admin, name: &str) -> String {
    let document = "mutation($input: CreateSupplierInput!) { createSupplier(input: $input) { supplier { id } } }";
    let made = graphql(admin, document, json!({ "input": { "name": name } })).await;
    made.data()["createSupplier"]["supplier"]["id"].as_str().expect("an id").to_owned()
}

/// Enters a key, which must be taken; its id.
async fn enter(admin: &Admin, supplier: &str, label: &str, secret: &str) -> String {
    let input = json!({ "supplierId": supplier, "label": label, "secret": secret });
    let made = graphql(admin, CREATE, json!({ "input": input })).await;
    let answer = &made.data()["createSupplierKey"];
    answer["supplierKey"]["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}
