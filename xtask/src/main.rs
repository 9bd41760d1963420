//! The commands of this repository, run as `cargo xtask <verb>`.
//!
//! This file only reads the verb and hands over. A verb installs what it needs and finds missing, then does its work;
//! nothing here asks a question, so every verb also runs unattended.

mod build;
mod catalogue;
mod check;
mod command;
mod compressed;
mod display;
mod doctor;
mod engines;
mod glue;
mod install;
mod linux_packages;
mod page_tests;
mod rebuilt_std;
mod release;
mod repository;
mod serve;
mod sets;
mod size;
mod soak;
mod split;
mod system;
mod tally;
mod test;
mod tools;

use std::process::ExitCode;

/// What a verb gives back: nothing, or a sentence that says what is wrong and how to mend it.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
usage: cargo xtask <verb>

  serve [--port 8080] [--dev]   build the demo post, serve it, and build again on every change
  test [--only native|page|e2e] [--engine chromium|firefox|webkit]...
                                build, and run every test
  soak [--kills 50] [--engine chromium|firefox|webkit]...
                                build, kill browsers and tabs in the middle of sittings, and measure the
                                longest tasks: more than an hour
  build [--dev]                 make dist/, the folder that ships
  check                         format, lints, tidy tests, documentation, licences
  size                          weigh every shipped file, and hold it against the budgets
  sets [file.json]...           check question sets, by default all in public/sets
  doctor                        list every tool: who needs it, where it is, what to do

Each verb installs what it needs and finds missing. Tools go to $MONDAI_TOOLS, by default ~/.cache/mondai/tools.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // A program that cannot find itself says so when somebody needs it.
    let _ = repository::this_program();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome {
    let Some((verb, options)) = arguments.split_first() else {
        println!("{HELP}");
        return Ok(());
    };
    match verb.as_str() {
        "build" => build::run(options),
        "serve" => serve::run(options),
        "test" => test::run(options),
        "check" => check::run(options),
        "soak" => soak::run(options),
        "size" => size::run(options),
        "sets" => sets::run(options),
        "doctor" => doctor::run(options),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        // Not for people: Trunk's hook, and the runner that cargo calls with each in-page test.
        "finish-dist" => build::finish_dist(),
        "run-page-test" => page_tests::run_one(options),
        other => Err(format!("there is no verb `{other}`.\n\n{HELP}")),
    }
}

/// Refuses options that a verb does not know.
fn no_options(verb: &str, options: &[String]) -> Outcome {
    match options.first() {
        None => Ok(()),
        Some(option) => Err(format!("`{verb}` does not know `{option}`.\n\n{HELP}")),
    }
}
