//! Schedules that are left to chance.

use std::rc::Rc;

use super::verdict::{judge, settle};
use super::world::{World, pass};
use super::{Act, act, deliver, from_environment, kill, open};

/// Something that happens next.
pub fn step(world: &Rc<World>) {
    let count = u32::try_from(world.pages.borrow().len()).unwrap();
    let page = world.below(count) as usize;
    pass(i64::from(world.below(200)));
    match world.below(100) {
        0..25 => world.transact(),
        25..57 => {
            let chance = world.below(4);
            deliver(world, page, chance);
        }
        57..80 => {
            let is_held = world.page(page).held.borrow().is_some();
            let chosen = match world.below(100) {
                // Who is asked answers soon.
                0..40 if is_held => Act::Keep,
                0..4 => Act::Start,
                4..64 => Act::Write,
                64..68 => Act::End,
                68..71 => Act::GiveUp,
                71..74 => Act::DeleteAll,
                74..90 => Act::TakeOver,
                _ => Act::Look,
            };
            act(world, page, chosen);
        }
        80..88 => {
            let state = world.page(page);
            // Who is stopped in the middle of a task goes on when the others have had their turn.
            if state.is_alive.get() && !world.is_inside.get() {
                let was_stopped = state.is_stopped.get();
                state.is_stopped.set(!was_stopped);
                world.say(|| format!("page {page} is stopped: {}", !was_stopped));
                pass(i64::from(world.below(3)) * 2_000);
            }
        }
        88..90 => {
            if world.page(page).is_alive.get() {
                kill(world, page);
            }
        }
        90..94 => {
            let pages = world.pages.borrow();
            let alive = pages.iter().filter(|state| state.is_alive.get()).count();
            drop(pages);
            if alive < 3 {
                open(world);
            }
        }
        _ => pass(i64::from(world.below(1_500))),
    }
}

/// One schedule, by its number.
fn run(number: u64, mutation: u8, is_logging: bool) -> (Rc<World>, Result<(), String>) {
    let world = World::new(&number.to_string());
    world.is_logging.set(is_logging);
    world.mutation.set(mutation);
    world.stops.set([0, 2, 6][world.below(3) as usize]);
    let pages = 2 + world.below(2);
    for _ in 0..pages {
        open(&world);
    }
    let stops = world.stops.replace(0);
    if let Err(error) = settle(&world) {
        return (world, Err(error));
    }
    act(&world, 0, Act::Start);
    world.stops.set(stops);
    for _ in 0..20 + world.below(150) {
        step(&world);
    }
    let lost = world.below(8) as usize;
    let judged = judge(&world, lost.saturating_sub(2));
    world.take_apart();
    (world, judged)
}

#[test]
fn nothing_is_lost_told_twice_or_back_on_any_schedule() {
    let schedules = from_environment("MONDAI_SCHEDULES", 3_000);
    let first = from_environment("MONDAI_FIRST", 0);
    let (mut saved, mut told, mut deleted, mut kept) = (0, 0, 0, 0);
    for number in first..first + schedules {
        let (world, judged) = run(number, 0, false);
        saved += world.saved.borrow().len();
        told += world.told.borrow().len();
        deleted += world.deleted.borrow().len();
        kept += world.kept.get();
        if let Err(error) = judged {
            let (world, _) = run(number, 0, true);
            panic!(
                "schedule {number}: {error}\n{}",
                world.log.borrow().join("\n")
            );
        }
    }
    println!(
        "{schedules} schedules: {saved} times saved, {told} told, {deleted} deleted, {kept} kept"
    );
    assert!(
        saved > 0 && told > 0 && deleted > 0 && kept > 0,
        "nothing is proven by pages that do nothing"
    );
}

/// A model that never fails is worth nothing: the old rules are put back.
#[test]
fn the_old_rules_are_noticed() {
    for (mutation, what) in [
        (1, "a journal without fences"),
        (2, "ends told before they are stored"),
        (
            3,
            "a journal that does not look whether what is written was deleted",
        ),
    ] {
        let is_noticed = (0..3_000).any(|number| run(number, mutation, false).1.is_err());
        assert!(is_noticed, "{what}");
    }
}
