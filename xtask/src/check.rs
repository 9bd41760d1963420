//! `cargo xtask check`: everything about the code that can be judged without running the product.
//!
//! All steps run, even after one has failed, so that one run tells everything.

use std::process::Command;

use crate::catalogue::Job;
use crate::tools::{self, Toolbox};
use crate::{Outcome, command, no_options, repository};

/// The verb.
pub fn run(options: &[String]) -> Outcome {
    no_options("check", options)?;
    let toolbox = tools::require(&[Job::Check])?;
    let mut failed = Vec::new();
    let mut step = |what: &'static str, work: &dyn Fn() -> Outcome| {
        if let Err(error) = command::step(what, work) {
            eprintln!("error: {error}");
            failed.push(what);
        }
    };
    step("format", &|| cargo(&["fmt", "--all", "--check"]));
    step("lints", &|| {
        cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--features",
            "mondai/author",
            "--",
            "-D",
            "warnings",
        ])
    });
    step("lints, for the browser", &|| {
        cargo(&[
            "clippy",
            "--package",
            "mondai",
            "--all-targets",
            "--target",
            WASM,
            "--",
            "-D",
            "warnings",
        ])
    });
    step("tidy tests", &|| cargo(&["test", "--package", "xtask"]));
    step("documentation", &|| {
        documentation(&["--workspace", "--features", "mondai/author"])
    });
    step("documentation, for the browser", &|| {
        documentation(&["--package", "mondai", "--target", WASM])
    });
    step("licences and sources", &|| {
        deny(&toolbox, &["check", "bans", "licenses", "sources"])
    });
    step("known vulnerabilities", &|| advisories(&toolbox));
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("check failed: {}.", failed.join("; ")))
    }
}

const WASM: &str = "wasm32-unknown-unknown";

/// Our documents are read beside the source, so they may link to what is private.
const DOCUMENTATION_LINTS: &str = "-D warnings -A rustdoc::private-intra-doc-links";

fn cargo(arguments: &[&str]) -> Outcome {
    command::run(repository::cargo().args(arguments))
}

fn documentation(arguments: &[&str]) -> Outcome {
    let mut doc = repository::cargo();
    doc.args(["doc", "--no-deps", "--document-private-items"])
        .args(arguments)
        .env("RUSTDOCFLAGS", DOCUMENTATION_LINTS);
    command::run(&mut doc)
}

fn deny(toolbox: &Toolbox, arguments: &[&str]) -> Outcome {
    let mut deny = Command::new(toolbox.path("cargo-deny")?);
    command::run(
        deny.current_dir(repository::root())
            .arg("--log-level=error")
            .args(arguments),
    )
}

/// Checks against the advisory database where it can be fetched. Elsewhere says so: a machine without the public
/// network must still be able to check the rest.
fn advisories(toolbox: &Toolbox) -> Outcome {
    let mut fetch = Command::new(toolbox.path("cargo-deny")?);
    fetch
        .current_dir(repository::root())
        .args(["--log-level=off", "fetch", "db"]);
    if command::output(&mut fetch).is_err() {
        println!("    SKIPPED: the advisory database cannot be fetched from here");
        return Ok(());
    }
    deny(toolbox, &["check", "--disable-fetch", "advisories"])
}
