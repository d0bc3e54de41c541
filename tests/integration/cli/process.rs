//! Runs of the program.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::{NamedTempFile, TempDir};

use crate::support::Response;
use crate::support::app::client;

/// How long something may take that usually takes a moment.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A command line of the program, in an empty folder and without settings from the environment.
pub fn modelry(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_modelry"));
    command.args(arguments).current_dir(folder.path());
    for variable in [
        "MODELRY_DATABASE_URL",
        "MODELRY_REPLICA_URLS",
        "MODELRY_LISTEN",
        "MODELRY_LOG",
        "MODELRY_LOG_FORMAT",
        "MODELRY_MASTER_KEY",
        "VAULT_TOKEN",
    ] {
        command.env_remove(variable);
    }
    command
}

/// Runs a command to its end.
pub fn output(folder: &TempDir, arguments: &[&str]) -> Output {
    modelry(folder, arguments).stdin(Stdio::null()).output().expect("the program runs")
}

/// What a command that fails writes to standard error; its exit code must be 1, and standard output empty.
pub fn complaint(mut command: Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("the program runs");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{complaint}");
    complaint
}

/// A server that was started as a process; killed when dropped.
pub struct Server {
    child: Child,
    lines: mpsc::Receiver<String>,
    log: NamedTempFile,
    ready: String,
    client: reqwest::Client,
    token: Option<String>,
}

/// Where an admin's requests go, and with which token.
#[derive(Clone)]
pub struct Admin {
    url: String,
    token: String,
}

impl Admin {
    /// The token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A request with this body, to which the database has to be asked for the answer: these tests are about what becomes of it.
    pub fn post(&self, client: &reqwest::Client, body: String) -> reqwest::RequestBuilder {
        let request = client.post(&self.url).bearer_auth(&self.token).header("cache-control", "no-cache");
        request.header("content-type", "application/json").body(body)
    }
}

impl Server {
    /// Starts `modelry serve` on a free port with this database, and waits until it says that it is ready.
    pub fn on(database_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::start(modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", database_url]))
    }

    /// Runs this command, and waits until it says that it is ready.
    pub fn start(command: Command) -> Self {
        Self::spawn(command).when_ready()
    }

    /// Runs this command.
    pub fn spawn(mut command: Command) -> Self {
        let log = NamedTempFile::new().expect("a file");
        let stderr = log.reopen().expect("the file");
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr).spawn().expect("the program starts");
        let stdout = child.stdout.take().expect("standard output");
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || {
            BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
        });
        Self { child, lines, log, ready: String::new(), client: client(), token: None }
    }

    /// Waits for the first line.
    pub fn when_ready(mut self) -> Self {
        self.ready =
            self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("it doesn't get ready:\n{}", self.log()));
        self
    }

    /// Lets requests in as an admin's from now on, by a token that is made beside the running server.
    pub fn admit(self, database_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let name = format!("tests-{}", self.id());
        let made = output(&folder, &["token", "create", &name, "--role", "admin", "--database-url", database_url]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        self.with_token(String::from_utf8(made.stdout).expect("a token").trim())
    }

    /// Sends requests with this token from now on.
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// Where an admin's requests go, and with which token.
    pub fn admin(&self) -> Admin {
        let token = self.token.clone().expect("admitted");
        Admin { url: format!("http://{}/graphql", self.address()), token }
    }

    /// The line that it said when it was ready.
    pub fn ready_line(&self) -> &str {
        &self.ready
    }

    /// What it wrote to standard error.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path()).unwrap_or_default()
    }

    /// Address and port that it listens on.
    pub fn address(&self) -> &str {
        let (_, rest) = self.ready.split_once("http://").expect("an address");
        rest.split('/').next().expect("an address")
    }

    /// Fetches a path.
    pub async fn get(&self, path: &str) -> Response {
        Response::of(self.client.get(format!("http://{}{path}", self.address()))).await
    }

    /// Executes a document, past answers that are kept.
    pub async fn graphql(&self, query: &str) -> Response {
        let request = self.client.post(format!("http://{}/graphql", self.address()));
        let request = request.header("content-type", "application/json").header("cache-control", "no-cache");
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        Response::of(request.body(json!({ "query": query }).to_string())).await
    }

    /// What a document answers, which must be free of errors.
    pub async fn query(&self, query: &str) -> Value {
        let response = self.graphql(query).await;
        assert!(response.errors().is_empty(), "{}\n{}", response.text, self.log());
        response.data().clone()
    }

    /// Waits until `/readyz` answers with this status.
    pub async fn until_readiness_is(&self, status: u16) -> Response {
        let started = Instant::now();
        loop {
            let response = self.get("/readyz").await;
            if response.status == status {
                return response;
            }
            assert!(started.elapsed() < PATIENCE, "/readyz: {}\n{}", response.text, self.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, as a service manager does.
    pub fn terminate(&self) {
        self.signal("-TERM");
    }

    /// Asks it to stop, as a terminal does.
    pub fn interrupt(&self) {
        self.signal("-INT");
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill runs").success());
    }

    /// The next line that it writes to standard output.
    pub fn next_line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no line:\n{}", self.log()))
    }

    /// The link that it offers to sign in by.
    pub fn first_link(&self) -> String {
        loop {
            let line = self.next_line();
            if line.starts_with("http") {
                return line;
            }
        }
    }

    /// Waits for its end; what it wrote to standard output after its first line and the offer to sign in is empty.
    pub async fn ended(mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("its status") {
                let others = self.lines.iter().filter(|line| !is_of_first_link(line));
                assert_eq!(others.collect::<Vec<_>>(), Vec::<String>::new());
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "it doesn't end:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Whether a line belongs to the offer to sign in.
fn is_of_first_link(line: &str) -> bool {
    line.starts_with("Nobody has signed in yet") || line.contains("/login?code=")
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails if it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
