//! The question types beside choices: each answered by keyboard, marked, and explained part by part.

use mondai_e2e::Outcome;
use mondai_e2e::quiz::Quiz;
use mondai_e2e::stage::Stage;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::solver::{GIT, Given, Solver, by_keyboard, given, questions, task, until_answerable};

/// How many questions the set has: one of each type.
const ALL: usize = 7;
/// Where they stand.
const ORDERING: usize = 5;
const NUMERIC: usize = 6;
const TEXT: usize = 7;

async fn open<'s>(stage: &'s Stage<'_>, attributes: &str) -> Outcome<Quiz<'s>> {
    let set = stage.built(GIT)?;
    let attributes = format!("form=practice {attributes}");
    let quiz = stage.show_quiz(&set, &attributes).await?;
    quiz.start().await?;
    Ok(quiz)
}

/// Opens the question at a position, without an answer to those before it.
async fn open_at<'s>(stage: &'s Stage<'_>, attributes: &str, position: usize) -> Outcome<Quiz<'s>> {
    let quiz = open(stage, attributes).await?;
    for number in 1..position {
        quiz.until_question(number).await?;
        quiz.act("next").await?;
    }
    quiz.until_question(position).await?;
    until_answerable(&quiz).await?;
    Ok(quiz)
}

/// Checks by keyboard, and gives the outcome.
async fn check(quiz: &Quiz<'_>) -> Outcome<String> {
    quiz.press_key_on("[data-action=check]", Key::Enter).await?;
    let told = "return root.activeElement?.matches('[part~=feedback]')";
    quiz.until("the focus is on the feedback", told, &[])
        .await?;
    quiz.read("return one('[part~=feedback]').dataset.outcome", &[])
        .await
}

async fn go_on(quiz: &Quiz<'_>, number: usize) -> Outcome {
    let action = if number < ALL {
        "[data-action=next]"
    } else {
        "[data-action=finish]"
    };
    quiz.press_key_on(action, Key::Enter).await
}

/// Every type, answered rightly by keyboard alone.
pub async fn all_right(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "lang=en").await?;
    // From the button that was pressed, the focus has come to the question.
    let solver = Solver::new(&stage.built(GIT)?)?;
    let mut kinds = Vec::new();
    for number in 1..=ALL {
        quiz.until_question(number).await?;
        let task = solver.find(&quiz).await?;
        by_keyboard(stage, &quiz, &task.right).await?;
        stage
            .page
            .audit(&format!("{}, answered", task.kind))
            .await?;
        assert_eq!(check(&quiz).await?, "correct", "{}", task.id);
        assert_eq!(quiz.text("feedback-verdict").await?, "Correct");
        assert!(
            !quiz.shows("[part=rule]").await?,
            "there is nothing to explain"
        );
        let parts = "return all('[part=marked-part][data-state]').every((part) => part.dataset.state === 'correct')";
        assert!(quiz.read::<bool>(parts, &[]).await?, "{}", task.id);
        stage
            .page
            .audit(&format!("{}, marked right", task.kind))
            .await?;
        kinds.push(task.kind);
        go_on(&quiz, number).await?;
    }
    let expected = [
        "single", "multiple", "matching", "cloze", "ordering", "numeric", "text",
    ];
    assert_eq!(kinds, expected);
    quiz.until_screen("results").await?;
    assert_eq!(quiz.text("score").await?, "100%");
    Ok(())
}

/// Every type, answered wrongly or in part: the rule is told in a sentence, and the key of each part that is wrong.
pub async fn wrong_in_part(stage: &Stage<'_>) -> Outcome {
    let quiz = open(stage, "lang=en").await?;
    let set: Value = serde_json::from_str(&stage.built(GIT)?)?;
    for (number, (outcome, rule, wrong, keys)) in (1..).zip([
        ("incorrect", "0 of 1 are right, and 1 chosen are wrong. Each wrong one takes back the share of a right one: 0 of 1 point.", 0, vec![]),
        ("incorrect", "1 of 2 are right, and 1 chosen are wrong. Each wrong one takes back the share of a right one: 0 of 1 point.", 0, vec![]),
        ("partial", "3 of 4 parts are right: 0.75 of 1 point.", 1, vec!["git diff"]),
        ("incorrect", "0 of 2 parts are right: 0 of 1 point.", 2, vec!["git stash -u", "pop"]),
        ("partial", "2 of 4 parts are right: 0.5 of 1 point.", 2, vec!["Edit cart.py", "git add cart.py"]),
        ("incorrect", "0 of 1 parts are right: 0 of 1 point.", 1, vec!["48"]),
        ("incorrect", "0 of 1 parts are right: 0 of 1 point.", 1, vec!["bisect"]),
    ]) {
        quiz.until_question(number).await?;
        let own = task(&questions(&set)[number - 1]);
        until_answerable(&quiz).await?;
        by_keyboard(stage, &quiz, &own.wrong).await?;
        assert_eq!(check(&quiz).await?, outcome, "{}", own.id);
        assert_eq!(quiz.text("rule").await?, rule, "{}", own.id);
        let parts = "[part=marked-part][data-state=incorrect]";
        let drawn = "return all(given[0]).length === given[1] && !/`/.test(one('form').textContent)";
        quiz.until("its parts are marked", drawn, &[json!(parts), json!(wrong)]).await?;
        let told = quiz.texts(parts).await?;
        for (told, key) in told.iter().zip(keys) {
            assert!(told.contains(key), "{told:?} should say {key}");
            assert!(told.contains("Incorrect"), "in words: {told:?}");
        }
        stage.page.audit(&format!("{}, marked wrong", own.kind)).await?;
        go_on(&quiz, number).await?;
    }
    quiz.until_screen("results").await?;
    let facts = quiz.text("facts").await?;
    assert!(
        facts.contains("0 of 7 correct") && facts.contains("1.25 of 7 points"),
        "{facts}"
    );
    Ok(())
}

/// What a Japanese keyboard types is understood: digits and letters of full width.
pub async fn full_width(stage: &Stage<'_>) -> Outcome {
    let quiz = open_at(stage, "lang=ja", NUMERIC).await?;
    quiz.reach("[part=typed]").await?;
    stage.page.press_all("４８").await?;
    assert_eq!(check(&quiz).await?, "correct");
    stage.page.audit("numeric, marked, Japanese").await?;
    go_on(&quiz, NUMERIC).await?;
    quiz.until_question(TEXT).await?;
    quiz.until("there is a field", "return one('[part=typed]')", &[])
        .await?;
    quiz.reach("[part=typed]").await?;
    stage.page.press_all("ＢＩＳＥＣＴ").await?;
    assert_eq!(check(&quiz).await?, "correct");
    Ok(())
}

/// While a word is composed by an input method, what stands in the field is the answer, and the Enter that ends it hands nothing
/// in.
pub async fn composing(stage: &Stage<'_>) -> Outcome {
    let quiz = open_at(stage, "lang=en", TEXT).await?;
    quiz.reach("[part=typed]").await?;
    let compose = "
        const field = one('[part=typed]');
        const tell = (event) => field.dispatchEvent(event);
        const common = { bubbles: true, composed: true, cancelable: true };
        tell(new CompositionEvent('compositionstart', common));
        field.value = 'ｂｉｓ';
        tell(new InputEvent('input', { ...common, isComposing: true, data: 'ｂｉｓ' }));
        const enter = { ...common, key: 'Enter', isComposing: true };
        return !tell(new KeyboardEvent('keydown', enter))";
    assert!(
        quiz.read::<bool>(compose, &[]).await?,
        "the Enter of a composition does nothing"
    );
    let answers = || async {
        let told = stage.page.record().await?.events;
        let told = told
            .into_iter()
            .filter(|told| told.name == "mondai-answered");
        Ok::<_, mondai_e2e::Failure>(
            told.map(|told| told.detail["response"].clone())
                .collect::<Vec<_>>(),
        )
    };
    stage.page.until_told("mondai-answered", 1).await?;
    assert_eq!(answers().await?, [json!(["bis"])]);
    assert!(!quiz.shows("[part~=feedback]").await?);
    let end = "
        const field = one('[part=typed]');
        field.value = 'ｂｉｓｅｃｔ';
        field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }))";
    quiz.read::<Value>(end, &[]).await?;
    stage.page.until_told("mondai-answered", 2).await?;
    assert_eq!(answers().await?, [json!(["bis"]), json!(["bisect"])]);
    // The Enter after it is the reader's.
    stage.page.press(Key::Enter).await?;
    let marked = "return one('[part~=feedback][data-outcome=correct]')";
    quiz.until("it is marked", marked, &[]).await
}

/// The order on screen.
async fn order(quiz: &Quiz<'_>) -> Outcome<Vec<String>> {
    match given(quiz, &Given::Order(Vec::new())).await? {
        Given::Order(ids) => Ok(ids),
        _ => Ok(Vec::new()),
    }
}

async fn until_order(quiz: &Quiz<'_>, ids: &[&str]) -> Outcome {
    let script = "return all('[part=order-list] > [data-item]').map((item) => item.dataset.item).join() === given[0].join()";
    quiz.until(&format!("the order is {ids:?}"), script, &[json!(ids)])
        .await
}

fn in_order(ids: &[&str]) -> Given {
    Given::Order(ids.iter().map(|id| (*id).to_owned()).collect())
}

/// Items are moved by arrow keys, and taken out again; it is told aloud, and the focus stays with the item.
pub async fn ordered_by_arrows(stage: &Stage<'_>) -> Outcome {
    let quiz = open_at(stage, "lang=en", ORDERING).await?;
    by_keyboard(stage, &quiz, &in_order(&["f", "a", "d"])).await?;
    quiz.reach("[data-action=up][data-item=d]").await?;
    for ids in [["f", "d", "a"], ["d", "f", "a"], ["d", "f", "a"]] {
        stage.page.press(Key::Up).await?;
        until_order(&quiz, &ids).await?;
        let focus = "return root.activeElement?.matches('[data-action=up][data-item=d]')";
        quiz.until("the focus stays with the item", focus, &[])
            .await?;
    }
    let said = "return all('[role=status]').some((status) => /, position 1 of 3$/.test(status.textContent))";
    quiz.until("it is told aloud", said, &[]).await?;
    stage.page.press(Key::Down).await?;
    until_order(&quiz, &["f", "d", "a"]).await?;
    quiz.press_key_on("[data-action=remove][data-item=f]", Key::Enter)
        .await?;
    until_order(&quiz, &["d", "a"]).await?;
    // Too few are not marked; the reader is told.
    quiz.press_key_on("[data-action=check]", Key::Enter).await?;
    quiz.until_says("nudge", "Parts still open: 2").await?;
    by_keyboard_add(&quiz, &["f", "b"]).await?;
    until_order(&quiz, &["d", "a", "f", "b"]).await?;
    // Every place is taken: one more is refused, and the reader is told what to do.
    let more = quiz
        .read::<String>(
            "return one('[data-action=add][aria-disabled=true]').dataset.item",
            &[],
        )
        .await?;
    quiz.press_key_on(&format!("[data-action=add][data-item={more}]"), Key::Enter)
        .await?;
    let said = "return all('[role=status]').some((status) => status.textContent.startsWith('Every place is taken.'))";
    quiz.until("it is told aloud", said, &[]).await?;
    assert_eq!(order(&quiz).await?, ["d", "a", "f", "b"]);
    assert!(
        quiz.texts("[part=order-none]").await?[0].starts_with("Every place is taken."),
        "and can be seen"
    );
    stage
        .page
        .audit("an ordering with every place taken")
        .await?;
    stage.page.photograph("ordering-full").await?;
    quiz.press_key_on("[data-action=down][data-item=a]", Key::Space)
        .await?;
    until_order(&quiz, &["d", "f", "a", "b"]).await?;
    assert_eq!(check(&quiz).await?, "correct");
    Ok(())
}

async fn by_keyboard_add(quiz: &Quiz<'_>, ids: &[&str]) -> Outcome {
    for id in ids {
        quiz.press_key_on(&format!("[data-action=add][data-item={id}]"), Key::Enter)
            .await?;
        let added = "return one(`[part=order-list] > [data-item=${given[0]}]`)";
        quiz.until("it is added", added, &[json!(id)]).await?;
    }
    Ok(())
}

/// Items are dragged with a pointer to where they belong.
pub async fn ordered_by_dragging(stage: &Stage<'_>) -> Outcome {
    let quiz = open_at(stage, "lang=en", ORDERING).await?;
    for id in ["f", "a", "d", "b"] {
        quiz.click(&format!("[data-action=add][data-item={id}]"))
            .await?;
        let added = "return one(`[part=order-list] > [data-item=${given[0]}]`)";
        quiz.until("it is added", added, &[json!(id)]).await?;
    }
    for (item, onto, is_below, ids) in [
        ("d", "f", false, ["d", "f", "a", "b"]),
        ("d", "b", true, ["f", "a", "b", "d"]),
        ("d", "f", false, ["d", "f", "a", "b"]),
    ] {
        let places = "
            const row = (id) => one(`[part=order-list] > [data-item=${id}]`);
            row(given[0]).scrollIntoView({ block: 'center', behavior: 'instant' });
            const handle = row(given[0]).querySelector('[part=order-handle]').getBoundingClientRect();
            const other = row(given[1]).getBoundingClientRect();
            const x = handle.left + handle.width / 2;
            return [[x, handle.top + handle.height / 2], [x, given[2] ? other.bottom - 3 : other.top + 3]]";
        let (from, to): ((f64, f64), (f64, f64)) = quiz
            .read(places, &[json!(item), json!(onto), json!(is_below)])
            .await?;
        stage.page.drag(from, to).await?;
        until_order(&quiz, &ids).await?;
    }
    assert_eq!(order(&quiz).await?, ["d", "f", "a", "b"]);
    let rests = "return all('[data-dragged], [data-drop]:not([data-drop=\"\"])').length === 0";
    quiz.until("nothing is dragged any more", rests, &[])
        .await?;
    assert_eq!(check(&quiz).await?, "correct");
    Ok(())
}
