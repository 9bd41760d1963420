//! Sittings that are over: how they are listed, and that what they came to stays.

use super::*;
use crate::engine::history::Row;
use crate::engine::report::Report;

/// A finished sitting of the three questions: which were answered rightly, and when it began.
fn finished(form: &str, right: [bool; 3], number: i64) -> Attempt {
    let mut session = session(form);
    let began = Timestamp(number * 1_000_000);
    let first = Event::Start {
        seed: format!("seed {number}"),
        attempt: format!("a{number}"),
        which: Which::All,
    };
    session.update(first, began);
    let keys = [("a", "b"), ("a c", "b"), ("b", "a")];
    for (position, ((key, wrong), is_right)) in keys.into_iter().zip(right).enumerate() {
        let given = if is_right { key } else { wrong };
        let now = began.plus(Duration::from_secs(5 * (position as u64 + 1)));
        session.update(Event::GoTo(position), now);
        session.update(respond(given), now);
    }
    session.update(Event::Submit, began.plus(Duration::from_secs(20)));
    session.update(Event::Submit, began.plus(Duration::from_secs(20)));
    let attempt = attempt_of(&session).clone();
    assert!(attempt.finished.is_some());
    attempt
}

fn row(row: &Row) -> (&str, Option<u32>, bool, bool, u64) {
    let percent = row.result.map(|point| point.percent);
    let is_of_missed = row.is_of_missed;
    (
        &row.attempt,
        percent,
        is_of_missed,
        row.can_open,
        row.seconds,
    )
}

#[test]
fn results_are_listed_and_compared() {
    let session = session("exam");
    let empty = session.history(Vec::new(), Timestamp(0), "en");
    assert_eq!((empty.rows.len(), empty.trend.len()), (0, 0));
    let mut missed = finished("exam", [true; 3], 5);
    missed.form.push_str(crate::engine::attempt::MISSED);
    let mut foreign = finished("exam", [true; 3], 6);
    foreign.set = String::from("other");
    let mut running = finished("exam", [true; 3], 7);
    running.finished = None;
    // As storage gives them: in no order.
    let all = vec![
        finished("exam", [true, true, false], 3),
        missed,
        finished("exam", [false; 3], 1),
        foreign,
        finished("practice", [true; 3], 4),
        running,
        finished("exam", [true; 3], 2),
    ];
    let history = session.history(all, Timestamp(9_000_000), "en");
    let rows: Vec<_> = history.rows.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            // Still running: neither a result nor a report.
            ("a7", None, false, false, 20),
            ("a5", Some(100), true, true, 20),
            // Of another form: listed, and its report is not this widget's to show.
            ("a4", Some(100), false, false, 20),
            ("a3", Some(66), false, true, 20),
            ("a2", Some(100), false, true, 20),
            ("a1", Some(0), false, true, 20),
        ]
    );
    // Only whole papers of this form can be compared, the oldest first.
    let trend: Vec<u32> = history.trend.iter().map(|point| point.number()).collect();
    assert_eq!(trend, [0, 100, 66]);
    for (title, percents) in &history.domains {
        assert_eq!(percents.len(), 3, "{}", title.markdown);
        assert_eq!(percents[..2], [Some(0), Some(100)], "{}", title.markdown);
    }
}

/// The pass mark is drawn in percent of the points, at the lowest that passes.
#[test]
fn the_pass_mark_has_a_height() {
    for (set, form, pass) in [
        (
            set(),
            "exam",
            set()
                .forms
                .iter()
                .find(|form| form.id == "exam")
                .unwrap()
                .pass,
        ),
        (
            read(SEVEN),
            "exam",
            session_of(read(SEVEN), "exam").form().pass,
        ),
        (read(SEVEN), "practice", None),
    ] {
        let height = session_of(set, form)
            .history(Vec::new(), Timestamp(0), "en")
            .pass;
        let expected = pass.map(|pass| match pass {
            crate::engine::scoring::PassMark::Percent(percent) => percent,
            // 720 between 100 and 1,000.
            crate::engine::scoring::PassMark::Scaled(_) => 69,
        });
        assert_eq!(height, expected, "{form}");
    }
}

/// The author takes questions away, adds one and moves one to another domain: what did not count is what did not count then.
#[test]
fn what_did_not_count_stays_so_when_the_set_is_edited() {
    let mut session = session_of(read(SEVEN), "exam");
    session.update(start(Which::All), Timestamp(0));
    session.update(respond("a"), Timestamp(1_000));
    let running = attempt_of(&session).to_stored();
    assert!(
        !running.contains("unscored"),
        "nobody is to find it before the report"
    );
    session.update(Event::Submit, Timestamp(2_000));
    session.update(Event::Submit, Timestamp(2_000));
    let before = results(&session).report;
    let marks = |report: &Report| -> Vec<(String, bool)> {
        let questions = report.questions.iter();
        questions
            .map(|own| (own.id.clone(), own.unscored))
            .collect()
    };
    assert_eq!(before.scored().count(), 5);
    let stored = Attempt::from_stored(&attempt_of(&session).to_stored()).unwrap();
    for removed in 0..8 {
        let mut edited: serde_json::Value = serde_json::from_str(SEVEN).unwrap();
        let questions = edited["questions"].as_array_mut().unwrap();
        let gone = questions.remove(removed);
        let mut added = questions[0].clone();
        added["id"] = "added".into();
        added["scenario"] = serde_json::Value::Null;
        questions.insert(0, added);
        questions[3]["domain"] = "two".into();
        let reading = format::read(&edited.to_string());
        let set = reading.set.unwrap();
        let form = set.forms.iter().find(|form| form.id == "exam").unwrap();
        let mut expected = marks(&before);
        expected.retain(|(id, _)| gone["id"] != id.as_str());
        assert_eq!(
            marks(&Report::new(&set, form, &stored)),
            expected,
            "without {removed}"
        );
    }
}

/// A question's own limit is the budget, whether the whole has one or not.
#[test]
fn there_is_a_budget_wherever_time_is_limited() {
    for (form, budget) in [
        ("practice", None),
        ("timed-practice", Some(20_000)),
        ("exam", Some(7_500)),
        ("timed-exam", Some(20_000)),
        ("linear-exam", Some(20_000)),
    ] {
        let mut session = session_of(read(SEVEN), form);
        session.update(start(Which::All), Timestamp(0));
        for _ in 0..9 {
            session.update(Event::Submit, Timestamp(1_000));
        }
        let budget = budget.map(Duration::from_millis);
        assert_eq!(results(&session).budget, budget, "{form}");
        let answers = session.answers("en");
        assert!(
            answers.iter().all(|answer| answer.budget == budget),
            "{form}"
        );
        // A filter may hide the first question about a case.
        let told = answers.iter().filter(|answer| {
            let asked = answer.asked.as_ref().unwrap();
            asked.scenario.is_some()
        });
        assert_eq!(told.count(), 2, "{form}");
    }
}
