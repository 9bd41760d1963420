//! Papers: what is drawn, in which order, and that a seed gives the same one for ever.

use super::*;
use crate::engine::form::Draw;
use crate::engine::format;

fn set(questions: usize) -> QuestionSet {
    let questions: Vec<String> = (0..questions)
        .map(|number| {
            format!(
                r#"{{"id":"q{number}","type":"single","domain":"d{}","prompt":"?","choices":[
                   {{"id":"a","text":"A","correct":true}},{{"id":"b","text":"B"}},{{"id":"c","text":"C"}},
                   {{"id":"d","text":"None of these","pin":true}}]}}"#,
                number % 4
            )
        })
        .collect();
    let text = format!(
        r#"{{"mondai":1,"id":"s","title":"S","domains":[{{"id":"d0","title":"0","weight":28}},{{"id":"d1","title":"1","weight":26}},
           {{"id":"d2","title":"2","weight":22}},{{"id":"d3","title":"3","weight":24}},{{"id":"empty","title":"E","weight":50}}],"questions":[{}]}}"#,
        questions.join(",")
    );
    format::read(&text).set.unwrap()
}

fn order(paper: &Paper) -> Vec<usize> {
    paper.items.iter().map(|item| item.question).collect()
}

#[test]
fn a_paper_depends_on_the_seed_alone() {
    let set = set(40);
    let form = Form {
        count: Some(20),
        draw: Draw::Random,
        shuffles_questions: true,
        shuffles_choices: true,
        ..Form::practice()
    };
    let paper = form.paper(&set, "s1", &Seen::default());
    assert_eq!(paper, form.paper(&set, "s1", &Seen::default()));
    assert_ne!(paper, form.paper(&set, "s2", &Seen::default()));
    let mut questions = order(&paper);
    questions.sort_unstable();
    questions.dedup();
    assert_eq!(questions.len(), 20);
}

#[test]
fn without_shuffle_the_authors_order_stays() {
    let set = set(12);
    assert_eq!(
        order(&Form::practice().paper(&set, "x", &Seen::default())),
        (0..12).collect::<Vec<_>>()
    );
    let some = Form {
        count: Some(5),
        draw: Draw::Random,
        ..Form::practice()
    };
    assert!(order(&some.paper(&set, "x", &Seen::default())).is_sorted());
}

#[test]
fn pinned_choices_keep_their_places() {
    let set = set(1);
    let form = Form {
        shuffles_choices: true,
        ..Form::practice()
    };
    let mut orders = std::collections::BTreeSet::new();
    for seed in 0..100 {
        let paper = form.paper(&set, &seed.to_string(), &Seen::default());
        let order = &paper.items[0].order;
        assert_eq!(order[3], 3);
        orders.insert(order.clone());
    }
    assert_eq!(orders.len(), 6);
}

#[test]
fn attributes_narrow_and_never_widen() {
    let set = set(40);
    let form = Form {
        count: Some(10),
        ..Form::practice()
    };
    for (count, domains, expected) in [
        (Some(3), vec![], 3),
        (Some(30), vec![], 10),
        (None, vec!["d1"], 10),
        (Some(2), vec!["d1", "d2"], 2),
        (None, vec!["nowhere"], 10),
        // What would leave no question is passed over.
        (Some(0), vec![], 10),
        (None, vec!["empty"], 10),
        (Some(3), vec!["empty", "d1"], 3),
    ] {
        let narrowing = Narrowing {
            count,
            domains: domains.into_iter().map(str::to_owned).collect(),
            time_limit: None,
        };
        assert_eq!(
            form.narrowed(&narrowing, &set).size(&set),
            expected,
            "{narrowing:?}"
        );
    }
}

#[test]
fn a_draw_by_domain_fills_up_where_one_has_too_few() {
    let set = set(40);
    let form = Form {
        count: Some(36),
        draw: Draw::ByDomain,
        ..Form::practice()
    };
    assert_eq!(form.paper(&set, "x", &Seen::default()).items.len(), 36);
}

#[test]
fn a_form_takes_only_its_own_domains() {
    let set = set(40);
    let form = Form {
        domains: vec![1, 2],
        ..Form::practice()
    };
    for (domains, expected) in [
        (vec![], 20),
        (vec!["d1"], 10),
        (vec!["d0"], 20),
        (vec!["d0", "d2"], 10),
    ] {
        let narrowing = Narrowing {
            domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
            ..Narrowing::default()
        };
        assert_eq!(
            form.narrowed(&narrowing, &set).size(&set),
            expected,
            "{domains:?}"
        );
    }
}

#[test]
fn fewer_questions_than_there_are_are_drawn_at_random_unless_said() {
    let set = set(40);
    let narrowing = Narrowing {
        count: Some(3),
        ..Narrowing::default()
    };
    let form = Form::practice().narrowed(&narrowing, &set);
    assert_ne!(
        order(&form.paper(&set, "1", &Seen::default())),
        order(&form.paper(&set, "2", &Seen::default()))
    );
    let first = Form {
        draw: Draw::All,
        ..form
    };
    assert_eq!(order(&first.paper(&set, "1", &Seen::default())), [0, 1, 2]);
}

#[test]
fn a_draw_by_domain_keeps_the_proportions() {
    let set = set(80);
    let form = Form {
        count: Some(50),
        draw: Draw::ByDomain,
        ..Form::practice()
    };
    for seed in ["1", "2", "3"] {
        let mut counts = [0; 4];
        for item in form.paper(&set, seed, &Seen::default()).items {
            counts[set.questions[item.question].domain.unwrap()] += 1;
        }
        assert_eq!(counts, [14, 13, 11, 12], "{seed}");
    }
}

#[test]
fn what_fills_up_comes_from_all_domains_alike() {
    // Every fourth question is of `d0`, and there are too few of them; the rest comes from the others by chance.
    let mut set = set(40);
    set.questions.retain(|question| question.domain != Some(0));
    set.domains[0].weight = Some(0);
    let form = Form {
        count: Some(15),
        draw: Draw::ByDomain,
        ..Form::practice()
    };
    let mut drawn = std::collections::BTreeSet::new();
    for domain in &mut set.domains {
        domain.weight = Some(0);
    }
    for seed in 0..30 {
        let paper = order(&form.paper(&set, &seed.to_string(), &Seen::default()));
        assert_eq!(paper.len(), 15);
        drawn.extend(paper);
    }
    assert_eq!(drawn.len(), 30);
}

#[test]
fn a_paper_never_changes_with_the_version() {
    // Computed once, by another program; a stored seed must give the same paper for ever.
    let set = set(12);
    let paper = |draw| {
        let form = Form {
            count: Some(6),
            draw,
            shuffles_questions: true,
            shuffles_choices: true,
            ..Form::practice()
        };
        form.paper(&set, "mondai", &Seen::default())
    };
    assert_eq!(order(&paper(Draw::Random)), FROZEN_RANDOM);
    assert_eq!(order(&paper(Draw::ByDomain)), FROZEN_BY_DOMAIN);
    assert_eq!(order(&paper(Draw::All)), FROZEN_ALL);
    assert_eq!(paper(Draw::All).items[0].order, FROZEN_CHOICES);
}

const FROZEN_RANDOM: [usize; 6] = [6, 1, 3, 10, 8, 11];
const FROZEN_BY_DOMAIN: [usize; 6] = [5, 1, 4, 10, 8, 11];
const FROZEN_ALL: [usize; 6] = [5, 2, 0, 1, 4, 3];
const FROZEN_CHOICES: [usize; 4] = [1, 2, 0, 3];
