//! Where things are: the repository, its `dist/`, cargo's target directory, and when they last changed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;

use crate::{Outcome, command};

/// The top of the repository.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The folder that ships.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo, as the one that runs this program.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Where this program is. First asked when it begins: tests build it anew, and then the system says that its file is gone.
pub fn this_program() -> Outcome<PathBuf> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| std::env::current_exe().ok());
    program
        .clone()
        .ok_or_else(|| "cannot find this program's own file.".to_owned())
}

/// Cargo's target directory, wherever the user's configuration puts it.
pub fn target_directory() -> Outcome<PathBuf> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let text = command::output(&mut metadata)?;
    let value: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| format!("cargo metadata printed no JSON: {error}"))?;
    match value["target_directory"].as_str() {
        Some(path) => Ok(PathBuf::from(path)),
        None => Err("cargo metadata names no target directory.".to_owned()),
    }
}

/// The version of a package in `Cargo.lock`.
pub fn locked_version(package: &str) -> Outcome<String> {
    let path = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).map_err(|error| {
        format!(
            "{} cannot be read: {error}. `cargo generate-lockfile` makes it.",
            path.display()
        )
    })?;
    version_in(&lock, package).ok_or_else(|| {
        format!("Cargo.lock has no package `{package}`. Is the dependency still in Cargo.toml?")
    })
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

/// The latest change under these paths, which are relative to the top; directories count, so that a removed file does.
pub fn last_change(paths: &[&str]) -> Option<SystemTime> {
    paths
        .iter()
        .filter_map(|path| last_change_under(&root().join(path)))
        .max()
}

fn last_change_under(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().ok()?.modified().ok();
    let inside = files_and_folders(path)
        .iter()
        .filter_map(|entry| last_change_under(entry))
        .max();
    own.max(inside)
}

/// All files under a folder, in a stable order.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in files_and_folders(folder) {
        if entry.is_dir() {
            files.extend(files_under(&entry));
        } else {
            files.push(entry);
        }
    }
    files
}

fn files_and_folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn a_locked_version_is_found_by_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
