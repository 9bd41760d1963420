//! Translations that stand in files of their own: which file serves a reader, and putting its texts into the set.
//!
//! Texts are put in before the set is read, where a map from language to text could stand as well; so nothing else knows
//! that there are such files.

use super::format::{self, Problem, Severity, limits, push_token};
use super::json::{Object, Value};
use super::question::cloze;
use super::set::primary;

/// The address of the translation that serves a reader who asked for `wanted`, and the tag it is listed under. `None` if the
/// set's own language does, or nothing better is there.
pub fn address<'v>(set: &'v Value, wanted: &str) -> Option<(&'v str, &'v str)> {
    let own = set.get("language").and_then(Value::as_str).unwrap_or("en");
    let listed = set.get("translations")?.as_object()?;
    let find = |tag: &str| {
        let mut tags = listed.iter();
        tags.find(|(own, _)| own.eq_ignore_ascii_case(tag))
    };
    let same_language = || {
        let mut tags = listed.iter();
        tags.find(|(own, _)| primary(own).eq_ignore_ascii_case(primary(wanted)))
    };
    // An exact file beats the set's own language: `en-GB` beside `en`.
    let found = find(wanted).or_else(|| {
        let is_own = primary(own).eq_ignore_ascii_case(primary(wanted));
        (!is_own).then(same_language).flatten()
    });
    let (tag, address) = found?;
    Some((tag, address.as_str()?))
}

/// Puts the texts of a translation file into a set, as `language`. What the file lacks stays in the set's own language.
/// Problems: a file that cannot be used is an error, and nothing was changed; texts that belong nowhere, or lack, are
/// warnings.
pub fn merge(set: &mut Value, file: &str, language: &str) -> Vec<Problem> {
    let unusable = |message: &str| {
        vec![Problem::whole(
            "translation-unusable",
            ["The translation `", language, "` cannot be used: ", message].concat(),
        )]
    };
    let Some(file) = format::parse_quietly(file) else {
        return unusable("it is no JSON, or too large or too deep.");
    };
    if file.get("mondai").and_then(Value::as_u64) != Some(1) {
        return unusable("`mondai` must be 1.");
    }
    if file.get("set").and_then(Value::as_str) != set.get("id").and_then(Value::as_str) {
        return unusable("its `set` is not the id of this question set.");
    }
    let own = file.get("language").and_then(Value::as_str);
    if !own.is_some_and(|own| own.eq_ignore_ascii_case(language)) {
        return unusable("its `language` is not the one it is listed under in `translations`.");
    }
    let Some(texts) = file.get("texts").and_then(Value::as_object) else {
        return unusable("`texts` is missing: an object from places to texts.");
    };
    let base = set
        .get("language")
        .and_then(Value::as_str)
        .unwrap_or("en")
        .to_owned();
    let mut merging = Merging {
        texts,
        language,
        base: &base,
        path: String::new(),
        used: vec![false; texts.len()],
        is_gapped: false,
        lacking: 0,
        problems: Vec::new(),
    };
    merging.set(set);
    merging.finish()
}

struct Merging<'a> {
    texts: &'a Object,
    language: &'a str,
    base: &'a str,
    /// Where the walk is, as the file names places.
    path: String,
    /// Beside `texts`: whether it belonged somewhere.
    used: Vec<bool>,
    /// Whether the text at hand has gaps.
    is_gapped: bool,
    /// How many texts of the set have none in the file.
    lacking: usize,
    problems: Vec<Problem>,
}

impl Merging<'_> {
    fn set(&mut self, set: &mut Value) {
        self.text(set, "title");
        for (list, key) in [
            ("domains", "title"),
            ("forms", "title"),
            ("scenarios", "text"),
        ] {
            self.within(list, |own| {
                own.each_named(set.get_mut(list), |own, value| own.text(value, key));
            });
        }
        self.each_named(set.get_mut("questions"), Self::question);
    }

    fn question(&mut self, question: &mut Value) {
        for key in ["prompt", "explanation"] {
            self.text(question, key);
        }
        if question.get("type").and_then(Value::as_str) == Some("cloze") {
            self.is_gapped = true;
            self.text(question, "text");
            self.is_gapped = false;
        }
        self.parts(question);
        if let Some(gaps) = question.get_mut("gaps").and_then(Value::as_object_mut) {
            self.within("gaps", |own| {
                for (gap, value) in gaps.iter_mut() {
                    own.within(gap, |own| own.parts(value));
                }
            });
        }
        let references = question.get_mut("references");
        self.within("references", |own| {
            let references = references.and_then(Value::as_array_mut).into_iter();
            for (index, reference) in references.flatten().enumerate() {
                own.within(&index.to_string(), |own| own.text(reference, "title"));
            }
        });
    }

    fn parts(&mut self, holder: &mut Value) {
        for list in ["choices", "items", "prompts"] {
            self.within(list, |own| {
                own.each_named(holder.get_mut(list), |own, part| {
                    own.text(part, "text");
                    own.text(part, "why");
                });
            });
        }
    }

    /// Every element of a list that has an id.
    fn each_named(&mut self, list: Option<&mut Value>, visit: impl Fn(&mut Self, &mut Value)) {
        for element in list.and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(id) = element.get("id").and_then(Value::as_str).map(str::to_owned) {
                self.within(&id, |own| visit(own, element));
            }
        }
    }

    /// One text of the set, if it has it.
    fn text(&mut self, holder: &mut Value, key: &str) {
        let Some(place) = holder.get_mut(key) else {
            return;
        };
        let length = self.path.len();
        push_step(&mut self.path, key);
        let found = self.texts.iter().position(|(path, _)| *path == self.path);
        let value = found.and_then(|index| {
            if let Some(mark) = self.used.get_mut(index) {
                *mark = true;
            }
            Some(self.texts.iter().nth(index)?.1)
        });
        let text = value.and_then(Value::as_str);
        match text {
            // Tools for translators write an empty text where there is none yet.
            Some(text) if text.trim().is_empty() => self.lack(place),
            Some(text) if text.len() > limits::TEXT_BYTES => self.tell(
                "text-too-long",
                "This text is longer than 64 KiB: shorten it.",
            ),
            // With other gaps than the set's own text, the question could not be asked at all.
            Some(text) if self.is_gapped && !self.has_its_gaps(place, text) => self.tell(
                "gap-not-in-every-text",
                "its gaps are not those of the question, whose own text is shown instead. Write each of them into it once.",
            ),
            Some(text) => self.put(place, text),
            None if value.is_some() => self.tell("wrong-kind", "This must be text in quotes."),
            None => self.lack(place),
        }
        self.path.truncate(length);
    }

    /// The file has no text for a place; the set may have it in this language itself.
    fn lack(&mut self, place: &Value) {
        let has_own = place
            .as_object()
            .is_some_and(|map| map.get(self.language).is_some());
        self.lacking += usize::from(!has_own);
    }

    /// Whether a text has the gaps of the one it stands for.
    fn has_its_gaps(&self, place: &Value, text: &str) -> bool {
        let own = place.as_str().or_else(|| place.get(self.base)?.as_str());
        own.is_none_or(|own| cloze::have_same_gaps(own, text))
    }

    fn put(&self, place: &mut Value, text: &str) {
        let text = Value::String(text.to_owned());
        match place {
            Value::Object(map) => map.set(self.language, text),
            Value::String(own) => {
                let own = Value::String(core::mem::take(own));
                let mut map = Object::default();
                map.set(self.base, own);
                map.set(self.language, text);
                *place = Value::Object(map);
            }
            // Told when the set is read.
            _ => {}
        }
    }

    fn within(&mut self, step: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_step(&mut self.path, step);
        visit(self);
        self.path.truncate(length);
    }

    fn tell(&mut self, code: &'static str, message: &str) {
        let mut pointer = String::from("/texts");
        push_token(&mut pointer, &self.path);
        self.problems.push(Problem {
            severity: Severity::Warning,
            pointer,
            ..Problem::whole(
                code,
                ["Translation `", self.language, "`: ", message].concat(),
            )
        });
    }

    fn finish(mut self) -> Vec<Problem> {
        let unused: Vec<String> = self
            .texts
            .iter()
            .zip(&self.used)
            .filter(|(_, is_used)| !**is_used)
            .map(|((path, _), _)| path.clone())
            .collect();
        for path in unused.into_iter().take(limits::PROBLEMS) {
            self.path = path;
            self.tell(
                "unknown-text",
                "nothing in the question set is called so; the file may be older than the set. Correct the name, or take it away.",
            );
        }
        if self.lacking > 0 {
            let count = self.lacking.to_string();
            self.path.clear();
            self.tell(
                "missing-translation",
                &[
                    &count,
                    " texts of the question set are not in it: they are shown in the set's own language.",
                ]
                .concat(),
            );
            if let Some(problem) = self.problems.last_mut() {
                problem.pointer = String::from("/texts");
            }
        }
        self.problems
    }
}

fn push_step(path: &mut String, step: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(step);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = r#"{"mondai":1,"id":"s","title":"T","language":"en","translations":{"ja":"./s.ja.json","en-GB":"./s.gb.json"},
      "domains":[{"id":"d","title":{"en":"D","de":"DD"}}],"scenarios":[{"id":"c","text":"Case"}],
      "questions":[{"id":"q","type":"single","prompt":"P","choices":[{"id":"a","text":"A","correct":true,"why":"W"},{"id":"b","text":"B"}],
      "references":[{"title":"R","url":"https://example.org"}]},
      {"id":"z","type":"cloze","prompt":"P","text":"{{g}}","gaps":{"g":{"choices":[{"id":"x","text":"X","correct":true},{"id":"y","text":"Y"}]}}}]}"#;

    fn merged(texts: &str) -> (Value, Vec<Problem>) {
        let mut set = Value::parse(SET).unwrap();
        let file = format!(r#"{{"mondai":1,"set":"s","language":"ja","texts":{{{texts}}}}}"#);
        let problems = merge(&mut set, &file, "ja");
        (set, problems)
    }

    #[test]
    fn the_file_that_serves_a_reader() {
        let set = Value::parse(SET).unwrap();
        for (wanted, expected) in [
            ("ja", Some("./s.ja.json")),
            ("ja-JP", Some("./s.ja.json")),
            ("JA", Some("./s.ja.json")),
            ("en", None),
            ("en-US", None),
            ("en-gb", Some("./s.gb.json")),
            ("fr", None),
        ] {
            assert_eq!(
                address(&set, wanted).map(|(_, address)| address),
                expected,
                "{wanted}"
            );
        }
    }

    #[test]
    fn every_text_of_a_set_can_be_translated() {
        let places = [
            "title",
            "domains/d/title",
            "scenarios/c/text",
            "q/prompt",
            "q/choices/a/text",
            "q/choices/a/why",
            "q/choices/b/text",
            "q/references/0/title",
            "z/prompt",
            "z/text",
            "z/gaps/g/choices/x/text",
            "z/gaps/g/choices/y/text",
        ];
        let texts: Vec<String> = places
            .iter()
            .map(|place| {
                let gap = if *place == "z/text" { "{{g}} " } else { "" };
                format!(r#""{place}":"{gap}訳 {place}""#)
            })
            .collect();
        let (set, problems) = merged(&texts.join(","));
        assert_eq!(problems, []);
        let at = |path: &[&str]| {
            path.iter().fold(&set, |value, step| {
                let listed = value
                    .as_array()
                    .and_then(|list| list.get(step.parse::<usize>().ok()?));
                listed.or_else(|| value.get(step)).unwrap()
            })
        };
        assert_eq!(at(&["title", "ja"]).as_str(), Some("訳 title"));
        assert_eq!(at(&["title", "en"]).as_str(), Some("T"));
        assert_eq!(at(&["domains", "0", "title", "de"]).as_str(), Some("DD"));
        assert_eq!(
            at(&["questions", "1", "gaps", "g", "choices", "1", "text", "ja"]).as_str(),
            Some("訳 z/gaps/g/choices/y/text")
        );
    }

    #[test]
    fn what_a_file_lacks_or_has_too_much_is_told() {
        let (set, problems) =
            merged(r#""title":"題","q/prompt":7,"gone/prompt":"x","q/choices/zz/text":"x""#);
        let told: Vec<(&str, &str)> = problems
            .iter()
            .map(|problem| (problem.code, problem.pointer.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("wrong-kind", "/texts/q~1prompt"),
                ("unknown-text", "/texts/gone~1prompt"),
                ("unknown-text", "/texts/q~1choices~1zz~1text"),
                ("missing-translation", "/texts"),
            ]
        );
        assert!(
            problems[3].message.contains("10 texts"),
            "{}",
            problems[3].message
        );
        assert!(
            problems
                .iter()
                .all(|problem| problem.severity == Severity::Warning)
        );
        assert_eq!(
            set.get("questions").unwrap().as_array().unwrap()[0]
                .get("prompt")
                .unwrap()
                .as_str(),
            Some("P")
        );
    }

    #[test]
    fn a_text_with_other_gaps_does_not_take_the_question_away() {
        for (text, is_put) in [
            ("訳 {{g}}", true),
            ("訳", false),
            ("{{h}}", false),
            ("{{g}} {{h}}", false),
            ("{{g}} {{g}}", false),
        ] {
            let (set, problems) = merged(&format!(r#""z/text":"{text}""#));
            let own = set.get("questions").unwrap().as_array().unwrap()[1].get("text");
            assert_eq!(own.unwrap().get("ja").is_some(), is_put, "{text}");
            let told = problems.iter().any(|problem| {
                (problem.code, problem.pointer.as_str())
                    == ("gap-not-in-every-text", "/texts/z~1text")
            });
            assert_eq!(told, !is_put, "{text}");
            let loaded = format::load(&set, SET, format::Kit::EXAM);
            assert_eq!(loaded.set.unwrap().questions.len(), 2, "{text}");
        }
        // Elsewhere braces are only text.
        let (_, problems) = merged(r#""scenarios/c/text":"{{h}}""#);
        assert!(
            problems
                .iter()
                .all(|problem| problem.code == "missing-translation")
        );
    }

    /// Whitespace, and what tools for translators write for "not yet".
    #[test]
    fn a_blank_text_is_none() {
        let (set, problems) = merged(r#""title":"","q/prompt":" \n\u3000""#);
        assert_eq!(set.get("title").unwrap().as_str(), Some("T"));
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].message.contains("12 texts"),
            "{}",
            problems[0].message
        );
    }

    #[test]
    fn a_file_for_something_else_changes_nothing() {
        for file in [
            "",
            "[]",
            r#"{"mondai":2,"set":"s","language":"ja","texts":{"title":"x"}}"#,
            r#"{"mondai":1,"set":"other","language":"ja","texts":{"title":"x"}}"#,
            r#"{"mondai":1,"set":"s","language":"fr","texts":{"title":"x"}}"#,
            r#"{"mondai":1,"set":"s","language":"ja"}"#,
        ] {
            let mut set = Value::parse(SET).unwrap();
            let problems = merge(&mut set, file, "ja");
            assert_eq!(problems.len(), 1, "{file}");
            assert_eq!(problems[0].code, "translation-unusable", "{file}");
            assert_eq!(problems[0].severity, Severity::Error, "{file}");
            assert_eq!(set, Value::parse(SET).unwrap(), "{file}");
        }
    }
}
