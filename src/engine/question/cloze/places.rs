//! Where the gaps of a cloze stand in its text, and which of them nobody could fill: in the address of a link, say.
//!
//! No Markdown parser: that is in another chunk. It knows as much of links as it takes to tell an author.

use core::ops::Range;

use super::GAPS;
use crate::engine::format::wire::is_id;

/// A place of a gap in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'t> {
    /// What stands before it.
    pub before: &'t str,
    /// The place as it is written, such as `{{ speed }}`.
    pub written: &'t str,
    /// The id of the gap.
    pub id: &'t str,
    /// What stands after it.
    pub after: &'t str,
}

impl Place<'_> {
    /// Whether there are spaces around the id: templates in code are written so too.
    const fn is_spaced(&self) -> bool {
        self.written.len() > self.id.len() + 4
    }
}

/// The first place of a gap in a text. There may be spaces around the id; braces around anything but an id are no place.
///
/// ```
/// use mondai::engine::question::cloze::first_place;
///
/// let place = first_place("It is {{ speed }}.").unwrap();
/// assert_eq!((place.before, place.id, place.after), ("It is ", "speed", "."));
/// assert_eq!(first_place("It is {{ .Values.speed }}."), None);
/// ```
pub fn first_place(text: &str) -> Option<Place<'_>> {
    // An id is short and has no braces, so that no text takes long.
    let is_inside = |byte: &u8| !matches!(byte, b'{' | b'}');
    text.match_indices('{').find_map(|(start, _)| {
        let (before, rest) = text.split_at_checked(start)?;
        let inner = rest.strip_prefix("{{")?;
        let length = inner.bytes().take(80).take_while(is_inside).count();
        let (inner, after) = inner.split_at_checked(length)?;
        let after = after.strip_prefix("}}")?;
        let id = inner.trim_matches([' ', '\t']);
        let (written, _) = rest.split_at_checked(rest.len() - after.len())?;
        is_id(id).then_some(Place {
            before,
            written,
            id,
            after,
        })
    })
}

/// The ids of the gaps in a text, in order. Braces with spaces that name no gap are text: `{{ msg }}` is a template.
pub(super) fn places<'t>(mut text: &'t str, is_defined: &dyn Fn(&str) -> bool) -> Vec<&'t str> {
    let mut ids = Vec::new();
    while ids.len() <= GAPS
        && let Some(place) = first_place(text)
    {
        if !place.is_spaced() || is_defined(place.id) {
            ids.push(place.id);
        }
        text = place.after;
    }
    ids
}

/// Whether two texts have the same gaps, in whatever order: languages have their own.
pub fn have_same_gaps(one: &str, other: &str) -> bool {
    let (one, other) = (places(one, &|_| true), places(other, &|_| true));
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

/// The ids of the gaps that stand in an address or title, or in the words for a picture. Links that are defined elsewhere in
/// the text are not looked up.
pub(super) fn in_addresses(text: &str) -> Vec<&str> {
    let hidden = Links::new(text).ranges();
    let mut ids = Vec::new();
    let mut rest = text;
    while ids.len() <= GAPS
        && let Some(place) = first_place(rest)
    {
        let start = text.len() - rest.len() + place.before.len();
        if hidden.iter().any(|range| range.contains(&start)) {
            ids.push(place.id);
        }
        rest = place.after;
    }
    ids
}

/// A walk over a text that finds what its links do not show.
struct Links<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Brackets that are open: where what they hold begins, and whether it is a picture.
    open: Vec<(usize, bool)>,
    found: Vec<Range<usize>>,
}

impl<'t> Links<'t> {
    const fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            open: Vec::new(),
            found: Vec::new(),
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn ranges(mut self) -> Vec<Range<usize>> {
        let mut is_after_blank = true;
        let mut is_line_start = true;
        while let Some(byte) = self.byte(self.at) {
            if core::mem::take(&mut is_line_start) {
                let was_after_blank = is_after_blank;
                let end = self.line_end(self.at);
                let line = self.bytes.get(self.at..end).unwrap_or_default();
                is_after_blank = line.trim_ascii().is_empty();
                if is_after_blank {
                    self.open.clear();
                }
                let is_definition = was_after_blank && self.definition(end);
                let is_code = was_after_blank && line.starts_with(b"    ");
                if is_definition || is_code || self.fence(line, end) {
                    is_after_blank |= is_definition;
                    is_line_start = true;
                    self.at = self.at.max(end) + 1;
                    continue;
                }
            }
            is_line_start = byte == b'\n';
            self.step(byte);
        }
        self.found
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n');
        from + length.unwrap_or(rest.len())
    }

    /// One character, or what begins with it. Code spans have no links.
    fn step(&mut self, byte: u8) {
        let next = self.byte(self.at + 1);
        match byte {
            b'\\' => self.at += 1,
            b'`' => return self.code(),
            b'<' => {
                if let Some(end) = self.automatic() {
                    self.found.push(self.at..end);
                    self.at = end;
                }
            }
            b'!' if next == Some(b'[') => {
                self.at += 1;
                self.open.push((self.at + 1, true));
            }
            b'[' => self.open.push((self.at + 1, false)),
            b']' => {
                if let Some((start, is_picture)) = self.open.pop()
                    && next == Some(b'(')
                    && let Some(end) = self.address(self.at + 2)
                {
                    self.found.push(self.at..end);
                    if is_picture {
                        self.found.push(start..self.at);
                    }
                    self.at = end;
                    return;
                }
            }
            _ => {}
        }
        self.at += 1;
    }

    /// Steps over backticks, and the code after them if as many close it in the same paragraph.
    fn code(&mut self) {
        let run = |from: usize| {
            let rest = self.bytes.get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| **byte == b'`').count()
        };
        let length = run(self.at);
        let mut at = self.at + length;
        while let Some(byte) = self.byte(at) {
            if byte == b'\n' && self.byte(at + 1) == Some(b'\n') {
                break;
            }
            let own = run(at);
            if own == length {
                self.at = at + own;
                return;
            }
            at += own.max(1);
        }
        self.at += length;
    }

    /// The end of `<https://…>`.
    fn automatic(&self) -> Option<usize> {
        let rest = self.bytes.get(self.at + 1..)?;
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b'<' | b'>') || byte.is_ascii_whitespace())?;
        let inner = rest.get(..length)?;
        let is_link = inner.contains(&b':') || inner.contains(&b'@');
        (rest.get(length) == Some(&b'>') && is_link).then_some(self.at + length + 2)
    }

    /// The end of what is in parentheses behind a link's text: an address, and maybe a title.
    fn address(&self, from: usize) -> Option<usize> {
        let mut at = self.skip_space(from);
        if self.byte(at) == Some(b'<') {
            at = self.until(at + 1, b'>')?;
        } else {
            let mut depth = 0_usize;
            while let Some(byte) = self.byte(at) {
                match byte {
                    b'\\' => at += 1,
                    b'(' => depth += 1,
                    b')' if depth == 0 => break,
                    b')' => depth -= 1,
                    byte if byte.is_ascii_whitespace() => break,
                    _ => {}
                }
                at += 1;
            }
        }
        let title = self.skip_space(at);
        let quote = match self.byte(title)? {
            b'"' => Some(b'"'),
            b'\'' => Some(b'\''),
            b'(' => Some(b')'),
            _ => None,
        };
        let end = match quote {
            Some(quote) if title > at => self.skip_space(self.until(title + 1, quote)?),
            _ => title,
        };
        (self.byte(end) == Some(b')')).then_some(end + 1)
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(|byte| byte.is_ascii_whitespace()) {
            at += 1;
        }
        at
    }

    /// Behind the next `end` that no backslash stands before.
    fn until(&self, mut at: usize, end: u8) -> Option<usize> {
        loop {
            match self.byte(at)? {
                b'\\' => at += 2,
                byte if byte == end => return Some(at + 1),
                _ => at += 1,
            }
        }
    }

    /// Whether the line defines the address of links: `[name]: address`.
    fn definition(&mut self, end: usize) -> bool {
        let line = self.bytes.get(self.at..end).unwrap_or_default();
        let close = line.windows(2).position(|two| two == b"]:");
        let is_definition = line.trim_ascii_start().starts_with(b"[") && close.is_some();
        if is_definition {
            self.found.push(self.at..end);
        }
        is_definition
    }

    /// Whether the line opens a block of code; then the walk goes to the line that closes it.
    fn fence(&mut self, line: &[u8], end: usize) -> bool {
        let start = line
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+'));
        let inner = line.get(start.unwrap_or(0)..).unwrap_or_default();
        let first = inner.first().copied().unwrap_or(b' ');
        let length = inner.iter().take_while(|byte| **byte == first).count();
        let (mark, beside) = inner.split_at_checked(length).unwrap_or_default();
        if length < 3 || !matches!(first, b'`' | b'~') {
            return false;
        }
        // Behind backticks on the same line more of them are a code span.
        if first == b'`' && beside.contains(&b'`') {
            return false;
        }
        // What stands beside the fence is the language.
        self.found.push(self.at..end);
        let mut at = end;
        while at < self.bytes.len() {
            let next = self.line_end(at + 1);
            let line = self.bytes.get(at + 1..next).unwrap_or_default();
            at = next;
            if line.trim_ascii_start().starts_with(mark) {
                break;
            }
        }
        self.at = at;
        true
    }
}
