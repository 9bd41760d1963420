//! Every interleaving of few steps: two pages of three steps, each stopped before any of them or not, and between the steps
//! nothing, the journal, the messages, or all of it.

use std::rc::Rc;

use super::verdict::{judge, settle};
use super::world::{World, pass};
use super::{Act, act, deliver, from_environment, open};

/// What the readers of both pages do.
const READERS: [[[Act; 3]; 2]; 3] = [
    [
        [Act::Write, Act::Write, Act::End],
        [Act::TakeOver, Act::Write, Act::End],
    ],
    [
        [Act::Write, Act::End, Act::Look],
        [Act::TakeOver, Act::Write, Act::Write],
    ],
    [
        [Act::Write, Act::GiveUp, Act::Look],
        [Act::TakeOver, Act::Write, Act::End],
    ],
];

/// In which order six steps of two pages can come: a bit a step, set for the second page.
fn orders() -> impl Iterator<Item = u32> {
    (0_u32..64).filter(|order| order.count_ones() == 3)
}

/// What happens after a step.
fn between(world: &Rc<World>, choice: u64) {
    let messages = |world: &Rc<World>, kind: u32| {
        for page in [1, 0] {
            while deliver(world, page, kind) {}
        }
    };
    match choice {
        0 => {}
        // The journal has carried all out, and nobody has heard of it.
        1 => {
            while world.has_jobs() {
                world.transact();
            }
        }
        // So long that a page which does not answer is asked no more; messages of locks come last.
        2 => {
            for _ in 0..3 {
                world.transact();
                pass(1_000);
                messages(world, 2);
            }
        }
        // All of it, and again as long as anything comes of it.
        _ => {
            for _ in 0..12 {
                while world.has_jobs() {
                    world.transact();
                }
                messages(world, 0);
                pass(250);
            }
        }
    }
}

/// One interleaving; `stops` says before which step of its own, if any, the first page is stopped, and how many steps of the
/// second one it sleeps through.
fn run(readers: [[Act; 3]; 2], order: u32, choices: u64, stops: (u32, u32)) -> Result<(), String> {
    let world = World::new("exhaustive");
    open(&world);
    open(&world);
    settle(&world)?;
    act(&world, 0, Act::Start);
    settle(&world)?;
    let mut done = [0_usize; 2];
    let mut asleep = None;
    for step in 0..6 {
        let page = usize::from(order & (1 << step) != 0);
        let first = world.page(0);
        if page == 0 && done[0] == stops.0 as usize && stops.1 > 0 && asleep.is_none() {
            asleep = Some(stops.1);
            first.is_stopped.set(true);
        }
        if page == 1 || !first.is_stopped.get() {
            act(&world, page, readers[page][done[page]]);
        }
        done[page] += 1;
        between(&world, choices >> (2 * step) & 3);
        if page == 1
            && let Some(left) = &mut asleep
        {
            *left = left.saturating_sub(1);
            if *left == 0 && first.is_stopped.replace(false) {
                pass(2_100);
                // The first task of a page that wakes is the reader's.
                act(&world, 0, readers[0][2]);
            }
        }
    }
    let judged = judge(&world, (choices % 3) as usize);
    world.take_apart();
    judged
}

#[test]
fn two_pages_of_three_steps_at_every_interleaving() {
    let stride = from_environment("MONDAI_STRIDE", 499);
    let mut number = 0_u64;
    let mut tried = 0_u64;
    for (reader, readers) in READERS.into_iter().enumerate() {
        for order in orders() {
            for stops in [
                (0, 0),
                (0, 1),
                (0, 3),
                (1, 1),
                (1, 2),
                (1, 3),
                (2, 1),
                (2, 3),
            ] {
                for choices in 0..4_u64.pow(6) {
                    number += 1;
                    if !number.is_multiple_of(stride) {
                        continue;
                    }
                    tried += 1;
                    if let Err(error) = run(readers, order, choices, stops) {
                        panic!(
                            "readers {reader}, order {order:06b}, {stops:?}, choices {choices:012b}: {error}"
                        );
                    }
                }
            }
        }
    }
    println!("{tried} of {number} interleavings");
    assert!(tried > 0);
}
