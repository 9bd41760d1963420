//! One finding about a question set: how bad, where, what, and how to mend it.

use core::fmt;

use serde::Serialize;

/// How much a [`Problem`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Works, but an author would want to know.
    Warning,
    /// A question, a form or the whole set cannot be used as written.
    Error,
}

impl Severity {
    /// The word a person reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding about a question set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name for programs, such as `no-correct-choice`.
    pub code: &'static str,
    /// Where, as a JSON Pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// Line in the file, from 1; 0 where there is none (the file could not be fetched).
    pub line: u32,
    /// Column in the line, in characters from 1; 0 where there is none.
    pub column: u32,
    /// A sentence that says what is wrong and how to mend it.
    pub message: String,
}

impl Problem {
    /// A finding about a file as a whole.
    pub fn whole(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            pointer: String::new(),
            line: 0,
            column: 0,
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Piece by piece: `write!` with arguments would pull formatting machinery into the reader's download.
        if self.line > 0 {
            out.write_str("line ")?;
            fmt::Display::fmt(&self.line, out)?;
            out.write_str(", column ")?;
            fmt::Display::fmt(&self.column, out)?;
            out.write_str(": ")?;
        }
        out.write_str(&self.message)?;
        if !self.pointer.is_empty() {
            out.write_str(" (at ")?;
            out.write_str(&self.pointer)?;
            out.write_str(")")?;
        }
        Ok(())
    }
}
