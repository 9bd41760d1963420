//! Every event in every state, as tables.

use super::*;

/// All events there are, by name.
pub(super) fn events(form: &str) -> Vec<(&'static str, Event)> {
    vec![
        ("start", start(Which::All)),
        ("start missed", start(Which::Missed)),
        ("respond a", respond("a")),
        ("respond b", respond("b")),
        ("respond nothing", respond("")),
        ("respond unknown", respond("zzz")),
        ("check", Event::Check),
        ("go to 1", Event::GoTo(0)),
        ("go to 2", Event::GoTo(1)),
        ("go to 3", Event::GoTo(2)),
        ("go to 4", Event::GoTo(3)),
        ("go to the end of numbers", Event::GoTo(usize::MAX)),
        ("flag", Event::ToggleFlag),
        ("strike a", Event::ToggleStruck(String::from("a"))),
        ("note n", Event::Note(String::from("n"))),
        ("finish", Event::Finish),
        ("review", Event::Review),
        ("submit", Event::Submit),
        ("back", Event::BackToQuestion),
        ("pause", Event::Pause),
        ("resume", Event::Resume),
        ("tick", Event::Tick),
        ("answers", Event::ShowAnswers),
        ("results", Event::ShowResults),
        ("history", Event::ShowHistory),
        ("close history", Event::CloseHistory),
        ("open another", Event::Open(Box::new(earlier(form)))),
        ("delete a1", Event::Delete(String::from("a1"))),
        ("reset", Event::Reset),
    ]
}

/// A finished attempt of another day: one of three right.
fn earlier(form: &str) -> Attempt {
    let mut session = session(form);
    let events = [start(Which::All), respond("a"), Event::Submit];
    play(&mut session, &events, &mut -99_000);
    Attempt {
        id: String::from("a9"),
        ..attempt_of(&session).clone()
    }
}

/// One row a state: its name, and the events that lead there.
fn states(is_exam: bool) -> Vec<(&'static str, Vec<Event>)> {
    let began = start(Which::All);
    let answered = vec![began.clone(), respond("b")];
    let all = vec![
        began.clone(),
        respond("a"),
        Event::GoTo(1),
        respond("a c"),
        Event::GoTo(2),
        respond("b"),
    ];
    let with = |mut events: Vec<Event>, more: &[Event]| {
        events.extend_from_slice(more);
        events
    };
    let mut states = vec![
        ("new", vec![]),
        (
            "again",
            with(answered.clone(), &[Event::Submit, Event::Reset]),
        ),
        ("begun", vec![began.clone()]),
        ("answered", answered.clone()),
        ("all answered", all.clone()),
        ("flagged", vec![began.clone(), Event::ToggleFlag]),
        (
            "noted",
            vec![
                began.clone(),
                Event::ToggleStruck(String::from("a")),
                Event::Note(String::from("n")),
            ],
        ),
        ("listing", vec![Event::ShowHistory]),
        (
            "listing over the result",
            with(answered.clone(), &[Event::Submit, Event::ShowHistory]),
        ),
        ("reviewing", with(answered.clone(), &[Event::Review])),
        ("over", with(answered.clone(), &[Event::Submit])),
        ("all right", with(all, &[Event::Submit])),
        (
            "reading",
            with(answered.clone(), &[Event::Submit, Event::ShowAnswers]),
        ),
        (
            "second try",
            with(answered.clone(), &[Event::Submit, start(Which::All)]),
        ),
    ];
    if !is_exam {
        states.push(("checked", with(answered.clone(), &[Event::Check])));
        states.push(("paused", with(answered.clone(), &[Event::Pause])));
        states.push((
            "paused while reviewing",
            with(answered, &[Event::Review, Event::Pause]),
        ));
    }
    states
}

/// Tries every event in every state. A pair that is not in the table must change nothing: no effect, no other screen, not
/// one bit of the session.
fn check_all_pairs(form: &str, table: &str) {
    let mut found = String::from("\n");
    for (state, way) in states(form.contains("exam")) {
        for (name, event) in events(form) {
            let mut session = session(form);
            let mut now = 0;
            play(&mut session, &way, &mut now);
            let before = format!("{session:?}");
            let effects = play(&mut session, &[event], &mut now);
            if !effects.is_empty() || before != format!("{session:?}") {
                let row = format!(
                    "{state} | {name} -> {} | {}",
                    screen(&session),
                    words(&effects)
                );
                let _ = writeln!(found, "{}", row.trim_end_matches([' ', '|']));
            }
        }
    }
    if found != table {
        // The whole table, to be read and compared row by row.
        for (row, (own, wanted)) in found.lines().zip(table.lines()).enumerate() {
            assert_eq!(own, wanted, "row {row} of {form}\n{found}");
        }
        panic!("{form}: another number of rows\n{found}");
    }
}

#[test]
fn every_event_in_every_state_of_a_practice() {
    check_all_pairs("practice", PRACTICE);
    // The clock changes nothing else.
    check_all_pairs("open", PRACTICE);
}

#[test]
fn every_event_in_every_state_of_an_exam() {
    check_all_pairs("exam", EXAM);
}

#[test]
fn every_event_in_every_state_of_an_exam_that_only_goes_forward() {
    check_all_pairs("linear-exam", LINEAR_EXAM);
}

/// State, event, screen after it, effects. What is not here changes nothing.
const PRACTICE: &str = "
new | start -> q1 [] | save 1; started 3
new | history -> history 0
new | open another -> results 33 %
new | delete a1 -> start | forget a1
again | start -> q1 [] | save 1; started 3
again | start missed -> q1 [] | save 1; started 3
again | answers -> 3 answers
again | results -> results 0 %
again | history -> history 0
again | open another -> results 33 %
again | delete a1 -> start | forget a1
begun | respond a -> q1 [a] | save 2; answered q1 [a]
begun | respond b -> q1 [b] | save 2; answered q1 [b]
begun | go to 2 -> q2 [] | save 2
begun | go to 3 -> q3 [] | save 2
begun | flag -> q1 [] flagged | save 2
begun | strike a -> q1 [] without a | save 2
begun | note n -> q1 [] (n) | save 2
begun | finish -> review, 3 open
begun | review -> review, 3 open
begun | submit -> results 0 % | save 2; finished 0 %
begun | pause -> paused | save 2
begun | reset -> start | forget a1
answered | respond a -> q1 [a] | save 3; answered q1 [a]
answered | respond nothing -> q1 [] | save 3; answered q1 []
answered | check -> q1 [b] incorrect | save 3; answered q1 [b] incorrect
answered | go to 2 -> q2 [] | save 3
answered | go to 3 -> q3 [] | save 3
answered | flag -> q1 [b] flagged | save 3
answered | strike a -> q1 [b] without a | save 3
answered | note n -> q1 [b] (n) | save 3
answered | finish -> review, 2 open
answered | review -> review, 2 open
answered | submit -> results 0 % | save 3; finished 0 %
answered | pause -> paused | save 3
answered | reset -> start | forget a1
all answered | respond a -> q3 [a] | save 7; answered q3 [a]
all answered | respond nothing -> q3 [] | save 7; answered q3 []
all answered | check -> q3 [b] correct | save 7; answered q3 [b] correct
all answered | go to 1 -> q1 [a] | save 7
all answered | go to 2 -> q2 [a c] | save 7
all answered | flag -> q3 [b] flagged | save 7
all answered | strike a -> q3 [b] without a | save 7
all answered | note n -> q3 [b] (n) | save 7
all answered | finish -> results 100 % | save 7; finished 100 %
all answered | review -> review, 0 open
all answered | submit -> results 100 % | save 7; finished 100 %
all answered | pause -> paused | save 7
all answered | reset -> start | forget a1
flagged | respond a -> q1 [a] flagged | save 3; answered q1 [a]
flagged | respond b -> q1 [b] flagged | save 3; answered q1 [b]
flagged | go to 2 -> q2 [] | save 3
flagged | go to 3 -> q3 [] | save 3
flagged | flag -> q1 [] | save 3
flagged | strike a -> q1 [] flagged without a | save 3
flagged | note n -> q1 [] flagged (n) | save 3
flagged | finish -> review, 3 open
flagged | review -> review, 3 open
flagged | submit -> results 0 % | save 3; finished 0 %
flagged | pause -> paused | save 3
flagged | reset -> start | forget a1
noted | respond a -> q1 [a] without a (n) | save 4; answered q1 [a]
noted | respond b -> q1 [b] without a (n) | save 4; answered q1 [b]
noted | go to 2 -> q2 [] | save 4
noted | go to 3 -> q3 [] | save 4
noted | flag -> q1 [] flagged without a (n) | save 4
noted | strike a -> q1 [] (n) | save 4
noted | finish -> review, 3 open
noted | review -> review, 3 open
noted | submit -> results 0 % | save 4; finished 0 %
noted | pause -> paused | save 4
noted | reset -> start | forget a1
listing | start -> q1 [] | save 1; started 3
listing | answers -> start
listing | results -> start
listing | close history -> start
listing | open another -> results 33 %
listing | delete a1 -> history 1 | forget a1
listing | reset -> start
listing over the result | start -> q1 [] | save 1; started 3
listing over the result | start missed -> q1 [] | save 1; started 3
listing over the result | answers -> 3 answers
listing over the result | results -> results 0 %
listing over the result | close history -> results 0 %
listing over the result | open another -> results 33 %
listing over the result | delete a1 -> history 1 | forget a1
listing over the result | reset -> start, last 0 %
reviewing | go to 1 -> q1 [b]
reviewing | go to 2 -> q2 [] | save 3
reviewing | go to 3 -> q3 [] | save 3
reviewing | submit -> results 0 % | save 3; finished 0 %
reviewing | back -> q1 [b]
reviewing | pause -> paused | save 3
reviewing | reset -> start | forget a1
over | start -> q1 [] | save 1; started 3
over | start missed -> q1 [] | save 1; started 3
over | answers -> 3 answers
over | history -> history 0
over | open another -> results 33 %
over | delete a1 -> start | forget a1
over | reset -> start, last 0 %
all right | start -> q1 [] | save 1; started 3
all right | answers -> 3 answers
all right | history -> history 0
all right | open another -> results 33 %
all right | delete a1 -> start | forget a1
all right | reset -> start, last 100 %
reading | start -> q1 [] | save 1; started 3
reading | start missed -> q1 [] | save 1; started 3
reading | results -> results 0 %
reading | history -> history 0
reading | open another -> results 33 %
reading | delete a1 -> start | forget a1
reading | reset -> start, last 0 %
second try | respond a -> q1 [a] | save 2; answered q1 [a]
second try | respond b -> q1 [b] | save 2; answered q1 [b]
second try | go to 2 -> q2 [] | save 2
second try | go to 3 -> q3 [] | save 2
second try | flag -> q1 [] flagged | save 2
second try | strike a -> q1 [] without a | save 2
second try | note n -> q1 [] (n) | save 2
second try | finish -> review, 3 open
second try | review -> review, 3 open
second try | submit -> results 0 % | save 2; finished 0 %
second try | pause -> paused | save 2
second try | reset -> start, last 0 % | forget a1
checked | go to 2 -> q2 [] | save 4
checked | go to 3 -> q3 [] | save 4
checked | flag -> q1 [b] flagged incorrect | save 4
checked | strike a -> q1 [b] without a incorrect | save 4
checked | note n -> q1 [b] (n) incorrect | save 4
checked | finish -> review, 2 open
checked | review -> review, 2 open
checked | submit -> results 0 % | save 4; finished 0 %
checked | pause -> paused | save 4
checked | reset -> start | forget a1
paused | submit -> results 0 % | save 4; finished 0 %
paused | resume -> q1 [b] | save 4
paused | reset -> start | forget a1
paused while reviewing | submit -> results 0 % | save 4; finished 0 %
paused while reviewing | resume -> review, 2 open | save 4
paused while reviewing | reset -> start | forget a1
";

/// No pause, no check; before handing in, always the list of questions.
const EXAM: &str = "
new | start -> q1 [] | save 1; started 3
new | history -> history 0
new | open another -> results 33 %
new | delete a1 -> start | forget a1
again | start -> q1 [] | save 1; started 3
again | start missed -> q1 [] | save 1; started 3
again | answers -> 3 answers
again | results -> results 0 %
again | history -> history 0
again | open another -> results 33 %
again | delete a1 -> start | forget a1
begun | respond a -> q1 [a] | save 2; answered q1 [a]
begun | respond b -> q1 [b] | save 2; answered q1 [b]
begun | go to 2 -> q2 [] | save 2
begun | go to 3 -> q3 [] | save 2
begun | flag -> q1 [] flagged | save 2
begun | strike a -> q1 [] without a | save 2
begun | note n -> q1 [] (n) | save 2
begun | finish -> review, 3 open
begun | review -> review, 3 open
begun | submit -> results 0 % | save 2; finished 0 %
begun | reset -> start | forget a1
answered | respond a -> q1 [a] | save 3; answered q1 [a]
answered | respond nothing -> q1 [] | save 3; answered q1 []
answered | go to 2 -> q2 [] | save 3
answered | go to 3 -> q3 [] | save 3
answered | flag -> q1 [b] flagged | save 3
answered | strike a -> q1 [b] without a | save 3
answered | note n -> q1 [b] (n) | save 3
answered | finish -> review, 2 open
answered | review -> review, 2 open
answered | submit -> results 0 % | save 3; finished 0 %
answered | reset -> start | forget a1
all answered | respond a -> q3 [a] | save 7; answered q3 [a]
all answered | respond nothing -> q3 [] | save 7; answered q3 []
all answered | go to 1 -> q1 [a] | save 7
all answered | go to 2 -> q2 [a c] | save 7
all answered | flag -> q3 [b] flagged | save 7
all answered | strike a -> q3 [b] without a | save 7
all answered | note n -> q3 [b] (n) | save 7
all answered | finish -> review, 0 open
all answered | review -> review, 0 open
all answered | submit -> results 100 % | save 7; finished 100 %
all answered | reset -> start | forget a1
flagged | respond a -> q1 [a] flagged | save 3; answered q1 [a]
flagged | respond b -> q1 [b] flagged | save 3; answered q1 [b]
flagged | go to 2 -> q2 [] | save 3
flagged | go to 3 -> q3 [] | save 3
flagged | flag -> q1 [] | save 3
flagged | strike a -> q1 [] flagged without a | save 3
flagged | note n -> q1 [] flagged (n) | save 3
flagged | finish -> review, 3 open
flagged | review -> review, 3 open
flagged | submit -> results 0 % | save 3; finished 0 %
flagged | reset -> start | forget a1
noted | respond a -> q1 [a] without a (n) | save 4; answered q1 [a]
noted | respond b -> q1 [b] without a (n) | save 4; answered q1 [b]
noted | go to 2 -> q2 [] | save 4
noted | go to 3 -> q3 [] | save 4
noted | flag -> q1 [] flagged without a (n) | save 4
noted | strike a -> q1 [] (n) | save 4
noted | finish -> review, 3 open
noted | review -> review, 3 open
noted | submit -> results 0 % | save 4; finished 0 %
noted | reset -> start | forget a1
listing | start -> q1 [] | save 1; started 3
listing | answers -> start
listing | results -> start
listing | close history -> start
listing | open another -> results 33 %
listing | delete a1 -> history 1 | forget a1
listing | reset -> start
listing over the result | start -> q1 [] | save 1; started 3
listing over the result | start missed -> q1 [] | save 1; started 3
listing over the result | answers -> 3 answers
listing over the result | results -> results 0 %
listing over the result | close history -> results 0 %
listing over the result | open another -> results 33 %
listing over the result | delete a1 -> history 1 | forget a1
listing over the result | reset -> start, last 0 %
reviewing | go to 1 -> q1 [b]
reviewing | go to 2 -> q2 [] | save 3
reviewing | go to 3 -> q3 [] | save 3
reviewing | submit -> results 0 % | save 3; finished 0 %
reviewing | back -> q1 [b]
reviewing | reset -> start | forget a1
over | start -> q1 [] | save 1; started 3
over | start missed -> q1 [] | save 1; started 3
over | answers -> 3 answers
over | history -> history 0
over | open another -> results 33 %
over | delete a1 -> start | forget a1
over | reset -> start, last 0 %
all right | start -> q1 [] | save 1; started 3
all right | answers -> 3 answers
all right | history -> history 0
all right | open another -> results 33 %
all right | delete a1 -> start | forget a1
all right | reset -> start, last 100 %
reading | start -> q1 [] | save 1; started 3
reading | start missed -> q1 [] | save 1; started 3
reading | results -> results 0 %
reading | history -> history 0
reading | open another -> results 33 %
reading | delete a1 -> start | forget a1
reading | reset -> start, last 0 %
second try | respond a -> q1 [a] | save 2; answered q1 [a]
second try | respond b -> q1 [b] | save 2; answered q1 [b]
second try | go to 2 -> q2 [] | save 2
second try | go to 3 -> q3 [] | save 2
second try | flag -> q1 [] flagged | save 2
second try | strike a -> q1 [] without a | save 2
second try | note n -> q1 [] (n) | save 2
second try | finish -> review, 3 open
second try | review -> review, 3 open
second try | submit -> results 0 % | save 2; finished 0 %
second try | reset -> start, last 0 % | forget a1
";

/// As an exam, and only to the next question.
const LINEAR_EXAM: &str = "
new | start -> q1 [] | save 1; started 3
new | history -> history 0
new | open another -> results 33 %
new | delete a1 -> start | forget a1
again | start -> q1 [] | save 1; started 3
again | start missed -> q1 [] | save 1; started 3
again | answers -> 3 answers
again | results -> results 0 %
again | history -> history 0
again | open another -> results 33 %
again | delete a1 -> start | forget a1
begun | respond a -> q1 [a] | save 2; answered q1 [a]
begun | respond b -> q1 [b] | save 2; answered q1 [b]
begun | go to 2 -> q2 [] | save 2
begun | flag -> q1 [] flagged | save 2
begun | strike a -> q1 [] without a | save 2
begun | note n -> q1 [] (n) | save 2
begun | finish -> review, 3 open
begun | review -> review, 3 open
begun | submit -> results 0 % | save 2; finished 0 %
begun | reset -> start | forget a1
answered | respond a -> q1 [a] | save 3; answered q1 [a]
answered | respond nothing -> q1 [] | save 3; answered q1 []
answered | go to 2 -> q2 [] | save 3
answered | flag -> q1 [b] flagged | save 3
answered | strike a -> q1 [b] without a | save 3
answered | note n -> q1 [b] (n) | save 3
answered | finish -> review, 2 open
answered | review -> review, 2 open
answered | submit -> results 0 % | save 3; finished 0 %
answered | reset -> start | forget a1
all answered | respond a -> q3 [a] | save 7; answered q3 [a]
all answered | respond nothing -> q3 [] | save 7; answered q3 []
all answered | flag -> q3 [b] flagged | save 7
all answered | strike a -> q3 [b] without a | save 7
all answered | note n -> q3 [b] (n) | save 7
all answered | finish -> review, 0 open
all answered | review -> review, 0 open
all answered | submit -> results 100 % | save 7; finished 100 %
all answered | reset -> start | forget a1
flagged | respond a -> q1 [a] flagged | save 3; answered q1 [a]
flagged | respond b -> q1 [b] flagged | save 3; answered q1 [b]
flagged | go to 2 -> q2 [] | save 3
flagged | flag -> q1 [] | save 3
flagged | strike a -> q1 [] flagged without a | save 3
flagged | note n -> q1 [] flagged (n) | save 3
flagged | finish -> review, 3 open
flagged | review -> review, 3 open
flagged | submit -> results 0 % | save 3; finished 0 %
flagged | reset -> start | forget a1
noted | respond a -> q1 [a] without a (n) | save 4; answered q1 [a]
noted | respond b -> q1 [b] without a (n) | save 4; answered q1 [b]
noted | go to 2 -> q2 [] | save 4
noted | flag -> q1 [] flagged without a (n) | save 4
noted | strike a -> q1 [] (n) | save 4
noted | finish -> review, 3 open
noted | review -> review, 3 open
noted | submit -> results 0 % | save 4; finished 0 %
noted | reset -> start | forget a1
listing | start -> q1 [] | save 1; started 3
listing | answers -> start
listing | results -> start
listing | close history -> start
listing | open another -> results 33 %
listing | delete a1 -> history 1 | forget a1
listing | reset -> start
listing over the result | start -> q1 [] | save 1; started 3
listing over the result | start missed -> q1 [] | save 1; started 3
listing over the result | answers -> 3 answers
listing over the result | results -> results 0 %
listing over the result | close history -> results 0 %
listing over the result | open another -> results 33 %
listing over the result | delete a1 -> history 1 | forget a1
listing over the result | reset -> start, last 0 %
reviewing | go to 1 -> q1 [b]
reviewing | go to 2 -> q2 [] | save 3
reviewing | submit -> results 0 % | save 3; finished 0 %
reviewing | back -> q1 [b]
reviewing | reset -> start | forget a1
over | start -> q1 [] | save 1; started 3
over | start missed -> q1 [] | save 1; started 3
over | answers -> 3 answers
over | history -> history 0
over | open another -> results 33 %
over | delete a1 -> start | forget a1
over | reset -> start, last 0 %
all right | start -> q1 [] | save 1; started 3
all right | answers -> 3 answers
all right | history -> history 0
all right | open another -> results 33 %
all right | delete a1 -> start | forget a1
all right | reset -> start, last 100 %
reading | start -> q1 [] | save 1; started 3
reading | start missed -> q1 [] | save 1; started 3
reading | results -> results 0 %
reading | history -> history 0
reading | open another -> results 33 %
reading | delete a1 -> start | forget a1
reading | reset -> start, last 0 %
second try | respond a -> q1 [a] | save 2; answered q1 [a]
second try | respond b -> q1 [b] | save 2; answered q1 [b]
second try | go to 2 -> q2 [] | save 2
second try | flag -> q1 [] flagged | save 2
second try | strike a -> q1 [] without a | save 2
second try | note n -> q1 [] (n) | save 2
second try | finish -> review, 3 open
second try | review -> review, 3 open
second try | submit -> results 0 % | save 2; finished 0 %
second try | reset -> start, last 0 % | forget a1
";
