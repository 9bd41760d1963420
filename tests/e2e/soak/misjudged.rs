//! A verdict that never condemns is worth nothing: what was found after kills that went well and kills that did not.

use mondai_e2e::{Failure, Outcome};

use crate::deleted::{Deletion, Left};
use crate::told::{Found, Paper, Sitting};
use crate::verdict::{Loss, judge};

fn paper(choice: &str) -> Paper {
    Paper {
        position: 0,
        answers: [(String::from("q"), vec![String::from(choice)])].into(),
    }
}

/// Three inputs, the second shown as saved, the third at a moment.
fn sitting(third: i64) -> Sitting {
    Sitting {
        started: 1_000,
        deadline: 3_601_000,
        papers: vec![Paper::default(), paper("a"), paper("b"), paper("c")],
        made: [(1, 2_000), (2, 3_000), (3, third)].into(),
        saved: Some(2),
    }
}

/// What was found at 5 s, which leaves an hour but for 4 s.
fn found(records: &[&str], timer: &str) -> Found {
    let record = |choice: &&str| {
        format!(r#"{{"position":0,"answers":[{{"q":"q","r":["{choice}"]}},{{"q":"p"}}]}}"#)
    };
    Found {
        state: String::from(if records.is_empty() {
            "ready"
        } else {
            "running"
        }),
        timer: timer.to_owned(),
        at: 5_000,
        records: records.iter().map(record).collect(),
        ..Found::default()
    }
}

fn expect(name: &str, loss: Loss, sitting: &Sitting, found: &Found, holds: bool) -> Outcome {
    let figures = judge(loss, sitting, found, found.at);
    if figures.broken.is_empty() == holds {
        return Ok(());
    }
    Err(Failure(format!("`{name}` is misjudged: {figures}")))
}

/// What is found is judged as promised.
///
/// # Errors
/// When it is misjudged.
pub fn nothing() -> Outcome {
    let (late, early) = (sitting(4_500), sitting(3_900));
    for (name, loss, sitting, found, holds) in [
        (
            "all there",
            Loss::Nothing,
            &late,
            found(&["c"], "59:56"),
            true,
        ),
        (
            "lost late",
            Loss::LastSecond,
            &late,
            found(&["b"], "59:55"),
            true,
        ),
        (
            "lost early",
            Loss::LastSecond,
            &early,
            found(&["b"], "59:56"),
            false,
        ),
        (
            "lost in a tab",
            Loss::Nothing,
            &late,
            found(&["b"], "59:56"),
            false,
        ),
        (
            "saved and lost",
            Loss::LastSecond,
            &late,
            found(&["a"], "59:56"),
            false,
        ),
        ("all lost", Loss::LastSecond, &late, found(&[], ""), false),
        (
            "never so",
            Loss::LastSecond,
            &late,
            found(&["d"], "59:56"),
            false,
        ),
        (
            "two of one",
            Loss::LastSecond,
            &late,
            found(&["c", "c"], "59:56"),
            false,
        ),
        (
            "too much time",
            Loss::LastSecond,
            &late,
            found(&["c"], "59:59"),
            false,
        ),
        (
            "too little time",
            Loss::LastSecond,
            &late,
            found(&["c"], "59:53"),
            false,
        ),
        (
            "no clock",
            Loss::LastSecond,
            &late,
            found(&["c"], "--"),
            false,
        ),
    ] {
        expect(name, loss, sitting, &found, holds)?;
    }
    Ok(())
}

/// So is all that is wrong beside the answers.
///
/// # Errors
/// When it is misjudged.
pub fn nothing_else() -> Outcome {
    let late = sitting(4_500);
    let good = || found(&["c"], "time remaining 59:56");
    expect("words", Loss::Nothing, &late, &good(), true)?;
    let set_aside = Found {
        unreadable: vec![String::from("a")],
        ..good()
    };
    expect("set aside", Loss::LastSecond, &late, &set_aside, false)?;
    let meddled = Found {
        changed: vec![String::from("theme")],
        ..good()
    };
    expect("others' keys", Loss::LastSecond, &late, &meddled, false)?;
    for (loss, holds) in [(Loss::Nothing, false), (Loss::LastSecond, true)] {
        let gone = Found {
            gone: vec![String::from("theme")],
            ..good()
        };
        expect("others' keys gone", loss, &late, &gone, holds)?;
    }
    let cut = Found {
        records: vec![String::from("{")],
        ..good()
    };
    expect("cut short", Loss::LastSecond, &late, &cut, false)?;
    let ended = Found {
        state: String::from("finished"),
        ..good()
    };
    expect("ended", Loss::LastSecond, &late, &ended, false)?;
    // Where nothing was shown as saved, the first second may be gone as a whole.
    for (at, holds) in [(1_900, true), (2_100, false)] {
        let sitting = Sitting {
            papers: vec![Paper::default()],
            made: [].into(),
            saved: None,
            ..sitting(0)
        };
        let found = Found {
            at,
            ..found(&[], "")
        };
        expect("begun", Loss::LastSecond, &sitting, &found, holds)?;
    }
    let unsaved = Sitting {
        saved: None,
        ..sitting(4_500)
    };
    expect("never saved", Loss::LastSecond, &unsaved, &good(), false)
}

/// What comes back after it was deleted is noticed, and what went with it.
///
/// # Errors
/// When it is misjudged.
pub fn nothing_deleted() -> Outcome {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let left = |state: &str, attempts: &[&str], unreadable: &[&str]| Left {
        state: state.to_owned(),
        attempts: ids(attempts),
        unreadable: ids(unreadable),
    };
    let good = || left("ready", &["b"], &[]);
    for (name, gone, found, holds) in [
        ("one", &["a"][..], vec![good(), good()], true),
        ("all", &["a", "b"], vec![left("ready", &[], &[])], true),
        (
            "at once",
            &["a"],
            vec![left("ready", &["a", "b"], &[])],
            false,
        ),
        (
            "later",
            &["a"],
            vec![good(), left("ready", &["a", "b"], &[])],
            false,
        ),
        (
            "all but one",
            &["a", "b"],
            vec![left("ready", &["a"], &[])],
            false,
        ),
        ("too much", &["a"], vec![left("ready", &[], &[])], false),
        (
            "another",
            &["a"],
            vec![left("ready", &["b", "c"], &[])],
            false,
        ),
        ("runs", &["a"], vec![left("running", &["b"], &[])], false),
        ("aside", &["a"], vec![left("ready", &["b"], &["x"])], false),
        ("nothing deleted", &[], vec![good()], false),
        ("what never was", &["c"], vec![good()], false),
        ("nobody looked", &["a"], vec![], false),
    ] {
        let deletion = Deletion {
            made: ids(&["a", "b"]),
            gone: ids(gone),
            left: found,
        };
        if deletion.judge().is_empty() != holds {
            return Err(Failure(format!("`{name}` is misjudged: {deletion}")));
        }
    }
    Ok(())
}
