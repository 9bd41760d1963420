//! Loading a widget: attributes in; the question set, its translation and the chunks that it needs; then the screens. What
//! fails is told in words, and the fallback stays.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::Function;
use leptos::prelude::Set;
use web_sys::{HtmlElement, ShadowRoot};

use crate::engine::format::{self, Kit, Problem, Severity};
use crate::engine::json::Value;
use crate::engine::session::Session;
use crate::engine::set::QuestionSet;
use crate::shell::chunk::{self, NotLoaded};
use crate::shell::config::{Config, config, warn};
use crate::shell::fetch::Fetch;
use crate::shell::{Keeping, Runner, Signals, notice, prose, traces};
use crate::ui::{self, Mounted};

/// A widget, from the moment that the element is in the page.
pub(super) struct Widget {
    host: HtmlElement,
    root: ShadowRoot,
    page: String,
    fetch: Fetch,
    pub(super) seed: RefCell<Option<String>>,
    is_gone: Cell<bool>,
    running: RefCell<Option<Running>>,
    failed: RefCell<Option<Mounted>>,
}

struct Running {
    runner: Rc<Runner>,
    _screens: Mounted,
}

impl Widget {
    pub(super) fn new(host: HtmlElement, root: ShadowRoot, page: String, read: Function) -> Self {
        Self {
            host,
            root,
            page,
            fetch: Fetch::new(read),
            seed: RefCell::default(),
            is_gone: Cell::new(false),
            running: RefCell::default(),
            failed: RefCell::default(),
        }
    }

    /// How far it is, in the word of the element's `state`.
    pub(super) fn state(&self) -> &'static str {
        match (&*self.running.borrow(), &*self.failed.borrow()) {
            (Some(running), _) => running.runner.state().word(),
            (None, Some(_)) => "error",
            (None, None) => "loading",
        }
    }

    /// Stops and removes everything.
    pub(super) fn unmount(&self) {
        self.is_gone.set(true);
        // Taken out first: dropping runs code that may look at them.
        let running = self.running.take();
        let failed = self.failed.take();
        drop((running, failed));
    }

    pub(super) fn runner(&self) -> Option<Rc<Runner>> {
        let running = self.running.borrow();
        running.as_ref().map(|running| Rc::clone(&running.runner))
    }

    pub(super) async fn load(self: Rc<Self>) {
        let config = config(&self.host, &self.page);
        let text = match &config.src {
            Some(src) => self.fetch.text(src).await,
            None => inline(&self.host),
        };
        if self.is_gone.get() {
            return;
        }
        let text = match text {
            Ok(text) => text,
            Err(problem) => return self.fail(&[problem], config.language.as_deref()),
        };
        let value = match format::parse_quietly(&text) {
            Some(value) => Some(value),
            // If the chunk does not load, that is told with the rest.
            None => chunk::parse_mended(&text).await.ok().flatten(),
        };
        let Some(mut value) = value else {
            return self.explain(text, &config).await;
        };
        if let Some(page) = &config.language {
            format::assume_language(&mut value, page);
        }
        let kit = if Kit::<false>::is_plain_enough(&value) && config.narrowing.count.is_none() {
            Kit::PLAIN
        } else {
            match chunk::exam_kit(&mut value).await {
                Ok(kit) => kit,
                Err(NotLoaded) => {
                    return self.fail(&[part_not_loaded()], config.language.as_deref());
                }
            }
        };
        let untranslated = self.translate(&mut value, &config).await;
        let format::Loaded { set, has_errors } = format::load(&value, &text, kit);
        drop(value);
        if self.is_gone.get() {
            return;
        }
        let Some(set) = set else {
            return self.explain(text, &config).await;
        };
        let problems = if has_errors {
            explained(text, &config).await
        } else {
            Vec::new()
        };
        let keeper = keeper(&set, config.is_kept).await;
        if !self.is_gone.get() {
            self.run(Rc::new(set), keeper, problems, untranslated, config);
        }
    }

    /// Puts the texts of a translation file into the set, if one serves the reader. Gives what is wrong with it; the reader
    /// then sees the set's own language.
    async fn translate(&self, set: &mut Value, config: &Config) -> Vec<Problem> {
        let wanted = config.language.as_deref().unwrap_or("");
        if set.get("translations").is_none() {
            return Vec::new();
        }
        match self.translated(set, wanted, &config.base).await {
            Ok(problems) => problems,
            Err(NotLoaded) => vec![part_not_loaded()],
        }
    }

    async fn translated(
        &self,
        set: &mut Value,
        wanted: &str,
        base: &str,
    ) -> Result<Vec<Problem>, NotLoaded> {
        let Some((tag, address)) = chunk::find_translation(set, wanted, base).await? else {
            return Ok(Vec::new());
        };
        match self.fetch.text(&address).await {
            Ok(file) => chunk::translate(set, &file, &tag).await,
            Err(problem) => Ok(vec![problem]),
        }
    }

    /// There is nothing to show but what is wrong.
    async fn explain(&self, text: String, config: &Config) {
        let problems = explained(text, config).await;
        if !self.is_gone.get() {
            self.fail(&problems, config.language.as_deref());
        }
    }

    fn run(
        self: Rc<Self>,
        set: Rc<QuestionSet>,
        keeper: Option<Rc<dyn Keeping>>,
        problems: Vec<Problem>,
        untranslated: Vec<Problem>,
        config: Config,
    ) {
        let language = config.language.unwrap_or_else(|| set.language.clone());
        let (session, is_known) =
            Session::new(Rc::clone(&set), config.form.as_deref(), &config.narrowing);
        if !is_known {
            warn(&["form: the set has no form of this name, so its first one is used"]);
        }
        if !session.form().is_sound {
            // Any other form would be another quiz than the author meant.
            let mut all = vec![form_not_usable(&session.form().id)];
            all.extend(problems);
            return self.fail(&all, Some(&language));
        }
        for id in &config.narrowing.domains {
            if !set.domains.iter().any(|domain| domain.id == *id) {
                warn(&["domain: the set has no domain ", id]);
            }
        }
        let (form, questions) = (session.form().id.clone(), session.form().size(&set));
        self.seed.replace(config.seed.clone());
        let host = self.host.clone();
        let broken: Vec<Problem> = problems
            .into_iter()
            .filter(|problem| problem.severity == Severity::Error)
            .collect();
        // Of mistakes elsewhere readers miss nothing.
        let are_left_out = broken.iter().any(is_of_questions);
        let left_out = if are_left_out {
            broken.clone()
        } else {
            Vec::new()
        };
        // A name too many in the file is the author's to mend; readers miss nothing.
        let has_gaps = untranslated
            .iter()
            .any(|problem| !matches!(problem.code, "unknown-text" | "too-many-problems"));
        // The signals belong to the screens, the runner to both; so it is made where the signals are, and handed out.
        let made = Rc::new(RefCell::new(None));
        let hand_out = Rc::clone(&made);
        let for_text = Rc::clone(&set);
        let screens = ui::mount(&self.root, &config.base, move |signals| {
            let runner = Runner::new(host, language.clone(), session, config.is_kept, signals);
            await_rich_text(&for_text, &language, signals);
            runner.restore(keeper, config.seed.as_deref());
            hand_out.replace(Some(Rc::clone(&runner)));
            ui::Context::new(
                runner,
                signals,
                &language,
                config.seed,
                left_out,
                has_gaps,
                ui::LOADER,
            )
        });
        let Some(runner) = made.take() else {
            return;
        };
        self.running.replace(Some(Running {
            runner: Rc::clone(&runner),
            _screens: screens,
        }));
        for problem in &untranslated {
            warn(&[&problem.to_string()]);
        }
        if let Some(worst) = untranslated.first() {
            notice::failed(&self.host, "translation", &worst.message, &untranslated);
        }
        for problem in &broken {
            warn(&[&problem.to_string()]);
        }
        if are_left_out {
            let message = ui::text::for_language("en").left_out_heading;
            notice::failed(&self.host, "questions-left-out", message, &broken);
        } else if let Some(worst) = broken.first() {
            notice::failed(&self.host, worst.code, &worst.message, &broken);
        }
        if runner.is_kept() && runner.keeper().is_none() {
            // What there is to keep can be asked for and brought in as soon as the widget says that it is ready. Who pressed
            // "Start" before that starts after it.
            runner.look_around();
            let runner = Rc::downgrade(&runner);
            wasm_bindgen_futures::spawn_local(async move {
                Runner::bring_keeper(Weak::clone(&runner)).await;
                if !self.is_gone.get() {
                    notice::ready(&self.host, &set.id, &form, questions);
                }
                if let Some(runner) = runner.upgrade() {
                    runner.start_now();
                }
            });
        } else {
            notice::ready(&self.host, &set.id, &form, questions);
            runner.go_on();
        }
    }

    fn fail(&self, problems: &[Problem], language: Option<&str>) {
        let worst = problems
            .iter()
            .find(|problem| problem.severity == Severity::Error)
            .or(problems.first());
        let code = worst.map_or("unusable", |problem| problem.code);
        let message = worst.map_or_else(String::new, ToString::to_string);
        let screens = ui::mount_failure(&self.root, language.unwrap_or("en"), problems.to_vec());
        self.failed.replace(Some(screens));
        notice::failed(&self.host, code, &message, problems);
    }
}

/// Whoever keeps answers, where there may be any of this set already. Where there are none, the first question need not wait
/// for it.
async fn keeper(set: &QuestionSet, is_kept: bool) -> Option<Rc<dyn Keeping>> {
    if !is_kept || !traces::found(&set.id).await {
        return None;
    }
    let opening = chunk::keeper(set.id.clone()).await.ok()?;
    Some(opening.await)
}

/// Whether it is about the questions.
fn is_of_questions(problem: &Problem) -> bool {
    problem.pointer.starts_with("/questions")
}

/// What the author asked for is not there.
fn form_not_usable(id: &str) -> Problem {
    Problem::whole(
        "form-not-usable",
        [
            "The form `",
            id,
            "` cannot be used as it is written, and no other one is taken in its place: mend what is told about it.",
        ]
        .concat(),
    )
}

fn part_not_loaded() -> Problem {
    if chunk::is_of_another_release() {
        return Problem::whole(
            "other-release",
            "The files are of two releases: the site was updated while the page was open, or a file is missing.",
        );
    }
    Problem::whole(
        "part-not-loaded",
        "A part of the widget that this question set needs could not be loaded: check that all files of the release are served.",
    )
}

/// What is wrong with a file, in words; if even those cannot be loaded, that there is something.
async fn explained(text: String, config: &Config) -> Vec<Problem> {
    let is_in_page = config.src.is_none();
    chunk::explain(text, is_in_page).await.unwrap_or_else(|_| {
        vec![Problem::whole(
            "unusable",
            "There is a mistake in the question set, and the part of the widget that explains it could not be loaded: check the set with `cargo xtask sets`.",
        )]
    })
}

/// Asks for the chunk of rich text while the reader is still at the start, and holds questions back until it is there:
/// otherwise the first one would show its Markdown and then move. Not for longer than a reader would wait.
fn await_rich_text(set: &QuestionSet, language: &str, signals: Signals) {
    const PATIENCE: u32 = 2_000;
    if set.every_text(language, &prose::needs_nothing) {
        return;
    }
    signals.is_text_ready.set(false);
    let go_on = move || {
        // The widget may be gone by then.
        let _ = signals.is_text_ready.try_set(true);
    };
    let timeout = Timeout::new(PATIENCE, go_on);
    wasm_bindgen_futures::spawn_local(async move {
        // Without the chunk, questions show their source; the loader has told the console.
        let _ = prose::preload().await;
        drop(timeout);
        go_on();
    });
}

/// The question set that stands in the page.
fn inline(host: &HtmlElement) -> Result<String, Problem> {
    let script = host
        // Not only a child: some sites put a paragraph around it.
        .query_selector("script[type=\"application/json\"]")
        .ok()
        .flatten();
    script.and_then(|script| script.text_content()).ok_or_else(|| {
        Problem::whole(
            "no-source",
            "This element names no question set: give it a `src`, or put a <script type=\"application/json\"> into it. If there is one in the post, the site took it away: use a file.",
        )
    })
}
