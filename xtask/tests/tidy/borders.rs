//! What the parts of the crate may not name: the invariants of docs/invariants.md that are about absence.

use crate::none;
use crate::tree::{File, files};

/// Browsers, clocks, randomness, I/O: all that makes a function impure.
const IMPURE: &[&str] = &[
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo",
    "std::time",
    "SystemTime",
    "Instant::now",
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "getrandom",
    "crate::shell",
    "crate::ui",
];

/// Ways to turn text into elements or code.
const SINKS: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "set_inner_html",
    "set_outer_html",
    "insert_adjacent_html",
    "inner_html=",
    "inner_html =",
    "document.write",
    "createContextualFragment",
    "create_contextual_fragment",
    "srcdoc",
    "eval(",
    "new Function",
];

/// Where data crosses a border and is allowed to know serde.
const SERDE_BORDERS: &[&str] = &[
    "src/engine/format/",
    // The JSON tree itself: where text enters, before anything is a type of ours.
    "src/engine/json.rs",
    "src/engine/attempt/",
    "src/engine/report.rs",
    "src/shell/",
];

fn naming<'a>(files: &'a [File], forbidden: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    files.iter().flat_map(move |file| {
        file.code().flat_map(move |(number, line)| {
            let named = forbidden.iter().filter(move |word| line.contains(**word));
            named.map(move |word| file.at(number, &format!("names `{word}`")))
        })
    })
}

fn serde_outside_borders(files: &[File]) -> Vec<String> {
    let inside = |file: &&File| {
        SERDE_BORDERS
            .iter()
            .any(|border| file.path.starts_with(border))
    };
    let outside = files.iter().filter(|file| !inside(file));
    let derived = outside.flat_map(|file| {
        let derives = file
            .code()
            .filter(|(_, line)| line.contains("Serialize") || line.contains("Deserialize"));
        derives.map(|(number, _)| file.at(number, "knows serde"))
    });
    derived.collect()
}

fn families_meeting(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        let forbidden: &[&str] = if file.path.starts_with("src/engine/format/") {
            &[
                "engine::attempt",
                "engine::report",
                "super::super::attempt",
                "super::super::report",
            ]
        } else if file.path.starts_with("src/engine/attempt") || file.path == "src/engine/report.rs"
        {
            &["format::wire", "format::reader"]
        } else if file.path == "src/engine/set.rs" {
            &[
                "engine::attempt",
                "super::attempt",
                "engine::report",
                "super::report",
            ]
        } else {
            &[]
        };
        findings.extend(naming(std::slice::from_ref(file), forbidden));
    }
    findings
}

#[test]
fn engine_and_rich_text_name_nothing_impure() {
    let mut files = files(&["src/engine", "src/richtext", "src/keeping"], &["rs"]);
    // How many schedules are tried is for whoever runs it to say.
    files.retain(|file| !file.path.starts_with("src/keeping/model"));
    let findings: Vec<String> = naming(&files, IMPURE).collect();
    none(
        &findings,
        "The engine, the rich text and the rules of keeping are pure. What they need from outside arrives in an event or an argument; what should happen outside leaves as an effect; the shell does the rest.",
    );
}

#[test]
fn no_text_becomes_markup_or_code() {
    let files = files(&["src", "public"], &["rs", "js"]);
    let findings: Vec<String> = naming(&files, SINKS).collect();
    none(
        &findings,
        "Build nodes, and set their text: pages with Trusted Types forbid these, and a question set is not to be trusted.",
    );
}

#[test]
fn serde_stays_at_the_borders() {
    let findings = serde_outside_borders(&files(&["src"], &["rs"]));
    none(
        &findings,
        "Wire format, domain types and stored records are three families. Derive serde for the wire type or the record, and convert it at the border.",
    );
}

#[test]
fn the_three_families_do_not_meet() {
    let findings = families_meeting(&files(&["src/engine"], &["rs"]));
    none(
        &findings,
        "Wire format and stored records know the domain types, never each other; the domain types know neither. Convert at the border.",
    );
}

#[test]
fn these_rules_can_fail() {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let impure = [file(
        "src/engine/clock.rs",
        "// leptos\nuse web_sys::window;\n",
    )];
    assert_eq!(
        naming(&impure, IMPURE).collect::<Vec<_>>(),
        ["src/engine/clock.rs:2: names `web_sys`"]
    );
    let sink = [file("public/a.js", "x.innerHTML = y;")];
    assert_eq!(naming(&sink, SINKS).count(), 1);
    let derived = [
        file("src/engine/set.rs", "#[derive(Deserialize)]"),
        file("src/shell/x.rs", "#[derive(Serialize)]"),
    ];
    assert_eq!(
        serde_outside_borders(&derived),
        ["src/engine/set.rs:1: knows serde"]
    );
    let meeting = [file(
        "src/engine/attempt.rs",
        "use super::format::wire::Set;",
    )];
    assert_eq!(families_meeting(&meeting).len(), 1);
}
