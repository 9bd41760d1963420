//! The processes of this system, as `/proc` shows them: which belong to a program, and killing them.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use crate::{Failure, Outcome};

/// How long a killed process may take until it is gone.
const PATIENCE: Duration = Duration::from_secs(20);

/// A process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub id: u32,
    /// Its short name, which it may have chosen itself.
    pub name: String,
    /// The command line, word by word. Some programs write all words into the first one.
    pub command: Vec<String>,
    parent: u32,
    group: u32,
    /// Whether it is more than what its parent has not noticed yet.
    lives: bool,
    /// When it was started, in ticks since the system was: numbers are used again.
    born: u64,
}

/// Whether this system shows its processes.
pub fn are_shown() -> bool {
    Path::new("/proc/self/stat").exists()
}

/// A process, those it started, those they started and so on, and all others of its group.
///
/// # Errors
/// When the system does not tell.
pub fn tree(root: u32) -> Outcome<Vec<Process>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let id = name.to_str().and_then(|name| name.parse().ok());
        // A process may end while it is looked at.
        all.extend(id.and_then(process).filter(|process| process.lives));
    }
    // Parents come before their children, unless numbers began anew; the loop is for these.
    all.sort_by_key(|process| (process.born, process.id));
    let mut members = HashSet::from([root]);
    loop {
        let known = members.len();
        for process in &all {
            if process.group == root || members.contains(&process.parent) {
                members.insert(process.id);
            }
        }
        if members.len() == known {
            break;
        }
    }
    all.retain(|process| members.contains(&process.id));
    Ok(all)
}

/// Sends SIGKILL to all of them, and gives the moment by which that was done.
///
/// # Errors
/// When no signal can be sent.
pub fn kill(processes: &[Process]) -> Outcome<SystemTime> {
    signal("-KILL", processes)?;
    Ok(SystemTime::now())
}

/// Stops all of them where they are, until they go on.
///
/// # Errors
/// When no signal can be sent.
pub fn stop(processes: &[Process]) -> Outcome {
    signal("-STOP", processes)
}

/// Lets all of them go on that were stopped.
///
/// # Errors
/// When no signal can be sent.
pub fn go_on(processes: &[Process]) -> Outcome {
    signal("-CONT", processes)
}

fn signal(signal: &str, processes: &[Process]) -> Outcome {
    let ids = processes.iter().map(|process| process.id.to_string());
    // One that has ended by itself is none of its failures: whoever calls waits for what must come of it.
    Command::new("kill")
        .arg(signal)
        .args(ids)
        .stderr(std::process::Stdio::null())
        .status()
        .map_err(|error| Failure::while_doing("kill", error))?;
    Ok(())
}

/// Waits until none of them lives.
///
/// # Errors
/// When one goes on.
pub fn until_dead(processes: &[Process]) -> Outcome {
    until(processes, |now| !now.lives)
}

/// Waits until none of them lives, and those that started them know it.
///
/// # Errors
/// When one goes on, or is not missed.
pub fn until_noticed(processes: &[Process]) -> Outcome {
    until(processes, |_| false)
}

/// Waits until each has come to that, or is not there any more.
fn until(processes: &[Process], is_over: impl Fn(&Process) -> bool) -> Outcome {
    let deadline = Instant::now() + PATIENCE;
    let goes_on =
        |one: &&Process| process(one.id).is_some_and(|now| now.born == one.born && !is_over(&now));
    while let Some(left) = processes.iter().find(goes_on) {
        if Instant::now() > deadline {
            return Err(Failure(format!("was killed, and is there: {left:?}")));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

fn process(id: u32) -> Option<Process> {
    let place = Path::new("/proc").join(id.to_string());
    let stat = std::fs::read_to_string(place.join("stat")).ok()?;
    let command = std::fs::read(place.join("cmdline")).ok()?;
    let command = String::from_utf8_lossy(&command);
    parse(id, &stat, &command)
}

fn parse(id: u32, stat: &str, command: &str) -> Option<Process> {
    // The second word is a name in brackets, which may have blanks and brackets of its own.
    let (name, rest) = stat.rsplit_once(") ")?;
    let (_, name) = name.split_once('(')?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    Some(Process {
        id,
        name: name.to_owned(),
        command: command
            .split('\0')
            .filter(|word| !word.is_empty())
            .map(String::from)
            .collect(),
        lives: !matches!(words.first(), Some(&("Z" | "X"))),
        parent: words.get(1)?.parse().ok()?,
        group: words.get(2)?.parse().ok()?,
        born: words.get(19)?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_read_whatever_its_name_is() {
        let stat = |state: &str| {
            format!("7 (a (b) c) {state} 5 6 6 0 -1 4 0 0 0 0 1 2 0 0 20 0 1 0 991 8 9")
        };
        let expected = |lives| Process {
            lives,
            id: 7,
            name: String::from("a (b) c"),
            command: vec![String::from("a"), String::from("--type=b")],
            parent: 5,
            group: 6,
            born: 991,
        };
        assert_eq!(parse(7, &stat("S"), "a\0--type=b\0"), Some(expected(true)));
        assert_eq!(parse(7, &stat("Z"), "a\0--type=b\0"), Some(expected(false)));
        assert_eq!(parse(7, "nonsense", ""), None);
    }
}
