//! Tests inside a page: `tests/in_page`, in headless Chromium, through `wasm-bindgen-test`.
//!
//! Its runner knows nothing of split modules. So cargo calls us as the runner, and we split the test's Wasm as a build
//! does, then hand the main part to the real one, which serves the folder with the chunks.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::catalogue::Job;
use crate::tally::{self, Tally};
use crate::tools::{self, Toolbox};
use crate::{Outcome, command, release, repository, split};

/// The runner's name for the module; its page imports the glue by it, and so does the loader of chunks.
const MODULE: &str = "wasm-bindgen-test";

/// The `fetch` that the loader of chunks uses in place of the browser's.
const ONE_BY_ONE: &str = include_str!("one_by_one.js");

/// Builds and runs all of them.
pub fn run() -> Outcome<Tally> {
    let toolbox = tools::require(&[Job::PageTests])?;
    let this_program = repository::this_program()?;
    let runner = serde_json::json!([this_program, "run-page-test"]);
    let mut tests = repository::cargo();
    tests.args([
        "test",
        "--package",
        "mondai",
        "--test",
        "in_page",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    tests.args([
        "--config",
        &format!("target.wasm32-unknown-unknown.runner={runner}"),
    ]);
    tests.env("CHROMEDRIVER", toolbox.path("chromedriver")?);
    tests.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(&toolbox)?);
    // The defaults, 20 s and 5 s, are for a machine with nothing else to do.
    tests
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    Ok(tally::count(&mut tests))
}

/// The runner that cargo calls with the Wasm of one test program, and the options of its harness.
pub fn run_one(arguments: &[String]) -> Outcome {
    let [module, options @ ..] = arguments else {
        return Err("this verb is called by cargo, with the Wasm of a test.".to_owned());
    };
    let module = Path::new(module)
        .canonicalize()
        .map_err(|error| format!("{module} cannot be read: {error}."))?;
    let toolbox = tools::require(&[Job::PageTests])?;
    let folder = folder()?.join(module.file_stem().unwrap_or_default());
    split::split(&module, &folder, MODULE, &toolbox)?;
    let loader = folder.join(split::LOADER);
    // Without a split function among what the test uses, there is none.
    if loader.is_file() {
        adapt(&loader)?;
        release::stamp(&folder, &[split::LOADER])?;
    }
    let runner = toolbox
        .folder("wasm-bindgen-cli")?
        .join("wasm-bindgen-test-runner");
    let mut runner = Command::new(runner);
    // It serves its own files first, then those of the folder it is started in.
    runner
        .current_dir(&folder)
        .arg(folder.join(MODULE).with_extension("wasm"))
        .args(options);
    // The splitter drops the mark that the test's `wasm_bindgen_test_configure!` leaves, so we say it again.
    runner.env("WASM_BINDGEN_USE_BROWSER", "1");
    // The chunks import what the linker exported.
    runner.env("WASM_BINDGEN_KEEP_LLD_EXPORTS", "1");
    command::run(runner.env("RUST_BACKTRACE", "0"))
}

/// Fits the loader of chunks to the runner, with its glue and its server.
///
/// The runner's page imports the glue without `.js`. The loader must name it in the same way, or the browser takes it
/// for another module, with a Wasm of its own that nobody has started.
fn adapt(loader: &Path) -> Outcome {
    let source = std::fs::read_to_string(loader)
        .map_err(|error| format!("{} cannot be read: {error}.", loader.display()))?;
    let adapted = source.replace(&format!("./{MODULE}.js"), &format!("./{MODULE}")) + ONE_BY_ONE;
    split::write(loader, adapted)
}

/// Writes down how Chromium shall be started; the runner adds headless and its own needs.
fn capabilities(toolbox: &Toolbox) -> Outcome<PathBuf> {
    let options = serde_json::json!({
        "goog:chromeOptions": {
            "binary": toolbox.path("chromium")?,
            // No calls home from a test.
            "args": ["no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"],
        }
    });
    let file = folder()?.join("webdriver.json");
    split::write(&file, options.to_string())?;
    Ok(file)
}

fn folder() -> Outcome<PathBuf> {
    let folder = repository::target_directory()?
        .join("mondai")
        .join("page-tests");
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    Ok(folder)
}
