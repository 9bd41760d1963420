//! What the documents say about the tree must be true of it.

use std::path::Path;

use crate::none;
use crate::tree::{exists, file, files};

/// The texts between single backticks of a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The lines of a section, up to the next heading of the same or a higher level.
fn section<'a>(text: &'a str, heading: &str) -> Option<Vec<&'a str>> {
    let level = heading.chars().take_while(|c| *c == '#').count();
    let ends = move |line: &&str| {
        let of = line.chars().take_while(|c| *c == '#').count();
        of > 0 && of <= level && line[of..].starts_with(' ')
    };
    let mut lines = text.lines().skip_while(|line| !line.starts_with(heading));
    lines.next()?;
    Some(lines.take_while(|line| !ends(line)).collect())
}

/// The entries of a section: list items and table rows, with the lines that go on them.
fn entries(section: &[&str]) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in section {
        let is_rule =
            line.starts_with("| ---") || line.starts_with("|---") || line.starts_with("|:");
        let numbered = line
            .split_once(". ")
            .is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        if is_rule {
            // What stands above it was the heading of a table.
            entries.pop();
        } else if numbered || line.starts_with("- ") || line.starts_with("| ") {
            entries.push((*line).to_owned());
        } else if let Some(entry) = entries.last_mut().filter(|_| line.starts_with(' ')) {
            entry.push(' ');
            entry.push_str(line.trim());
        }
    }
    entries
}

fn is_source(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

/// The tests that an entry names, as file and function.
fn tests_named(entry: &str) -> Vec<(&str, &str)> {
    quoted(entry)
        .filter_map(|text| text.rsplit_once("::").filter(|(path, _)| is_source(path)))
        .collect()
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let document = file("docs/invariants.md");
    let invariants = section(&document.text, "## Invariants").unwrap_or_default();
    let sources = files(&["src", "xtask", "tests"], &["rs"]);
    let mut findings = Vec::new();
    let entries = entries(&invariants);
    if entries.is_empty() {
        findings.push("docs/invariants.md has no list or table under `## Invariants`".to_owned());
    }
    for entry in &entries {
        let tests = tests_named(entry);
        if tests.is_empty() {
            findings.push(format!("names no test: {entry}"));
        }
        for (path, function) in tests {
            let source = sources.iter().find(|source| source.path == path);
            let defines = |text: &str| text.contains(&format!("fn {function}("));
            match source {
                None => findings.push(format!("`{path}` is not there: {entry}")),
                Some(source) if !defines(&source.text) => {
                    findings.push(format!("{path} has no `fn {function}`: {entry}"));
                }
                Some(_) => {}
            }
        }
    }
    none(
        &findings,
        "Each invariant names the test that enforces it, as `path/to/file.rs::name_of_the_test`, the path from the top of the repository.",
    );
}

#[test]
fn the_changelog_has_a_place_for_what_comes_next() {
    let changelog = file("CHANGELOG.md");
    let there = changelog
        .text
        .lines()
        .any(|line| matches!(line, "## Unreleased" | "## [Unreleased]"));
    assert!(
        there,
        "CHANGELOG.md needs a section `## Unreleased`, above the last version."
    );
}

/// What a document says is in the tree: its links, and what it quotes that begins with one of our folders.
fn paths_named(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        let links = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let local = |link: &&str| !link.contains(':') && !link.starts_with('#');
        paths.extend(
            links
                .filter(local)
                .map(|link| link.split('#').next().unwrap_or(link).to_owned()),
        );
        let ours = |text: &&str| {
            let folders = [
                "src/", "public/", "tests/", "xtask/", "docs/", ".ci/", ".cargo/",
            ];
            let pattern = text.contains(['*', '<', '{', '…', ' ']);
            folders.iter().any(|folder| text.starts_with(folder)) && !pattern
        };
        let file_of = |text: &str| text.split("::").next().unwrap_or(text).to_owned();
        paths.extend(quoted(line).filter(ours).map(file_of));
    }
    paths
}

#[test]
fn documents_name_only_files_that_exist() {
    let mut findings = Vec::new();
    for path in [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "docs/decisions.md",
        "docs/invariants.md",
    ] {
        for named in paths_named(&file(path).text) {
            let named = named.trim_start_matches("../");
            if !exists(named) {
                findings.push(format!("{path} names `{named}`, which is not there"));
            }
        }
    }
    none(
        &findings,
        "Correct the path in the document, or bring the file back.",
    );
}

#[test]
fn the_page_asks_only_for_files_that_ship() {
    let page = file("index.html");
    let built = ["mondai.js", "mondai_bg.wasm", "mondai.schema.json"];
    let mut findings = Vec::new();
    for attribute in ["src=\"./", "href=\"./"] {
        for rest in page.text.split(attribute).skip(1) {
            let path = rest.split(['"', '#', '?']).next().unwrap_or_default();
            if !path.is_empty() && !built.contains(&path) && !exists(&format!("public/{path}")) {
                findings.push(format!(
                    "index.html names ./{path}, which is not in public/"
                ));
            }
        }
    }
    none(
        &findings,
        "Put the file into public/, or correct the address in index.html.",
    );
}

#[test]
fn these_rules_can_fail() {
    let text = "# A\n## Invariants\n\n1. Pure, see\n   `src/a.rs::is_pure`.\n2. Kept apart.\n\n## Next\n- no\n";
    let invariants = section(text, "## Invariants").unwrap_or_default();
    let entries = entries(&invariants);
    assert_eq!(
        entries,
        ["1. Pure, see `src/a.rs::is_pure`.", "2. Kept apart."]
    );
    assert_eq!(tests_named(&entries[0]), [("src/a.rs", "is_pure")]);
    assert!(tests_named(&entries[1]).is_empty());
    let table = super::documents::entries(&[
        "| rule | test |",
        "| --- | --- |",
        "| pure | `src/a.rs::b` |",
    ]);
    assert_eq!(table, ["| pure | `src/a.rs::b` |"]);
    let named = paths_named(
        "See [it](docs/a.md#b), `src/b.rs::c`, `src/*.rs`, [there](https://example.org) and [up](#top).",
    );
    assert_eq!(named, ["docs/a.md", "src/b.rs"]);
}
