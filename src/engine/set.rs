//! The domain types of a question set, built only by [`super::format`].

use super::draw::Drawing;
use super::form::Form;
use super::format::wire;
use super::question::{Presentation, Question, Response};

/// A text in one or more languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Language tag and Markdown; never empty.
    entries: Vec<(String, String)>,
    /// Whether one line of it is a line, whatever it begins with.
    is_inline: bool,
}

/// A text as it will be shown: Markdown, and the language it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The Markdown source.
    pub markdown: String,
    /// Its BCP 47 tag.
    pub language: String,
    /// Whether one line of it is a line, whatever it begins with: `- 5` of a choice is no list.
    pub is_inline: bool,
}

impl Text {
    pub(crate) fn from_wire(text: wire::Text, language: &str) -> Self {
        let mut entries = match text {
            wire::Text::Plain(text) => vec![(language.to_owned(), text)],
            wire::Text::Languages(entries) => entries,
        };
        // The set's own language first: it is what the others fall back to.
        if let Some(own) = position(&entries, language) {
            let own = entries.remove(own);
            entries.insert(0, own);
        }
        Self {
            entries,
            is_inline: false,
        }
    }

    /// The same as a line: of a title, a choice, or what else stands in one.
    #[must_use]
    pub(crate) fn inline(mut self) -> Self {
        self.is_inline = true;
        self
    }

    /// A text in one language, for what the engine itself has to say.
    pub fn plain(language: &str, text: &str) -> Self {
        Self {
            entries: vec![(language.to_owned(), text.to_owned())],
            is_inline: true,
        }
    }

    /// The text for a reader who asked for `wanted`: that tag, else the tag cut from the right (RFC 4647, "lookup"), else
    /// any text of the same primary language, else the set's own language.
    pub fn resolve(&self, wanted: &str) -> Prose {
        let (tag, markdown) = self.entry(wanted);
        Prose {
            markdown: markdown.to_owned(),
            language: tag.to_owned(),
            is_inline: self.is_inline,
        }
    }

    fn entry(&self, wanted: &str) -> (&str, &str) {
        self.entries
            .get(position(&self.entries, wanted).unwrap_or(0))
            .map_or(("", ""), |(tag, markdown)| (tag, markdown))
    }
}

/// The entry whose language serves a reader who asked for `wanted`, if there is one.
fn position(entries: &[(String, String)], wanted: &str) -> Option<usize> {
    let find = |tag: &str| {
        entries
            .iter()
            .position(|(own, _)| own.eq_ignore_ascii_case(tag))
    };
    let mut tag = wanted;
    let mut found = find(tag);
    while found.is_none()
        && let Some((shorter, _)) = tag.rsplit_once('-')
    {
        tag = shorter;
        found = find(tag);
    }
    found.or_else(|| {
        entries
            .iter()
            .position(|(own, _)| primary(own).eq_ignore_ascii_case(primary(wanted)))
    })
}

/// The primary language of a tag: `pt` of `pt-BR`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A subject area of a set.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its name in questions and forms.
    pub id: String,
    /// What readers see.
    pub title: Text,
    /// Its share of a paper drawn by domain, relative to the others; 1 where the author says none.
    pub weight: Option<u32>,
}

/// A case that several questions are about.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name in questions.
    pub id: String,
    /// The case.
    pub text: Text,
}

/// A public page that backs a question.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What the link says.
    pub title: Text,
    /// Its address; `http` or `https`.
    pub url: String,
}

/// The indexes of questions, ordered by id. A tree or a table is more code than a reader can be asked to load.
#[derive(Clone, Debug)]
pub(super) struct ById(Vec<usize>);

impl ById {
    /// Of these questions.
    pub(super) fn new(questions: &[Question]) -> Self {
        let mut places = Self(Vec::with_capacity(questions.len()));
        for (index, question) in questions.iter().enumerate() {
            if let Err(place) = places.search(questions, &question.id) {
                places.0.insert(place, index);
            }
        }
        places
    }

    fn find(&self, questions: &[Question], id: &str) -> Option<usize> {
        let place = self.search(questions, id).ok()?;
        self.0.get(place).copied()
    }

    /// Where an id stands in the order, or would.
    fn search(&self, questions: &[Question], id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|index| {
            let own = questions.get(*index).map_or("", |question| &question.id);
            own.cmp(id)
        })
    }
}

/// What the author wrote, valid: at least one question, ids unique, keys sound.
#[derive(Clone, Debug)]
pub struct QuestionSet {
    /// Its identity: stored results belong to it.
    pub id: String,
    /// What readers see.
    pub title: Text,
    /// The language of texts that say none.
    pub language: String,
    /// A fingerprint of the file, to notice edits.
    pub digest: u64,
    /// The subject areas.
    pub domains: Vec<Domain>,
    /// The cases.
    pub scenarios: Vec<Scenario>,
    /// The ways to make a paper.
    pub forms: Vec<Form>,
    /// The questions, in the author's order.
    pub questions: Vec<Question>,
    /// Where each of them stands.
    pub(super) by_id: ById,
    /// How papers are drawn from it.
    pub drawing: Drawing,
}

impl QuestionSet {
    /// The index of the question with an id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.find(&self.questions, id)
    }

    /// Whether a test holds for every text of every question, in the language wanted. Texts that are shown after marking
    /// only do not count.
    pub fn every_text(&self, language: &str, test: &dyn Fn(&Prose) -> bool) -> bool {
        let mut cases = self.scenarios.iter();
        cases.all(|scenario| test(&scenario.text.resolve(language)))
            && self.questions.iter().all(|question| {
                let kind = question.body.as_type();
                let parts: Vec<usize> = (0..kind.pins().len()).collect();
                let interaction = kind.interaction(Presentation {
                    language,
                    order: &parts,
                    response: &Response::default(),
                    is_marked: false,
                });
                test(&question.prompt.resolve(language)) && interaction.every_text(test)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_resolves_to_the_best_language() {
        let text = Text::from_wire(
            wire::Text::Languages(
                [("de", "D"), ("en", "E"), ("ja", "J"), ("zh-Hant", "Z")]
                    .map(|(tag, text)| (tag.to_owned(), text.to_owned()))
                    .to_vec(),
            ),
            "en",
        );
        for (wanted, expected) in [
            ("ja", "J"),
            ("ja-JP", "J"),
            ("JA-jp-x-private", "J"),
            ("zh", "Z"),
            ("zh-Hant-TW", "Z"),
            ("fr", "E"),
            ("", "E"),
        ] {
            assert_eq!(text.resolve(wanted).markdown, expected, "{wanted}");
        }
    }

    #[test]
    fn the_sets_own_language_is_the_fallback_however_it_is_written() {
        for (own, expected) in [
            ("en", "E"),
            ("EN", "E"),
            ("en-GB", "E"),
            ("zh", "Z"),
            ("fr", "D"),
            ("", "D"),
        ] {
            let entries = [("de", "D"), ("en", "E"), ("zh-Hant", "Z")]
                .map(|(tag, text)| (tag.to_owned(), text.to_owned()));
            let text = Text::from_wire(wire::Text::Languages(entries.to_vec()), own);
            let prose = text.resolve("ko");
            assert_eq!(prose.markdown, expected, "{own}");
        }
    }
}
