//! A PostgreSQL server of the test's own, which it can stop and start.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A shell in the midst of `scripts/with-postgres`; the server is gone when this is dropped.
pub struct OwnServer {
    shell: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl OwnServer {
    /// Starts it.
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-postgres");
        let mut command = Command::new(script);
        command.arg("bash").env_remove("MODELRY_TEST_DATABASE_URL").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = command.spawn().expect("a shell");
        let input = shell.stdin.take().expect("its input");
        let output = BufReader::new(shell.stdout.take().expect("its output"));
        Self { shell, input, output }
    }

    /// Runs a line in the shell, which has to work.
    pub fn run(&mut self, line: &str) {
        let status = self.answer(&format!("{{ {line}; }} >&2; echo $?"));
        assert_eq!(status, "0", "{line}");
    }

    /// What an expression comes to in the shell.
    pub fn value(&mut self, expression: &str) -> String {
        self.answer(&format!("echo \"{expression}\""))
    }

    /// The URL of a database there.
    pub fn url(&mut self) -> String {
        self.value("$MODELRY_TEST_DATABASE_URL")
    }

    fn answer(&mut self, line: &str) -> String {
        writeln!(self.input, "{line}").expect("the shell listens");
        let mut answer = String::new();
        self.output.read_line(&mut answer).expect("the shell answers");
        answer.trim_end().to_owned()
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        // The shell ends with its input, and the script then removes the server.
        drop(writeln!(self.input, "exit"));
        drop(self.shell.wait());
    }
}
