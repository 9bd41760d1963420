//! `text`: a typed text, compared with those that the author accepts.
//!
//! Two texts are the same if they are after [folding](super::folding). An author who accepts a typographic sign alone means
//! that sign: `—` is not `-`.

use crate::engine::json::Value;

use super::folding::{folded, is_blank, is_same, is_sign, narrowed};
use super::parts::{Kind, PartsView, PlaceVerdict, PlaceView, ReadAs};
use super::{Completeness, Interaction, Presentation, QuestionType, Response};
use crate::engine::format::reader::{Reader, Wire, wire, words, wrong_kind};
use crate::engine::format::wire::Text as WireText;
use crate::engine::points::Points;
use crate::engine::scoring::Tally;
use crate::engine::text::Text;

/// How much a reader can type, in characters.
const LONGEST: usize = 200;

wire! {
    /// What a `text` question has beside what every question has; also a gap to type into.
    Accepted is "an object with `accept`" {
        /// The texts that are right.
        required accept: Accept,
        /// Whether letter case counts; `ignore` unless said.
        optional case: Case,
    }
}

words! {
    /// Whether letter case counts.
    Case is "`exact` or `ignore`" {
        /// It counts.
        Exact = "exact",
        /// It does not.
        Ignore = "ignore",
    }
}

/// One text, several, or these for each language; all of them count in every language. Never empty.
#[derive(Clone, Debug)]
pub struct Accept {
    /// All of them.
    texts: Vec<String>,
    /// Which one to show as the key.
    shown: WireText,
}

impl Wire for Accept {
    const EXPECTED: &'static str =
        "a text, a list of texts, or an object with these for each language";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let Value::Object(map) = value else {
            let texts = read_texts(value, reader)?;
            let shown = WireText::Plain(texts.first()?.clone());
            return Some(Self { texts, shown });
        };
        if map.is_empty() {
            none_accepted(reader);
        }
        let mut texts = Vec::new();
        let mut shown = Vec::new();
        for (tag, value) in map.iter() {
            let own = reader.within(tag, |reader| read_texts(value, reader));
            let own = own.unwrap_or_default();
            shown.extend(own.first().map(|first| (tag.clone(), first.clone())));
            texts.extend(own);
        }
        let shown = WireText::Languages(shown);
        (!texts.is_empty()).then_some(Self { texts, shown })
    }
}

/// Reads a text or a list of texts; `None` means that a problem was written down.
fn read_texts<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Vec<String>> {
    let errors_before = reader.error_count();
    let texts = match value {
        Value::String(_) => vec![String::read(value, reader)?],
        Value::Array(_) => Vec::<String>::read(value, reader)?,
        _ => {
            wrong_kind(Accept::EXPECTED, reader);
            return None;
        }
    };
    if reader.error_count() > errors_before {
        return None;
    }
    let written = texts.len();
    let texts = texts.into_iter().filter(|text| typed(text).is_some());
    let texts: Vec<String> = texts.map(|text| text.trim().to_owned()).collect();
    if texts.is_empty() {
        none_accepted(reader);
    } else if texts.len() < written {
        reader.warning(
            "blank-text",
            "A blank text is no answer: take it away. It is ignored.",
        );
    }
    if texts.iter().any(|text| text.chars().count() > LONGEST) {
        reader.error(
            "accepted-text-too-long",
            "A reader can type 200 characters at most: accept a shorter text. The question is left out.",
        );
    }
    (reader.error_count() == errors_before).then_some(texts)
}

fn none_accepted<const TELLS: bool>(reader: &mut Reader<TELLS>) {
    reader.error(
        "no-accepted-text",
        "No text is accepted here: write one that is right. The question is left out.",
    );
}

#[cfg(feature = "author")]
impl schemars::JsonSchema for Accept {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Accept".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let text = schemars::json_schema!({ "type": "string", "maxLength": LONGEST });
        let list = schemars::json_schema!({ "type": "array", "minItems": 1, "items": text });
        schemars::json_schema!({
            "anyOf": [
                text,
                list,
                { "type": "object", "minProperties": 1, "additionalProperties": { "anyOf": [text, list] } },
            ],
        })
    }
}

/// The texts that are right.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    accepted: Vec<Accepting>,
    is_exact: bool,
    /// Which one to show as the key.
    shown: Text,
}

/// One of them, as it is compared.
#[derive(Clone, Debug)]
enum Accepting {
    /// Folded.
    Text(String),
    /// A typographic sign that is asked for as such.
    Sign(String),
}

impl Texts {
    pub(in crate::engine) fn read<const TELLS: bool>(
        value: &Value,
        language: &str,
        reader: &mut Reader<TELLS>,
    ) -> Option<Self> {
        let errors_before = reader.error_count();
        let wire = Accepted::read(value, reader)?;
        if reader.error_count() > errors_before {
            return None;
        }
        let is_exact = matches!(wire.case, Some(Case::Exact));
        let accepted = wire.accept.texts.iter().map(|text| {
            if is_sign(text) {
                Accepting::Sign(narrowed(text, is_exact))
            } else {
                Accepting::Text(folded(text, is_exact))
            }
        });
        Some(Self {
            accepted: accepted.collect(),
            is_exact,
            shown: wire.accept.shown.into_domain(language),
        })
    }

    /// Whether a typed text is one of them.
    pub(super) fn accepts(&self, typed: &str) -> bool {
        let narrow = narrowed(typed, self.is_exact);
        let folded = folded(typed, self.is_exact);
        self.accepted.iter().any(|accepted| match accepted {
            Accepting::Text(text) => is_same(text, &folded),
            Accepting::Sign(sign) => *sign == narrow,
        })
    }

    /// The one to show as the key.
    pub(super) fn key(&self, language: &str) -> String {
        self.shown.resolve(language).markdown
    }
}

/// What was typed, as a response keeps it: on one line and not too long. `None` if there is nothing to be seen in it.
pub(super) fn typed(text: &str) -> Option<String> {
    let on_one_line = |char: char| {
        if char.is_whitespace() && char.is_control() {
            Some(' ')
        } else {
            (!char.is_control()).then_some(char)
        }
    };
    let kept: String = text.chars().filter_map(on_one_line).take(LONGEST).collect();
    (!is_blank(&kept)).then_some(kept)
}

/// The first text of a response, as far as it is kept.
pub(super) fn only(response: &Response) -> Option<String> {
    response.0.first().and_then(|text| typed(text))
}

/// A question with a text for an answer.
#[derive(Clone, Debug)]
pub struct Typed {
    texts: Texts,
}

/// Reads and checks it.
pub(in crate::engine) fn read<const TELLS: bool>(
    value: &Value,
    language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Typed> {
    let texts = Texts::read(value, language, reader)?;
    Some(Typed { texts })
}

/// What a screen shows of a question with one place to type into.
pub(super) fn view(
    kind: Kind,
    id: &str,
    given: Option<String>,
    read: Option<ReadAs>,
    verdict: Option<PlaceVerdict>,
) -> Interaction {
    Interaction::parts(PartsView {
        kind,
        text: None,
        places: vec![PlaceView {
            id: id.to_owned(),
            label: None,
            choices: Vec::new(),
            given: given.unwrap_or_default(),
            read,
            verdict,
        }],
        pool: Vec::new(),
        wanted: 1,
    })
}

/// The tally of one typed answer: nothing to guess from, so nothing to take away.
pub(super) fn tally(is_right: bool) -> Tally {
    Tally {
        right: u32::from(is_right),
        of_right: 1,
        wrong: 0,
        guessed: Points::NONE,
        is_by_place: true,
    }
}

impl QuestionType for Typed {
    fn pins(&self) -> Vec<bool> {
        Vec::new()
    }

    fn accept(&self, response: &Response) -> Response {
        Response(only(response).into_iter().collect())
    }

    fn completeness(&self, response: &Response) -> Completeness {
        only(response).map_or(Completeness::Unanswered, |_| Completeness::Complete)
    }

    fn tally(&self, response: &Response) -> Tally {
        tally(only(response).is_some_and(|typed| self.texts.accepts(&typed)))
    }

    fn key(&self) -> Response {
        Response(vec![self.texts.key("")])
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        let given = only(presentation.response);
        let verdict = presentation.is_marked.then(|| PlaceVerdict {
            is_correct: given
                .as_ref()
                .is_some_and(|typed| self.texts.accepts(typed)),
            key: self.texts.key(presentation.language),
            why: None,
        });
        view(Kind::Text, "text", given, None, verdict)
    }
}
