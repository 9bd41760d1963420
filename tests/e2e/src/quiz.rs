//! One widget on a page, as a reader sees and uses it: through its shadow root, by parts, screens and actions.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

use crate::page::Page;
use crate::places::{ALONE, PLACE, SHARES};
use crate::{Failure, Outcome};

/// A widget.
pub struct Quiz<'p> {
    page: &'p Page<'p>,
    selector: String,
}

/// What every script about a widget begins with.
const PRELUDE: &str = "
const [selector, ...given] = arguments;
const host = document.querySelector(selector);
const root = host?.shadowRoot;
const one = (css) => root?.querySelector(css) ?? null;
const all = (css) => [...(root?.querySelectorAll(css) ?? [])];
const shown = (element) => !!element && element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
const words = (element) => (element?.innerText ?? '').replace(/\\s+/g, ' ').trim();
";

impl<'p> Quiz<'p> {
    /// The widget that a selector finds.
    pub fn new(page: &'p Page<'_>, selector: &str) -> Self {
        Self {
            page,
            selector: selector.to_owned(),
        }
    }

    /// Runs a script that knows `host`, `root`, `one(css)`, `all(css)`, `shown(element)`, `words(element)` and `given`.
    ///
    /// # Errors
    /// When it throws, or returns something else.
    pub async fn read<T: DeserializeOwned>(&self, script: &str, given: &[Value]) -> Outcome<T> {
        self.page
            .read(&format!("{PRELUDE}{script}"), self.given(given))
            .await
            .map_err(|error| self.named(error))
    }

    /// Waits until such a script returns something true.
    ///
    /// # Errors
    /// When it does not; then with what the widget shows.
    pub async fn until(&self, what: &str, script: &str, given: &[Value]) -> Outcome {
        let waited = self
            .page
            .until(what, &format!("{PRELUDE}{script}"), self.given(given))
            .await;
        if let Err(error) = waited {
            let shows: String = self
                .read(
                    "return `${host?.state}: ${root?.firstElementChild?.innerText}`",
                    &[],
                )
                .await?;
            return Err(self.named(Failure(format!("{error}; it shows: {shows}"))));
        }
        Ok(())
    }

    fn given(&self, given: &[Value]) -> Vec<Value> {
        let mut all = vec![json!(self.selector)];
        all.extend_from_slice(given);
        all
    }

    fn named(&self, error: Failure) -> Failure {
        Failure(format!("{} {error}", self.selector))
    }

    /// The screen it shows; `loading` before the first.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn screen(&self) -> Outcome<String> {
        self.read(
            "return one('[data-screen]')?.dataset.screen ?? 'loading'",
            &[],
        )
        .await
    }

    /// Waits until it shows a screen, with all of its lists.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_screen(&self, screen: &str) -> Outcome {
        // Most screens are drawn by a chunk that may still be on its way when the screen is already decided.
        let mark = match screen {
            "start" => "[data-action=start]",
            "question" => "[part~=prompt]",
            "paused" => "[data-action=resume]",
            "review" => "[data-action=submit]",
            "results" => "[part~=score]",
            "answers" => "[part~=answer]",
            "history" => "[data-action=close-history]",
            _ => "[part~=error]",
        };
        // The loader says without a screen that it could not load the widget.
        let script = "
            const is_there = (one('[data-screen]')?.dataset.screen ?? 'error') === given[0];
            return is_there && all(given[1]).some(shown) && !one('[data-drawing]')";
        self.until(
            &format!("the screen is `{screen}`"),
            script,
            &[json!(screen), json!(mark)],
        )
        .await
    }

    /// Waits until it shows the question at a position, from 1.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_question(&self, number: usize) -> Outcome {
        // The only place where the number stands in every language.
        self.until(
            &format!("question {number} is there"),
            "return one('[data-screen=question] [part~=prompt]') && one('[part~=progress-bar]')?.value === given[0]",
            &[json!(number)],
        )
        .await
    }

    /// Waits until it says that the last change is where nothing is lost.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_saved(&self) -> Outcome {
        let is_saved = "return one('[data-saved=true]')";
        self.until("it is saved", is_saved, &[]).await
    }

    /// An element in the shadow root.
    ///
    /// # Errors
    /// When there is none.
    pub async fn find(&self, css: &str) -> Outcome<WebElement> {
        let script = format!("{PRELUDE}return all(given[0]).find(shown) ?? one(given[0])");
        let found = self.page.element(&script, self.given(&[json!(css)])).await;
        found.map_err(|_| self.named(Failure(format!("has no `{css}`"))))
    }

    /// Clicks an element in the shadow root, as a mouse does. Presses that follow each other are not at the same
    /// place: there the widget takes the second one for half of a double click.
    ///
    /// # Errors
    /// When it is not there, or something else is in front of it.
    pub async fn click(&self, css: &str) -> Outcome {
        self.until(
            &format!("`{css}` can be seen"),
            "return all(given[0]).some(shown)",
            &[json!(css)],
        )
        .await?;
        let clicked = if self.page.is_framed() {
            self.find(css).await?.click().await.map_err(Failure::from)
        } else {
            self.until_no_double(css).await?;
            let (x, y, _) = self.place(css, SHARES).await?;
            self.page.mouse(x, y, &[]).await
        };
        clicked
            .map_err(|error| self.named(Failure::while_doing(&format!("clicking `{css}`"), error)))
    }

    /// Waits until a press on an element is no half of a double click: until there is a place on it away from the last press, or that
    /// was long enough ago.
    async fn until_no_double(&self, css: &str) -> Outcome {
        let given = [json!(css), json!(SHARES)];
        self.until("a press here is one of its own", ALONE, &given)
            .await
    }

    /// Where an element is in the window, and its height, once it is in view.
    async fn place(&self, css: &str, shares: &[f64]) -> Outcome<(f64, f64, f64)> {
        let given = [json!(css), json!(shares)];
        let place: Option<(f64, f64, f64)> = self.read(PLACE, &given).await?;
        place.ok_or_else(|| self.named(Failure(format!("has something in front of `{css}`"))))
    }

    /// Where the middle of an element is in the window, once it is in view.
    ///
    /// # Errors
    /// When there is none, or something else is in front of it.
    pub async fn middle(&self, css: &str) -> Outcome<(f64, f64)> {
        let (x, y, _) = self.place(css, &[0.5]).await?;
        Ok((x, y))
    }

    /// Presses the button of an action.
    ///
    /// # Errors
    /// When it cannot be pressed.
    pub async fn act(&self, action: &str) -> Outcome {
        self.click(&format!("button[data-action={action}]")).await
    }

    /// Starts, and waits for the first question, drawn to the end: Markdown stands there as its source until the chunk that
    /// draws it has come, and what is below moves when it is replaced.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn start(&self) -> Outcome {
        self.until_screen("start").await?;
        self.act("start").await?;
        self.until_screen("question").await?;
        let script = "return !/[*]{2}|`/.test(one('[data-screen]').textContent)";
        self.until("the question is drawn", script, &[]).await
    }

    /// Clicks the label of a choice, and waits until it is chosen (or no longer, for a check box clicked twice).
    ///
    /// # Errors
    /// When nothing changes.
    pub async fn choose(&self, choice: &str) -> Outcome {
        let input = format!("input[value='{choice}']");
        let before: bool = self
            .read("return one(given[0])?.checked ?? false", &[json!(input)])
            .await?;
        self.click(&format!("label:has({input})")).await?;
        let script = "const input = one(given[0]); return input.checked && (input.type === 'radio' || !given[1]) || !input.checked && given[1]";
        self.until(
            &format!("choice {choice} is taken"),
            script,
            &[json!(input), json!(before)],
        )
        .await
    }

    /// Chooses, has it marked, and waits for the feedback; gives the outcome.
    ///
    /// # Errors
    /// When it is not marked.
    pub async fn answer(&self, choices: &[&str]) -> Outcome<String> {
        for choice in choices {
            self.choose(choice).await?;
        }
        self.act("check").await?;
        self.until("there is feedback", "return one('[part~=feedback]')", &[])
            .await?;
        self.read("return one('[part~=feedback]').dataset.outcome", &[])
            .await
    }

    /// The words of the first element of a part, as a reader sees them.
    ///
    /// # Errors
    /// When there is none.
    pub async fn text(&self, part: &str) -> Outcome<String> {
        let script = "return words(all(`[part~=${given[0]}]`).find(shown))";
        self.read(script, &[json!(part)]).await
    }

    /// Waits until the first element of a part says something, without the Markdown that stands there until the chunk that
    /// draws it has come.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_says(&self, part: &str, text: &str) -> Outcome {
        let script = "const said = all(`[part~=${given[0]}]`).find(shown); return said && words(said) === given[1]";
        self.until(
            &format!("`{part}` says {text:?}"),
            script,
            &[json!(part), json!(text)],
        )
        .await
    }

    /// The words of all that a selector finds and a reader sees.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn texts(&self, css: &str) -> Outcome<Vec<String>> {
        self.read(
            "return all(given[0]).filter(shown).map(words)",
            &[json!(css)],
        )
        .await
    }

    /// Whether a selector finds anything a reader sees.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn shows(&self, css: &str) -> Outcome<bool> {
        self.read("return all(given[0]).some(shown)", &[json!(css)])
            .await
    }

    /// Whether the author's fallback can be seen.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn shows_fallback(&self) -> Outcome<bool> {
        self.read(
            "return shown(host.querySelector(':scope > .fallback'))",
            &[],
        )
        .await
    }

    /// How each question was marked, on the screen of all answers.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn outcomes(&self) -> Outcome<Vec<String>> {
        self.read(
            "return all('[part~=answer]').map((answer) => answer.dataset.outcome)",
            &[],
        )
        .await
    }

    /// The ids of the choices that are taken.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn chosen(&self) -> Outcome<Vec<String>> {
        self.read(
            "return all('input:checked').map((input) => input.value)",
            &[],
        )
        .await
    }

    /// The ids of the choices, in the order they stand in.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn choices(&self) -> Outcome<Vec<String>> {
        self.read("return all('input').map((input) => input.value)", &[])
            .await
    }

    /// The seconds on the clock.
    ///
    /// # Errors
    /// When there is no clock, or it cannot be read.
    pub async fn clock(&self) -> Outcome<u64> {
        let text = self.text("timer").await?;
        // Words for screen readers stand before the digits.
        let digits = text.trim_start_matches(|character: char| !character.is_ascii_digit());
        let parts: Result<Vec<u64>, _> = digits.split(':').map(str::parse).collect();
        let parts =
            parts.map_err(|_| self.named(Failure(format!("has a clock that says {text:?}"))))?;
        Ok(parts
            .into_iter()
            .fold(0, |seconds, part| seconds * 60 + part))
    }

    /// The element's `state`.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn state(&self) -> Outcome<String> {
        self.read("return host.state", &[]).await
    }

    /// Whether the focus is on an element in the shadow root.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn has_focus_on(&self, css: &str) -> Outcome<bool> {
        self.read(
            "return !!root.activeElement?.matches(given[0])",
            &[json!(css)],
        )
        .await
    }

    /// Presses Tab until an element has the focus, as a reader without a mouse does.
    ///
    /// # Errors
    /// When it is not reached within twenty presses.
    pub async fn tab_to(&self, css: &str) -> Outcome {
        for _ in 0..20 {
            if self.has_focus_on(css).await? {
                return Ok(());
            }
            self.page.press(Key::Tab).await?;
        }
        let focus: String = self
            .read(
                "return root.activeElement?.outerHTML ?? document.activeElement?.outerHTML ?? ''",
                &[],
            )
            .await?;
        Err(self.named(Failure(format!(
            "has no `{css}` in reach of Tab; the focus is on {focus}"
        ))))
    }

    /// Goes to an element by Tab or Shift-Tab alone, in as few commands as the order of the page allows to foretell.
    ///
    /// # Errors
    /// When it is not reached.
    pub async fn reach(&self, css: &str) -> Outcome {
        for _ in 0..30 {
            let way: Option<i64> = self.read(WAY, &[json!(css)]).await?;
            match way {
                Some(0) => return Ok(()),
                Some(stops) => self.page.tab(stops).await?,
                None => return Err(self.named(Failure(format!("has no `{css}` to go to")))),
            }
        }
        let focus: String = self
            .read("return root.activeElement?.outerHTML ?? ''", &[])
            .await?;
        Err(self.named(Failure(format!(
            "has no `{css}` in reach of Tab; the focus is on {focus}"
        ))))
    }

    /// Goes to a button by Tab alone, and presses it.
    ///
    /// # Errors
    /// When it is not reached.
    pub async fn press_key_on(&self, css: &str, key: Key) -> Outcome {
        self.reach(css).await?;
        self.page.press(key).await
    }

    /// Taps an element with a finger, as [`Quiz::click`] clicks. It must be large enough for one: 44 pixels high, as WCAG 2.5.5 has it.
    ///
    /// # Errors
    /// When it is not there or too small, or something else is in front of it.
    pub async fn tap(&self, css: &str) -> Outcome {
        self.until(
            &format!("`{css}` can be seen"),
            "return all(given[0]).some(shown)",
            &[json!(css)],
        )
        .await?;
        self.until_no_double(css).await?;
        let (x, y, height) = self.place(css, SHARES).await?;
        if height < 44.0 {
            return Err(self.named(Failure(format!("has `{css}` only {height} pixels high"))));
        }
        self.page.touch(x, y).await
    }
}

/// How many stops of Tab away an element is; negative, if it is before the focus. A group of radio buttons is one stop.
const WAY: &str = "
const active = root.activeElement;
if (active?.matches(given[0])) return 0;
const group = (radio) => all(`input[type=radio][name='${radio.name}']`);
const isStop = (element) => {
  if (element.tabIndex < 0 || element.disabled || !shown(element)) return false;
  if (element.type !== 'radio') return true;
  const own = group(element);
  if (own.includes(active)) return element === active;
  return own.some((radio) => radio.checked) ? element.checked : element === own[0];
};
const stops = all('a[href], button, input, select, textarea, summary, [tabindex]').filter(isStop);
const target = stops.find((element) => element.matches(given[0]));
if (!target) return null;
if (!active) return stops.indexOf(target) + 1;
const follows = (a, b) => !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
if (follows(active, target)) return stops.filter((stop) => follows(active, stop) && !follows(target, stop)).length;
return -stops.filter((stop) => follows(stop, active) && !follows(stop, target)).length";
