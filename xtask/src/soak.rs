//! `cargo xtask soak`: browsers and tabs killed in the middle of sittings, and just after something was deleted, many times.
//!
//! `cargo xtask test` does the same a few times, early in each sitting. This takes more than an hour.
//!
//! And how long the longest task is over a thousand texts that are made to keep a page busy, and over the longest lists. A figure is
//! no test: it is measured here alone, on a computer that should do nothing else.

use crate::{HELP, Outcome, build, command, engines};

/// How often each engine's browser is killed, and its tabs; just after each kind of deletion three fifths as often.
const KILLS: usize = 50;

/// What the options ask for.
#[derive(Debug, PartialEq, Eq)]
struct Selection {
    kills: usize,
    engines: Vec<&'static str>,
}

/// The verb.
pub fn run(options: &[String]) -> Outcome {
    let Selection { kills, engines } = read(options)?;
    build::bring_up_to_date()?;
    let mut tally = command::step("kills, and the longest tasks", || {
        engines::run(&engines, |tests| {
            tests.args(["--test", "soak"]);
            tests.env("MONDAI_SOAK", kills.to_string());
        })
    })?;
    let pages = command::step("two pages", || {
        engines::run(&engines, |tests| {
            tests.args(["--test", "journeys", "--", "tabs::"]);
            tests.env("MONDAI_SOAK", kills.to_string());
        })
    })?;
    tally.add(pages);
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    match (tally.passed, tally.failed) {
        (0, 0) => Err("no test ran.".to_owned()),
        (_, 0) => Ok(()),
        _ => Err("something was lost; the lines above say what.".to_owned()),
    }
}

fn read(options: &[String]) -> Outcome<Selection> {
    let mut selection = Selection {
        kills: KILLS,
        engines: Vec::new(),
    };
    let mut words = options.iter().flat_map(|option| option.split('='));
    while let Some(option) = words.next() {
        let value = words.next().unwrap_or_default();
        match option {
            "--kills" => match value.parse() {
                Ok(kills) if kills > 0 => selection.kills = kills,
                _ => return Err(format!("--kills takes a number, and `{value}` is none.")),
            },
            "--engine" => selection.engines.push(engines::named(value)?),
            _ => {
                return Err(format!(
                    "`soak` does not know `{option} {value}`.\n\n{HELP}"
                ));
            }
        }
    }
    if selection.engines.is_empty() {
        selection.engines = engines::all();
    }
    Ok(selection)
}

#[cfg(test)]
mod tests {
    use super::{KILLS, read};

    #[test]
    fn options_choose_kills_and_engines() {
        let all = ["chromium", "firefox", "webkit"];
        for (line, expected) in [
            ("", Some((KILLS, &all[..]))),
            ("--kills 6", Some((6, &all[..]))),
            ("--engine webkit --kills=2", Some((2, &["webkit"]))),
            ("--kills", None),
            ("--kills 0", None),
            ("--engine opera", None),
            ("--fast", None),
        ] {
            let options: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            let read = read(&options).ok();
            assert_eq!(
                read.as_ref().map(|read| (read.kills, &read.engines[..])),
                expected,
                "{line}"
            );
        }
    }
}
