//! The author's texts, in one or more languages.

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
    /// From one text or more, each with the tag of its language; `language` is that of the set.
    pub(crate) fn new(mut entries: Vec<(String, String)>, language: &str) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_resolves_to_the_best_language() {
        let text = Text::new(
            [("de", "D"), ("en", "E"), ("ja", "J"), ("zh-Hant", "Z")]
                .map(|(tag, text)| (tag.to_owned(), text.to_owned()))
                .to_vec(),
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
            let text = Text::new(entries.to_vec(), own);
            let prose = text.resolve("ko");
            assert_eq!(prose.markdown, expected, "{own}");
        }
    }
}
