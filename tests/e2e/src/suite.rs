//! Runs every journey in every engine. Browsers are shared: one an engine, used by one journey at a time and replaced
//! after one that failed, so that no failure causes another.

use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;

use crate::browser::Browser;
use crate::engine::{Engine, Setup};
use crate::environment::Environment;
use crate::stage::Stage;
use crate::{Failure, Outcome};

/// What a journey does.
pub type Run = for<'a> fn(&'a Stage<'a>) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// One journey.
#[derive(Clone, Copy)]
pub struct Journey {
    /// Its name: file and function.
    pub name: &'static str,
    /// What its reader has set up.
    pub setup: Setup,
    /// The engines it can be done in.
    pub engines: &'static [Engine],
    /// What happens.
    pub run: Run,
}

/// A list of [`Journey`]s, by the paths of their functions, in one setup; in all engines, or in some.
#[macro_export]
macro_rules! journeys {
    ($setup:ident: $($file:ident::$journey:ident),* $(,)?) => {
        $crate::journeys![$setup in &$crate::engine::Engine::ALL; $($file::$journey),*]
    };
    ($setup:ident in $engines:expr; $($file:ident::$journey:ident),* $(,)?) => {
        vec![$($crate::suite::Journey {
            name: concat!(stringify!($file), "::", stringify!($journey)),
            setup: $crate::engine::Setup::$setup,
            engines: $engines,
            run: |stage| Box::pin($file::$journey(stage)),
        }),*]
    };
}

struct Suite {
    environment: Environment,
    runtime: Runtime,
    browsers: Vec<(Engine, Mutex<Option<Browser>>)>,
    evidence: PathBuf,
}

/// Runs the journeys that the command line asks for. What a failed one looked like is kept in the folder `evidence`.
pub fn run(journeys: &[Journey], evidence: &Path) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // More browsers at once than cores only makes all of them slow.
    arguments.test_threads.get_or_insert(2);
    let environment = match Environment::read() {
        Ok(environment) => environment,
        // As one failed test, so that whoever counts tests sees it.
        Err(error) => return libtest_mimic::run(&arguments, vec![impossible(error)]).exit_code(),
    };
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            return libtest_mimic::run(&arguments, vec![impossible(error.into())]).exit_code();
        }
    };
    let shared = Arc::new(Suite {
        browsers: environment
            .engines
            .iter()
            .map(|engine| (*engine, Mutex::default()))
            .collect(),
        environment,
        runtime,
        evidence: evidence.to_owned(),
    });
    std::panic::set_hook(Box::new(|panic| PANIC.set(panic.to_string())));
    let mut trials = Vec::new();
    for journey in journeys {
        for engine in shared.environment.engines.clone() {
            if !journey.engines.contains(&engine) {
                continue;
            }
            let (shared, journey) = (Arc::clone(&shared), *journey);
            let setup = if journey.setup == Setup::Light {
                String::new()
            } else {
                format!("::{}", journey.setup.word())
            };
            trials.push(Trial::test(
                format!("{}{setup}::{}", journey.name, engine.name()),
                move || {
                    shared
                        .journey(journey, engine)
                        .map_err(|error| Failed::from(error.0))
                },
            ));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    shared.close();
    conclusion.exit_code()
}

fn impossible(error: Failure) -> Trial {
    Trial::test("environment", move || Err(Failed::from(error.0)))
}

impl Suite {
    fn journey(&self, journey: Journey, engine: Engine) -> Outcome {
        let slot = self.browsers.iter().find(|(own, _)| *own == engine);
        let Some((_, slot)) = slot else {
            return Err(Failure(format!(
                "{} is not driven in this run",
                engine.name()
            )));
        };
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(other) = slot.take_if(|browser| browser.setup() != journey.setup) {
            self.runtime.block_on(other.close())?;
        }
        let browser = match slot.take() {
            Some(browser) => browser,
            None => self
                .runtime
                .block_on(Browser::open(engine, journey.setup))?,
        };
        let result = self.runtime.block_on(async {
            let stage = Stage::set(&browser, &self.environment).await?;
            Ok::<_, Failure>(self.watched(journey, &stage).await)
        });
        match result {
            Ok(Ok(())) => {
                *slot = Some(browser);
                Ok(())
            }
            Ok(Err(error)) | Err(error) => {
                // Whatever state it is in, the next journey gets a new one.
                let closed = self.runtime.block_on(browser.close());
                Err(closed.err().map_or_else(
                    || Failure(error.0.clone()),
                    |closing| Failure(format!("{error}\nand the browser did not close: {closing}")),
                ))
            }
        }
    }

    /// Runs a journey to its end or its failure; a failure comes with evidence.
    async fn watched(&self, journey: Journey, stage: &Stage<'_>) -> Outcome {
        let walk = async {
            (journey.run)(stage).await?;
            stage.end().await
        };
        let walked = Caught(Box::pin(walk)).await;
        let Err(error) = walked else { return Ok(()) };
        let name = format!(
            "{}-{}.png",
            journey.name.replace("::", "-"),
            stage.page.browser().engine().name()
        );
        let file = self.evidence.join(name);
        let picture = match stage.page.photograph_to(&file).await {
            Ok(()) => format!("picture: {}", file.display()),
            Err(error) => format!("no picture: {error}"),
        };
        let record = match stage.page.record().await {
            Ok(record) => format!("{record:#?}"),
            Err(error) => format!("no record: {error}"),
        };
        Err(Failure(format!(
            "{error}\n{picture}\nthe page's record: {record}"
        )))
    }

    fn close(&self) {
        for (_, slot) in &self.browsers {
            let browser = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(browser) = browser {
                // Its driver is ended by the drop in any case.
                drop(self.runtime.block_on(browser.close()));
            }
        }
    }
}

thread_local! {
    /// The words and the place of the last panic of this thread.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A future whose panics (failed assertions) become failures, so that the evidence can still be taken.
struct Caught<'a>(Pin<Box<dyn Future<Output = Outcome> + 'a>>);

impl Future for Caught<'_> {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(Err(Failure(PANIC.take()))))
    }
}
