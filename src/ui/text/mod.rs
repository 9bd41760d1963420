//! Interface strings: one file per language. A new language is a new file and a line in [`for_language`].

mod en;
mod ja;
pub mod parts;

use core::time::Duration;

use crate::engine::form::Mode;
use crate::engine::text::primary;

/// Every word of the first screens. `{}` stands for a value.
pub struct Strings {
    /// The BCP 47 tag of the language.
    pub language: &'static str,
    /// What one question is counted as; `{}` is 1.
    pub one_question: &'static str,
    /// What several questions are counted as.
    pub questions: &'static str,
    /// `{}` hours.
    pub hours: &'static str,
    /// `{}` minutes.
    pub minutes: &'static str,
    /// `{}` seconds.
    pub seconds: &'static str,
    /// What stands between the parts of a duration.
    pub between_units: &'static str,
    /// No time limit.
    pub no_limit: &'static str,
    /// The pass mark in percent.
    pub pass_percent: &'static str,
    /// The pass mark on a scale: pass, max.
    pub pass_scaled: &'static str,
    /// Feedback at each answer.
    pub feedback_immediate: &'static str,
    /// Feedback at the end.
    pub feedback_at_end: &'static str,
    /// The rule of `partial`.
    pub credit_partial: &'static str,
    /// The rule of `negative`.
    pub credit_negative: &'static str,
    /// Forward only.
    pub linear: &'static str,
    /// The last result, in percent.
    pub last: &'static str,
    /// Button: start.
    pub start: &'static str,
    /// Button: the last results.
    pub see_last: &'static str,
    /// Question n of N.
    pub question_of: &'static str,
    /// Question n.
    pub question: &'static str,
    /// What to pick: one.
    pub choose_one: &'static str,
    /// What to pick: a number.
    pub choose: &'static str,
    /// Picked too few: picked, wanted.
    pub chosen_of: &'static str,
    /// Nothing picked.
    pub nothing_chosen: &'static str,
    /// Button: check.
    pub check: &'static str,
    /// Button: next question.
    pub next: &'static str,
    /// Button: go on without an answer.
    pub skip: &'static str,
    /// Button: previous question.
    pub previous: &'static str,
    /// Button: hand in, in practice.
    pub finish: &'static str,
    /// Button: see all questions.
    pub review: &'static str,
    /// Button: flag.
    pub flag: &'static str,
    /// Button: pause.
    pub pause: &'static str,
    /// Label of the timer.
    pub time_left: &'static str,
    /// Announcement: time left.
    pub time_left_is: &'static str,
    /// Passed.
    pub passed: &'static str,
    /// Not passed.
    pub failed: &'static str,
    /// Heading of an error.
    pub error_heading: &'static str,
    /// What readers are told of an error in the set.
    pub error_set: &'static str,
    /// What readers are told when the set cannot be fetched.
    pub error_fetch: &'static str,
    /// What readers are told when its address gives something else, or an error.
    pub error_missing: &'static str,
    /// Label of the list for authors.
    pub for_authors: &'static str,
    /// A form of practice that has no title.
    pub practice: &'static str,
    /// An exam that has no title.
    pub exam: &'static str,
    /// Some questions were left out.
    pub left_out_heading: &'static str,
    /// A part of the widget could not be loaded.
    pub not_loaded: &'static str,
    /// Button: load it again.
    pub load_again: &'static str,
    /// That the site was updated, so that the page must be loaded again.
    pub other_release: &'static str,
    /// `{}` for each question.
    pub question_limit: &'static str,
    /// So many questions do not count.
    pub unscored: &'static str,
    /// The rule of `negative-below-zero`.
    pub credit_below_zero: &'static str,
    /// Button: hide the countdown.
    pub hide_time: &'static str,
    /// Button: strike out a choice.
    pub strike: &'static str,
    /// The time of the question is up.
    pub time_up: &'static str,
    /// The answer cannot be marked as it is.
    pub look_again: &'static str,
    /// So many parts are still open.
    pub parts_open: &'static str,
    /// Texts are missing in the reader's language.
    pub not_translated: &'static str,
    /// Button: all results.
    pub history: &'static str,
    /// The last change is where nothing is lost.
    pub saved: &'static str,
    /// It is on its way there.
    pub saving: &'static str,
}

/// Every word of the screens that come later, in their chunk.
pub struct Later {
    /// The BCP 47 tag of the language.
    pub language: &'static str,
    /// Button: resume.
    pub resume: &'static str,
    /// Heading of the paused screen.
    pub paused: &'static str,
    /// What the paused screen says.
    pub paused_body: &'static str,
    /// Outcome: correct.
    pub correct: &'static str,
    /// Outcome: partly correct.
    pub partial: &'static str,
    /// Outcome: incorrect.
    pub incorrect: &'static str,
    /// Outcome: unanswered.
    pub unanswered: &'static str,
    /// Button: take the answer back.
    pub clear: &'static str,
    /// The answer was taken back.
    pub cleared: &'static str,
    /// Tag of a picked choice.
    pub your_answer: &'static str,
    /// Tag of a right choice.
    pub correct_answer: &'static str,
    /// Heading over references.
    pub read_on: &'static str,
    /// Heading of the review screen.
    pub review_heading: &'static str,
    /// All questions are answered.
    pub all_answered: &'static str,
    /// One question is open.
    pub one_open: &'static str,
    /// `{}` questions are open.
    pub open: &'static str,
    /// State of a question in the list: answered.
    pub answered: &'static str,
    /// State of a question in the list: incomplete.
    pub incomplete: &'static str,
    /// State of a question in the list: flagged.
    pub flagged: &'static str,
    /// Button: hand in.
    pub submit: &'static str,
    /// Button: back to the question.
    pub back: &'static str,
    /// Heading of the results.
    pub results: &'static str,
    /// Right of total.
    pub right_of: &'static str,
    /// Points of possible.
    pub points_of: &'static str,
    /// How long it took.
    pub took: &'static str,
    /// The time was up.
    pub timed_out: &'static str,
    /// So many questions are not what they were when the result was told.
    pub edited_since: &'static str,
    /// A question of the review is not what was answered.
    pub question_changed: &'static str,
    /// A question of the review is not there any more.
    pub question_gone: &'static str,
    /// Scaled score, and why it is an estimate.
    pub scaled: &'static str,
    /// Table heading: domain.
    pub domain: &'static str,
    /// Table heading: correct.
    pub domain_correct: &'static str,
    /// Button: review answers.
    pub answers: &'static str,
    /// Button: once more.
    pub retry: &'static str,
    /// Button: only the missed ones.
    pub retry_missed: &'static str,
    /// Heading of the answers.
    pub answers_heading: &'static str,
    /// Button: back to results.
    pub to_results: &'static str,
    /// Heading of a scenario.
    pub case: &'static str,
    /// State of a question in the list: not seen.
    pub not_seen: &'static str,
    /// State of a question in the list: with a note.
    pub noted: &'static str,
    /// Label of the palette.
    pub questions_list: &'static str,
    /// Label of the note.
    pub note: &'static str,
    /// What a note is for.
    pub note_hint: &'static str,
    /// Label of the filters.
    pub show: &'static str,
    /// Filter: everything.
    pub show_all: &'static str,
    /// Filter: what is not completely answered.
    pub show_open: &'static str,
    /// Filter: what was not right.
    pub show_wrong: &'static str,
    /// Filter: what is flagged.
    pub show_flagged: &'static str,
    /// Nothing is left by the filters.
    pub nothing_to_show: &'static str,
    /// How sure the estimate is: questions, low, high.
    pub band: &'static str,
    /// Of those answered, so many right.
    pub answered_right: &'static str,
    /// So many did not count; so many of them right.
    pub unscored_right: &'static str,
    /// Time for a question: used.
    pub per_question: &'static str,
    /// Time for a question: used, and there was.
    pub per_question_of: &'static str,
    /// The question that took longest: number, time.
    pub longest: &'static str,
    /// Answers changed for the better.
    pub to_right: &'static str,
    /// Answers changed for the worse.
    pub to_wrong: &'static str,
    /// Answers changed from one mistake to another.
    pub among_wrong: &'static str,
    /// Button: another paper.
    pub another: &'static str,
    /// Button: print.
    pub print: &'static str,
    /// Tag: did not count.
    pub was_unscored: &'static str,
    /// A changed answer: how it would have been marked before.
    pub was_before: &'static str,
    /// Label of a note in the review.
    pub your_note: &'static str,
    /// Time for one question.
    pub time_spent: &'static str,
    /// Time for one question, and the time there was for it.
    pub time_spent_of: &'static str,
    /// All or nothing: right, of.
    pub rule_all: &'static str,
    /// All or nothing, with wrong choices: right, of, wrong.
    pub rule_all_wrong: &'static str,
    /// Partial: right, of, points.
    pub rule_partial: &'static str,
    /// Partial, with wrong choices: right, of, wrong, points.
    pub rule_partial_wrong: &'static str,
    /// Negative: right, of, wrong, points.
    pub rule_negative: &'static str,
    /// Heading of the list of results.
    pub history_heading: &'static str,
    /// There is no result yet.
    pub no_history: &'static str,
    /// Column: when.
    pub column_when: &'static str,
    /// Column: form.
    pub column_form: &'static str,
    /// There are results, and none of the form on screen.
    pub no_own_history: &'static str,
    /// Column: score.
    pub column_score: &'static str,
    /// Column: time taken.
    pub column_time: &'static str,
    /// A sitting that is not finished.
    pub running: &'static str,
    /// An attempt at the missed questions only.
    pub missed_only: &'static str,
    /// Button: open a report.
    pub open_report: &'static str,
    /// Button: delete.
    pub delete: &'static str,
    /// Button: delete everything in the list.
    pub delete_all: &'static str,
    /// Asked before deleting.
    pub delete_sure: &'static str,
    /// Button: yes, delete.
    pub delete_yes: &'static str,
    /// Button: back to where the list was opened.
    pub back_from_history: &'static str,
    /// Button: no, keep.
    pub delete_no: &'static str,
    /// The best result.
    pub best: &'static str,
    /// The last result.
    pub last_result: &'static str,
    /// Heading of the drawing of scores.
    pub trend: &'static str,
    /// What the drawing shows, in words: count, first, last, best.
    pub trend_of: &'static str,
    /// Heading of the domains over time.
    pub domain_trend: &'static str,
    /// Nothing can be kept beyond the page.
    pub not_kept: &'static str,
    /// localStorage is full; the journal has the answers.
    pub journal_only: &'static str,
    /// So many records were set aside.
    pub set_aside: &'static str,
    /// So many records are of a later version.
    pub newer: &'static str,
    /// The set was changed; no question is gone.
    pub edited: &'static str,
    /// The set was changed; so many questions are gone.
    pub edited_removed: &'static str,
    /// So many kilobytes are stored.
    pub too_much: &'static str,
    /// Button: shorten or delete the oldest results.
    pub make_room: &'static str,
    /// The sitting goes on in another page.
    pub elsewhere: &'static str,
    /// Button: go on here.
    pub take_over: &'static str,
    /// Heading over what can be done with stored data.
    pub data_heading: &'static str,
    /// That a browser may delete data, and how to keep it.
    pub data_hint: &'static str,
    /// Button: save a file.
    pub export: &'static str,
    /// Button: take a file.
    pub import: &'static str,
    /// What came of an import: brought in, already here, unusable.
    pub imported: &'static str,
    /// The file is no export of this quiz.
    pub import_failed: &'static str,
    /// That a file was given.
    pub exported: &'static str,
    /// For those who got none.
    pub no_file: &'static str,
    /// What they can do.
    pub no_file_hint: &'static str,
    /// Copies a text.
    pub copy: &'static str,
    /// That it was copied.
    pub copied: &'static str,
    /// That it was not.
    pub not_copied: &'static str,
    /// The file is larger than an export can be.
    pub import_too_large: &'static str,
    /// Not all of it had room.
    pub import_no_room: &'static str,
    /// Button: delete everything.
    pub delete_data: &'static str,
    /// What deleting everything means.
    pub delete_data_sure: &'static str,
    /// Not everything could be deleted.
    pub not_deleted: &'static str,
    /// Everything was deleted.
    pub deleted: &'static str,
    /// Everything was deleted in another page, and the sitting goes on here.
    pub deleted_elsewhere: &'static str,
    /// Button: keep that sitting.
    pub keep_sitting: &'static str,
}

/// The strings for a language tag; English where there is no better.
pub fn for_language(tag: &str) -> &'static Strings {
    let wanted = primary(tag);
    [&ja::STRINGS, &en::STRINGS]
        .into_iter()
        .find(|strings| strings.language.eq_ignore_ascii_case(wanted))
        .unwrap_or(&en::STRINGS)
}

/// The later screens' strings for a language tag. Must be reached from their chunk only.
pub fn later(tag: &str) -> &'static Later {
    let wanted = primary(tag);
    [&ja::LATER, &en::LATER]
        .into_iter()
        .find(|strings| strings.language.eq_ignore_ascii_case(wanted))
        .unwrap_or(&en::LATER)
}

/// A template with its values in place.
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut values = values.iter();
    // By character: searching for a text of two brings a searcher of 2 KB along.
    for (index, part) in template.split('{').enumerate() {
        if index == 0 {
            text.push_str(part);
        } else {
            text.push_str(values.next().copied().unwrap_or(""));
            text.push_str(part.strip_prefix('}').unwrap_or(part));
        }
    }
    text
}

impl Strings {
    /// What a form without a title is called.
    pub const fn mode(&self, mode: Mode) -> &'static str {
        match mode {
            Mode::Practice => self.practice,
            Mode::Exam => self.exam,
        }
    }

    /// A template with one number in it.
    pub fn number(&self, template: &str, number: usize) -> String {
        fill(template, &[&number.to_string()])
    }

    /// So many questions.
    pub fn questions(&self, count: usize) -> String {
        self.number(
            if count == 1 {
                self.one_question
            } else {
                self.questions
            },
            count,
        )
    }

    /// A duration in words, without units that are zero.
    pub fn duration(&self, span: Duration) -> String {
        let seconds = span.as_secs();
        let mut words = String::new();
        for (template, number) in [
            (self.hours, seconds / 3_600),
            (self.minutes, seconds / 60 % 60),
            (self.seconds, seconds % 60),
        ] {
            if number > 0 || (words.is_empty() && template == self.seconds) {
                if !words.is_empty() {
                    words.push_str(self.between_units);
                }
                words.push_str(&fill(template, &[&number.to_string()]));
            }
        }
        words
    }
}

impl Later {
    /// A template with one number in it.
    pub fn number(&self, template: &str, number: usize) -> String {
        fill(template, &[&number.to_string()])
    }

    /// So many questions not answered.
    pub fn open(&self, count: usize) -> String {
        match count {
            0 => self.all_answered.to_owned(),
            1 => self.one_open.to_owned(),
            count => self.number(self.open, count),
        }
    }
}

/// A countdown: `09:05`, `1:09:05`.
pub fn countdown(seconds: u64) -> String {
    let mut text = String::new();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        text.push_str(&hours.to_string());
        text.push(':');
    }
    for (number, after) in [(minutes, ":"), (seconds, "")] {
        if number < 10 {
            text.push('0');
        }
        text.push_str(&number.to_string());
        text.push_str(after);
    }
    text
}
