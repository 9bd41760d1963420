//! The journeys: what a reader and an author do, from the first look to the last. Each runs in every engine.

mod appearance;
mod around;
mod as_written;
mod attributes;
mod away;
mod bad_network;
mod bad_sets;
mod blank;
mod certification;
mod clocks;
mod crowded;
mod demo;
mod edited;
mod element;
mod exam;
mod giveaway;
mod guests;
mod harness;
mod keeping;
mod language;
mod limits;
mod long;
mod namesakes;
mod own_data;
mod past;
mod practice;
mod presses;
mod refused;
mod releases;
mod reviewed;
mod screenshots;
mod secrecy;
mod sets;
mod solver;
mod tabs;
mod translated;
mod types;
mod typing;

use std::path::Path;
use std::process::ExitCode;

use mondai_e2e::engine::Engine;
use mondai_e2e::suite::Journey;
use mondai_e2e::{journeys, suite};

fn main() -> ExitCode {
    let mut journeys = in_every_engine();
    journeys.extend(answered());
    journeys.extend(guests());
    // Where a driver can hold two windows: WebKitGTK's does not answer any more once there is a second one.
    journeys.extend(journeys![Light in &[Engine::Chromium, Engine::Firefox];
        tabs::continued_in_another,
        tabs::edited_in_turns,
        tabs::one_result,
        tabs::continued_without_locks,
        tabs::edited_without_locks,
        tabs::time_up_out_of_sight,
        own_data::deleted_in_another_window,
    ]);
    // Where a finger can be put on the screen, a page frozen or crashed, and an input method called: only Chromium's driver does it.
    journeys.extend(journeys![Light in &[Engine::Chromium]; certification::by_taps, blank::by_taps, away::frozen, tabs::taken_from_a_frozen_page,
        typing::number_keys, typing::composed_crash, typing::composed_by_the_browser]);
    // Last, because each engine needs a new browser for it.
    let mut in_the_dark = journeys![Dark: appearance::dark_system, attributes::themed];
    if std::env::var_os("MONDAI_SCREENSHOTS").is_some() {
        journeys.extend(journeys![Light: screenshots::every_screen]);
        in_the_dark.extend(journeys![Dark: screenshots::every_screen]);
    }
    journeys.extend(in_the_dark);
    journeys.extend(
        journeys![NoCookies in &[Engine::Chromium, Engine::Firefox]; refused::cookies_blocked],
    );
    journeys.extend(journeys![Private: refused::private_window]);
    suite::run(
        &journeys,
        &Path::new(env!("CARGO_TARGET_TMPDIR")).join("evidence"),
    )
}

/// What every driver can do, in a browser as it comes.
fn in_every_engine() -> Vec<Journey> {
    journeys![Light:
        harness::notices_mischief,
        harness::audits_shadow_roots,
        practice::to_the_end,
        practice::by_keyboard_alone,
        practice::nothing_moves,
        blank::by_pointer,
        blank::by_keys,
        blank::of_every_kind,
        presses::start_twice,
        presses::check_twice,
        presses::to_the_end_by_double_clicks,
        presses::fast_on_purpose,
        presses::delete_twice,
        exam::moved_flagged_and_passed,
        exam::handed_in_empty,
        exam::time_up,
        exam::paused,
        exam::forward_only,
        keeping::reloaded_in_an_exam,
        keeping::reloaded_in_practice,
        keeping::own_keys_only,
        keeping::nothing_when_asked,
        keeping::damaged_is_set_aside,
        keeping::exported_and_imported,
        own_data::taken_along,
        own_data::deleted_during_an_exam,
        past::listed_and_opened,
        past::deleted,
        reviewed::filtered,
        reviewed::noted_and_struck,
        reviewed::printed,
        refused::full_at_the_start,
        refused::full_in_the_middle,
        crowded::among_others,
        crowded::imports_too_large,
        crowded::imports_without_room,
        away::gone_and_back,
        away::closed_and_again,
        away::questions_edited,
        away::written_by_another,
        edited::result_stays,
        edited::result_of_an_earlier_version,
        clocks::a_year_ahead,
        clocks::set_back_while_closed,
        namesakes::kept_apart,
        namesakes::kept_apart_in_posts,
        element::several_on_a_page,
        element::two_of_one_form,
        element::moved_removed_and_back,
        element::moved_while_loading,
        element::no_timer_off_screen,
        element::methods,
        element::methods_at_once,
        element::another_set,
        element::hosted_elsewhere,
        attributes::unreadable,
        attributes::narrowed,
        attributes::seeded,
        attributes::themed,
        attributes::eager,
        bad_sets::unusable_sets,
        bad_sets::mistakes_have_places,
        bad_sets::one_broken_question,
        bad_sets::in_the_page,
        bad_network::no_question_set,
        bad_network::refused_by_cors_and_policy,
        bad_network::no_wasm,
        bad_network::better_the_second_time,
        bad_network::wrong_type_of_wasm,
        bad_network::no_scripts,
        bad_network::no_chunk,
        releases::mixed,
        releases::updated_while_open,
        bad_network::no_storage,
        language::japanese,
        language::chosen_by_the_page,
        language::failures_in_japanese,
        translated::whole_file,
        translated::missing_file,
        translated::stale_file,
        translated::name_too_many,
        translated::not_wanted,
        secrecy::in_practice,
        secrecy::in_an_exam,
        secrecy::hostile_text,
        appearance::hostile_styles,
        appearance::narrow,
        appearance::styled_by_the_author,
        demo::scrolled_through,
        demo::its_quizzes,
        demo::on_a_wide_screen,
        certification::by_keyboard_alone,
        giveaway::nothing_is_given_away,
        giveaway::another_key_looks_the_same,
        giveaway::what_does_not_count_looks_the_same,
    ]
}

/// Texts as they are read, and answers of all kinds.
fn answered() -> Vec<Journey> {
    journeys![Light:
        as_written::lines,
        as_written::names,
        as_written::gaps,
        as_written::forms,
        types::all_right,
        types::wrong_in_part,
        types::full_width,
        types::composing,
        types::ordered_by_arrows,
        types::ordered_by_dragging,
        typing::signs_folded, typing::numbers_read, typing::composed_reload, typing::composed_left,
        typing::composed_time_up, typing::composed_question_time_up, typing::composed_submit,
        limits::one_for_each,
        limits::up_for_each,
        long::reviewed,
        long::printed,
        long::filtered,
        long::overviewed,
        long::texts,
    ]
}

/// A guest in somebody's page, and in browsers that cannot do all.
fn guests() -> Vec<Journey> {
    journeys![Light:
        guests::as_wide_as_its_place,
        guests::untouched_by_what_is_inherited,
        guests::below_a_header_that_sticks,
        guests::keys_stay_inside,
        guests::addresses_stand_in_the_file,
        guests::without_the_newest_css,
        guests::drawings_on_dark,
        guests::told_truly,
        guests::tried_again,
        around::translated,
        around::never_translated,
        around::exported_as_text,
        around::put_elsewhere,
        around::without_its_type,
        around::right_to_left,
        around::on_paper,
    ]
}
