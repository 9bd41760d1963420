//! One kill: a sitting begins, something dies at a random moment, and the page is opened again.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use mondai_e2e::engine::Engine;
use mondai_e2e::environment::Environment;
use mondai_e2e::launch::open_in_chromium;
use mondai_e2e::pages;
use mondai_e2e::processes::{self, Process};
use mondai_e2e::program::{Folder, Program};
use mondai_e2e::site::{Fault, Site};
use mondai_e2e::{Failure, Outcome};

use crate::told::{Account, Found, Sitting, TOLD, set};
use crate::verdict::{Figures, Loss, judge};

/// How long a browser may take until its page tells something: several browsers start at once on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(90);
/// How often it is looked whether it did.
pub const INTERVAL: Duration = Duration::from_millis(20);
/// What the page waits for that keeps a second tab open.
const AGAIN: &str = "/test/again";
/// That page.
const KEEPER: &str = "/test/keeper.html";

/// What dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Victim {
    /// The browser, with every process of it.
    Browser,
    /// The page's process; the browser goes on.
    Tab,
}

impl Victim {
    /// Its name in the names of tests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Tab => "tab",
        }
    }

    /// Does it once, so long after the start of a sitting.
    ///
    /// # Errors
    /// When it could not be done; what was lost is no error here, but in the figures.
    pub fn kill(
        self,
        engine: Engine,
        environment: &Environment,
        after: Duration,
    ) -> Outcome<Figures> {
        let site = sitting_site(environment)?;
        let folder = Folder::new();
        match (self, engine) {
            (Self::Browser, _) => {
                let browser = open(engine, &folder, &[sitting(&site)])?;
                until_moment(&site, after)?;
                let killed = browser.kill()?;
                let browser = open(engine, &folder, &[finding(&site)])?;
                let found = until_found(&site)?;
                browser.kill()?;
                verdict(Loss::LastSecond, &site, &found, killed)
            }
            (Self::Tab, Engine::Chromium) => {
                let browser = open(engine, &folder, &[sitting(&site)])?;
                until_moment(&site, after)?;
                let killed = end(&engine.tabs(browser.processes()?))?;
                open_in_chromium(folder.path(), &finding(&site))?;
                let found = until_found(&site)?;
                browser.kill()?;
                verdict(Loss::Nothing, &site, &found, killed)
            }
            (Self::Tab, Engine::Firefox | Engine::Webkit) => {
                kept_tab(engine, &site, &folder, after)
            }
        }
    }
}

/// A tab of a browser that nobody outside can tell to open another one: `WebKit`'s driver ends its session when a page's
/// process dies, and Firefox itself ends then if it was started by its driver. So a second tab, of another site and by
/// that of another process, becomes the page that finds.
fn kept_tab(engine: Engine, site: &Site, folder: &Folder, after: Duration) -> Outcome<Figures> {
    site.put(AGAIN, "text/plain", finding(site));
    site.fault(AGAIN, Fault::Held);
    // So long as the second tab has no page, the first process of all is that of the sitting.
    site.fault(KEEPER, Fault::Held);
    let browser = open(engine, folder, &[sitting(site), keeper(site)])?;
    until_started(site)?;
    let first = engine.tabs(browser.processes()?).into_iter().next();
    site.release(KEEPER);
    until_moment(site, after)?;
    let killed = end(first.as_slice())?;
    site.release(AGAIN);
    let found = until_found(site)?;
    browser.kill()?;
    // WebKit's page hands all that is stored to another process, in its own time: its very last input can go with it.
    let loss = match engine {
        Engine::Webkit => Loss::LastSecond,
        Engine::Chromium | Engine::Firefox => Loss::Nothing,
    };
    verdict(loss, site, &found, killed)
}

fn sitting_site(environment: &Environment) -> Outcome<Site> {
    let site = Site::start(&environment.dist)?;
    let page = |script: &str, widget: &str| {
        let head = format!(r#"<script type="module" src="/test/{script}"></script>"#);
        pages::post_in("en", &head, widget)
    };
    // A tab that nobody sees would not load the quiz by itself.
    let quiz = pages::widget("quiz", r#"src="set.json" form="exam" loading="eager""#);
    let (html, javascript) = ("text/html; charset=utf-8", "text/javascript");
    site.put("/test/post.css", "text/css", pages::STYLE);
    site.put("/test/set.json", "application/json", set());
    site.put("/test/sitter.js", javascript, include_str!("sitter.js"));
    site.put("/test/keeper.js", javascript, include_str!("keeper.js"));
    site.put("/test/sitting.html", html, page("sitter.js", &quiz));
    site.put(KEEPER, html, page("keeper.js", ""));
    site.put(TOLD, "text/plain", "");
    Ok(site)
}

fn sitting(site: &Site) -> String {
    format!("{}/test/sitting.html", site.origin())
}

fn finding(site: &Site) -> String {
    format!("{}?find", sitting(site))
}

fn keeper(site: &Site) -> String {
    let origin = site.origin().replace("127.0.0.1", "localhost");
    format!("{origin}{KEEPER}")
}

/// Starts a browser on a folder, with an address in each tab.
///
/// # Errors
/// When it does not start.
pub fn open(engine: Engine, folder: &Folder, addresses: &[String]) -> Outcome<Program> {
    Program::start(&engine.browser(folder.path(), addresses)?, folder)
}

/// Kills what runs the page, and gives the moment.
fn end(tabs: &[Process]) -> Outcome<SystemTime> {
    if tabs.is_empty() {
        return Err(Failure(String::from("no process runs the page")));
    }
    let moment = processes::kill(tabs)?;
    // A browser that has not noticed yet could open the next page in a process that is dead.
    processes::until_noticed(tabs)?;
    Ok(moment)
}

/// Waits until the sitting has started, and from then on until the moment of the kill.
fn until_moment(site: &Site, after: Duration) -> Outcome {
    let sitting = until_started(site)?;
    let gone = milliseconds(SystemTime::now())? - sitting.started;
    let gone = Duration::from_millis(u64::try_from(gone).unwrap_or(0));
    std::thread::sleep(after.saturating_sub(gone));
    Ok(())
}

fn until_started(site: &Site) -> Outcome<Sitting> {
    until(site, "the start of the sitting", |account| account.sitting)
}

fn until_found(site: &Site) -> Outcome<Found> {
    until(site, "what is found", |account| account.found)
}

fn until<T>(site: &Site, what: &str, wanted: impl Fn(Account) -> Option<T>) -> Outcome<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(told) = wanted(Account::of(site)?) {
            return Ok(told);
        }
        if Instant::now() > deadline {
            // How often each was asked for says how far the page came.
            let asked = ["/test/sitting.html", "/test/sitter.js", "/mondai_bg.wasm"]
                .map(|path| format!("{path}: {}", site.requests(path)));
            return Err(Failure(format!(
                "the page never told {what}; asked for {}",
                asked.join(", ")
            )));
        }
        std::thread::sleep(INTERVAL);
    }
}

fn verdict(loss: Loss, site: &Site, found: &Found, killed: SystemTime) -> Outcome<Figures> {
    let sitting: Sitting = Account::of(site)?.sitting.unwrap_or_default();
    Ok(judge(loss, &sitting, found, milliseconds(killed)?))
}

/// A moment as a page counts it.
fn milliseconds(moment: SystemTime) -> Outcome<i64> {
    let since = moment
        .duration_since(UNIX_EPOCH)
        .map_err(|error| Failure::while_doing("reading the clock", error))?;
    i64::try_from(since.as_millis())
        .map_err(|error| Failure::while_doing("reading the clock", error))
}
