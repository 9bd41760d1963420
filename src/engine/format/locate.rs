//! Turns JSON Pointers into lines and columns, in one pass over the text and only when there is something to tell.
//!
//! `serde_json` knows positions while it reads and forgets them; keeping them for every value would cost every reader,
//! though only an author with a broken file needs them. So the text is scanned once more, for the pointers in question.

use super::problem::Problem;
use crate::engine::json::Value;

/// A place in a text, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// The position of a byte in a text.
pub fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position {
        line: count(before.matches('\n').count()).saturating_add(1),
        column: count(before.get(start..).unwrap_or("").chars().count()).saturating_add(1),
    }
}

/// Fills in line and column of each problem that has a pointer. A pointer to something missing gets the place of the
/// nearest value around it.
pub fn locate(text: &str, problems: &mut [Problem]) {
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        at: 0,
        pointer: String::new(),
        found: vec![(0, 0); problems.len()],
        problems,
    };
    scan.value();
    let found = scan.found;
    for (problem, (offset, _)) in problems.iter_mut().zip(found) {
        if problem.line == 0 {
            let position = position(text, offset);
            problem.line = position.line;
            problem.column = position.column;
        }
    }
}

/// The byte of a place that `serde_json` tells: a line from 1, and the byte in it from 1.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(newline, _)| newline + 1),
    };
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    // Never inside a character.
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The first bracket that opens more than `limit` levels of arrays and objects. Brackets inside strings do not count.
pub fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > limit {
                    return Some(offset);
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Appends one token to a pointer, escaped after RFC 6901.
pub fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// A walk over text that `serde_json` has accepted; so it need not check, only never run away.
struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    pointer: String,
    /// For each problem, the offset of the deepest value seen around its pointer, and that value's pointer length.
    found: Vec<(usize, usize)>,
    problems: &'a [Problem],
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn note(&mut self) {
        for (problem, found) in self.problems.iter().zip(&mut self.found) {
            let around = problem
                .pointer
                .strip_prefix(self.pointer.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            if around && self.pointer.len() >= found.1 {
                *found = (self.at, self.pointer.len());
            }
        }
    }

    /// Steps over one value. Recursion is bounded: nesting was checked before.
    fn value(&mut self) {
        self.skip_space();
        self.note();
        match self.peek() {
            Some(b'{') => self.members(b'}'),
            Some(b'[') => self.members(b']'),
            Some(b'"') => {
                self.string();
            }
            _ => {
                while self.peek().is_some_and(|byte| {
                    !matches!(byte, b',' | b'}' | b']') && !byte.is_ascii_whitespace()
                }) {
                    self.at += 1;
                }
            }
        }
    }

    fn members(&mut self, end: u8) {
        self.at += 1;
        let mut index = 0_usize;
        loop {
            self.skip_space();
            match self.peek() {
                None => return,
                Some(byte) if byte == end => {
                    self.at += 1;
                    return;
                }
                Some(b',') => self.at += 1,
                Some(_) => {
                    let length = self.pointer.len();
                    if end == b'}' {
                        let key = self.string();
                        push_token(&mut self.pointer, &key);
                        self.skip_space();
                        // The colon.
                        self.at += 1;
                    } else {
                        push_token(&mut self.pointer, itoa(index).as_str());
                        index += 1;
                    }
                    self.value();
                    self.pointer.truncate(length);
                }
            }
        }
    }

    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += match byte {
                b'\\' => 2,
                b'"' => {
                    self.at += 1;
                    break;
                }
                _ => 1,
            };
        }
        // Keys with escapes are rare; `serde_json` knows how to read them.
        match Value::parse(self.text.get(start..self.at).unwrap_or("")) {
            Ok(Value::String(key)) => key,
            _ => String::new(),
        }
    }
}

/// A number in decimal digits.
pub fn itoa(number: usize) -> String {
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, pointer: &str, expected: (u32, u32)) {
        let mut problem = Problem::whole("test", "");
        pointer.clone_into(&mut problem.pointer);
        let mut problems = [problem];
        locate(text, &mut problems);
        assert_eq!(
            (problems[0].line, problems[0].column),
            expected,
            "{pointer} in {text}"
        );
    }

    #[test]
    fn a_pointer_becomes_line_and_column() {
        let text = "{ \"a\": 1,\n  \"b\": [ true,\n    { \"c/d\": \"日本\", \"e\": null } ]\n}";
        check(text, "", (1, 1));
        check(text, "/a", (1, 8));
        check(text, "/b", (2, 8));
        check(text, "/b/0", (2, 10));
        check(text, "/b/1", (3, 5));
        check(text, "/b/1/c~1d", (3, 14));
        check(text, "/b/1/e", (3, 25));
    }

    #[test]
    fn a_pointer_to_something_missing_gets_the_value_around_it() {
        let text = "{\n \"a\": {\n  \"b\": 1 } }";
        check(text, "/a/zzz", (2, 7));
        check(text, "/zzz", (1, 1));
        check(text, "/a/b/c/d", (3, 8));
    }

    #[test]
    fn keys_that_begin_alike_are_not_confused() {
        check("{\"ab\": 1, \"a\": 2}", "/a", (1, 16));
    }

    #[test]
    fn escaped_quotes_and_keys_are_read() {
        check(r#"{"a\"b": "\\", "c": 2}"#, "/c", (1, 21));
        check(r#"{"\u0061": 7}"#, "/a", (1, 12));
    }

    #[test]
    fn nesting_counts_brackets_outside_strings() {
        for (text, limit, expected) in [
            ("1", 0, None),
            ("[]", 1, None),
            ("[]", 0, Some(0)),
            ("[[{}],[]]", 3, None),
            ("[[{}],[]]", 2, Some(2)),
            ("[[],[],[]]", 2, None),
            (r#"["[[[[", "\"[["]"#, 1, None),
            ("]]][", 1, None),
        ] {
            assert_eq!(too_deep(text, limit), expected, "{text}, {limit}");
        }
    }

    #[test]
    fn a_line_and_a_byte_in_it_become_an_offset() {
        for (line, column, expected) in [
            (1, 1, 0),
            (1, 0, 0),
            (1, 2, 1),
            (2, 1, 5),
            (2, 3, 5),
            (3, 1, 9),
            (3, 9, 9),
            (9, 9, 9),
        ] {
            assert_eq!(
                offset("a本\n本\n", line, column),
                expected,
                "{line}, {column}"
            );
        }
    }
}
