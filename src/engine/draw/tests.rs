//! Drawing: exact shares, the same chance for every question, scenarios as a whole, and what was seen.

use std::collections::BTreeSet;

use super::*;
use crate::engine::form::{Draw, Form};
use crate::engine::format::{self, Kit, load};
use crate::engine::json::Value;

/// A set of questions, each of a domain and maybe about a scenario, in the order of the list.
fn set(weights: &[u32], questions: &[(usize, Option<usize>)]) -> QuestionSet {
    let domains: Vec<String> = (weights.iter().enumerate())
        .map(|(index, weight)| format!(r#"{{"id":"d{index}","title":"D","weight":{weight}}}"#))
        .collect();
    let cases = questions.iter().filter_map(|(_, scenario)| *scenario).max();
    let scenarios: Vec<String> = (0..cases.map_or(0, |last| last + 1))
        .map(|index| format!(r#"{{"id":"s{index}","text":"S"}}"#))
        .collect();
    let questions: Vec<String> = (questions.iter().enumerate())
        .map(|(index, (domain, scenario))| {
            let scenario = scenario.map(|scenario| format!(r#""scenario":"s{scenario}","#));
            format!(
                r#"{{"id":"q{index}","type":"single","domain":"d{domain}",{}"prompt":"?","choices":[
                   {{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}}]}}"#,
                scenario.unwrap_or_default()
            )
        })
        .collect();
    let text = format!(
        r#"{{"mondai":1,"id":"s","title":"S","domains":[{}],"scenarios":[{}],"questions":[{}]}}"#,
        domains.join(","),
        scenarios.join(","),
        questions.join(",")
    );
    let reading = format::read(&text);
    assert_eq!(reading.problems, []);
    reading.set.unwrap()
}

/// The exam's four domains, 30 questions each; in each, two scenarios of 2 questions and one of 3. Questions of one
/// scenario do not stand side by side in the file.
fn bank() -> QuestionSet {
    let questions: Vec<_> = (0..120)
        .map(|index| {
            let (domain, row) = (index % 4, index / 4);
            let scenario = match row {
                2 | 5 => Some(0),
                3 | 4 => Some(1),
                10 | 12 | 29 => Some(2),
                _ => None,
            };
            (domain, scenario.map(|scenario| scenario * 4 + domain))
        })
        .collect();
    set(&[28, 26, 22, 24], &questions)
}

/// The exam.
fn exam() -> Form {
    Form {
        count: Some(65),
        unscored: 15,
        draw: Draw::ByDomain,
        shuffles_questions: true,
        shuffles_choices: true,
        ..Form::practice()
    }
}

fn paper(form: &Form, set: &QuestionSet, seed: &str, history: &Seen) -> Vec<usize> {
    let paper = form.paper(set, seed, history);
    paper.items.iter().map(|item| item.question).collect()
}

fn unseen(form: &Form, set: &QuestionSet, seed: u32) -> Vec<usize> {
    paper(form, set, &seed.to_string(), &Seen::default())
}

/// How many questions of each of the four domains there are.
fn by_each_domain(set: &QuestionSet, questions: impl IntoIterator<Item = usize>) -> [usize; 4] {
    let mut counts = [0; 4];
    for index in questions {
        counts[set.questions[index].domain.unwrap()] += 1;
    }
    counts
}

#[test]
fn shares_are_exact_for_the_exam() {
    let weights = [28, 26, 22, 24];
    for (size, expected) in [
        (65, [18, 17, 14, 16]),
        (50, [14, 13, 11, 12]),
        // The beta it grew out of: 23.8, 22.1, 18.7 and 20.4.
        (85, [24, 22, 19, 20]),
        (100, weights.map(|weight| usize::try_from(weight).unwrap())),
        (0, [0; 4]),
        (1, [1, 0, 0, 0]),
    ] {
        assert_eq!(largest_remainder(&weights, size), expected, "{size}");
    }
    assert_eq!(largest_remainder(&[0, 0], 5), [0, 0]);
    assert_eq!(largest_remainder(&[], 5), [0; 0]);
    // The earlier of equals first.
    assert_eq!(largest_remainder(&[1, 1, 1], 2), [1, 1, 0]);
    assert_eq!(
        largest_remainder(&[u64::MAX / 4; 4], 5)
            .iter()
            .sum::<usize>(),
        5
    );
}

#[test]
fn every_exam_paper_is_exact_for_its_weights() {
    let set = bank();
    for (count, unscored, asked, counting) in [
        (65, 15, [18, 17, 14, 16], [14, 13, 11, 12]),
        (85, 0, [24, 22, 19, 20], [24, 22, 19, 20]),
    ] {
        let form = Form {
            count: Some(count),
            unscored,
            ..exam()
        };
        for seed in 0..300 {
            let drawn = unseen(&form, &set, seed);
            assert_eq!(by_each_domain(&set, drawn.clone()), asked, "{seed}");
            assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
            let marks = form.unscored(&set, &seed.to_string(), &drawn);
            assert_eq!(marks.len(), drawn.len());
            let scored = drawn.iter().zip(&marks).filter(|(_, mark)| !**mark);
            let scored = scored.map(|(index, _)| *index);
            assert_eq!(by_each_domain(&set, scored), counting, "{seed}");
        }
    }
}

/// Draws a paper for each of 10,000 seeds, and says how often each question was on it.
fn frequencies(form: &Form, set: &QuestionSet, seen: &Seen) -> Vec<u32> {
    let mut counts = vec![0; set.questions.len()];
    for seed in 0..SEEDS {
        let drawn = paper(form, set, &seed.to_string(), seen);
        assert_eq!(drawn.len(), form.size(set));
        for index in drawn {
            counts[index] += 1;
        }
    }
    counts
}

const SEEDS: u32 = 10_000;

/// Whether a count is within five standard deviations of what a chance of `share` in `of` gives.
#[track_caller]
fn assert_likely(count: u32, share: u32, of: u32, what: &str) {
    let (seeds, chance) = (f64::from(SEEDS), f64::from(share) / f64::from(of));
    let deviation = (seeds * chance * (1.0 - chance)).sqrt();
    let off = f64::from(count) - seeds * chance;
    assert!(
        off.abs() <= 5.0 * deviation,
        "{what} came {count} times; {share} of {of} would be {}",
        seeds * chance
    );
}

#[test]
fn every_question_of_a_domain_is_as_likely_as_the_others() {
    let set = bank();
    for draw in [Draw::ByDomain, Draw::Random] {
        let form = Form { draw, ..exam() };
        for (index, count) in frequencies(&form, &set, &Seen::default())
            .into_iter()
            .enumerate()
        {
            let question = &set.questions[index];
            let (share, of) = match draw {
                Draw::ByDomain => ([18, 17, 14, 16][question.domain.unwrap()], 30),
                _ => (65, 120),
            };
            let what = format!(
                "{draw:?}: {}, scenario {:?}",
                question.id, question.scenario
            );
            assert_likely(count, share, of, &what);
        }
    }
}

/// The questions of each scenario, as they stand on a paper.
fn cases(set: &QuestionSet, paper: &[usize]) -> Vec<Vec<usize>> {
    (0..set.scenarios.len())
        .map(|scenario| {
            let on_paper = paper.iter().copied();
            on_paper
                .filter(|index| set.questions[*index].scenario == Some(scenario))
                .collect()
        })
        .collect()
}

#[test]
fn questions_of_a_scenario_stand_together_in_order_and_come_whole_or_not_at_all() {
    let set = bank();
    let whole = cases(&set, &(0..120).collect::<Vec<_>>());
    assert_eq!(
        (&whole[2][..], &whole[10][..]),
        (&[10, 22][..], &[42, 50, 118][..])
    );
    let (mut taken, mut left) = (0, 0);
    for draw in [Draw::ByDomain, Draw::Random] {
        for shuffles_questions in [true, false] {
            let form = Form {
                draw,
                shuffles_questions,
                ..exam()
            };
            for seed in 0..100 {
                let paper = unseen(&form, &set, seed);
                for (case, all) in cases(&set, &paper).into_iter().zip(&whole) {
                    if case.is_empty() {
                        left += 1;
                        continue;
                    }
                    taken += 1;
                    assert_eq!(case, *all, "{draw:?}, {seed}");
                    assert!(
                        paper.windows(case.len()).any(|part| part == case),
                        "{draw:?}, {seed}: {case:?} in {paper:?}"
                    );
                }
                assert_eq!(is_in_order(&set, &paper), !shuffles_questions, "{seed}");
            }
        }
    }
    assert!(taken > 1_000 && left > 1_000, "{taken}, {left}");
}

/// Whether units stand in the order of their first questions, as without shuffling.
fn is_in_order(set: &QuestionSet, paper: &[usize]) -> bool {
    let firsts = units(set, paper).into_iter().map(|unit| unit[0]);
    firsts.is_sorted()
}

/// A set of one domain: scenarios with so many questions, and single ones between them.
fn set_of(scenarios: &[usize], singles: usize) -> QuestionSet {
    let mut questions = vec![(0, None); singles];
    for (scenario, size) in scenarios.iter().enumerate() {
        for number in 0..*size {
            let at = (number * 2 + scenario).min(questions.len());
            questions.insert(at, (0, Some(scenario)));
        }
    }
    set(&[100], &questions)
}

#[test]
fn where_sizes_do_not_allow_it_a_scenario_is_split_and_nobody_favoured() {
    for (scenarios, singles, size) in [
        // Two would be too many, one too few.
        (&[3, 3][..], 0, 4),
        (&[3], 1, 2),
        // Whole ones would leave more places than there are single questions.
        (&[2, 2, 2], 1, 6),
        (&[5], 4, 4),
        (&[2, 5], 1, 4),
    ] {
        let set = set_of(scenarios, singles);
        let form = Form {
            count: Some(size),
            ..Form::practice()
        };
        let of = set.questions.len();
        let counts = frequencies(&form, &set, &Seen::default());
        for (index, count) in counts.into_iter().enumerate() {
            let what = format!("{scenarios:?} and {singles}, {size}: question {index}");
            assert_likely(count, size, u32::try_from(of).unwrap(), &what);
        }
        let whole = cases(&set, &(0..of).collect::<Vec<_>>());
        let is_split = (0..50).any(|seed| {
            let drawn = cases(&set, &unseen(&form, &set, seed));
            drawn
                .iter()
                .zip(&whole)
                .any(|(case, all)| !case.is_empty() && case != all)
        });
        assert!(
            is_split,
            "{scenarios:?} and {singles}, {size} could be had whole"
        );
    }
}

#[test]
fn whatever_the_sizes_the_paper_has_so_many_different_questions() {
    let mut fairly_drawn = 0;
    for scenarios in [
        &[2][..],
        &[3],
        &[2, 2],
        &[2, 3],
        &[3, 3],
        &[2, 2, 3],
        &[4, 2],
        &[7],
    ] {
        for singles in 0..=7 {
            let set = set_of(scenarios, singles);
            let of = set.questions.len();
            for size in 0..=of + 1 {
                let pool: Vec<usize> = (0..of).collect();
                for seed in 0..20_u32 {
                    let mut random = Random::new(&seed.to_string(), "sizes");
                    let mut pool = pool.clone();
                    random.shuffle(&mut pool);
                    let drawn = unseen_first(&set, &pool, size, &Seen::default(), &mut random);
                    let different: BTreeSet<_> = drawn.iter().collect();
                    assert_eq!(
                        (drawn.len(), different.len()),
                        (size.min(of), size.min(of)),
                        "{scenarios:?} and {singles}, {size}"
                    );
                    fairly_drawn += usize::from(size > 0 && size < of);
                }
            }
        }
    }
    assert!(fairly_drawn > 5_000, "{fairly_drawn}");
}

#[test]
fn where_the_plain_kit_is_enough_both_kits_make_the_same_paper() {
    let text = include_str!("../../../tests/fixtures/three-questions.json");
    let value = Value::parse(text).unwrap();
    assert!(Kit::<false>::is_plain_enough(&value));
    let sets = [Kit::PLAIN, Kit::EXAM].map(|kit| load(&value, text, kit).set.unwrap());
    for form in &sets[0].forms {
        for seed in 0..100 {
            let papers = sets.each_ref().map(|set| unseen(form, set, seed));
            assert_eq!(papers[0], papers[1], "{}, {seed}", form.id);
            assert_eq!(papers[0].len(), 3);
            let marks = sets
                .each_ref()
                .map(|set| form.unscored(set, &seed.to_string(), &papers[0]));
            assert_eq!(marks[0], marks[1], "{}, {seed}", form.id);
        }
    }
}

#[test]
fn the_plain_kit_is_enough_for_what_it_can_draw() {
    let with = |key: &str| {
        let text =
            format!(r#"{{"forms":[{{"id":"f"}},{{{key}}}],"questions":[{{"type":"single"}}]}}"#);
        Kit::<false>::is_plain_enough(&Value::parse(&text).unwrap())
    };
    for (key, expected) in [
        (r#""id":"g""#, true),
        (r#""draw":"random""#, true),
        (r#""draw":"all""#, true),
        (r#""shuffle":["questions"]"#, true),
        (r#""draw":"by-domain""#, false),
        (r#""count":3"#, false),
        (r#""unscored":1"#, false),
    ] {
        assert_eq!(with(key), expected, "{key}");
    }
    let text = r#"{"scenarios":[],"questions":[]}"#;
    let value = Value::parse(text).unwrap();
    assert!(!Kit::<false>::is_plain_enough(&value));
    for kind in [
        "ordering", "matching", "text", "numeric", "cloze", "hologram",
    ] {
        let text = format!(r#"{{"questions":[{{"type":"multiple"}},{{"type":"{kind}"}}]}}"#);
        let value = Value::parse(&text).unwrap();
        assert!(!Kit::<false>::is_plain_enough(&value), "{kind}");
    }
}

#[test]
fn a_paper_with_scenarios_never_changes_with_the_version() {
    // Computed once, by another program; a stored seed must give the same paper for ever.
    let set = bank();
    for (draw, expected) in [
        (Draw::ByDomain, FROZEN_BY_DOMAIN),
        (Draw::Random, FROZEN_RANDOM),
    ] {
        let form = Form {
            count: Some(16),
            draw,
            ..exam()
        };
        assert_eq!(
            paper(&form, &set, "mondai", &Seen::default()),
            expected,
            "{draw:?}"
        );
    }
    let drawn: Vec<usize> = (0..16).collect();
    let marks = Form {
        unscored: 6,
        ..exam()
    }
    .unscored(&set, "mondai", &drawn);
    let unscored: Vec<usize> = drawn.into_iter().filter(|index| marks[*index]).collect();
    assert_eq!(unscored, FROZEN_UNSCORED);
}

/// When each of the bank's questions was seen: a third never, the others at one of four moments.
fn history(seed: u32) -> Seen {
    let mut random = Random::new(&seed.to_string(), "history");
    let moments = [0, 0, 100, 200, 300, 1_700_000_000_000];
    Seen(
        (0..120)
            .map(|_| moments[random.below(6) as usize])
            .collect(),
    )
}

#[test]
fn what_was_not_seen_comes_first_and_then_what_was_seen_longest_ago() {
    let set = bank();
    for seed in 0..200 {
        let seen = history(seed);
        for draw in [Draw::ByDomain, Draw::Random] {
            let form = Form { draw, ..exam() };
            let drawn = paper(&form, &set, &seed.to_string(), &seen);
            let groups: Vec<Vec<usize>> = match draw {
                Draw::ByDomain => (0..4)
                    .map(|domain| (domain..120).step_by(4).collect())
                    .collect(),
                _ => vec![(0..120).collect()],
            };
            for group in groups {
                let (taken, left): (Vec<_>, Vec<_>) =
                    group.into_iter().partition(|index| drawn.contains(index));
                let newest = taken.iter().map(|index| seen.0[*index]).max();
                let oldest = left.iter().map(|index| seen.0[*index]).min();
                assert!(
                    newest <= oldest,
                    "{draw:?}, {seed}: {newest:?} and {oldest:?}"
                );
            }
            let counts = by_each_domain(&set, drawn);
            if draw == Draw::ByDomain {
                assert_eq!(counts, [18, 17, 14, 16], "{seed}");
            }
        }
        // The first ones, as the author ordered them.
        let all = Form {
            draw: Draw::All,
            shuffles_questions: false,
            ..exam()
        };
        let drawn: BTreeSet<usize> = paper(&all, &set, "x", &seen).into_iter().collect();
        assert_eq!(drawn, (0..65).collect());
    }
}

#[test]
fn of_those_seen_at_one_time_each_is_as_likely() {
    // 12 never seen, and 18 for the 6 places left; scenarios have questions in both.
    let set = set_of(&[2, 3, 2], 23);
    let seen = Seen((0..30).map(|index| i64::from(index >= 12)).collect());
    let form = Form {
        count: Some(18),
        ..Form::practice()
    };
    for (index, count) in frequencies(&form, &set, &seen).into_iter().enumerate() {
        if index < 12 {
            assert_eq!(count, SEEDS);
        } else {
            assert_likely(count, 6, 18, &format!("question {index}"));
        }
    }
}

#[test]
fn what_does_not_count_depends_on_the_seed_and_the_paper_alone() {
    let set = bank();
    let form = exam();
    let paper = unseen(&form, &set, 1);
    let marks = form.unscored(&set, "1", &paper);
    let other = Form {
        id: String::from("other"),
        draw: Draw::Random,
        count: None,
        shuffles_questions: false,
        shuffles_choices: false,
        question_time: Some(core::time::Duration::from_secs(1)),
        ..exam()
    };
    assert_eq!(other.unscored(&set, "1", &paper), marks);
    assert_ne!(form.unscored(&set, "2", &paper), marks);
}

#[test]
fn each_question_of_a_domain_is_as_likely_not_to_count() {
    let set = bank();
    let form = exam();
    let paper = unseen(&form, &set, 1);
    let mut counts = vec![0; paper.len()];
    for seed in 0..SEEDS {
        let marks = form.unscored(&set, &seed.to_string(), &paper);
        for (count, mark) in counts.iter_mut().zip(marks) {
            *count += u32::from(mark);
        }
    }
    for (index, count) in paper.iter().zip(counts) {
        let domain = set.questions[*index].domain.unwrap();
        let (unscored, of) = [(4, 18), (4, 17), (3, 14), (4, 16)][domain];
        assert_likely(count, unscored, of, &set.questions[*index].id);
    }
}

#[test]
fn a_paper_that_would_have_nothing_left_counts_as_a_whole() {
    let set = bank();
    for (unscored, length, expected) in [
        (0, 10, 0),
        (9, 10, 9),
        (10, 10, 0),
        (11, 10, 0),
        (u32::MAX, 10, 0),
        (1, 1, 0),
        (1, 2, 1),
        (1, 0, 0),
    ] {
        let form = Form { unscored, ..exam() };
        let paper: Vec<usize> = (0..length).collect();
        let marks = form.unscored(&set, "x", &paper);
        let found = marks.iter().filter(|mark| **mark).count();
        assert_eq!(
            (marks.len(), found),
            (length, expected),
            "{unscored} of {length}"
        );
    }
}

const FROZEN_BY_DOMAIN: [usize; 16] = [
    93, 9, 21, 108, 8, 20, 4, 10, 22, 103, 29, 71, 107, 31, 66, 86,
];
const FROZEN_RANDOM: [usize; 16] = [
    77, 78, 108, 62, 29, 74, 86, 93, 43, 51, 119, 107, 66, 8, 20, 4,
];
const FROZEN_UNSCORED: [usize; 6] = [3, 4, 6, 9, 11, 14];
