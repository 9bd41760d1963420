//! Running other programs: every failure becomes a sentence that names the command.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::Outcome;

/// Runs a command whose output the user sees as it comes.
pub fn run(command: &mut Command) -> Outcome {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!(
            "`{}` failed ({status}); what it printed stands above.",
            shown(command)
        ))
    }
}

/// Runs a command for what it prints, which the user sees only if it fails.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "`{}` failed ({}):\n{}{}",
        shown(command),
        output.status,
        text,
        errors.trim_end()
    ))
}

/// Does one step of a longer work: says what it is, and how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {what}");
    // What a child prints must not overtake the line above.
    let _ = std::io::stdout().flush();
    let start = Instant::now();
    let result = work();
    let ending = if result.is_ok() { "done" } else { "failed" };
    println!(
        "    {what}: {ending} after {:.1} s",
        start.elapsed().as_secs_f64()
    );
    result
}

/// The file that a command name stands for, looked up in `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// `PATH` with these folders before all others.
pub fn path_with(folders: &[&Path]) -> Outcome<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(|folder| (*folder).to_owned());
    std::env::join_paths(folders.chain(std::env::split_paths(&path)))
        .map_err(|error| format!("PATH cannot be set: {error}"))
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!(
        "`{}` could not be started: {error}.",
        command.get_program().to_string_lossy()
    )
}

fn shown(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    words.join(" ")
}
