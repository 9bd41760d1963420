//! Translations in files of their own: whole, missing, stale or with a name too many. Whatever the file is like, the quiz
//! can be taken; readers are told only what they miss, authors everything.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::record::Kind;
use mondai_e2e::site::Fault;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};

use crate::solver::{Given, by_keyboard, until_answerable};

/// Where the file stands on the server.
const FILE: &str = "/test/seas.ja.json";
/// The one line on the start screen, in the language of the interface, which is the one the reader asked for.
const LINE: &str = "このクイズの一部は日本語では用意されていません。";

/// A choice and a gap to type in, in English, with a file for Japanese.
const SET: &str = r#"{
  "mondai": 1, "id": "seas", "language": "en", "title": "Seas",
  "translations": { "ja": "./seas.ja.json" },
  "forms": [{ "id": "practice", "title": "Practice", "mode": "practice" }],
  "questions": [
    { "id": "salt", "type": "single", "prompt": "Where does the salt of the sea come from?",
      "choices": [
        { "id": "rivers", "text": "From rivers", "correct": true, "why": "They wash it out of rocks." },
        { "id": "fish", "text": "From fish" } ],
      "explanation": "It stays when water rises." },
    { "id": "largest", "type": "cloze", "prompt": "Fill in the gap.", "text": "The largest ocean is the {{name}}.",
      "gaps": { "name": { "accept": ["Pacific", "太平洋"] } } }
  ]
}"#;

/// The file, with every text of the set.
fn whole() -> Value {
    json!({
        "mondai": 1, "set": "seas", "language": "ja",
        "texts": {
            "title": "海",
            "forms/practice/title": "練習",
            "salt/prompt": "海の塩はどこから来ますか。",
            "salt/choices/rivers/text": "川から",
            "salt/choices/rivers/why": "岩から溶け出します。",
            "salt/choices/fish/text": "魚から",
            "salt/explanation": "水が蒸発しても塩は残ります。",
            "largest/prompt": "空欄を埋めてください。",
            "largest/text": "最も広い海は{{name}}です。",
        }
    })
}

/// What readers can miss in the quiz, from the first screen to the last question.
struct Shown {
    title: &'static str,
    form: &'static str,
    salt: &'static str,
    rivers: &'static str,
    explanation: &'static str,
    largest: &'static str,
    /// What stands before the gap and after it.
    gapped: [&'static str; 2],
}

const JAPANESE: Shown = Shown {
    title: "海",
    form: "練習",
    salt: "海の塩はどこから来ますか。",
    rivers: "川から",
    explanation: "水が蒸発しても塩は残ります。",
    largest: "空欄を埋めてください。",
    gapped: ["最も広い海は", "です。"],
};

const ENGLISH: Shown = Shown {
    title: "Seas",
    form: "Practice",
    salt: "Where does the salt of the sea come from?",
    rivers: "From rivers",
    explanation: "It stays when water rises.",
    largest: "Fill in the gap.",
    gapped: ["The largest ocean is the", "."],
};

/// The set with a file of translations, for a reader.
async fn open<'s>(stage: &'s Stage<'_>, file: &Value, attributes: &str) -> Outcome<Quiz<'s>> {
    stage.site.put(FILE, "application/json", file.to_string());
    let quiz = stage.show_quiz(SET, attributes).await?;
    quiz.until_screen("start").await?;
    // What is wrong with the file is told before this.
    stage.page.until_told("mondai-ready", 1).await?;
    Ok(quiz)
}

/// Takes the quiz from the start screen to its end; all that is shown on the way is as expected, and all can be answered.
async fn takes(stage: &Stage<'_>, quiz: &Quiz<'_>, shown: &Shown) -> Outcome {
    quiz.until_says("title", shown.title).await?;
    assert_eq!(quiz.text("form-title").await?, shown.form);
    quiz.start().await?;
    quiz.until_says("prompt", shown.salt).await?;
    let choices = quiz.texts("[part~=choice]").await?;
    assert_eq!(choices.first().map(String::as_str), Some(shown.rivers));
    assert_eq!(quiz.answer(&["rivers"]).await?, "correct");
    let feedback = quiz.text("feedback").await?;
    assert!(feedback.contains(shown.explanation), "{feedback}");

    quiz.act("next").await?;
    quiz.until_question(2).await?;
    quiz.until_says("prompt", shown.largest).await?;
    until_answerable(quiz).await?;
    // The gap has words of its own for screen readers, so the text is read on either side of it.
    let sides = "
        const gap = one('[part~=gap-place]');
        return ['previousSibling', 'nextSibling'].map((side) => gap[side]?.data.trim())";
    assert_eq!(quiz.read::<Vec<String>>(sides, &[]).await?, shown.gapped);
    let typed = Given::Places(vec![(String::from("name"), String::from("Pacific"))]);
    by_keyboard(stage, quiz, &typed).await?;
    assert_eq!(quiz.answer(&[]).await?, "correct");

    quiz.act("finish").await?;
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "100%");
    Ok(())
}

/// What the page was told about the translation: nothing but that; and the codes of its problems, in order.
async fn problems(stage: &Stage<'_>) -> Outcome<Vec<String>> {
    let record = stage.page.record().await?;
    let mut codes = Vec::new();
    for told in record.events {
        if told.name == "mondai-error" {
            assert_eq!(told.detail["code"], "translation", "{}", told.detail);
            assert_eq!(
                told.detail["message"], told.detail["problems"][0]["message"],
                "the message is the first problem's"
            );
            let problems = told.detail["problems"].as_array().cloned();
            let problems = problems.unwrap_or_default().into_iter();
            codes.extend(problems.map(|problem| problem["code"].to_string().replace('"', "")));
        }
    }
    Ok(codes)
}

/// The lines on the start screen that tell of something amiss.
async fn notices(quiz: &Quiz<'_>) -> Outcome<Vec<String>> {
    quiz.texts("[part~=notice]").await
}

/// A file with every text: all is in Japanese, and nobody is told anything.
pub async fn whole_file(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, &whole(), "lang=ja").await?;
    assert_eq!(notices(&quiz).await?, [""; 0]);
    assert_eq!(stage.site.requests(FILE), 1);
    takes(stage, &quiz, &JAPANESE).await?;
    assert_eq!(problems(stage).await?, [""; 0]);
    Ok(())
}

/// No file where the set says: the set's own texts, one line about it, and a quiz that can be taken to its end.
pub async fn missing_file(stage: &Stage<'_>) -> Outcome {
    stage.site.fault(FILE, Fault::Status(404));
    stage.page.expect(Kind::Warning, "seas.ja.json");
    let quiz = open(stage, &whole(), "lang=ja").await?;
    assert_eq!(notices(&quiz).await?, [LINE]);
    stage.page.audit("start, not translated").await?;
    takes(stage, &quiz, &ENGLISH).await?;
    assert_eq!(problems(stage).await?, ["not-found"]);
    Ok(())
}

/// A file that is older than the set: what it lacks, and a text whose gap was renamed since, fall back one by one; all else
/// is in Japanese, and no question is taken away.
pub async fn stale_file(stage: &Stage<'_>) -> Outcome {
    let mut file = whole();
    let texts = file["texts"].as_object_mut();
    let removed = texts.and_then(|texts| texts.remove("salt/prompt"));
    assert!(removed.is_some(), "it was there");
    file["texts"]["largest/text"] = json!("最も広い海は{{ocean}}です。");
    stage.page.expect(Kind::Warning, "/texts/largest~1text");
    stage
        .page
        .expect(Kind::Warning, "1 texts of the question set");
    let quiz = open(stage, &file, "lang=ja").await?;
    assert_eq!(notices(&quiz).await?, [LINE]);
    let mixed = Shown {
        salt: ENGLISH.salt,
        gapped: ENGLISH.gapped,
        ..JAPANESE
    };
    takes(stage, &quiz, &mixed).await?;
    let expected = ["gap-not-in-every-text", "missing-translation"];
    assert_eq!(problems(stage).await?, expected);
    Ok(())
}

/// A file with a text that belongs nowhere, and otherwise whole: that is the author's to mend, and readers miss nothing.
pub async fn name_too_many(stage: &Stage<'_>) -> Outcome {
    let mut file = whole();
    file["texts"]["salt/choices/whales/text"] = json!("クジラから");
    stage
        .page
        .expect(Kind::Warning, "/texts/salt~1choices~1whales~1text");
    let quiz = open(stage, &file, "lang=ja").await?;
    assert_eq!(notices(&quiz).await?, [""; 0]);
    takes(stage, &quiz, &JAPANESE).await?;
    assert_eq!(problems(stage).await?, ["unknown-text"]);
    Ok(())
}

/// Readers of the set's own language, and of one that nobody translated it into, never load the file.
pub async fn not_wanted(stage: &Stage<'_>) -> Outcome {
    for language in ["en", "en-GB", "fr"] {
        let attributes = format!("lang={language} storage=none");
        let quiz = open(stage, &whole(), &attributes).await?;
        assert_eq!(notices(&quiz).await?, [""; 0], "{language}");
        takes(stage, &quiz, &ENGLISH).await?;
        assert_eq!(stage.site.requests(FILE), 0, "{language}");
    }
    assert_eq!(problems(stage).await?, [""; 0]);
    Ok(())
}
