//! The attributes: what they do, and what happens when they cannot be read.

use mondai_e2e::Outcome;
use mondai_e2e::engine::Setup;
use mondai_e2e::pages::{far, post, widget};
use mondai_e2e::record::Kind;
use mondai_e2e::stage::Stage;
use serde_json::Value;

use crate::appearance::IS_DARK;
use crate::sets::{BASICS, shuffled};

/// Each value that cannot be read is told once, and its default is used.
pub async fn unreadable(stage: &Stage<'_>) -> Outcome {
    let attributes = "form=none-such count=many time-limit=soon theme=purple storage=cloud domain=unknown loading=whenever";
    let quiz = stage.show_quiz(BASICS, attributes).await?;
    let told = [
        "form:",
        "count:",
        "time-limit:",
        "theme:",
        "storage:",
        "domain:",
        "loading:",
    ];
    for name in told {
        stage
            .page
            .expect(Kind::Warning, &format!("<mondai-quiz> {name}"));
    }
    quiz.start().await?;
    assert_eq!(
        quiz.answer(&["split"]).await?,
        "correct",
        "the default form is practice"
    );
    assert!(!quiz.shows("[part~=timer]").await?);
    assert_eq!(
        stage
            .page
            .read::<usize>(crate::keeping::OURS, Vec::new())
            .await?,
        1
    );
    let warnings = stage.page.record().await?.warnings;
    for name in told {
        let times = warnings
            .iter()
            .filter(|warning| warning.contains(&format!("<mondai-quiz> {name}")))
            .count();
        assert_eq!(times, 1, "{name} in {warnings:?}");
    }
    Ok(())
}

/// `count`, `domain` and `time-limit` narrow the form.
pub async fn narrowed(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    for (attributes, questions, others) in [
        ("form=practice", "3 questions", "No time limit"),
        ("form=practice count=2", "2 questions", "No time limit"),
        ("form=practice count=99", "3 questions", "No time limit"),
        ("form=practice domain=water", "1 question", "No time limit"),
        (
            "form=practice domain='light water' count=1",
            "1 question",
            "No time limit",
        ),
        ("form=practice time-limit=90s", "3 questions", "1 min 30 s"),
        (
            "form=practice time-limit=2h10m",
            "3 questions",
            "2 h 10 min",
        ),
        ("form=exam time-limit=none", "3 questions", "No time limit"),
        ("form=exam", "3 questions", "10 min"),
        ("", "3 questions", "No time limit"),
    ] {
        stage
            .show(
                "narrowed",
                &post(&widget("quiz", &format!("src=set.json {attributes}"))),
            )
            .await?;
        let quiz = stage.page.quiz("#quiz");
        quiz.until_screen("start").await?;
        let facts = quiz.texts("[part~=fact]").await?;
        assert!(
            facts.contains(&questions.to_owned()),
            "{attributes}: {facts:?}"
        );
        assert!(
            facts.contains(&others.to_owned()),
            "{attributes}: {facts:?}"
        );
    }
    stage
        .show(
            "narrowed",
            &post(&widget("quiz", "src=set.json form=practice domain=water")),
        )
        .await?;
    let quiz = stage.page.quiz("#quiz");
    quiz.start().await?;
    assert!(quiz.text("prompt").await?.contains("degrees Celsius"));
    assert_eq!(quiz.answer(&["ninety"]).await?, "incorrect");
    quiz.act("finish").await?;
    quiz.until_screen("results").await
}

/// The same seed gives the same paper, in every engine; without one, papers differ.
pub async fn seeded(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", &shuffled(12));
    let paper = |attributes: &'static str| async move {
        stage
            .show(
                "seeded",
                &post(&widget(
                    "quiz",
                    &format!("src=set.json storage=none {attributes}"),
                )),
            )
            .await?;
        let quiz = stage.page.quiz("#quiz");
        quiz.start().await?;
        let mut paper = vec![quiz.text("prompt").await?, quiz.choices().await?.join(" ")];
        quiz.act("next").await?;
        quiz.until_question(2).await?;
        paper.push(quiz.text("prompt").await?);
        paper.push(quiz.choices().await?.join(" "));
        Ok::<_, mondai_e2e::Failure>(paper)
    };
    let first = paper("seed=a").await?;
    assert_eq!(paper("seed=a").await?, first);
    assert_ne!(paper("seed=b").await?, first);
    // One chance in 76,000 that two random papers begin alike, and one in many millions for three.
    let random = [paper("").await?, paper("").await?, paper("").await?];
    assert!(
        random[0] != random[1] || random[1] != random[2],
        "{random:?}"
    );
    Ok(())
}

/// `theme` decides over what the page and the system say.
pub async fn themed(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let widgets = ["light", "dark", "auto"]
        .map(|theme| widget(theme, &format!("src=set.json theme={theme}")));
    stage.show("themed", &post(&widgets.join("\n"))).await?;
    let system_is_dark = stage.page.browser().setup() == Setup::Dark;
    for (theme, is_dark) in [
        ("#light", false),
        ("#dark", true),
        ("#auto", system_is_dark),
    ] {
        let quiz = stage.page.quiz(theme);
        stage.page.scroll_to(theme).await?;
        quiz.until_screen("start").await?;
        assert_eq!(quiz.read::<bool>(IS_DARK, &[]).await?, is_dark, "{theme}");
    }
    stage.page.audit("three themes").await?;
    stage
        .page
        .quiz("#dark")
        .read::<Value>("host.setAttribute('theme', 'light')", &[])
        .await?;
    assert!(
        !stage.page.quiz("#dark").read::<bool>(IS_DARK, &[]).await?,
        "a change is taken up at once"
    );
    stage.page.audit("a theme changed").await
}

/// `eager` does not wait to be seen; `lazy`, the default, does.
pub async fn eager(stage: &Stage<'_>) -> Outcome {
    stage.put_set("set.json", BASICS);
    let widgets = [
        far(),
        widget("eager", "src=set.json loading=eager"),
        far(),
        widget("lazy", "src=set.json loading=lazy"),
    ];
    stage.show("eager", &post(&widgets.join(""))).await?;
    stage.page.quiz("#eager").until_screen("start").await?;
    let lazy = stage.page.quiz("#lazy");
    assert_eq!(lazy.state().await?, "loading");
    assert!(lazy.shows_fallback().await?);
    stage.page.scroll_to("#lazy").await?;
    lazy.until_screen("start").await
}
