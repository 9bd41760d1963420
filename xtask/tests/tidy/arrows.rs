//! Which file of the crate names which: arrows point down, and no files name each other in a circle.
//!
//! A file names another one by a path, in code or in a macro; that of a function or a type counts as the file it stands in, or
//! as the one that hands it on. Tests do not count. What a module says of its own children is left out: it has to name them.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::none;
use crate::tree::{File, files};

/// The rooms of the crate, the upper ones first: each may name itself and what stands below it.
const ROOMS: &[&str] = &[
    "", "author", "widget", "ui", "shell", "keeping", "richtext", "engine",
];

/// A module's path within the crate, without `crate`.
type Module = Vec<String>;

/// Which module names which others.
type Arrows = BTreeMap<Module, BTreeSet<Module>>;

fn module(path: &str) -> Module {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Module = path.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

/// Tests, and what only tests use, are not part of the house.
fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|part| part == "tests" || part == "tests.rs")
        || path.contains("/model")
}

/// Every path in some code, as it is written, and what it is called by after a `use`.
#[derive(Default)]
struct Paths {
    all: Vec<Vec<String>>,
    names: BTreeMap<String, Vec<String>>,
}

impl Paths {
    fn of(text: &str) -> Self {
        let mut paths = Self::default();
        let tokens = TokenStream::from_str(text).unwrap_or_else(|error| panic!("{error}"));
        paths.look(&tokens.into_iter().collect::<Vec<_>>());
        paths
    }

    fn look(&mut self, tokens: &[TokenTree]) {
        let mut place = 0;
        while let Some(token) = tokens.get(place) {
            let rest = &tokens[place..];
            if let Some(length) = test_module(rest) {
                place += length;
            } else if is_word(token, "use") {
                let end = rest.iter().position(|token| is_sign(token, ';'));
                let end = end.unwrap_or(rest.len());
                self.imported(&mut Vec::new(), &rest[1..end]);
                place += end;
            } else if let TokenTree::Ident(_) = token {
                let path = path(rest);
                place += 3 * path.len() - 2;
                // Not `crate` alone, as in `pub(crate)`.
                if path.len() > 1 {
                    self.all.push(path);
                }
            } else {
                if let TokenTree::Group(group) = token {
                    self.look(&group.stream().into_iter().collect::<Vec<_>>());
                }
                place += 1;
            }
        }
    }

    /// A tree of imports.
    fn imported(&mut self, before: &mut Vec<String>, tokens: &[TokenTree]) {
        for tree in tokens.split(|token| is_sign(token, ',')) {
            let length = before.len();
            let mut name = None;
            let mut is_group = false;
            let mut words = tree.iter();
            while let Some(token) = words.next() {
                match token {
                    TokenTree::Ident(_) if is_word(token, "as") => {
                        name = words.next().map(ToString::to_string);
                    }
                    TokenTree::Ident(ident) => before.push(ident.to_string()),
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                        let inner: Vec<_> = group.stream().into_iter().collect();
                        self.imported(before, &inner);
                        is_group = true;
                    }
                    _ => {}
                }
            }
            if !is_group && before.len() > length {
                let mut path = before.clone();
                if length > 0 && path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                if let Some(name) = name.or_else(|| path.last().cloned()) {
                    self.names.insert(name, path.clone());
                }
                self.all.push(path);
            }
            before.truncate(length);
        }
    }
}

/// The length of a module for tests only, if one stands here.
fn test_module(tokens: &[TokenTree]) -> Option<usize> {
    let [hash, TokenTree::Group(attribute), module, _, body, ..] = tokens else {
        return None;
    };
    let words: String = attribute.stream().to_string().split_whitespace().collect();
    let is_one = is_sign(hash, '#') && words == "cfg(test)" && is_word(module, "mod");
    (is_one && (is_sign(body, ';') || matches!(body, TokenTree::Group(_)))).then_some(5)
}

/// The words of a path that begins here: those with `::` between them.
fn path(tokens: &[TokenTree]) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = tokens;
    while let [TokenTree::Ident(word), after @ ..] = rest {
        words.push(word.to_string());
        match after {
            [one, two, next @ ..]
                if is_sign(one, ':')
                    && is_sign(two, ':')
                    && matches!(next.first(), Some(TokenTree::Ident(_))) =>
            {
                rest = next;
            }
            _ => break,
        }
    }
    words
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(own) if own == word)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(own) if own.as_char() == sign)
}

fn arrows(files: &[File]) -> Arrows {
    let code: Vec<&File> = files.iter().filter(|file| !is_test(&file.path)).collect();
    let modules: BTreeSet<Module> = code.iter().map(|file| module(&file.path)).collect();
    let mut arrows = Arrows::new();
    for file in code {
        let own = module(&file.path);
        let paths = Paths::of(&file.text);
        for path in &paths.all {
            let Some(mut full) = within_the_crate(path, &own, &paths.names, &modules, 0) else {
                continue;
            };
            while !modules.contains(&full) {
                full.pop();
            }
            if !full.starts_with(&own) {
                arrows.entry(own.clone()).or_default().insert(full);
            }
        }
    }
    arrows
}

/// A path from the top of the crate; `None` where it leads out of it.
fn within_the_crate(
    path: &[String],
    own: &Module,
    names: &BTreeMap<String, Vec<String>>,
    modules: &BTreeSet<Module>,
    depth: usize,
) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    let mut full = match first.as_str() {
        "crate" => Module::new(),
        "self" => own.clone(),
        "super" => own
            .split_last()
            .map_or_else(Module::new, |(_, around)| around.to_vec()),
        name => {
            let child = [own.as_slice(), &[name.to_owned()]].concat();
            match names.get(name) {
                Some(import) if import.as_slice() != [name] && depth < 4 => {
                    within_the_crate(import, own, names, modules, depth + 1)?
                }
                _ if modules.contains(&child) => child,
                _ => return None,
            }
        }
    };
    let mut rest = rest;
    while let [first, after @ ..] = rest {
        if first != "super" {
            break;
        }
        full.pop();
        rest = after;
    }
    full.extend(rest.iter().cloned());
    Some(full)
}

/// Files that name each other in a circle: each circle once.
fn circles(arrows: &Arrows) -> Vec<String> {
    let mut circles = BTreeSet::new();
    for start in arrows.keys() {
        let reach = reached(arrows, start);
        let mut circle: Vec<&Module> = reach
            .iter()
            .copied()
            .filter(|other| reached(arrows, other).contains(start))
            .collect();
        circle.sort();
        if !circle.is_empty() {
            let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
            circles.insert(names.join(", "));
        }
    }
    circles.into_iter().collect()
}

fn reached<'a>(arrows: &'a Arrows, start: &Module) -> BTreeSet<&'a Module> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Module> = arrows.get(start).into_iter().flatten().collect();
    while let Some(module) = open.pop() {
        if found.insert(module) {
            open.extend(arrows.get(module).into_iter().flatten());
        }
    }
    found
}

/// Arrows that run up.
fn upward(arrows: &Arrows, rooms: &[&str]) -> Vec<String> {
    let room = |module: &Module| {
        let name = module.first().map_or("", String::as_str);
        let place = rooms.iter().position(|room| *room == name);
        place.unwrap_or_else(|| panic!("`{name}` is in no room: add it to ROOMS in its place"))
    };
    let mut findings = Vec::new();
    for (from, all) in arrows {
        for to in all.iter().filter(|to| room(from) > room(to)) {
            findings.push(format!("{} names {}", from.join("::"), to.join("::")));
        }
    }
    findings
}

#[test]
fn arrows_point_down_and_never_in_a_circle() {
    let arrows = arrows(&files(&["src"], &["rs"]));
    let mut findings = circles(&arrows);
    findings.extend(upward(&arrows, ROOMS));
    none(
        &findings,
        "A file that is named back stands in the wrong room: what both need belongs below them, and what the lower one needs from above is handed down, as an argument or a trait.",
    );
}

#[test]
fn this_rule_can_fail() {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let house = [
        file(
            "src/ui/mod.rs",
            "mod list; use crate::shell::run; fn a() { list::b(); }",
        ),
        file(
            "src/ui/list.rs",
            "view! { {super::super::shell::clock::tick()} }",
        ),
        file("src/shell/mod.rs", "pub mod clock; pub fn run() {}"),
        file(
            "src/shell/clock.rs",
            "use super::{run, a as b}; fn c() { b::d(); }\n#[cfg(test)] mod tests { use crate::ui::x; }",
        ),
        file("src/engine/one.rs", "use super::two; // use crate::ui;"),
        file("src/engine/two.rs", "fn a() { crate::engine::one::b(); }"),
        file("src/engine/tests.rs", "use crate::ui;"),
    ];
    let found = arrows(&house);
    let named = |module: &str| {
        let module: Module = module.split("::").map(str::to_owned).collect();
        let all = found.get(&module).into_iter().flatten();
        all.map(|module| module.join("::")).collect::<Vec<_>>()
    };
    assert_eq!(named("ui"), ["shell"]);
    assert_eq!(named("ui::list"), ["shell::clock"]);
    assert_eq!(named("shell::clock"), ["shell"]);
    assert_eq!(circles(&found), ["engine::one, engine::two"]);
    assert_eq!(
        upward(&found, &["ui", "shell", "engine"]),
        Vec::<String>::new()
    );
    assert_eq!(
        upward(&found, &["engine", "shell", "ui"]),
        ["ui names shell", "ui::list names shell::clock"]
    );
}
