//! An open page: going to it, waiting for something in it, pressing keys, auditing it, photographing it.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

use crate::browser::Browser;
use crate::environment::Environment;
use crate::quiz::Quiz;
use crate::record::{Kind, Record};
use crate::{Failure, Outcome};

/// Waits until the journal of the page has what was sent to it: an end is told only then.
const ALL_KEPT: &str = "
return (async () => {
    try {
        const known = await indexedDB.databases();
        if (!known.some(({ name }) => name === 'mondai:1')) return;
        await new Promise((done) => {
            const opening = indexedDB.open('mondai:1');
            opening.onerror = done;
            opening.onsuccess = () => {
                const last = opening.result.transaction('records', 'readwrite');
                last.oncomplete = last.onabort = done;
                last.objectStore('records').count();
                opening.result.close();
            };
        });
    } catch {
        // There is no journal here.
    }
    await new Promise((done) => setTimeout(done));
})()";

/// How long a condition may take: long, because several browsers may share a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a condition is looked at.
const INTERVAL: Duration = Duration::from_millis(25);

/// A page in a browser, and what happened in it so far.
pub struct Page<'b> {
    browser: &'b Browser,
    axe: PathBuf,
    screenshots: Option<PathBuf>,
    /// What pages that were left had written down.
    past: RefCell<Record>,
    expected: RefCell<Vec<(Kind, String)>>,
    is_framed: Cell<bool>,
}

impl<'b> Page<'b> {
    /// The page of a browser's window.
    pub fn new(browser: &'b Browser, environment: &Environment) -> Self {
        Self {
            browser,
            axe: environment.axe.clone(),
            screenshots: environment.screenshots.clone(),
            past: RefCell::default(),
            expected: RefCell::default(),
            is_framed: Cell::default(),
        }
    }

    /// The browser it is in.
    pub const fn browser(&self) -> &Browser {
        self.browser
    }

    /// Goes to an address, and waits until it is loaded.
    ///
    /// # Errors
    /// When the browser does not get there.
    pub async fn go(&self, address: &str) -> Outcome {
        self.leave().await?;
        self.is_framed.set(false);
        self.browser
            .driver()
            .goto(address)
            .await
            .map_err(|error| Failure::while_doing(address, error))
    }

    /// Reloads the page, as a person does.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn reload(&self) -> Outcome {
        self.leave().await?;
        Ok(self.browser.driver().refresh().await?)
    }

    /// Goes into a frame; what follows happens there, until [`Page::go`].
    ///
    /// # Errors
    /// When there is no such frame.
    pub async fn enter_frame(&self, css: &str) -> Outcome {
        self.leave().await?;
        let frame = self
            .element(
                "return document.querySelector(arguments[0])",
                vec![json!(css)],
            )
            .await?;
        self.is_framed.set(true);
        Ok(frame.enter_frame().await?)
    }

    /// Keeps what the page wrote down, since it is about to go.
    async fn leave(&self) -> Outcome {
        let present = self.present().await?;
        self.past.borrow_mut().add(present);
        Ok(())
    }

    async fn present(&self) -> Outcome<Record> {
        let found: Option<Record> = self
            .read("return window.__collected ?? null", Vec::new())
            .await?;
        Ok(found.unwrap_or_default())
    }

    /// What happened since the journey began.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn record(&self) -> Outcome<Record> {
        self.run(ALL_KEPT, Vec::new()).await?;
        let present = self.present().await?;
        let mut record = self.past.borrow().clone();
        record.add(present);
        Ok(record)
    }

    /// Says that something which is a finding elsewhere belongs to this journey, and must come.
    pub fn expect(&self, kind: Kind, part: &str) {
        self.expected.borrow_mut().push((kind, part.to_owned()));
    }

    /// Ends the journey: nothing happened but what was expected.
    ///
    /// # Errors
    /// With all that was not.
    pub async fn end(&self) -> Outcome {
        let expected = self.expected.borrow().clone();
        self.record().await?.hold_against(&expected)
    }

    /// Runs a script, and reads what it returns.
    ///
    /// # Errors
    /// When it throws, or returns something else.
    pub async fn read<T: DeserializeOwned>(&self, script: &str, given: Vec<Value>) -> Outcome<T> {
        let returned = self.browser.driver().execute(script, given).await;
        let returned = returned.map_err(|error| Failure::while_doing(script, error))?;
        returned
            .convert()
            .map_err(|error| Failure::while_doing(script, format!("{error}: {}", returned.json())))
    }

    /// Runs a script that returns nothing.
    ///
    /// # Errors
    /// When it throws.
    pub async fn run(&self, script: &str, given: Vec<Value>) -> Outcome {
        self.read::<Value>(script, given).await.map(drop)
    }

    /// The element that a script returns.
    ///
    /// # Errors
    /// When it throws, or returns none.
    pub async fn element(&self, script: &str, given: Vec<Value>) -> Outcome<WebElement> {
        let what = format!("{script} {given:?}");
        let returned = self.browser.driver().execute(script, given).await;
        returned
            .and_then(thirtyfour::prelude::ScriptRet::element)
            .map_err(|error| Failure::while_doing(&what, error))
    }

    /// Waits until a script returns something true.
    ///
    /// # Errors
    /// When it does not within [`PATIENCE`]; `what` says what was waited for.
    pub async fn until(&self, what: &str, script: &str, given: Vec<Value>) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        // Only whether: an element may go from the page on its way to us.
        let script = format!(
            "const found = (function () {{ {script}\n }}).apply(null, arguments);
            const is_it = (found) => found !== null && found !== undefined && found !== false;
            return found instanceof Promise ? found.then(is_it) : is_it(found)"
        );
        loop {
            // Nothing comes of a script that a page which is loaded again takes with it.
            let is_so: Option<bool> = self.read(&script, given.clone()).await?;
            if is_so == Some(true) {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(Failure(format!("waited in vain until {what}")));
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Waits until a widget told something.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_told(&self, name: &str, times: usize) -> Outcome {
        let script = "return window.__collected.events.filter((event) => event.name === arguments[0]).length >= arguments[1]";
        self.until(
            &format!("{name} came {times} times"),
            script,
            vec![json!(name), json!(times)],
        )
        .await
    }

    /// The widget that a selector finds.
    pub fn quiz(&self, selector: &str) -> Quiz<'_> {
        Quiz::new(self, selector)
    }

    /// Whether what happens, happens in a frame: there places of the window are not places of the page.
    pub fn is_framed(&self) -> bool {
        self.is_framed.get()
    }

    /// Presses a key and lets it go; it goes to whatever has the focus.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn press(&self, key: Key) -> Outcome {
        Ok(self
            .browser
            .driver()
            .action_chain()
            .send_keys(key)
            .perform()
            .await?)
    }

    /// Scrolls as a wheel or a finger would, until an element is in view.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn scroll_to(&self, css: &str) -> Outcome {
        self.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })", vec![json!(css)])
            .await
    }

    /// Audits the whole page with axe-core, which sees into open shadow roots.
    ///
    /// # Errors
    /// With every violation: the rule, what it asks for, and where.
    pub async fn audit(&self, screen: &str) -> Outcome {
        self.audit_without(screen, &[]).await
    }

    /// Audits all but some rules. The reason must stand where this is called.
    ///
    /// # Errors
    /// As [`Page::audit`].
    pub async fn audit_without(&self, screen: &str, rules: &[&str]) -> Outcome {
        if self
            .read::<bool>("return typeof window.axe === 'undefined'", Vec::new())
            .await?
        {
            let source = std::fs::read_to_string(&self.axe)?;
            self.run(&source, Vec::new()).await?;
        }
        // Colours on their way from one to another are nobody's choice.
        self.until("nothing moves", SETTLED, Vec::new()).await?;
        let rules: serde_json::Map<String, Value> = rules
            .iter()
            .map(|rule| ((*rule).to_owned(), json!({ "enabled": false })))
            .collect();
        let returned = self
            .browser
            .driver()
            .execute_async(AUDIT, vec![Value::Object(rules)])
            .await?;
        let found: Vec<String> = returned.convert()?;
        if found.is_empty() {
            return Ok(());
        }
        Err(Failure(format!("axe on {screen}:\n{}", found.join("\n"))))
    }

    /// Keeps a picture of the page, if anybody wants screenshots.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn photograph(&self, name: &str) -> Outcome {
        let Some(folder) = &self.screenshots else {
            return Ok(());
        };
        self.photograph_to(&folder.join(format!("{name}-{}.png", self.browser.engine().name())))
            .await
    }

    /// Keeps a picture of the page in a file.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn photograph_to(&self, file: &Path) -> Outcome {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(self.browser.driver().screenshot(file).await?)
    }
}

/// Whether nothing moves, in the document and in the shadow roots of its widgets.
const SETTLED: &str = "
const roots = [document, ...[...document.querySelectorAll('mondai-quiz')].map((host) => host.shadowRoot).filter(Boolean)];
return roots.flatMap((root) => root.getAnimations()).every((animation) => animation.playState !== 'running')";

/// Runs axe-core; gives one text a violation.
const AUDIT: &str = r"
const [rules, done] = arguments;
window.axe.run(document, { rules, resultTypes: ['violations'], preload: false }).then(
  (result) =>
    done(
      result.violations.map(
        (found) =>
          `${found.id} (${found.impact}): ${found.help}\n` +
          found.nodes.map((node) => `  ${node.target.flat().join(' >> ')}: ${node.html}\n  ${node.failureSummary}`).join('\n'),
      ),
    ),
  (error) => done([`axe itself failed: ${error}`]),
);";
