//! Translations that stand in files of their own: which file serves a reader, and putting its texts into the set.
//!
//! Texts are put in before the set is read, where a map from language to text could stand as well; so nothing else knows
//! that there are such files.

use super::format::{self, Problem, Severity, limits, push_token};
use super::json::{Object, Value};
use super::question::cloze;
use super::random::hash;
use super::text::primary;

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
        texts: Index::new(texts),
        language,
        base: &base,
        path: String::new(),
        used: vec![false; texts.len()],
        is_gapped: false,
        lacking: 0,
        untold: 0,
        problems: Vec::new(),
    };
    merging.set(set);
    merging.finish()
}

/// The texts of a file, found by their names in one step: a file may have tens of thousands.
struct Index<'a> {
    texts: Vec<(&'a str, &'a Value)>,
    /// Indices of texts, by the hash of their names.
    buckets: Vec<Vec<usize>>,
}

impl<'a> Index<'a> {
    fn new(texts: &'a Object) -> Self {
        let mut index = Self {
            texts: Vec::with_capacity(texts.len()),
            buckets: vec![Vec::new(); texts.len().max(1)],
        };
        for (number, (path, text)) in texts.iter().enumerate() {
            index.texts.push((path, text));
            let bucket = index.bucket(path);
            if let Some(bucket) = index.buckets.get_mut(bucket) {
                bucket.push(number);
            }
        }
        index
    }

    fn bucket(&self, path: &str) -> usize {
        let buckets = u64::try_from(self.buckets.len()).unwrap_or(1);
        usize::try_from(hash(path.as_bytes()) % buckets.max(1)).unwrap_or(0)
    }

    /// The text of a name. The last of equal names counts, as everywhere.
    fn find(&self, path: &str) -> Option<(usize, &'a Value)> {
        let mut numbers = self.buckets.get(self.bucket(path))?.iter().rev();
        numbers.find_map(|number| {
            let (own, text) = self.texts.get(*number)?;
            (*own == path).then_some((*number, *text))
        })
    }
}

struct Merging<'a> {
    texts: Index<'a>,
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
    /// How many findings there are past the limit of the list.
    untold: usize,
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
        let value = self.texts.find(&self.path).map(|(index, value)| {
            if let Some(mark) = self.used.get_mut(index) {
                *mark = true;
            }
            value
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
        if self.problems.len() >= limits::PROBLEMS {
            self.untold += 1;
            return;
        }
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
        let texts = core::mem::take(&mut self.texts.texts);
        let used = core::mem::take(&mut self.used);
        for ((path, _), _) in texts.iter().zip(used).filter(|(_, is_used)| !is_used) {
            self.path.clear();
            self.path.push_str(path);
            self.tell(
                "unknown-text",
                "nothing in the question set is called so; the file may be older than the set. Correct the name, or take it away.",
            );
        }
        if self.lacking > 0 {
            // Whatever else there is to tell.
            let message = [
                "Translation `",
                self.language,
                "`: ",
                &self.lacking.to_string(),
                " texts of the question set are not in it: they are shown in the set's own language.",
            ];
            self.problems.push(Problem {
                severity: Severity::Warning,
                pointer: String::from("/texts"),
                ..Problem::whole("missing-translation", message.concat())
            });
        }
        if self.untold > 0 {
            let mut message = String::from("Findings about it that are not listed here: ");
            message.push_str(&self.untold.to_string());
            message.push('.');
            self.problems.push(Problem {
                severity: Severity::Warning,
                ..Problem::whole("too-many-problems", message)
            });
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
mod tests;
