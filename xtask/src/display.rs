//! A virtual X display, for the browser that has no headless mode (`WebKitGTK`'s).

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Outcome;

/// A running display; dropping it ends it.
pub struct Display {
    server: Child,
    /// What `DISPLAY` must be set to.
    pub name: String,
}

impl Display {
    /// Starts a server on a display number that is free.
    pub fn start(xvfb: &Path) -> Outcome<Self> {
        let mut command = Command::new(xvfb);
        // With -displayfd the server chooses the number, and writes it once it accepts connections.
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1600x1200x24",
            "-nolisten",
            "tcp",
        ]);
        let server = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut server =
            server.map_err(|error| format!("{} could not be started: {error}.", xvfb.display()))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            // An end without a line is the server's failure, told below.
            let _ = BufReader::new(output).read_line(&mut number);
        }
        let display = Self {
            server,
            name: format!(":{}", number.trim()),
        };
        if display.name == ":" {
            return Err("Xvfb ended without opening a display. Start `Xvfb -displayfd 1` by hand to see why.".to_owned());
        }
        Ok(display)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
