//! `cargo xtask sets`: checks question sets with the engine's own lint, and prints every finding with its place.
//!
//! Errors fail; warnings do not.

use std::path::{Path, PathBuf};

use mondai::engine::format::{Problem, Severity};

use crate::{Outcome, repository};

/// The verb: the files that are named, or all that ship.
pub fn run(options: &[String]) -> Outcome {
    let shipped = repository::root().join("public").join("sets");
    let files = if options.is_empty() {
        let all = repository::files_under(&shipped);
        all.into_iter()
            .filter(|file| {
                file.extension()
                    .is_some_and(|extension| extension == "json")
            })
            .collect()
    } else {
        options.iter().map(PathBuf::from).collect::<Vec<_>>()
    };
    if files.is_empty() {
        return Err(format!(
            "there is no question set in {}.",
            shipped.display()
        ));
    }
    let mut errors = 0;
    for file in &files {
        errors += lint(file)?;
    }
    match errors {
        0 => Ok(()),
        1 => Err(
            "one error in the question sets; mend it and run `cargo xtask sets` again.".to_owned(),
        ),
        _ => Err(format!(
            "{errors} errors in the question sets; mend them and run `cargo xtask sets` again."
        )),
    }
}

/// Prints the findings about one file, and counts the errors among them.
fn lint(file: &Path) -> Outcome<usize> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    let problems = mondai::author::lint(&text);
    let root = repository::root();
    let name = file
        .strip_prefix(&root)
        .unwrap_or(file)
        .display()
        .to_string();
    for problem in &problems {
        println!("{}", finding(&name, problem));
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    println!(
        "{name}: {errors} errors, {} warnings",
        problems.len() - errors
    );
    Ok(errors)
}

/// One finding in a line that editors can jump to.
fn finding(file: &str, problem: &Problem) -> String {
    let Problem {
        severity,
        code,
        pointer,
        line,
        column,
        message,
    } = problem;
    let at = if pointer.is_empty() {
        String::new()
    } else {
        format!(" ({pointer})")
    };
    format!(
        "{file}:{line}:{column} {} {code}: {message}{at}",
        severity.word()
    )
}
