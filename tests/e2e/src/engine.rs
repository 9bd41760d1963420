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

/// How a reader has set up system and browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Setup {
    /// As it comes, with `prefers-color-scheme: light`.
    #[default]
    Light,
    /// With `prefers-color-scheme: dark`.
    Dark,
    /// Sites may keep nothing. `WebKitGTK`'s driver has no way to ask for it.
    NoCookies,
    /// A private window. `WebKitGTK`'s driver has no other kind.
    Private,
}

impl Setup {
    /// Its name in test names and pictures.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::NoCookies => "no-cookies",
            Self::Private => "private",
        }
    }
}

/// A name of this machine that is no name of it to browsers: pages there are not served securely.
pub const INSECURE: &str = "mondai.test";

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
    pub fn driver(self, port: u16, setup: Setup, folder: &Path) -> Outcome<Launch> {
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
                    String::from(if setup == Setup::Dark {
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
    pub fn capabilities(self, setup: Setup, folder: &Path) -> Outcome<Map<String, Value>> {
        let capabilities = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": {
                    "args": chromium_arguments(setup, folder),
                    // 2 is to block.
                    "prefs": match setup {
                        Setup::NoCookies => json!({ "profile.default_content_setting_values.cookies": 2 }),
                        Setup::Light | Setup::Dark | Setup::Private => json!({}),
                    },
                    // With these, which the driver would add, pages that nobody sees run as they never do for readers.
                    "excludeSwitches": [
                        "disable-background-timer-throttling",
                        "disable-backgrounding-occluded-windows",
                        "disable-renderer-backgrounding",
                    ],
                },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless", "-profile", folder.join("profile")],
                    "prefs": firefox_preferences(setup),
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
pub(crate) fn chromium_arguments(setup: Setup, folder: &Path) -> Vec<String> {
    let preferred = if setup == Setup::Dark {
        "--blink-settings=preferredColorScheme=0"
    } else {
        "--blink-settings=preferredColorScheme=1"
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
    arguments.push(format!("--host-resolver-rules=MAP {INSECURE} 127.0.0.1"));
    if setup == Setup::Private {
        arguments.push(String::from("--incognito"));
    }
    // Chromium's sandbox refuses to work for root.
    if std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        arguments.push(String::from("--no-sandbox"));
    }
    arguments
}

/// What Firefox is told to prefer, by a driver or without one.
pub(crate) fn firefox_preferences(setup: Setup) -> Value {
    json!({
        // 0 is dark, 1 is light.
        "layout.css.prefers-color-scheme.content-override": i32::from(setup != Setup::Dark),
        // Firefox on GTK does not reach buttons and links by Tab in every desktop; this is its default elsewhere.
        "accessibility.tabfocus": 7,
        "browser.privatebrowsing.autostart": setup == Setup::Private,
        // 0 is to accept cookies, 2 to block them and all else that sites keep. By itself, Firefox is between the two.
        "network.cookie.cookieBehavior": if setup == Setup::NoCookies { 2 } else { 5 },
        "network.dns.localDomains": INSECURE,
        // Reads the style that `prepare` wrote.
        "toolkit.legacyUserProfileCustomizations.stylesheets": true,
        // Nothing but the page under test may use the network.
        "app.normandy.enabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    })
}
