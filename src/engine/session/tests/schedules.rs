//! Ten thousand readers whose pages sleep, freeze, are closed, killed and opened again, and whose clocks are set: what is
//! left of their time, and what they answered in it, against a model that only knows true time.

use super::*;
use crate::engine::clock::{ClockWatch, Reading};
use crate::engine::form::Mode;
use crate::engine::random::Random;

/// What is true, whatever the computer says. All in milliseconds.
struct World {
    /// True time.
    time: i64,
    /// How far the reader's clock is ahead of it.
    ahead: i64,
    /// For how long the computer was awake.
    awake: i64,
}

/// A page, as the shell makes it: it looks at the clocks before each event, and tells of its life once a second.
struct Page {
    session: Session,
    watch: ClockWatch,
    /// What the steady clock of this page began at.
    opened: i64,
    is_visible: bool,
    told: usize,
    /// What is stored, and the last sign of life with the revision it belongs to.
    stored: Option<Attempt>,
    alive: (u64, Timestamp),
}

impl Page {
    /// Sends an event, at this moment.
    fn send(&mut self, world: &World, event: Event) {
        self.is_visible = match event {
            Event::Hide => false,
            Event::Show => true,
            _ => self.is_visible,
        };
        let now = Timestamp(world.time + world.ahead);
        let reading = Reading {
            wall: now,
            steady: world.awake - self.opened,
            is_visible: self.is_visible,
        };
        if let Some(by) = self.watch.look(reading) {
            let effects = self.session.update(Event::ClockSet(by), now);
            self.perform(effects);
        }
        let effects = self.session.update(event, now);
        self.perform(effects);
        if self.is_visible {
            let revision = self.session.running().map_or(0, |own| own.revision);
            self.alive = (revision, now);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Save(attempt) => {
                    if let Some(before) = &self.stored {
                        assert!(attempt.revision > before.revision, "revisions only grow");
                    }
                    self.stored = Some(*attempt);
                }
                Effect::Tell(Notice::Finished(_)) => self.told += 1,
                _ => {}
            }
        }
    }

    /// The page is gone, with or without a last word; it opens again, and takes up what is stored.
    fn open_again(&mut self, world: &World, form: &str) {
        let mut stored = Attempt::from_stored(&self.stored.as_ref().unwrap().to_stored()).unwrap();
        let (revision, alive) = self.alive;
        if revision == stored.revision {
            stored.changed = stored.changed.max(alive);
        }
        self.session = session(form);
        self.watch = ClockWatch::default();
        self.opened = world.awake;
        self.is_visible = true;
        let now = Timestamp(world.time + world.ahead);
        let effects = self.session.restore(vec![stored], None, now);
        self.perform(effects);
        self.send(world, Event::Show);
    }
}

/// What must be true: the time that counts, and the answers that were given in it.
struct Model {
    is_exam: bool,
    limit: i64,
    used: i64,
    /// Time in sight since the last sign of life; lost to practice if the page is killed.
    unsigned: i64,
    is_seen: bool,
    is_paused: bool,
    answers: [&'static str; 3],
    position: usize,
}

impl Model {
    fn left(&self) -> i64 {
        self.limit - self.used
    }

    fn is_over(&self) -> bool {
        self.left() <= 0
    }

    fn pass(&mut self, time: i64) {
        if self.is_exam || (self.is_seen && !self.is_paused) {
            self.used += time;
            self.unsigned += time;
        }
    }

    fn sign(&mut self) {
        self.unsigned = 0;
    }

    fn killed(&mut self) {
        if !self.is_exam {
            self.used -= self.unsigned;
        }
        self.unsigned = 0;
        self.is_seen = false;
    }
}

struct Run {
    world: World,
    page: Page,
    model: Model,
    chance: Random,
}

impl Run {
    fn new(seed: usize, form: &'static str) -> Self {
        let mut chance = Random::new(&seed.to_string(), "schedule");
        let world = World {
            time: 1_000_000_000,
            ahead: i64::from(chance.below(1_000_000)),
            awake: 0,
        };
        let session = session(form);
        let limit = session.form().time_limit.unwrap();
        let is_exam = session.form().mode == Mode::Exam;
        let mut page = Page {
            session,
            watch: ClockWatch::default(),
            opened: 0,
            is_visible: true,
            told: 0,
            stored: None,
            alive: (0, Timestamp(0)),
        };
        page.send(&world, start(Which::All));
        Self {
            world,
            page,
            model: Model {
                is_exam,
                limit: i64::try_from(limit.as_millis()).unwrap(),
                used: 0,
                unsigned: 0,
                is_seen: true,
                is_paused: false,
                answers: [""; 3],
                position: 0,
            },
            chance,
        }
    }

    fn up_to(&mut self, most: u32) -> i64 {
        i64::from(self.chance.below(most))
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.chance.below(u32::try_from(all.len()).unwrap()) as usize]
    }

    /// Time goes by; awake, or asleep.
    fn pass(&mut self, time: i64, is_awake: bool) {
        self.world.time += time;
        self.world.awake += if is_awake { time } else { 0 };
        self.model.pass(time);
    }

    fn send(&mut self, event: Event) {
        self.page.send(&self.world, event);
        self.model.sign();
    }

    /// Somebody looks at the page for a while: it ticks once a second.
    fn watch(&mut self) {
        for _ in 0..self.up_to(6) {
            let time = 1 + self.up_to(1_000);
            self.pass(time, true);
            self.send(Event::Tick);
        }
    }

    /// Whether the end is so near that small steps of the clock decide what comes first.
    fn is_close(&self) -> bool {
        self.model.left().abs() < 1_500
    }

    fn answer(&mut self) {
        let given = self.one_of(&["a", "b"]);
        if self.is_close() {
            return;
        }
        self.send(respond(given));
        if !self.model.is_over() && !self.model.is_paused {
            self.model.answers[self.model.position] = given;
        }
    }

    fn step(&mut self, form: &str) {
        match self.chance.below(11) {
            0 | 1 => self.watch(),
            2 | 3 => self.answer(),
            4 => {
                let position = self.one_of(&[0, 1, 2]);
                if !self.is_close() {
                    self.send(Event::GoTo(position));
                    if !self.model.is_over() && !self.model.is_paused {
                        self.model.position = position;
                    }
                }
            }
            // The clock is set, by a second to a day.
            5 => {
                let by = 1_000 + self.one_of(&[4_000, 86_400_000]) * self.up_to(1_000) / 1_000;
                self.world.ahead += if self.chance.below(2) == 0 { by } else { -by };
                let time = self.up_to(1_000);
                self.pass(time, true);
                self.send(Event::Tick);
            }
            // Hidden: throttled, frozen or asleep.
            6 | 7 => {
                self.send(Event::Hide);
                self.model.is_seen = false;
                for _ in 0..self.chance.below(3) {
                    let (time, is_awake) = (self.up_to(9_000), self.chance.below(2) == 0);
                    self.pass(time, is_awake);
                    if is_awake && self.chance.below(2) == 0 {
                        self.send(Event::Tick);
                    }
                }
                self.model.is_seen = true;
                self.send(Event::Show);
            }
            // Reloaded, or closed and opened later.
            8 => {
                self.send(Event::Hide);
                self.away(form);
            }
            // Killed.
            9 => {
                let time = self.up_to(1_000);
                self.pass(time, true);
                self.model.killed();
                self.away(form);
            }
            _ => {
                if !self.model.is_exam && !self.is_close() && !self.model.is_over() {
                    self.send(if self.model.is_paused {
                        Event::Resume
                    } else {
                        Event::Pause
                    });
                    self.model.is_paused = !self.model.is_paused;
                }
            }
        }
    }

    fn away(&mut self, form: &str) {
        self.model.is_seen = false;
        let (time, is_awake) = (self.up_to(9_000), self.chance.below(2) == 0);
        self.pass(time, is_awake);
        if self.page.session.running().is_some() {
            self.page.open_again(&self.world, form);
        } else {
            self.page.send(&self.world, Event::Show);
        }
        self.model.is_seen = true;
        self.model.sign();
    }

    /// What is left agrees, or it is over.
    fn check(&self, seed: usize) {
        let now = Timestamp(self.world.time + self.world.ahead);
        match self.page.session.remaining(now) {
            Some(left) => {
                let left = i64::try_from(left.as_millis()).unwrap();
                let off = left - self.model.left().max(0);
                assert!(off.abs() <= 1_000, "schedule {seed}: off by {off} ms");
            }
            None => assert!(self.model.left() < 1_000, "schedule {seed} ended too early"),
        }
    }

    /// Time runs out; then the result is that of the answers in time, told once.
    fn end(mut self, seed: usize) {
        if self.model.is_paused {
            self.model.is_paused = false;
            self.send(Event::Resume);
        }
        let left = self.model.left().max(0);
        self.pass(left + 1_000, true);
        self.send(respond("a b c"));
        let report = results(&self.page.session).report;
        assert_eq!(self.page.told, 1, "schedule {seed}");
        assert!(report.timed_out, "schedule {seed}");
        let given: Vec<String> = report
            .questions
            .iter()
            .map(|own| own.response.0.join(" "))
            .collect();
        assert_eq!(given, self.model.answers, "schedule {seed}");
        let right = [("a", 0), ("b", 2)];
        let right = right
            .iter()
            .filter(|(key, at)| self.model.answers[*at] == *key)
            .count();
        assert_eq!(report.percent as usize, right * 100 / 3, "schedule {seed}");
        let limit = i64::try_from(report.seconds * 1_000).unwrap();
        assert!(
            (limit - self.model.limit).abs() <= 2_000,
            "schedule {seed}: took {limit} ms"
        );
    }
}

#[test]
fn ten_thousand_schedules_agree_with_true_time() {
    for seed in 0..10_000 {
        let form = ["exam", "practice"][seed % 2];
        let mut run = Run::new(seed, form);
        for _ in 0..run.chance.below(30) {
            run.step(form);
            run.check(seed);
        }
        run.end(seed);
    }
}
