//! Two pages over one stored sitting: one of them writes it, the other one follows.

use super::restoring::{attempt, restored, stored};
use super::*;

#[test]
fn a_sitting_that_goes_on_elsewhere_is_only_shown() {
    let began = attempt("exam", &[start(Which::All), respond("a")]);
    let deadline = began.deadline.unwrap();
    let mut session = session("exam");
    session.update(Event::Stored(vec![began.clone()]), Timestamp(3_000));
    assert!(session.is_elsewhere());
    for event in [
        respond("b"),
        Event::GoTo(1),
        Event::Submit,
        Event::Reset,
        Event::Tick,
    ] {
        assert_eq!(session.update(event, deadline), []);
    }
    assert_eq!(screen(&session), "q1 [a]");
    // The other page goes on; then it ends there, and is not told here.
    let mut theirs = began;
    theirs.revision += 1;
    theirs.answers[0].response = response("b");
    session.update(Event::Stored(vec![theirs.clone()]), deadline);
    assert_eq!(screen(&session), "q1 [b]");
    theirs.revision += 1;
    theirs.finished = Some(crate::engine::attempt::Finish {
        at: deadline,
        is_timed_out: true,
    });
    assert_eq!(session.update(Event::Stored(vec![theirs]), deadline), []);
    assert_eq!(screen(&session), "results 0 %");
    assert!(!session.is_elsewhere());
}

/// Its page may be asleep: then one that is awake must end it.
#[test]
fn only_a_sitting_elsewhere_is_overdue() {
    let began = attempt("exam", &[start(Which::All), respond("a")]);
    let deadline = began.deadline.unwrap();
    // Two seconds for the other page to end it.
    let late = Timestamp(deadline.0 + 2_000);
    let mut session = session("exam");
    assert!(!session.is_overdue(late));
    session.update(Event::Stored(vec![began]), Timestamp(3_000));
    assert_eq!(
        [deadline, Timestamp(late.0 - 1), late].map(|now| session.is_overdue(now)),
        [false, false, true]
    );
    session.update(Event::Hold(true), Timestamp(deadline.0 - 1));
    assert!(!session.is_overdue(late));
    session.update(Event::Show, late);
    assert!(!session.is_overdue(late));
}

/// What a question's own limit ends is the question: a second page in sight does not take the sitting for that.
#[test]
fn a_question_whose_time_is_up_makes_nobody_take_the_sitting() {
    for form in ["linear-exam", "timed-exam", "timed-practice"] {
        let mut theirs = session_of(read(SEVEN), form);
        theirs.update(start(Which::All), Timestamp(0));
        let began = attempt_of(&theirs).clone();
        let mut session = session_of(read(SEVEN), form);
        session.update(Event::Stored(vec![began]), Timestamp(1_000));
        assert!(session.is_elsewhere(), "{form}");
        let own_limit = Timestamp(20_000);
        assert_eq!(session.remaining(own_limit), Some(Duration::ZERO), "{form}");
        assert!(!session.is_overdue(Timestamp(25_000)), "{form}");
    }
}

/// Another page began a sitting while this one shows the list of results.
#[test]
fn a_sitting_that_begins_elsewhere_is_shown_over_the_list_of_results() {
    let began = attempt("exam", &[start(Which::All), respond("a")]);
    let mut session = session("exam");
    session.update(Event::ShowHistory, Timestamp(1_000));
    assert!(screen(&session).starts_with("history"));
    session.update(Event::Stored(vec![began]), Timestamp(3_000));
    assert_eq!(screen(&session), "q1 [a]");
    assert!(session.is_elsewhere());
}

/// A page with a later version of the widget took the sitting over: this one must not write over what it keeps there.
#[test]
fn what_a_later_version_took_over_does_not_go_on_here() {
    let began = attempt("exam", &[start(Which::All), respond("a")]);
    let mut theirs = began.clone();
    theirs.is_newer = true;
    theirs.revision += 1;
    let (mut session, _) = restored(set(), "exam", vec![began], 3_000);
    session.update(Event::Hold(false), Timestamp(4_000));
    session.update(Event::Stored(vec![theirs.clone()]), Timestamp(4_000));
    assert_eq!(screen(&session), "start");
    assert_eq!(session.update(Event::Hold(true), Timestamp(5_000)), []);
    assert_eq!(screen(&session), "start");
    // Its result can be seen.
    theirs.finished = Some(crate::engine::attempt::Finish {
        at: Timestamp(9_000),
        is_timed_out: false,
    });
    session.update(Event::Stored(vec![theirs]), Timestamp(9_000));
    assert_eq!(screen(&session), "start, last 33 %");
}

/// Both were the one that writes, and the other one has written.
#[test]
fn what_is_stored_is_the_truth_for_a_page_that_was_robbed() {
    let way = [start(Which::All), respond("a")];
    let own = attempt("exam", &way);
    let deadline = own.deadline.unwrap();
    let mut theirs = own.clone();
    theirs.revision += 1;
    theirs.answers[0].response = response("b");
    let robbed = || restored(set(), "exam", vec![own.clone()], 3_000).0;

    // It counted as many revisions as the other one, or more, and none of them was stored.
    for answers in [["c"].as_slice(), &["c", "a", "c"]] {
        let mut session = robbed();
        for answer in answers {
            session.update(respond(answer), Timestamp(4_000));
        }
        assert_eq!(session.update(Event::Hold(false), Timestamp(5_000)), []);
        session.update(Event::Stored(vec![theirs.clone()]), Timestamp(5_000));
        assert_eq!(screen(&session), "q1 [b]");
        session.update(Event::Hold(true), Timestamp(6_000));
        session.update(Event::GoTo(1), Timestamp(7_000));
        assert_eq!(stored(&session).answers[0].response, response("b"));
    }

    // It ended the sitting with its own answers, which was not stored either.
    let mut ended = theirs.clone();
    ended.finished = Some(crate::engine::attempt::Finish {
        at: deadline,
        is_timed_out: true,
    });
    let mut session = robbed();
    session.update(Event::Show, deadline);
    assert_eq!(screen(&session), "results 33 %");
    session.update(Event::Hold(false), deadline);
    session.update(Event::Stored(vec![theirs]), deadline);
    assert_eq!(screen(&session), "q1 [b]");
    assert!(session.is_elsewhere());
    session.update(Event::Stored(vec![ended.clone()]), deadline);
    assert_eq!(screen(&session), "results 0 %");
    let mut session = robbed();
    session.update(Event::Show, deadline);
    session.update(Event::Hold(false), deadline);
    session.update(Event::Stored(vec![ended.clone()]), deadline);
    assert_eq!(screen(&session), "results 0 %");
    let shown = shown(&session, "en");
    session.update(Event::Stored(vec![ended]), deadline);
    assert_eq!(self::shown(&session, "en"), shown, "nothing to draw");
}

#[test]
fn what_was_given_up_elsewhere_does_not_go_on_here() {
    let began = attempt("exam", &[start(Which::All), respond("a")]);
    let mut session = session("exam");
    session.update(Event::Stored(vec![began.clone()]), Timestamp(3_000));
    session.update(Event::Stored(Vec::new()), Timestamp(4_000));
    assert_eq!(screen(&session), "start");
    assert!(!session.is_elsewhere());
    // Where it goes on, that storage was emptied takes nothing away.
    let (mut session, _) = restored(set(), "exam", vec![began], 3_000);
    session.update(Event::Stored(Vec::new()), Timestamp(4_000));
    assert_eq!(screen(&session), "q1 [a]");
    assert!(!session.is_elsewhere());
}

#[test]
fn letting_go_stores_what_is_here_unless_the_time_is_up() {
    let began = attempt("exam", &[start(Which::All), respond("a")]);
    let deadline = began.deadline.unwrap();
    let (mut session, _) = restored(set(), "exam", vec![began.clone()], 3_000);
    let effects = session.update(Event::LetGo, Timestamp(9_000));
    let [Effect::Save(kept)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(
        (kept.revision, kept.changed),
        (began.revision + 1, Timestamp(9_000))
    );
    assert!(session.is_elsewhere());
    assert_eq!(session.update(Event::LetGo, Timestamp(9_500)), []);

    let (mut session, _) = restored(set(), "exam", vec![began], 3_000);
    let effects = session.update(Event::LetGo, deadline.plus(Duration::from_secs(9)));
    assert_eq!(effects.len(), 2, "stored and told: {effects:?}");
    assert_eq!(screen(&session), "results 33 %");
    assert!(!session.is_elsewhere());
}
