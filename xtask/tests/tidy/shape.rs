//! How files look: an opening that says what they are for, and a length that a person can hold in mind.

use crate::none;
use crate::tree::{File, files};

/// Lines of a file that does something.
const LONGEST_FILE: usize = 500;
/// Lines of a file that is a table of test cases.
const LONGEST_TABLE: usize = 800;

fn without_opening(files: &[File]) -> Vec<String> {
    let silent = files.iter().filter(|file| !file.text.starts_with("//! "));
    silent
        .map(|file| file.at(1, "does not open with a `//!` comment"))
        .collect()
}

fn too_long(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        let is_table = file.path.ends_with("/tests.rs") || file.path.contains("/tests/");
        let limit = if is_table {
            LONGEST_TABLE
        } else {
            LONGEST_FILE
        };
        let lines = file.text.lines().count();
        if lines > limit {
            findings.push(file.at(limit + 1, &format!("goes on to line {lines}")));
        }
    }
    findings
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let findings = without_opening(&files(&["src", "xtask", "tests"], &["rs"]));
    none(
        &findings,
        "Begin the file with a `//!` sentence that says what it does, and what it must not do.",
    );
}

#[test]
fn no_file_is_too_long_to_read() {
    let findings = too_long(&files(
        &["src", "xtask", "tests", "public"],
        &["rs", "js", "css"],
    ));
    none(
        &findings,
        "A file that needs a table of contents wants to be two: cut it by subject.",
    );
}

#[test]
fn these_rules_can_fail() {
    let file = |path: &str, lines: usize| File {
        path: path.to_owned(),
        text: "x\n".repeat(lines),
    };
    assert_eq!(without_opening(&[file("src/a.rs", 1)]).len(), 1);
    assert_eq!(
        too_long(&[
            file("src/a.rs", LONGEST_FILE),
            file("src/b.rs", LONGEST_FILE + 1)
        ])
        .len(),
        1
    );
    assert_eq!(
        too_long(&[
            file("src/tests.rs", LONGEST_TABLE),
            file("src/c/tests.rs", LONGEST_TABLE + 1)
        ])
        .len(),
        1
    );
}
