//! What the length of choices gives away, at both ends: a right choice that is the longest or the shortest of its question, too
//! often, too rarely, or by far.
//!
//! Readers who have learnt that a right choice is never the longest rule the longest out, so rarely is as bad as often.

use core::cmp::Reverse;

use super::{
    Bank, FEWEST, UNLIKELY, chance, first_few, id_of, is_right, kind_of, list, real, right_ones,
    share, speaks,
};

/// So many percent of the nearest wrong choice, or more, is by far.
const FAR_PERCENT: usize = 150;
/// Fewer columns than this nobody notices, however short the choices are.
const FAR_COLUMNS: usize = 20;

/// An end of the row of choices when they are sorted by length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Longest,
    Shortest,
}

/// How the right choices of one question stand to the wrong ones at one end.
struct Measured<'a> {
    id: &'a str,
    pointer: String,
    kind: &'a str,
    /// Columns of the outermost right choice, and of the outermost wrong one.
    right: usize,
    wrong: usize,
    /// How likely the outermost choice is right by chance.
    by_chance: f64,
}

impl End {
    /// What a choice at this end is, in a sentence.
    fn comparative(self) -> &'static str {
        match self {
            Self::Longest => "longer",
            Self::Shortest => "shorter",
        }
    }

    /// What the outermost choice is, in a sentence.
    fn superlative(self) -> &'static str {
        match self {
            Self::Longest => "longest",
            Self::Shortest => "shortest",
        }
    }

    /// The codes of "too often" and of "too rarely".
    fn codes(self) -> [&'static str; 2] {
        match self {
            Self::Longest => ["longest-is-right", "longest-is-wrong"],
            Self::Shortest => ["shortest-is-right", "shortest-is-wrong"],
        }
    }

    /// What to do about right choices that stand at this end too often, and about those that do too rarely.
    fn mends(self) -> [&'static str; 2] {
        let shorten = "Shorten right choices or lengthen wrong ones";
        let lengthen = "Lengthen right choices or shorten wrong ones";
        match self {
            Self::Longest => [shorten, lengthen],
            Self::Shortest => [lengthen, shorten],
        }
    }

    /// The outermost of some lengths.
    fn outermost(self, lengths: impl Iterator<Item = usize>) -> Option<usize> {
        match self {
            Self::Longest => lengths.max(),
            Self::Shortest => lengths.min(),
        }
    }

    /// How far out the right choice is, in percent of the wrong one, and by how many columns.
    fn distance(self, own: &Measured<'_>) -> (usize, usize) {
        let (outer, inner) = match self {
            Self::Longest => (own.right, own.wrong),
            Self::Shortest => (own.wrong, own.right),
        };
        (outer * 100 / inner.max(1), outer.saturating_sub(inner))
    }
}

impl<'a> Bank<'a> {
    /// Tells all that lengths give away to readers of a language.
    pub(super) fn lengths_give_away(&mut self, language: &str) {
        for end in [End::Longest, End::Shortest] {
            let all = self.measured(end, language);
            for own in &all {
                self.stands_out(end, own, language);
            }
            // A kind of its own only where all together are as they should be: once is enough.
            let kinds = [None, Some("single"), Some("multiple")];
            let _told = kinds.into_iter().any(|kind| {
                let of_kind = all
                    .iter()
                    .filter(|own| kind.is_none_or(|kind| own.kind == kind));
                self.share_is_unlikely(end, &of_kind.collect::<Vec<_>>(), kind, language)
            });
        }
    }

    /// The questions that are asked in a language and have right and wrong choices.
    fn measured(&self, end: End, language: &str) -> Vec<Measured<'a>> {
        let mut all = Vec::new();
        for (pointer, question) in self.questions() {
            let choices = list(question, "choices");
            let outermost = |right: bool| {
                let own = choices.iter().filter(|choice| is_right(choice) == right);
                end.outermost(own.map(|choice| columns(&self.shown(&choice["text"], language))))
            };
            if let Some((right, wrong)) = outermost(true).zip(outermost(false))
                && speaks(&question["prompt"], language, self.own)
            {
                all.push(Measured {
                    id: id_of(question),
                    pointer: format!("{pointer}/choices"),
                    kind: kind_of(question),
                    right,
                    wrong,
                    by_chance: real(right_ones(question)) / real(choices.len()),
                });
            }
        }
        all
    }

    /// One right choice that anybody would point at.
    fn stands_out(&mut self, end: End, own: &Measured<'_>, language: &str) {
        let (percent, more) = end.distance(own);
        if percent >= FAR_PERCENT && more >= FAR_COLUMNS {
            let message = format!(
                "In `{language}`, a right choice of `{}` is {} than all wrong ones by {more} columns ({} and {}), so it stands out. {}.",
                own.id,
                end.comparative(),
                own.right,
                own.wrong,
                end.mends()[0],
            );
            self.tell("length-stands-out", &own.pointer, message);
        }
    }

    /// Tells where right choices stand at one end far more often or far more rarely than by chance; whether it did.
    fn share_is_unlikely(
        &mut self,
        end: End,
        all: &[&Measured<'_>],
        kind: Option<&str>,
        language: &str,
    ) -> bool {
        let tries: Vec<f64> = all.iter().map(|own| own.by_chance).collect();
        let mut hits = all.to_vec();
        hits.retain(|own| end.distance(own).1 > 0);
        // As long as a wrong one is no miss: whoever looks for the longest may take it.
        let mut misses = all.to_vec();
        misses.retain(|own| end.distance(own).1 == 0 && own.right != own.wrong);
        let reached = all.len() - misses.len();
        let rarely = tries.len() >= FEWEST && 1.0 - chance(&tries, reached + 1) < UNLIKELY;
        let often = tries.len() >= FEWEST && chance(&tries, hits.len()) < UNLIKELY;
        if !often && !rarely {
            return false;
        }
        let of_kind = kind.map_or(String::new(), |kind| format!(" of type `{kind}`"));
        let (found, mut worst) = if often {
            let share = share(hits.len(), &tries);
            let comparative = end.comparative();
            let found = format!(
                "a right choice is {comparative} than all wrong ones in {share}{of_kind}, so readers can guess it"
            );
            (found, hits)
        } else {
            let share = share(reached, &tries);
            let outer = end.superlative();
            let found = format!(
                "a right choice is the {outer} in only {share}{of_kind}, so readers can rule the {outer} out"
            );
            (found, misses)
        };
        // First those that stand out most, or that need least to stand out.
        worst.sort_by_key(|own| Reverse(end.distance(own).0));
        let ids: Vec<&str> = worst.iter().map(|own| own.id).collect();
        let which = usize::from(!often);
        let message = format!(
            "In `{language}`, {found}. {}, first in {}.",
            end.mends()[which],
            first_few(&ids),
        );
        self.tell(end.codes()[which], "/questions", message);
        true
    }
}

/// How wide a text is: letters of East Asia take two columns, others one.
fn columns(text: &str) -> usize {
    let wide = |letter: char| matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}');
    text.trim()
        .chars()
        .map(|letter| 1 + usize::from(wide(letter)))
        .sum()
}

#[cfg(test)]
mod tests;
