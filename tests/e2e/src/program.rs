//! One program that other programs belong to, from its start to its certain end.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use crate::processes::{self, Process};
use crate::{Failure, Outcome};

/// Runs the program beside a watchdog in one process group. The watchdog waits for its input to end, which happens when
/// this process drops the other end or dies in whatever way; then it ends the whole group, and a browser with it, and
/// removes their folder, which is its `$0`.
const WATCHDOG: &str =
    r#""$@" </dev/null & cat >/dev/null; kill -TERM "$!"; sleep 0.3; rm -rf "$0"; kill -KILL 0"#;

/// How to start a program.
#[derive(Debug)]
pub struct Launch {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// What it and all that it starts find in their environment.
    pub variables: Vec<(&'static str, String)>,
}

/// A folder that nobody else has. Dropping it removes it.
#[derive(Debug)]
pub struct Folder(PathBuf);

/// How many folders this process has named.
static NAMED: AtomicU32 = AtomicU32::new(0);

impl Folder {
    /// Names a folder; whoever needs it makes it.
    #[expect(
        clippy::new_without_default,
        reason = "each is another one, which is not what a default is"
    )]
    pub fn new() -> Self {
        let number = NAMED.fetch_add(1, Ordering::Relaxed);
        let name = format!("mondai-e2e-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The watchdog did it, unless a browser wrote something after that, or the watchdog was killed with it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running program. Dropping it ends it and all that it started, and removes its folder.
#[derive(Debug)]
pub struct Program {
    watchdog: Child,
    lifeline: Option<ChildStdin>,
}

impl Program {
    /// Starts a program that keeps what it keeps in a folder.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(launch: &Launch, folder: &Folder) -> Outcome<Self> {
        let mut watchdog = Command::new("sh")
            .args(["-c", WATCHDOG])
            .arg(folder.path())
            .arg(&launch.program)
            .args(&launch.arguments)
            .envs(launch.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| Failure::while_doing(&launch.program, error))?;
        Ok(Self {
            lifeline: watchdog.stdin.take(),
            watchdog,
        })
    }

    /// Its processes, from the oldest to the youngest.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn processes(&self) -> Outcome<Vec<Process>> {
        processes::tree(self.watchdog.id())
    }

    /// Kills it and all that it started, at one moment and without a word to any of them, and leaves its folder as it is
    /// then. Gives the moment.
    ///
    /// # Errors
    /// When something of it cannot be killed.
    pub fn kill(mut self) -> Outcome<SystemTime> {
        let whole = self.processes()?;
        let moment = processes::kill(&whole)?;
        processes::until_dead(&whole)?;
        // What was started while the list was made is still of the group. Its number is nobody else's before the wait.
        loop {
            let late = self.processes()?;
            if late.is_empty() {
                break;
            }
            processes::kill(&late)?;
            processes::until_dead(&late)?;
        }
        self.watchdog.wait()?;
        Ok(moment)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // It ends by its own signal; there is nothing to learn from that.
        let _ = self.watchdog.wait();
    }
}
