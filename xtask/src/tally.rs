//! Running test programs, and counting what they report.
//!
//! Every runner we use ends with the line of Rust's test harness, `test result: ok. 3 passed; 1 failed; …`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and runs that ended badly without saying which test did.
    pub failed: u64,
}

impl Tally {
    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs tests, shows what they print as it comes, and counts.
pub fn count(command: &mut Command) -> Tally {
    let mut tally = Tally::default();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            eprintln!(
                "error: {} could not be started: {error}.",
                command.get_program().to_string_lossy()
            );
            return Tally {
                passed: 0,
                failed: 1,
            };
        }
    };
    let mut reader = child.stdout.take().map(BufReader::new);
    let mut line = Vec::new();
    // Bytes, not text: a test may print anything.
    while let Some(reader) = &mut reader {
        line.clear();
        if !reader
            .read_until(b'\n', &mut line)
            .is_ok_and(|length| length > 0)
        {
            break;
        }
        let _ = std::io::stdout()
            .write_all(&line)
            .and_then(|()| std::io::stdout().flush());
        if let Some(result) = result_in(&String::from_utf8_lossy(&line)) {
            tally.add(result);
        }
    }
    let succeeded = child.wait().is_ok_and(|status| status.success());
    if !succeeded && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

fn result_in(line: &str) -> Option<Tally> {
    let (_, counts) = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?;
    let number = |word: &str| {
        let part = counts
            .split("; ")
            .find_map(|part| part.strip_suffix(word))?;
        part.trim().parse().ok()
    };
    Some(Tally {
        passed: number(" passed")?,
        failed: number(" failed")?,
    })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{Tally, count, result_in};

    #[test]
    fn the_harness_line_is_read() {
        let rows = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured\n",
                Some((12, 0)),
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored",
                Some((3, 2)),
            ),
            ("test engine::marks_single ... ok", None),
            ("test result: of the pudding", None),
        ];
        for (line, expected) in rows {
            let expected = expected.map(|(passed, failed)| Tally { passed, failed });
            assert_eq!(result_in(line), expected, "{line}");
        }
    }

    #[test]
    fn a_run_that_dies_silently_counts_as_a_failure() {
        assert_eq!(
            count(&mut Command::new("false")),
            Tally {
                passed: 0,
                failed: 1
            }
        );
        assert_eq!(
            count(&mut Command::new("no-such-program")),
            Tally {
                passed: 0,
                failed: 1
            }
        );
        assert_eq!(count(&mut Command::new("true")), Tally::default());
    }
}
