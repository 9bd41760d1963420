//! Tidy tests: what no compiler checks, but the house relies on. Each names the rule, the place, and how to mend it.
//!
//! A rule is a function from text to findings, so that each can be shown to fail on a bad sample.

mod arrows;
mod bank;
mod borders;
mod documents;
mod shape;
mod tree;

/// Fails with all findings at once.
fn none(findings: &[String], how_to_mend: &str) {
    assert!(
        findings.is_empty(),
        "\n\n{}\n\n{how_to_mend}\n",
        findings.join("\n")
    );
}
