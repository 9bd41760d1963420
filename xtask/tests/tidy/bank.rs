//! How the shipped questions are written: one spelling, one way to end a choice, no emphasis that points at the answer, and
//! one Japanese word for each thing. What the questions give away by length and place, `cargo xtask sets` tells.

use serde_json::Value;

use crate::none;
use crate::tree::{File, files};

/// Spellings of Britain, as beginnings of words. The bank is written as AWS writes: in American English.
const BRITISH: &str = "analyse analysing artefact behaviour cancelled cancelling catalogue centre colour defence favour fulfil \
    grey honour judgement kilometre labelled labelling learnt licence litre modelled modelling neighbour programme signalled \
    spelt towards afterwards travelled travelling unlabelled whilst";
/// Longer words that begin as one of those, and are not British.
const NOT_BRITISH: &str = "fulfill fulfilled fulfilling fulfills programmed programmer";
/// Words that end as if of `-ise`, and are written so everywhere.
const WITH_S: &str = "advise advised compromise concise devise exercise expertise likewise noise otherwise pairwise precise \
    premise premises promise promised promising raise raised raises raising revise revised rise rises rising supervise \
    supervised supervising surprise unsupervised wise";

/// What the Japanese texts do not say, and what they say instead, as AWS does. Training a model is トレーニング; 学習 is left for
/// what a model learns, and for words such as 機械学習.
const JAPANESE: [(&str, &str); 17] = [
    ("既定", "デフォルト"),
    ("回答", "応答"),
    ("レスポンス", "応答"),
    ("イベント時刻", "イベント時間"),
    ("訓練", "トレーニング"),
    ("再学習", "再トレーニング"),
    ("で学習", "でトレーニング"),
    ("での学習", "でのトレーニング"),
    ("学習に", "トレーニングに"),
    ("学習させ", "トレーニングし"),
    ("学習の手順", "トレーニングの手順"),
    ("学習データ", "トレーニングデータ"),
    ("学習ジョブ", "トレーニングジョブ"),
    ("学習済み", "トレーニング済み"),
    ("閾値", "しきい値"),
    ("サーバレス", "サーバーレス"),
    ("パーセント", "%"),
];

/// A text of a set, and where it stands: ids and names of keys, such as `q-limit/choices/a/text`.
struct Text {
    place: String,
    language: String,
    words: String,
}

/// The texts of a set or of a file of translations.
fn texts(file: &File) -> Vec<Text> {
    let json: Value =
        serde_json::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let language = json["language"].as_str().unwrap_or("en").to_owned();
    let mut found = Vec::new();
    collect(&json, "", &language, &mut found);
    found
}

fn collect(value: &Value, place: &str, language: &str, found: &mut Vec<Text>) {
    let under = |name: &str| format!("{place}/{name}").trim_start_matches('/').to_owned();
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                match name.as_str() {
                    // A text in one of its languages.
                    "en" | "ja" => collect(value, place, name, found),
                    // What a list or a file is called is no part of the place.
                    "questions" | "texts" => collect(value, place, language, found),
                    _ => collect(value, &under(name), language, found),
                }
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                let id = value["id"]
                    .as_str()
                    .map_or(index.to_string(), str::to_owned);
                collect(value, &under(&id), language, found);
            }
        }
        Value::String(words) => {
            let last = place.rsplit('/').next().unwrap_or_default();
            if ["text", "why", "prompt", "explanation", "title"].contains(&last) {
                found.push(Text {
                    place: place.to_owned(),
                    language: language.to_owned(),
                    words: words.clone(),
                });
            }
        }
        _ => {}
    }
}

/// Words that are not spelled as in America.
fn british(text: &Text) -> Vec<String> {
    let is_in = |list: &str, word: &str| list.split_whitespace().any(|own| own == word);
    let is_british = |word: &&str| {
        let begins = BRITISH.split_whitespace().any(|own| word.starts_with(own));
        let ends = ["ise", "ised", "ises", "ising", "isation", "isations"];
        let ends = ends.iter().any(|own| word.ends_with(own));
        begins && !is_in(NOT_BRITISH, word) || ends && !is_in(WITH_S, word)
    };
    if text.language != "en" {
        return Vec::new();
    }
    let lower = text.words.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphabetic());
    words
        .filter(is_british)
        .map(|word| format!("`{word}` is British"))
        .collect()
}

/// A choice, item or prompt of a matching that ends in a full stop.
fn full_stop(text: &Text) -> Vec<String> {
    let parts = ["/choices/", "/items/", "/prompts/"];
    let is_part = parts.iter().any(|part| text.place.contains(part));
    let ends = text.words.trim_end().ends_with(['.', '。']);
    let is_told = is_part && ends && text.place.ends_with("/text");
    is_told
        .then(|| "ends in a full stop".to_owned())
        .into_iter()
        .collect()
}

/// Emphasis in a prompt, a choice or a case. A label at the beginning of a list's item may be bold.
fn emphasis(text: &Text) -> Vec<String> {
    let is_asked = text.place.ends_with("prompt") || text.place.ends_with("/text");
    let prose = text.words.split("```").step_by(2);
    let mut marked = prose.flat_map(str::lines).filter_map(|line| {
        let rest = line
            .strip_prefix("- **")
            .and_then(|label| label.split_once(":**"));
        let rest = rest.map_or(line, |(_, rest)| rest);
        rest.contains("**").then(|| format!("bold in \"{line}\""))
    });
    marked.next().filter(|_| is_asked).into_iter().collect()
}

/// Japanese words and spaces that the bank writes in another way. Titles of references are their authors'.
fn japanese(text: &Text) -> Vec<String> {
    if text.language != "ja" || text.place.contains("/references/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (wrong, right) in JAPANESE {
        // 機械学習 and 過学習 are words of their own, and a model learns 細部まで.
        let own = ["機械学習", "過学習", "まで学習"];
        let own = own
            .iter()
            .fold(text.words.clone(), |rest, own| rest.replace(own, ""));
        if own.contains(wrong) {
            found.push(format!("{wrong} is {right} here"));
        }
    }
    let letters: Vec<char> = text.words.chars().collect();
    for pair in letters.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let is_latin = |letter: char| letter.is_ascii_alphanumeric();
        let is_japanese = |letter: char| matches!(letter, 'ぁ'..='ん' | 'ァ'..='ヺ' | '一'..='龠');
        if is_latin(first) && is_japanese(second) || is_japanese(first) && is_latin(second) {
            found.push(format!("a space is missing in {first}{second}"));
        }
    }
    for three in letters.windows(3) {
        if three[0].is_ascii_digit() && three[1] == ' ' && three[2] == '%' {
            found.push(format!("no space before the sign in {} %", three[0]));
        }
    }
    found
}

/// What a rule finds in the shipped sets.
fn findings(rule: fn(&Text) -> Vec<String>) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files(&["public/sets"], &["json"]) {
        for text in texts(&file) {
            let Text {
                place, language, ..
            } = &text;
            let at = |what| format!("{}: {place} ({language}): {what}", file.path);
            findings.extend(rule(&text).into_iter().map(at));
        }
    }
    findings
}

#[test]
fn the_bank_is_spelled_one_way() {
    none(
        &findings(british),
        "Spell as in America: the bank does, as AWS does.",
    );
}

#[test]
fn no_choice_ends_in_a_full_stop() {
    none(
        &findings(full_stop),
        "Take the full stop away, in both languages: no choice, item or prompt of a matching has one.",
    );
}

#[test]
fn no_emphasis_points_at_what_decides() {
    none(
        &findings(emphasis),
        "Take the bold away: finding the words that decide is the reader's work.",
    );
}

#[test]
fn one_japanese_word_for_one_thing() {
    none(
        &findings(japanese),
        "Write the Japanese as docs/item-review.md says.",
    );
}

#[test]
fn the_rules_of_the_bank_find_what_they_are_for() {
    let check =
        |rule: fn(&Text) -> Vec<String>, place: &str, language: &str, words: &str, found: usize| {
            let text = Text {
                place: place.to_owned(),
                language: language.to_owned(),
                words: words.to_owned(),
            };
            let told = rule(&text);
            assert_eq!(told.len(), found, "{place}: {words}: {told:?}");
        };
    for (words, found) in [
        ("Labelled rows behave towards the colour.", 3),
        ("It favours optimisation, and specialised behaviour.", 4),
        (
            "Labeled rows, a supervised and otherwise precise model, promising neighbors.",
            0,
        ),
        (
            "A programmer fulfills the optimistic promise to raise it.",
            0,
        ),
    ] {
        check(british, "q/prompt", "en", words, found);
        check(british, "q/prompt", "ja", words, 0);
    }
    for (place, words, found) in [
        ("q/choices/a/text", "Use it.", 1),
        ("q/items/a/text", "使う。", 1),
        ("q/prompts/p/text", "Use it. ", 1),
        ("q/gaps/g/choices/a/text", "Use it.", 1),
        ("q/choices/a/text", "Is it used?", 0),
        ("q/choices/a/text", "Use `a.`", 0),
        ("q/choices/a/why", "Because.", 0),
        ("q/prompt", "Which is it.", 0),
    ] {
        check(full_stop, place, "en", words, found);
    }
    for (place, words, found) in [
        ("q/prompt", "Use **no** server.", 1),
        (
            "scenarios/s/text",
            "- **Mail:** a model\n- **Reports:** many",
            0,
        ),
        ("scenarios/s/text", "- **Mail:** a **slow** model", 1),
        ("q/prompt", "```\na ** b\n```\nWhich?", 0),
        ("q/choices/a/why", "**No.**", 0),
    ] {
        check(emphasis, place, "en", words, found);
    }
    for (words, found) in [
        ("モデルの回答は既定のまま", 2),
        ("モデルの応答はデフォルトのまま", 0),
        ("機械学習の過学習を、学習率と学習曲線で調べる", 0),
        ("再学習する", 1),
        ("少数の行で学習する", 1),
        ("モデルは傾向を細部まで学習する", 0),
        ("(2つ選択)", 1),
        ("(2 つ選択)", 0),
        ("手順を4 つ", 1),
        ("0.2 % の取引", 1),
        ("0.2% の取引", 0),
        ("イベント時刻", 1),
    ] {
        check(japanese, "q/prompt", "ja", words, found);
        check(japanese, "q/references/0/title", "ja", words, 0);
    }
}
