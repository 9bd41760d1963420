//! Starting a browser as a person does, without a driver: on a profile that stays when the browser is gone.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::engine::{Engine, Setup, chromium_arguments, firefox_preferences};
use crate::environment::required;
use crate::processes::Process;
use crate::program::Launch;
use crate::{Failure, Outcome};

impl Engine {
    /// How to start the browser itself on a folder, with an address in each tab. The first tab is the one that is seen.
    /// Chromium takes only one address.
    ///
    /// # Errors
    /// When the environment does not say where the browser is, or its preferences cannot be written.
    pub fn browser(self, folder: &Path, addresses: &[String]) -> Outcome<Launch> {
        std::fs::create_dir_all(folder)?;
        let profile = folder.join("profile");
        let (variable, mut arguments) = match self {
            Self::Chromium => {
                let mut arguments = chromium_arguments(Setup::Light, folder);
                arguments.push(String::from("--hide-crash-restore-bubble"));
                // For `open_in_chromium`. It writes down which port it got.
                arguments.push(String::from("--remote-debugging-port=0"));
                ("MONDAI_CHROMIUM", arguments)
            }
            Self::Firefox => {
                std::fs::create_dir_all(&profile)?;
                std::fs::write(profile.join("user.js"), user_js())?;
                let words = ["-headless", "-no-remote", "-profile"].map(String::from);
                let mut arguments = words.to_vec();
                arguments.push(profile.display().to_string());
                ("MONDAI_FIREFOX", arguments)
            }
            Self::Webkit => ("MONDAI_MINIBROWSER", Vec::new()),
        };
        arguments.extend_from_slice(addresses);
        let variables = match self {
            // MiniBrowser keeps everything in the reader's own folders.
            Self::Webkit => ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"]
                .map(|variable| (variable, profile.join(variable).display().to_string()))
                .to_vec(),
            Self::Chromium | Self::Firefox => Vec::new(),
        };
        Ok(Launch {
            program: required(variable)?,
            arguments,
            variables,
        })
    }

    /// The processes that run pages of sites, of all processes of a browser, from the oldest to the youngest.
    pub fn tabs(self, processes: Vec<Process>) -> Vec<Process> {
        let is_tab = |process: &Process| {
            let line = process.command.join(" ");
            match self {
                Self::Chromium => {
                    line.contains("--type=renderer") && !line.contains("--extension-process")
                }
                // Firefox gives a process this name when it has got a site; before that it is anybody's.
                Self::Firefox => process.name.starts_with("Isolated Web"),
                Self::Webkit => line.contains("/WebKitWebProcess"),
            }
        };
        processes.into_iter().filter(is_tab).collect()
    }
}

/// Opens another tab in the Chromium that runs on a folder.
///
/// # Errors
/// When it does not answer, or refuses.
pub fn open_in_chromium(folder: &Path, address: &str) -> Outcome {
    let written = std::fs::read_to_string(folder.join("profile/DevToolsActivePort"))?;
    let port = written.lines().next().unwrap_or_default();
    let port = port
        .parse()
        .map_err(|error| Failure::while_doing("DevToolsActivePort", error))?;
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "PUT /json/new?{address} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n"
    )?;
    let mut status = [0; 12];
    stream.read_exact(&mut status)?;
    if status == *b"HTTP/1.1 200" {
        return Ok(());
    }
    Err(Failure(format!(
        "Chromium opens no tab: {}",
        String::from_utf8_lossy(&status)
    )))
}

/// Preferences that keep Firefox quiet: no first page, no question, no restoring of tabs after it was killed.
fn user_js() -> String {
    let quiet = json!({
        "app.update.enabled": false,
        "browser.aboutwelcome.enabled": false,
        "browser.sessionstore.resume_from_crash": false,
        "browser.shell.checkDefaultBrowser": false,
        "browser.startup.homepage_override.mstone": "ignore",
        "browser.startup.page": 0,
        "datareporting.policy.dataSubmissionEnabled": false,
        "extensions.update.enabled": false,
        "services.settings.server": "data:,",
        "termsofuse.bypassNotification": true,
        "toolkit.startup.max_resumed_crashes": -1,
        "toolkit.telemetry.reportingpolicy.firstRun": false,
    });
    let all = [firefox_preferences(Setup::Light), quiet];
    let lines = all.iter().filter_map(Value::as_object).flatten();
    let lines = lines.map(|(name, value)| format!("user_pref({}, {value});\n", json!(name)));
    lines.collect()
}
