//! `cargo xtask size`: weighs every shipped file, and holds the code against its budgets.
//!
//! A KB is 1,000 bytes. The budgets stand below; they are checked here, and never by a timed test.

use std::path::Path;

use crate::{Outcome, build, compressed, no_options, repository};

/// Bytes after brotli that the hand-written loader may weigh.
const LOADER_BUDGET: usize = 3_000;
/// The same for all code up to the first question of a plain-text set.
const FIRST_QUESTION_BUDGET: usize = 114_000;
/// What we aim at for the same: the lightest peer's weight.
const FIRST_QUESTION_AIM: usize = 76_000;
/// The same for the chunk that renders rich text.
const RICH_TEXT_BUDGET: usize = 61_000;

/// One shipped file and its weights in bytes.
#[derive(Clone, Debug)]
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// A limit for the sum of some files.
struct Budget {
    what: &'static str,
    limit: usize,
    aim: Option<usize>,
    applies: fn(&str) -> bool,
}

const BUDGETS: &[Budget] = &[
    Budget {
        what: "loader",
        limit: LOADER_BUDGET,
        aim: None,
        applies: |name| name == "mondai-quiz.js",
    },
    Budget {
        what: "first question (loader, glue, Wasm)",
        limit: FIRST_QUESTION_BUDGET,
        aim: Some(FIRST_QUESTION_AIM),
        applies: before_first_question,
    },
    Budget {
        what: "rich text",
        limit: RICH_TEXT_BUDGET,
        aim: None,
        applies: |name| name.contains("richtext"),
    },
];

/// The verb.
pub fn run(options: &[String]) -> Outcome {
    no_options("size", options)?;
    build::bring_up_to_date()?;
    weigh()
}

/// Weighs `dist/` as it stands.
pub fn weigh() -> Outcome {
    let weights = weigh_all(&repository::dist())?;
    println!(
        "{:<40} {:>10} {:>10} {:>10}",
        "file (bytes)", "raw", "gzip -9", "brotli 11"
    );
    for weight in &weights {
        println!(
            "{:<40} {:>10} {:>10} {:>10}",
            weight.name, weight.raw, weight.gzip, weight.brotli
        );
    }
    let sum = |part: fn(&Weight) -> usize| weights.iter().map(part).sum::<usize>();
    println!(
        "{:<40} {:>10} {:>10} {:>10}",
        "all",
        sum(|w| w.raw),
        sum(|w| w.gzip),
        sum(|w| w.brotli)
    );
    println!(
        "\n{:<40} {:>10} {:>10} {:>10}",
        "budget (KB of 1,000, brotli 11)", "weighs", "allowed", "aim"
    );
    let mut faults = Vec::new();
    for budget in BUDGETS {
        let sum = budget.sum(&weights);
        let aim = budget.aim.map_or(String::from("-"), kilobytes);
        let row = format!(
            "{:>10} {:>10} {:>10}",
            sum.map_or("none".to_owned(), kilobytes),
            kilobytes(budget.limit),
            aim
        );
        println!("{:<40} {row}", budget.what);
        faults.extend(budget.fault(sum));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n"))
    }
}

impl Budget {
    fn sum(&self, weights: &[Weight]) -> Option<usize> {
        let files: Vec<usize> = weights
            .iter()
            .filter(|weight| (self.applies)(&weight.name))
            .map(|weight| weight.brotli)
            .collect();
        (!files.is_empty()).then(|| files.iter().sum())
    }

    fn fault(&self, weighs: Option<usize>) -> Option<String> {
        match weighs {
            None => Some(format!(
                "no shipped file counts as {}: was it renamed? Mend BUDGETS in xtask/src/size.rs.",
                self.what
            )),
            Some(weighs) if weighs > self.limit => Some(format!(
                "{} weighs {} KB of {} KB: find what grew (`twiggy`, or the last commits) and put it behind a split.",
                self.what,
                kilobytes(weighs),
                kilobytes(self.limit)
            )),
            Some(_) => None,
        }
    }
}

/// Whether a file is fetched before the first question: every script, because modules are fetched with what they
/// import, and the main Wasm; chunks are not.
fn before_first_question(name: &str) -> bool {
    is_script(name) || name == "mondai_bg.wasm"
}

fn is_script(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "js")
}

fn weigh_all(dist: &Path) -> Outcome<Vec<Weight>> {
    let mut weights = Vec::new();
    for file in repository::files_under(dist) {
        let bytes = std::fs::read(&file)
            .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
        let name = file
            .strip_prefix(dist)
            .unwrap_or(&file)
            .display()
            .to_string();
        let (gzip, brotli) = (compressed::gzip(&bytes), compressed::brotli(&bytes));
        weights.push(Weight {
            name,
            raw: bytes.len(),
            gzip,
            brotli,
        });
    }
    Ok(weights)
}

fn kilobytes(bytes: usize) -> String {
    // Rounded up: a file that is over must not look as if it were not.
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{BUDGETS, FIRST_QUESTION_BUDGET, Weight, kilobytes};

    fn check(files: &[(&str, usize)], expected_faults: &[&str]) {
        let weight = |(name, brotli): &(&str, usize)| Weight {
            name: (*name).to_owned(),
            raw: 0,
            gzip: 0,
            brotli: *brotli,
        };
        let weights: Vec<Weight> = files.iter().map(weight).collect();
        let faults: Vec<&str> = BUDGETS
            .iter()
            .filter(|budget| budget.fault(budget.sum(&weights)).is_some())
            .map(|b| b.what)
            .collect();
        assert_eq!(faults, expected_faults, "{files:?}");
    }

    #[test]
    fn a_budget_is_kept_up_to_its_last_byte() {
        let first = "first question (loader, glue, Wasm)";
        check(
            &[
                ("mondai-quiz.js", 3_000),
                ("mondai_bg.wasm", FIRST_QUESTION_BUDGET - 3_000),
                ("split_richtext.wasm", 61_000),
            ],
            &[],
        );
        check(
            &[
                ("mondai-quiz.js", 3_001),
                ("mondai_bg.wasm", 1),
                ("split_richtext.wasm", 1),
            ],
            &["loader"],
        );
        check(
            &[
                ("mondai-quiz.js", 1),
                ("mondai_bg.wasm", FIRST_QUESTION_BUDGET),
                ("split_richtext.wasm", 1),
            ],
            &[first],
        );
        check(
            &[
                ("mondai-quiz.js", 1),
                ("mondai_bg.wasm", 1),
                ("split_richtext.wasm", 61_001),
            ],
            &["rich text"],
        );
    }

    #[test]
    fn a_budget_without_a_file_is_a_fault() {
        check(
            &[("mondai-quiz.js", 1), ("mondai_bg.wasm", 1)],
            &["rich text"],
        );
    }

    #[test]
    fn kilobytes_are_rounded_up() {
        for (bytes, expected) in [
            (0, "0.0"),
            (1, "0.1"),
            (3_000, "3.0"),
            (3_001, "3.1"),
            (110_000, "110.0"),
        ] {
            assert_eq!(kilobytes(bytes), expected);
        }
    }
}
