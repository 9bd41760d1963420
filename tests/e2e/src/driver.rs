//! One driver program, from its start on a free port to its certain end.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::engine::{Engine, Setup};
use crate::program::{Folder, Program};
use crate::{Failure, Outcome};

/// How long a driver may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running driver. Dropping it ends the driver and the browsers it started.
#[derive(Debug)]
pub struct Driver {
    // Before the folder: nobody writes there any more when it is removed.
    _program: Program,
    port: u16,
    folder: Folder,
}

impl Driver {
    /// Starts the driver of an engine, and waits until it answers.
    ///
    /// # Errors
    /// When it cannot be started, or does not answer.
    pub fn start(engine: Engine, setup: Setup) -> Outcome<Self> {
        let port = free_port()?;
        let folder = Folder::new();
        engine.prepare(folder.path())?;
        let launch = engine.driver(port, setup, folder.path())?;
        let driver = Self {
            _program: Program::start(&launch, &folder)?,
            port,
            folder,
        };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if Instant::now() > deadline {
                return Err(Failure(format!(
                    "{} does not answer on port {port}",
                    launch.program
                )));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    /// The folder that its browser was prepared in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// A port that nobody listens on. Another program could take it before the driver does; then the driver says so.
fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
