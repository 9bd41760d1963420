//! One driver program, from its start on a free port to its certain end.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::engine::{Engine, Scheme};
use crate::{Failure, Outcome};

/// How long a driver may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs the driver beside a watchdog in one process group. The watchdog waits for its input to end, which happens when
/// this process drops the other end or dies in whatever way; then it ends the whole group, and a browser with it, and
/// removes their folder, which is its `$0`.
const WATCHDOG: &str =
    r#""$@" </dev/null & cat >/dev/null; kill -TERM "$!"; sleep 0.3; rm -rf "$0"; kill -KILL 0"#;

/// A running driver. Dropping it ends the driver and the browsers it started.
#[derive(Debug)]
pub struct Driver {
    watchdog: Child,
    lifeline: Option<ChildStdin>,
    port: u16,
    folder: PathBuf,
}

/// How many drivers this process has started.
static STARTED: AtomicU32 = AtomicU32::new(0);

impl Driver {
    /// Starts the driver of an engine, and waits until it answers.
    ///
    /// # Errors
    /// When it cannot be started, or does not answer.
    pub fn start(engine: Engine, scheme: Scheme) -> Outcome<Self> {
        let port = free_port()?;
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("mondai-e2e-{}-{number}", std::process::id()));
        engine.prepare(&folder)?;
        let command = engine.driver(port, scheme, &folder)?;
        let mut watchdog = Command::new("sh")
            .args(["-c", WATCHDOG])
            .arg(&folder)
            .arg(&command.program)
            .args(&command.arguments)
            .envs(command.variables)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| Failure::while_doing("starting a driver", error))?;
        let driver = Self {
            lifeline: watchdog.stdin.take(),
            watchdog,
            port,
            folder,
        };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if Instant::now() > deadline {
                return Err(Failure(format!(
                    "{} does not answer on port {port}",
                    command.program
                )));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    /// The folder that its browser was prepared in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // It ends by its own signal; there is nothing to learn from that.
        let _ = self.watchdog.wait();
        // The watchdog did it, unless the browser wrote something after that.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A port that nobody listens on. Another program could take it before the driver does; then the driver says so.
fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
