//! What a program can tell about questions as test items: keys that give themselves away, missing reasons, prompts that ask
//! for another number than the key has, texts that lack a language.
//!
//! Advice beside what [`super::lint`] finds: the reader accepts all of it, so every finding is a warning.

mod lengths;

use serde_json::Value;

use crate::engine::draw::largest_remainder;
use crate::engine::form::Draw;
use crate::engine::format::{self, Problem, Severity, push_token, wire};

/// What chance does more rarely than this is taken for no accident.
const UNLIKELY: f64 = 0.01;
/// With fewer questions, anything can be an accident.
const FEWEST: usize = 8;
/// How many questions or places a sentence names.
const NAMED: usize = 5;

/// What could be better about the questions of a set, as warnings in the order of the file.
pub fn quality(text: &str) -> Vec<Problem> {
    json(text).map_or_else(Vec::new, |set| quality_of(text, &set))
}

/// As [`quality`], of a set into which translations were put. Places are those in `text`, the set's own file. Whether the
/// languages in `translations` are complete is left to whoever has those files.
pub fn quality_of(text: &str, set: &Value) -> Vec<Problem> {
    let mut bank = Bank {
        set,
        own: language_of(set),
        problems: Vec::new(),
    };
    let places = places(set);
    for language in bank.languages(&places) {
        bank.lengths_give_away(&language);
        bank.choose_disagrees(&language);
        bank.missing_translation(&language, &places);
    }
    bank.position_gives_away();
    bank.missing_parts();
    bank.too_few_for_forms(text);
    located(text, bank.problems)
}

/// A file as JSON, if the reader accepts it as that.
pub fn json(text: &str) -> Option<Value> {
    format::parse::<true>(text).ok()?;
    serde_json::from_str(format::without_mark(text)).ok()
}

/// The problems with their places in a file, in its order. A place that is not in the file becomes the one around it.
pub fn located(text: &str, mut problems: Vec<Problem>) -> Vec<Problem> {
    let file = json(text).unwrap_or_default();
    for Problem { pointer, .. } in &mut problems {
        while file.pointer(pointer).is_none() {
            pointer.truncate(pointer.rfind('/').unwrap_or(0));
        }
    }
    format::locate(format::without_mark(text), &mut problems);
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems
}

/// The known name that somebody may have meant.
pub fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    super::nearest(name, known)
}

/// A text of a set, and what files of translations call it.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// Its name, such as `q-limit/choices/a/why`.
    pub key: String,
    /// Where it stands, as a JSON Pointer.
    pub pointer: String,
    /// A text in quotes, or a map from language to text.
    pub text: &'a Value,
}

/// The texts of a set and of a question. `*` stands for the id of an element, or its name; `#` for its index.
const IN_SET: &str = "title domains/*/title scenarios/*/text forms/*/title";
const IN_QUESTION: &str = "prompt text choices/*/text choices/*/why items/*/text items/*/why prompts/*/text prompts/*/why \
    gaps/*/choices/*/text gaps/*/choices/*/why explanation references/#/title";

/// Every text of a set that readers see.
pub fn places(set: &Value) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    for pattern in IN_SET.split(' ') {
        walk(set, pattern, "", "", &mut found);
    }
    for (index, question) in list(set, "questions").iter().enumerate() {
        let pointer = format!("/questions/{index}");
        for pattern in IN_QUESTION.split_whitespace() {
            walk(question, pattern, id_of(question), &pointer, &mut found);
        }
    }
    found
}

fn walk<'a>(value: &'a Value, pattern: &str, key: &str, pointer: &str, found: &mut Vec<Place<'a>>) {
    let (step, rest) = pattern.split_once('/').unwrap_or((pattern, ""));
    // What it is called in the key, what in the pointer, and itself.
    let children: Vec<(String, String, &Value)> = match value {
        Value::Array(elements) => {
            let numbered = elements.iter().enumerate().map(|(index, element)| {
                let id = element["id"].as_str().filter(|_| step == "*");
                let index = index.to_string();
                (id.unwrap_or(&index).to_owned(), index, element)
            });
            numbered.collect()
        }
        Value::Object(map) => {
            let own = map.iter().filter(|(name, _)| step == "*" || *name == step);
            own.map(|(name, value)| (name.clone(), name.clone(), value))
                .collect()
        }
        _ => Vec::new(),
    };
    for (name, token, text) in children {
        let key = format!("{key}/{name}").trim_start_matches('/').to_owned();
        let mut pointer = pointer.to_owned();
        push_token(&mut pointer, &token);
        if !rest.is_empty() {
            walk(text, rest, &key, &pointer, found);
        } else if text.is_string() || text.is_object() {
            found.push(Place { key, pointer, text });
        }
    }
}

/// Whether a text is written in a language, or in one that it narrows down; `own` is the language of texts that say none.
pub fn speaks(text: &Value, language: &str, own: &str) -> bool {
    let serves = |tag: &str| {
        let cut = language.get(..tag.len());
        cut.is_some_and(|cut| cut.eq_ignore_ascii_case(tag))
            && matches!(language.as_bytes().get(tag.len()), None | Some(b'-'))
    };
    match text {
        Value::Object(map) => map.iter().any(|(tag, text)| serves(tag) && !is_blank(text)),
        _ => serves(own),
    }
}

/// The language of texts that say none.
pub fn language_of(set: &Value) -> &str {
    set["language"].as_str().unwrap_or("en")
}

/// Whether nothing is written there, in no language.
pub fn is_blank(text: &Value) -> bool {
    match text {
        Value::String(text) => text.trim().is_empty(),
        Value::Object(map) => map.values().all(is_blank),
        _ => true,
    }
}

/// The first few of many names, and how many more there are.
pub fn first_few(names: &[&str]) -> String {
    let quoted = names.iter().map(|name| format!("`{name}`"));
    let first = quoted.take(NAMED).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn id_of(value: &Value) -> &str {
    value["id"].as_str().unwrap_or_default()
}

fn kind_of(question: &Value) -> &str {
    question["type"].as_str().unwrap_or_default()
}

fn is_right(choice: &Value) -> bool {
    choice["correct"].as_bool() == Some(true)
}

fn right_ones(question: &Value) -> usize {
    let choices = list(question, "choices").iter();
    choices.filter(|choice| is_right(choice)).count()
}

fn real(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// How many of how many, and how many chance would make it.
fn share(hits: usize, tries: &[f64]) -> String {
    let of = tries.len();
    let percent = |part: f64| (100.0 * part / real(of)).round();
    let (own, by_chance) = (percent(real(hits)), percent(tries.iter().sum()));
    format!("{hits} of {of} questions ({own} %; by chance {by_chance} %)")
}

/// The chance of at least so many hits, where each try has a chance of its own.
fn chance(tries: &[f64], hits: usize) -> f64 {
    let mut of = vec![1.0];
    for own in tries {
        let (fewer, same) = ([&[0.0], &of[..]].concat(), [&of[..], &[0.0]].concat());
        let both = fewer.iter().zip(&same);
        let sums = both.map(|(fewer, same)| fewer * own + same * (1.0 - own));
        of = sums.collect();
    }
    of.iter().skip(hits).sum()
}

struct Bank<'a> {
    set: &'a Value,
    own: &'a str,
    problems: Vec<Problem>,
}

impl<'a> Bank<'a> {
    fn tell(&mut self, code: &'static str, pointer: &str, message: String) {
        self.problems.push(Problem {
            severity: Severity::Warning,
            pointer: pointer.to_owned(),
            ..Problem::whole(code, message)
        });
    }

    /// The questions with their pointers.
    fn questions(&self) -> impl Iterator<Item = (String, &'a Value)> + use<'a> {
        let all = list(self.set, "questions").iter().enumerate();
        all.map(|(index, own)| (format!("/questions/{index}"), own))
    }

    /// The languages that texts of the set are written in.
    fn languages(&self, places: &[Place<'a>]) -> Vec<String> {
        let mut languages: Vec<String> = Vec::new();
        let maps = places.iter().filter_map(|place| place.text.as_object());
        let tags = maps.flat_map(|map| map.keys().map(String::as_str));
        for tag in [self.own].into_iter().chain(tags) {
            let is_new = !languages.iter().any(|own| own.eq_ignore_ascii_case(tag));
            if is_new && places.iter().any(|place| speaks(place.text, tag, self.own)) {
                languages.push(tag.to_owned());
            }
        }
        languages
    }

    /// A text as readers of a language see it, without the marks of emphasis and code.
    fn shown(&self, text: &Value, language: &str) -> String {
        let text = match text {
            Value::Object(map) => wire::Text::Languages(
                map.iter()
                    .filter_map(|(tag, text)| Some((tag.clone(), text.as_str()?.to_owned())))
                    .collect(),
            ),
            _ => wire::Text::Plain(text.as_str().unwrap_or_default().to_owned()),
        };
        let prose = text.into_domain(self.own).resolve(language);
        prose.markdown.replace(['`', '*'], "")
    }

    fn position_gives_away(&mut self) {
        let singles = self.questions().filter(|(_, own)| kind_of(own) == "single");
        let singles = singles.filter_map(|(_, question)| {
            let choices = list(question, "choices");
            Some((choices.iter().position(is_right)?, choices.len()))
        });
        let singles: Vec<(usize, usize)> = singles.collect();
        let most = singles.iter().map(|(_, of)| *of).max().unwrap_or(0);
        let forms = list(self.set, "forms");
        let shuffles = |form: &Value| list(form, "shuffle").iter().any(|what| what == "choices");
        let mend = if !forms.is_empty() && forms.iter().all(shuffles) {
            "All forms shuffle choices, so readers do not see it yet; move some for the form that will not."
        } else {
            "Move some, or let every form shuffle `choices`."
        };
        for place in 0..most {
            let mut tries = Vec::new();
            for (_, of) in &singles {
                tries.push(if place < *of { 1.0 / real(*of) } else { 0.0 });
            }
            let hits = singles.iter().filter(|(own, _)| *own == place).count();
            // Whoever looks at several places finds an accident at one of them more easily.
            if tries.len() >= FEWEST && chance(&tries, hits) * real(most) < UNLIKELY {
                let message = format!(
                    "The right choice is number {} in {} of type `single`. {mend}",
                    place + 1,
                    share(hits, &tries),
                );
                self.tell("position-gives-away", "/questions", message);
            }
        }
    }

    fn choose_disagrees(&mut self, language: &str) {
        for (pointer, question) in self.questions() {
            let prompt = &question["prompt"];
            let (key, mend) = match kind_of(question) {
                "single" => (1, "the `type`"),
                "multiple" => (right_ones(question), "which choices are `correct`"),
                "ordering" => (list(question, "order").len(), "the `order`"),
                _ => continue,
            };
            let told = told(&self.shown(prompt, language), kind_of(question));
            let asked = *told.first().unwrap_or(&key);
            if !told.contains(&key) && asked != key && speaks(prompt, language, self.own) {
                let message = format!(
                    "In `{language}`, the prompt asks for {asked}, and the key has {key}: correct the prompt, or {mend}."
                );
                let pointer = format!("{pointer}/prompt/{language}");
                self.tell("choose-disagrees", &pointer, message);
            }
        }
    }

    fn missing_translation(&mut self, language: &str, places: &[Place<'a>]) {
        let mut files = self.set["translations"].as_object().into_iter().flatten();
        if files.any(|(tag, _)| tag.eq_ignore_ascii_case(language)) {
            return;
        }
        let mut lacking = places.to_vec();
        lacking.retain(|own| own.text.is_object() && !is_blank(own.text));
        let of = lacking.len();
        lacking.retain(|own| !speaks(own.text, language, self.own));
        let keys: Vec<&str> = lacking.iter().map(|place| place.key.as_str()).collect();
        if let Some(first) = lacking.first() {
            let message = format!(
                "`{language}` is missing in {} of {of} texts that have languages ({}): add it there, or take it away from the others, so that readers do not get two languages in turn.",
                keys.len(),
                first_few(&keys),
            );
            self.tell("missing-translation", &first.pointer, message);
        }
    }

    fn missing_parts(&mut self) {
        for (pointer, question) in self.questions() {
            let mut parts = Vec::new();
            for pattern in "choices/* items/* prompts/* gaps/*/choices/*".split(' ') {
                walk(question, pattern, "", "", &mut parts);
            }
            let pairs = question["pairs"].as_object().into_iter().flatten();
            let pairs: Vec<&Value> = pairs.map(|(_, choice)| choice).collect();
            // A choice that belongs to a prompt is explained there.
            let is_paired = |part: &Place<'_>| {
                part.key.starts_with("choices/") && pairs.contains(&&part.text["id"])
            };
            parts.retain(|part| is_blank(&part.text["why"]) && !is_paired(part));
            let parts: Vec<&str> = parts.iter().map(|part| part.key.as_str()).collect();
            let names = first_few(&parts);
            if !names.is_empty() {
                let message = format!("No `why` in {names}: say why each is right or wrong.");
                self.tell("missing-why", &pointer, message);
            }
            if is_blank(&question["explanation"]) {
                let message = "There is no `explanation`: add what to learn from the question.";
                self.tell("missing-explanation", &pointer, message.to_owned());
            }
            if list(question, "references").is_empty() {
                let message = "There are no `references`: add a page that backs the key.";
                self.tell("missing-reference", &pointer, message.to_owned());
            }
        }
    }

    /// `text` as the engine reads it, so that nothing else is counted than what can be drawn.
    fn too_few_for_forms(&mut self, text: &str) {
        let Some(set) = format::read(text).set else {
            return;
        };
        for form in &set.forms {
            let takes = |index: &usize| form.domains.is_empty() || form.domains.contains(index);
            let own: Vec<usize> = (0..set.domains.len()).filter(takes).collect();
            let weight = |index: &usize| u64::from(set.domains[*index].weight.unwrap_or(1));
            let weights: Vec<u64> = own.iter().map(weight).collect();
            // Not `count`: that a form asks for more than there is, the lint tells.
            let size = form.size(&set);
            let shares = largest_remainder(&weights, size);
            for (index, share) in own.into_iter().zip(shares) {
                let questions = set.questions.iter();
                let there = questions.filter(|own| own.domain == Some(index)).count();
                if share > there && form.draw == Draw::ByDomain && form.count.is_some() {
                    let message = format!(
                        "Of {size} questions, {share} are to be from the domain `{}`, and it has {there}: add {}, or lower `count` or its `weight`. Other domains fill up.",
                        set.domains[index].id,
                        share - there,
                    );
                    let mut written = list(self.set, "forms").iter();
                    let at = written.position(|own| id_of(own) == form.id);
                    let pointer = format!("/forms/{}/count", at.unwrap_or(0));
                    self.tell("too-few-for-form", &pointer, message);
                }
            }
        }
    }
}

const NUMBERS: &str = "zero one two three four five six seven eight nine ten eleven twelve";
/// What follows a number of steps that are to be put in order.
const STEPS: &str = "steps actions tasks stages phases items operations commands 手順 ステップ 操作 作業 アクション 工程 タスク 段階";
/// What may stand between "choose" and the number.
const BETWEEN: &str = "the exactly only any best correct right";
/// What makes of "2つ選" or of "3つの手順" a statement instead of an instruction.
const STATED: &str = "択する 択した 択してい 択され 択でき 択肢 んだ んでい ぶ のうち の中 から";

/// The numbers of parts that a prompt asks for: "choose two", 「2つ選択」, and in an ordering "the two steps".
fn told(prompt: &str, kind: &str) -> Vec<usize> {
    let is_in = |list: &str, word: &str| list.split(' ').any(|own| own == word);
    let mut spaced = String::new();
    for letter in prompt.chars().flat_map(char::to_lowercase) {
        match letter {
            '\n' => spaced.push_str(" . "),
            _ if letter.is_alphanumeric() || letter == '-' => spaced.push(letter),
            _ => spaced.extend([' ', letter, ' ']),
        }
    }
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut told = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or(".", |before| words[before]);
        // Not "a team has to choose two": an instruction begins a sentence or a bracket.
        let is_inside = before == "," || before.contains(char::is_alphanumeric);
        let begins = before == "please" || !is_inside;
        let mut after = words[at + 1..].iter().filter(|word| !is_in(BETWEEN, word));
        let number = after.next().and_then(|word| {
            let spelt = NUMBERS.split(' ').position(|own| own == *word);
            spelt.or_else(|| word.parse().ok())
        });
        let asks = match kind {
            "multiple" if *word == "which" => true,
            "ordering" if is_in("the these which", word) => {
                !is_in("of from among", before) && after.take(2).any(|word| is_in(STEPS, word))
            }
            "ordering" if is_in("put arrange order", word) => begins,
            _ => begins && is_in("choose select pick", word),
        };
        told.extend(number.filter(|_| asks));
    }
    let steps = STEPS.split(' ').filter(|_| kind == "ordering");
    for mark in steps.chain(["選"]) {
        for (at, _) in prompt.match_indices(mark) {
            let after = &prompt[at + mark.len()..];
            let mut stated = STATED.split(' ');
            if !stated.any(|stated| after.starts_with(stated)) {
                told.extend(counted_at_end(&prompt[..at]));
            }
        }
    }
    told
}

/// The number at the end of a Japanese text, before the word that is counted: 3 of 「手順を3つ」.
fn counted_at_end(text: &str) -> Option<usize> {
    let is_between = |letter: char| letter.is_whitespace() || "をおのだけ".contains(letter);
    let text = text.trim_end_matches(is_between);
    let mut counters = ["つ", "個", "項目", "点"].iter();
    let text = counters.find_map(|counter| text.strip_suffix(counter))?;
    let digit = |letter: char| {
        let mut rows = ["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九"].iter();
        rows.find_map(|row| row.chars().position(|own| own == letter))
    };
    let digits = text.trim_end().chars().rev().map_while(digit);
    let values = digits.zip([1, 10, 100]).map(|(digit, times)| digit * times);
    values.reduce(|sum, value| sum + value)
}

#[cfg(test)]
mod tests;
