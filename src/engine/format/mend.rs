//! A file that is JSON but for a few values inside questions, such as half of a character (`\ud83d`) or a number past all
//! bounds (`1e400`): those questions are left out, and the others are asked.
//!
//! Reached only where a file could not be read as it is.

use super::Problem;
use super::locate::{Position, itoa, position};
use crate::engine::json::Value;

/// A file without the questions that no JSON reader takes.
pub struct Mended {
    /// The file, with `0` and spaces in their place, so that every other place is where it was.
    pub text: String,
    /// What is wrong with them, in the order of the file; one a question.
    pub problems: Vec<Problem>,
}

/// Takes the questions out of a file that have values no JSON reader takes. `None` if there are none, or if there are such
/// values elsewhere. What comes out may still be no JSON, where more is wrong.
pub fn mend(text: &str) -> Option<Mended> {
    let mut walk = Walk {
        text,
        depth: 0,
        is_in_questions: false,
        is_questions_next: false,
        index: 0,
        start: 0,
        wrong: None,
        copied: 0,
        mended: Mended {
            text: String::with_capacity(text.len()),
            problems: Vec::new(),
        },
    };
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        at = walk.step(*byte, at)?;
    }
    let mut mended = walk.mended;
    mended.text.push_str(text.get(walk.copied..)?);
    (!mended.problems.is_empty()).then_some(mended)
}

struct Walk<'t> {
    text: &'t str,
    /// How many brackets are open.
    depth: usize,
    /// Whether one of them is that of `questions`.
    is_in_questions: bool,
    /// Whether the last key of the file was `questions`.
    is_questions_next: bool,
    /// The index of the question at hand.
    index: usize,
    /// Where it begins.
    start: usize,
    /// The first value in it that no JSON reader takes, and where it stands.
    wrong: Option<(usize, String)>,
    /// How far the file is copied.
    copied: usize,
    mended: Mended,
}

impl Walk<'_> {
    /// Steps over a bracket, a value or what stands between them. `None` if the file cannot be mended.
    fn step(&mut self, byte: u8, at: usize) -> Option<usize> {
        match byte {
            b'{' | b'[' => {
                if self.is_in_questions && self.depth == 2 {
                    self.start = at;
                }
                if self.depth == 1 && byte == b'[' && self.is_questions_next {
                    self.is_in_questions = true;
                    self.index = 0;
                }
                self.depth += 1;
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.is_in_questions && self.depth == 2 {
                    self.close(at + 1)?;
                }
                self.is_in_questions &= self.depth > 1;
            }
            b',' if self.is_in_questions && self.depth == 2 => self.index += 1,
            b',' | b':' => {}
            byte if byte.is_ascii_whitespace() => {}
            b'"' => {
                let end = self.end_of_text(at);
                let token = self.text.get(at..end)?;
                if self.depth == 1 {
                    self.is_questions_next = token == "\"questions\"";
                }
                // What has neither is a sound text, and most have neither.
                if token.bytes().any(|byte| byte == b'\\' || byte < b' ') {
                    self.judge(token, at)?;
                }
                return Some(end);
            }
            _ => {
                let rest = self.text.get(at..)?;
                let is_end = |char: char| {
                    matches!(char, ',' | ':' | '{' | '}' | '[' | ']' | '"')
                        || char.is_ascii_whitespace()
                };
                let token = rest.split(is_end).next()?;
                self.judge(token, at)?;
                return Some(at + token.len().max(1));
            }
        }
        Some(at + 1)
    }

    fn end_of_text(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(byte) = bytes.get(at) {
            at += match byte {
                b'\\' => 2,
                b'"' => return at + 1,
                _ => 1,
            };
        }
        bytes.len()
    }

    /// Looks whether a JSON reader takes a value.
    fn judge(&mut self, token: &str, at: usize) -> Option<()> {
        let Err(error) = Value::parse(token) else {
            return Some(());
        };
        // Anything else is no value that somebody mistook: the file is broken.
        let may_be_value =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let is_value = token.starts_with('"') || token.bytes().all(may_be_value);
        if !is_value || !self.is_in_questions || self.depth < 3 {
            return None;
        }
        if self.wrong.is_none() {
            self.wrong = Some((at, error.to_string()));
        }
        Some(())
    }

    /// The end of a question: it is copied, or taken out.
    fn close(&mut self, end: usize) -> Option<()> {
        let Some((at, reason)) = self.wrong.take() else {
            return Some(());
        };
        let Mended { text, problems } = &mut self.mended;
        text.push_str(self.text.get(self.copied..self.start)?);
        text.push('0');
        // A character for each, so that all other places are where they were.
        let own = self.text.get(self.start..end)?.chars().skip(1);
        text.extend(own.map(|char| if char == '\n' { '\n' } else { ' ' }));
        self.copied = end;
        let Position { line, column } = position(self.text, at);
        problems.push(Problem {
            pointer: ["/questions/", &itoa(self.index)].concat(),
            line,
            column,
            ..Problem::whole("unreadable-value", told(&reason))
        });
        Some(())
    }
}

/// What is wrong with a value, and what to do.
fn told(reason: &str) -> String {
    let reason = reason.split(" at line ").next().unwrap_or(reason);
    let mend = if reason.contains("surrogate") || reason.contains("hex escape") {
        "It has half of a character, such as `\\ud83d` alone: write the character itself."
    } else if reason.contains("out of range") {
        "The number is too large for any program: write a smaller one."
    } else if reason.contains("escape") {
        "A backslash is written as two in JSON: `\\\\`."
    } else if reason.contains("control character") {
        "The end of a line is written as `\\n` in JSON, and a tab as `\\t`."
    } else {
        "Write a text in quotes, a number, true or false."
    };
    [
        "This value is no valid JSON (",
        reason,
        "). ",
        mend,
        " The question is left out.",
    ]
    .concat()
}
