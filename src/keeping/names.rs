//! The keys of what is stored, in localStorage and in the journal.
//!
//! `mondai:1:<set id>:attempt:<attempt id>` for attempts, `mondai:1:<set id>:unreadable:<attempt id>` for what could not be
//! read and was set aside byte for byte; in the journal also `mondai:1:<set id>:alive`, when a running sitting was last seen,
//! and `mondai:1:<set id>:fence:<attempt id>:<term>`, that nothing of this term may be written any more.
//! `mondai:1:<set id>:gone:<attempt id>` stands in localStorage until the journal has noted that an attempt was deleted; the
//! notes themselves name nobody (see [`crate::engine::gone`]).
//! `mondai:1:<set id>:reserve` stands in localStorage while an import runs, and holds room for the page.

pub(super) use crate::engine::attempt::verdict::ATTEMPT;
pub use crate::engine::attempt::verdict::OURS;

pub(super) const UNREADABLE: &str = "unreadable:";
pub(super) const ALIVE: &str = "alive";
pub(super) const GONE: &str = "gone:";
pub(super) const FENCE: &str = "fence:";
pub(super) const RESERVE: &str = "reserve";

/// The key of what keeps a term of an attempt out, from the attempt's key. `None` for a key of something else.
pub(super) fn fence(key: &str, term: u64) -> Option<String> {
    // No set's id has a colon.
    let (prefix, id) = key.split_once(&[":", ATTEMPT].concat())?;
    Some([prefix, ":", FENCE, id, ":", &term.to_string()].concat())
}

#[cfg(test)]
mod tests {
    use super::fence;

    #[test]
    fn a_fence_stands_beside_its_attempt() {
        for (key, expected) in [
            ("mondai:1:s:attempt:a", Some("mondai:1:s:fence:a:3")),
            (
                "mondai:1:s:attempt:attempt:",
                Some("mondai:1:s:fence:attempt::3"),
            ),
            ("mondai:1:s:alive", None),
        ] {
            assert_eq!(fence(key, 3).as_deref(), expected, "{key}");
        }
    }
}
