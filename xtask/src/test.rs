//! `cargo xtask test`: every test, in three layers, and a last line that sums them up.
//!
//! Native tests first, because they are fast; then tests inside a page; then end-to-end tests of the built `dist/`. All
//! run, even after one has failed, so that one run tells everything.

use crate::tally::{self, Tally};
use crate::{HELP, Outcome, build, command, engines, page_tests, repository, sets, size};

/// A layer of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Native,
    Page,
    EndToEnd,
}

/// What the options ask for.
#[derive(Debug, PartialEq, Eq)]
struct Selection {
    layers: Vec<Layer>,
    engines: Vec<&'static str>,
}

/// The verb.
pub fn run(options: &[String]) -> Outcome {
    let Selection { layers, engines } = read(options)?;
    let mut tally = Tally::default();
    for layer in layers {
        match layer {
            Layer::Native => native(&mut tally),
            Layer::Page => {
                let counted = command::step("tests inside a page", page_tests::run);
                note(&mut tally, counted);
            }
            Layer::EndToEnd => end_to_end(&mut tally, &engines),
        }
    }
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    match (tally.passed, tally.failed) {
        (0, 0) => Err("no test ran.".to_owned()),
        (_, 0) => Ok(()),
        // The line above is the last word; whoever wants the reason finds it higher up.
        _ => std::process::exit(1),
    }
}

fn native(tally: &mut Tally) {
    let counted = command::step("native tests", || {
        let mut tests = repository::cargo();
        tests.args([
            "test",
            "--workspace",
            "--exclude",
            "mondai-e2e",
            "--features",
            "mondai/author",
            "--no-fail-fast",
        ]);
        Ok(tally::count(&mut tests))
    });
    note(tally, counted);
    note(
        tally,
        command::step("question sets", || sets::run(&[])).map(|()| Tally::default()),
    );
}

fn end_to_end(tally: &mut Tally, engines: &[&str]) {
    let built = build::bring_up_to_date();
    let there = built.is_ok();
    note(tally, built.map(|()| Tally::default()));
    if there {
        note(
            tally,
            command::step("end-to-end tests", || engines::run(engines, |_| {})),
        );
        note(
            tally,
            command::step("budgets", size::weigh).map(|()| Tally::default()),
        );
    }
}

/// Adds what a step counted; a step that could not count is one failure.
fn note(tally: &mut Tally, counted: Outcome<Tally>) {
    match counted {
        Ok(counted) => tally.add(counted),
        Err(error) => {
            eprintln!("error: {error}");
            tally.add(Tally {
                passed: 0,
                failed: 1,
            });
        }
    }
}

fn read(options: &[String]) -> Outcome<Selection> {
    let mut selection = Selection {
        layers: Vec::new(),
        engines: Vec::new(),
    };
    let mut words = options.iter().flat_map(|option| option.split('='));
    while let Some(option) = words.next() {
        let value = words.next().unwrap_or_default();
        match (option, value) {
            ("--only", "native") => selection.layers.push(Layer::Native),
            ("--only", "page") => selection.layers.push(Layer::Page),
            ("--only", "e2e") => selection.layers.push(Layer::EndToEnd),
            ("--engine", _) => selection.engines.push(engines::named(value)?),
            _ => {
                return Err(format!(
                    "`test` does not know `{option} {value}`.\n\n{HELP}"
                ));
            }
        }
    }
    if selection.layers.is_empty() {
        selection.layers = vec![Layer::Native, Layer::Page, Layer::EndToEnd];
    }
    if selection.engines.is_empty() {
        selection.engines = engines::all();
    }
    Ok(selection)
}

#[cfg(test)]
mod tests {
    use super::{Layer, read};

    fn check(line: &str, layers: &[Layer], engines: &[&str]) {
        let options: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let selection = read(&options);
        assert!(
            selection.is_ok_and(|s| s.layers == layers && s.engines == engines),
            "{line}"
        );
    }

    #[test]
    fn options_choose_layers_and_engines() {
        let all_layers = [Layer::Native, Layer::Page, Layer::EndToEnd];
        let all_engines = ["chromium", "firefox", "webkit"];
        check("", &all_layers, &all_engines);
        check("--only native", &[Layer::Native], &all_engines);
        check(
            "--only e2e --engine webkit --engine=firefox",
            &[Layer::EndToEnd],
            &["webkit", "firefox"],
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for line in ["--only all", "--engine opera", "--engine", "--fast"] {
            let options: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            assert!(read(&options).is_err(), "{line}");
        }
    }
}
