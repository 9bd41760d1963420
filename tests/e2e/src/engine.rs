//! The three browser engines, and all that differs between them on the way to an open window.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::environment::required;
use crate::program::Launch;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Blink and V8, in Chromium.
    Chromium,
    /// Gecko, in Firefox.
    Firefox,
    /// `WebKit`, in `WebKitGTK`'s `MiniBrowser`.
    Webkit,
}

/// What the system says about light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `prefers-color-scheme: light`.
    #[default]
    Light,
    /// `prefers-color-scheme: dark`.
    Dark,
}

impl Scheme {
    /// The word of CSS.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// Its name in test names and in `MONDAI_ENGINES`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The environment variables it cannot do without.
    pub const fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["MONDAI_CHROMEDRIVER", "MONDAI_CHROMIUM"],
            Self::Firefox => &["MONDAI_GECKODRIVER", "MONDAI_FIREFOX"],
            // WebKitGTK has no headless mode.
            Self::Webkit => &["MONDAI_WEBKITDRIVER", "MONDAI_MINIBROWSER", "DISPLAY"],
        }
    }

    /// Puts into an empty folder what the browser reads at its start. By themselves, windows of Firefox and of
    /// `MiniBrowser` cannot be as narrow as a phone, because of what stands above the page.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn prepare(self, folder: &Path) -> Outcome {
        let (place, name, style) = match self {
            Self::Chromium => return Ok(()),
            Self::Firefox => (
                "profile/chrome",
                "userChrome.css",
                ":root { min-width: 0 !important; }",
            ),
            Self::Webkit => (
                "gtk-3.0",
                "gtk.css",
                "* { font-size: 1px; min-width: 0; min-height: 0; padding: 0; margin: 0; }",
            ),
        };
        std::fs::create_dir_all(folder.join(place))?;
        Ok(std::fs::write(folder.join(place).join(name), style)?)
    }

    /// How to start its driver on a port, with a folder that is prepared.
    ///
    /// # Errors
    /// When the environment does not say where the driver is.
    pub fn driver(self, port: u16, scheme: Scheme, folder: &Path) -> Outcome<Launch> {
        let (variable, arguments) = match self {
            Self::Chromium => (
                "MONDAI_CHROMEDRIVER",
                vec![format!("--port={port}"), String::from("--log-level=SEVERE")],
            ),
            Self::Firefox => (
                "MONDAI_GECKODRIVER",
                vec![
                    String::from("--port"),
                    port.to_string(),
                    String::from("--log"),
                    String::from("error"),
                ],
            ),
            Self::Webkit => (
                "MONDAI_WEBKITDRIVER",
                vec![String::from("--host=127.0.0.1"), format!("--port={port}")],
            ),
        };
        let variables = match self {
            Self::Webkit => vec![
                ("XDG_CONFIG_HOME", folder.display().to_string()),
                // WebKitGTK asks the desktop's theme what the reader prefers.
                (
                    "GTK_THEME",
                    String::from(if scheme == Scheme::Dark {
                        "Adwaita:dark"
                    } else {
                        "Adwaita"
                    }),
                ),
            ],
            Self::Chromium | Self::Firefox => Vec::new(),
        };
        Ok(Launch {
            program: required(variable)?,
            arguments,
            variables,
        })
    }

    /// What to ask the driver for.
    ///
    /// # Errors
    /// When the environment does not say where the browser is.
    pub fn capabilities(self, scheme: Scheme, folder: &Path) -> Outcome<Map<String, Value>> {
        let capabilities = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": { "args": chromium_arguments(scheme, folder) },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless", "-profile", folder.join("profile")],
                    "prefs": firefox_preferences(scheme),
                },
            }),
            Self::Webkit => json!({
                "webkitgtk:browserOptions": {
                    "binary": required("MONDAI_MINIBROWSER")?,
                    "args": ["--automation"],
                },
            }),
        };
        Ok(capabilities.as_object().cloned().unwrap_or_default())
    }
}

/// What Chromium is started with, by a driver or without one.
pub(crate) fn chromium_arguments(scheme: Scheme, folder: &Path) -> Vec<String> {
    let preferred = match scheme {
        Scheme::Light => "--blink-settings=preferredColorScheme=1",
        Scheme::Dark => "--blink-settings=preferredColorScheme=0",
    };
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-first-run",
        // Nothing but the page under test may use the network.
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        preferred,
    ]
    .map(String::from)
    .to_vec();
    arguments.push(format!(
        "--user-data-dir={}",
        folder.join("profile").display()
    ));
    // Chromium's sandbox refuses to work for root.
    if std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        arguments.push(String::from("--no-sandbox"));
    }
    arguments
}

/// What Firefox is told to prefer, by a driver or without one.
pub(crate) fn firefox_preferences(scheme: Scheme) -> Value {
    json!({
        // 0 is dark, 1 is light.
        "layout.css.prefers-color-scheme.content-override": match scheme { Scheme::Dark => 0, Scheme::Light => 1 },
        // Firefox on GTK does not reach buttons and links by Tab in every desktop; this is its default elsewhere.
        "accessibility.tabfocus": 7,
        // Reads the style that `prepare` wrote.
        "toolkit.legacyUserProfileCustomizations.stylesheets": true,
        // Nothing but the page under test may use the network.
        "app.normandy.enabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    })
}
