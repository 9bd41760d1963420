//! Drawing: which questions of a pool a paper gets. Every question of a pool is as likely as the others, unless the reader
//! saw some of them lately; questions about one scenario come together where that can be had without favouring anybody.

use super::form::{Draw, Form};
use super::random::Random;
use super::set::{Drawing, QuestionSet, Seen};

/// For sets without scenarios and forms that take all questions and count them.
pub struct Plain;

impl Drawing for Plain {
    fn draw(
        &self,
        form: &Form,
        set: &QuestionSet,
        mut pool: Vec<usize>,
        size: usize,
        _seen: &Seen,
        random: &mut Random,
    ) -> Vec<Vec<usize>> {
        if form.draw != Draw::All {
            random.shuffle(&mut pool);
        }
        pool.truncate(size);
        in_authors_order(set, &pool)
            .into_iter()
            .map(|index| vec![index])
            .collect()
    }

    fn unscored(&self, _: &Form, _: &QuestionSet, _: &str, questions: &[usize]) -> Vec<bool> {
        vec![false; questions.len()]
    }
}

/// For all sets and forms. Must be reached from the chunk of the exam kit only.
pub struct Careful;

impl Drawing for Careful {
    fn draw(
        &self,
        form: &Form,
        set: &QuestionSet,
        mut pool: Vec<usize>,
        size: usize,
        seen: &Seen,
        random: &mut Random,
    ) -> Vec<Vec<usize>> {
        if form.draw == Draw::All {
            pool.truncate(size);
        } else {
            random.shuffle(&mut pool);
            pool = if form.draw == Draw::ByDomain {
                by_domain(set, &pool, size, seen, random)
            } else {
                unseen_first(set, &pool, size, seen, random)
            };
        }
        units(set, &in_authors_order(set, &pool))
    }

    fn unscored(
        &self,
        form: &Form,
        set: &QuestionSet,
        seed: &str,
        questions: &[usize],
    ) -> Vec<bool> {
        unscored(form, set, seed, questions)
    }
}

/// As many of each domain as its share of the paper (exam guide: 15 of 65), chosen by the seed.
fn unscored(form: &Form, set: &QuestionSet, seed: &str, questions: &[usize]) -> Vec<bool> {
    let wanted = form.unscored as usize;
    let mut is_unscored = vec![false; questions.len()];
    // A paper that attributes narrowed, or edits shortened, to nothing else still counts.
    if wanted == 0 || wanted >= questions.len() {
        return is_unscored;
    }
    let domain_of = |index: &usize| set.questions.get(*index).and_then(|own| own.domain);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for domain in (0..set.domains.len()).map(Some).chain([None]) {
        let positions = questions.iter().enumerate();
        groups.push(
            positions
                .filter(|(_, index)| domain_of(index) == domain)
                .map(|(position, _)| position)
                .collect(),
        );
    }
    let sizes: Vec<u64> = groups.iter().map(|group| group.len() as u64).collect();
    let scored = largest_remainder(&sizes, questions.len() - wanted);
    let mut random = Random::new(seed, "unscored");
    for (group, scored) in groups.iter_mut().zip(scored) {
        random.shuffle(group);
        for position in group.iter().skip(scored) {
            if let Some(mark) = is_unscored.get_mut(*position) {
                *mark = true;
            }
        }
    }
    is_unscored
}

/// Takes `size` questions of a shuffled pool, each domain its share (largest remainder, also called Hamilton's method).
/// A domain with too few gives what it has; chance fills up from all that is left.
pub fn by_domain(
    set: &QuestionSet,
    pool: &[usize],
    size: usize,
    seen: &Seen,
    random: &mut Random,
) -> Vec<usize> {
    let mut groups: Vec<(u64, Vec<usize>)> = set
        .domains
        .iter()
        .map(|domain| (u64::from(domain.weight.unwrap_or(1)), Vec::new()))
        .collect();
    for index in pool {
        let domain = set.questions.get(*index).and_then(|own| own.domain);
        if let Some((_, group)) = domain.and_then(|domain| groups.get_mut(domain)) {
            group.push(*index);
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    let weights: Vec<u64> = groups.iter().map(|(weight, _)| *weight).collect();
    let mut drawn = Vec::with_capacity(size);
    for ((_, group), share) in groups.iter().zip(largest_remainder(&weights, size)) {
        drawn.extend(unseen_first(set, group, share, seen, random));
    }
    let missing = size.saturating_sub(drawn.len());
    let rest: Vec<usize> = pool
        .iter()
        .copied()
        .filter(|index| !drawn.contains(index))
        .collect();
    drawn.extend(unseen_first(set, &rest, missing, seen, random));
    drawn
}

/// Takes `size` questions of a shuffled pool: first those never seen, then those not seen for the longest time.
pub fn unseen_first(
    set: &QuestionSet,
    pool: &[usize],
    size: usize,
    seen: &Seen,
    random: &mut Random,
) -> Vec<usize> {
    let mut rest = pool.to_vec();
    let mut drawn = Vec::with_capacity(size);
    while drawn.len() < size
        && let Some(oldest) = rest.iter().map(|index| seen.at(*index)).min()
    {
        let (tier, later): (Vec<usize>, Vec<usize>) =
            rest.iter().partition(|index| seen.at(**index) == oldest);
        drawn.extend(fairly(set, &tier, size - drawn.len(), random));
        rest = later;
    }
    drawn
}

/// Takes `size` questions of a shuffled pool, each with the same chance.
///
/// Scenarios are taken whole or not at all. Each is taken with the chance that every question has (systematic sampling:
/// one random start, then equal steps), and single questions fill up; so a question's chance does not depend on having
/// company. Where sizes do not allow that, questions are taken one by one.
fn fairly(set: &QuestionSet, pool: &[usize], size: usize, random: &mut Random) -> Vec<usize> {
    if size >= pool.len() {
        return pool.to_vec();
    }
    let (blocks, singles): (Vec<Vec<usize>>, Vec<Vec<usize>>) = units(set, pool)
        .into_iter()
        .partition(|unit| unit.len() > 1);
    let one_by_one = pool.iter().copied().take(size).collect();
    if blocks.is_empty() {
        return one_by_one;
    }
    // How many blocks are taken, at least and at most, and how many questions that can be.
    let (fewest, most) = (
        blocks.len() * size / pool.len(),
        (blocks.len() * size).div_ceil(pool.len()),
    );
    let smallest = blocks.iter().map(Vec::len).min().unwrap_or(0) * fewest;
    let largest = blocks.iter().map(Vec::len).max().unwrap_or(0) * most;
    if largest > size || size - smallest > singles.len() {
        return one_by_one;
    }
    let mut at = random.below(u32::try_from(pool.len()).unwrap_or(u32::MAX)) as usize;
    let mut drawn = Vec::with_capacity(size);
    for block in blocks {
        at += size;
        if at >= pool.len() {
            at -= pool.len();
            drawn.extend(block);
        }
    }
    let missing = size.saturating_sub(drawn.len());
    drawn.extend(singles.into_iter().flatten().take(missing));
    drawn
}

/// Questions in units that stay together: those of one scenario, and each other one alone. In the order of the list.
pub fn units(set: &QuestionSet, questions: &[usize]) -> Vec<Vec<usize>> {
    let scenario_of = |index: usize| set.questions.get(index).and_then(|own| own.scenario);
    let mut units: Vec<Vec<usize>> = Vec::with_capacity(questions.len());
    for index in questions {
        let scenario = scenario_of(*index);
        let own = units.iter_mut().find(|unit| {
            scenario.is_some()
                && unit
                    .first()
                    .is_some_and(|first| scenario_of(*first) == scenario)
        });
        match own {
            Some(unit) => unit.push(*index),
            None => units.push(vec![*index]),
        }
    }
    units
}

/// Questions in the order of the set.
pub fn in_authors_order(set: &QuestionSet, questions: &[usize]) -> Vec<usize> {
    // Marking places is shorter in the reader's download than sorting.
    let mut is_drawn = vec![false; set.questions.len()];
    for index in questions {
        if let Some(mark) = is_drawn.get_mut(*index) {
            *mark = true;
        }
    }
    is_drawn
        .iter()
        .enumerate()
        .filter(|(_, is_drawn)| **is_drawn)
        .map(|(index, _)| index)
        .collect()
}

/// Splits `size` by weights: whole parts first, then one each to the largest remainders, the earlier of equals first.
pub fn largest_remainder(weights: &[u64], size: usize) -> Vec<usize> {
    let total: u64 = weights.iter().sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| weight.saturating_mul(size as u64);
    let mut shares: Vec<usize> = weights
        .iter()
        .map(|weight| usize::try_from(exact(*weight) / total).unwrap_or(0))
        .collect();
    let left = size.saturating_sub(shares.iter().sum());
    let mut remainders: Vec<u64> = weights
        .iter()
        .map(|weight| exact(*weight) % total)
        .collect();
    for _ in 0..left {
        // `rev`, because `max_by_key` gives the last of equals and the first one should win.
        let largest = remainders
            .iter()
            .enumerate()
            .rev()
            .max_by_key(|(_, remainder)| **remainder)
            .map(|(index, _)| index);
        if let Some(index) = largest
            && let Some((share, remainder)) = shares.get_mut(index).zip(remainders.get_mut(index))
        {
            *share += 1;
            *remainder = 0;
        }
    }
    shares
}

#[cfg(test)]
mod tests;
