//! `cargo xtask doctor`: every tool, who needs it, where it is, and what to do about it. Installs nothing.

use crate::catalogue::{self, Job, Source, Tool};
use crate::tools;
use crate::{Outcome, install, linux_packages, no_options};

/// The verb.
pub fn run(options: &[String]) -> Outcome {
    no_options("doctor", options)?;
    println!(
        "tools of our own are kept in {}\n",
        install::cache().display()
    );
    println!(
        "{:<24} {:<10} {:<16} found, or what to do",
        "tool", "version", "needed by"
    );
    let mut missing = 0;
    for tool in catalogue::table()? {
        let found = tools::find(&tool);
        missing += usize::from(found.is_none());
        let (version, place) = found.map_or_else(
            || {
                (
                    tool.version.clone().unwrap_or_default(),
                    format!("MISSING: {}", advice(&tool)),
                )
            },
            |found| (found.version, found.path.display().to_string()),
        );
        // "rustfmt 1.8.0-stable (…)" is a line, we want the number.
        let number = version
            .split_whitespace()
            .find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        println!(
            "{:<24} {:<10} {:<16} {place}",
            tool.name,
            number.unwrap_or("any"),
            needed_by(&tool)
        );
    }
    match missing {
        0 => println!("\nNothing is missing."),
        count => println!("\n{count} missing; the verb that needs one installs it."),
    }
    Ok(())
}

fn advice(tool: &Tool) -> String {
    match &tool.source {
        Source::RustTarget => format!("rustup target add {}", tool.name),
        Source::RustComponent(_) => format!("rustup component add {}", tool.name),
        Source::Crate(_) => "fetched or compiled when first needed".to_owned(),
        Source::Npm(_) => "installed with npm when first needed".to_owned(),
        Source::System(_) => linux_packages::advice(tool.name),
    }
}

fn needed_by(tool: &Tool) -> String {
    let verb = |job: &Job| match job {
        Job::Build => "build",
        Job::Check => "check",
        Job::PageTests | Job::EndToEnd | Job::Chromium | Job::Firefox | Job::WebKit => "test",
    };
    let mut verbs: Vec<&str> = tool.jobs.iter().map(verb).collect();
    verbs.dedup();
    verbs.join(", ")
}
