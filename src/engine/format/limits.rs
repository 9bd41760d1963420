//! How large a question set may be. The numbers are the contract's (section 4).

/// A file, in bytes.
pub const FILE_BYTES: usize = 2 * 1024 * 1024;
/// One text in one language, in bytes.
pub const TEXT_BYTES: usize = 64 * 1024;
/// Questions in a set.
pub const QUESTIONS: usize = 2_000;
/// Domains of a set.
pub const DOMAINS: usize = 100;
/// Scenarios of a set.
pub const SCENARIOS: usize = 2_000;
/// Forms of a set.
pub const FORMS: usize = 100;
/// References of a question.
pub const REFERENCES: usize = 50;
/// Choices of a question.
pub const CHOICES: usize = 26;
/// Arrays and objects inside each other.
pub const NESTING: usize = 32;
/// Findings told at once: past this many, a list helps nobody.
pub const PROBLEMS: usize = 100;
