//! Getting tools into the per-user cache, from where every clone of the repository takes them.
//!
//! A tool is put together in a folder of its own and renamed into place when it is whole, so an interruption never
//! leaves half a tool behind. Ready-made programs come first; compiling is the way that always works.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::catalogue::{CrateSource, Source, Tool};
use crate::tools;
use crate::{Outcome, command, repository, system};

/// Set once a download was refused, so that one machine without the public network is asked once a run.
static NO_DOWNLOADS: AtomicBool = AtomicBool::new(false);

/// The folder of all our tools on this machine.
pub fn cache() -> PathBuf {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let in_home = || variable("HOME").map(|home| home.join(".cache"));
    let in_cache = || {
        variable("XDG_CACHE_HOME")
            .or_else(in_home)
            .map(|cache| cache.join("mondai").join("tools"))
    };
    let nowhere = || repository::root().join("target").join("tools");
    variable("MONDAI_TOOLS")
        .or_else(in_cache)
        .unwrap_or_else(nowhere)
}

/// The folder of one tool in one version.
pub fn folder(tool: &Tool) -> PathBuf {
    cache().join(format!(
        "{}-{}",
        tool.name,
        tool.version.as_deref().unwrap_or("any")
    ))
}

/// Gets a tool that is missing.
pub fn install(tool: &Tool) -> Outcome {
    let version = tool.version.as_deref().unwrap_or_default();
    let title = format!("installing {} {version}", tool.name);
    command::step(title.trim_end(), || match &tool.source {
        Source::RustTarget => rustup(&["target", "add", tool.name]),
        Source::RustComponent(_) => rustup(&["component", "add", tool.name]),
        Source::Npm(file) => whole(tool, file, |folder| npm(tool.name, version, folder)),
        Source::Crate(source) => {
            let file = format!("bin/{}", source.program);
            whole(tool, &file, |folder| {
                ready_made_or_compiled(tool.name, version, source, folder)
            })
        }
        Source::System(_) => Err(format!("{} comes with the operating system.", tool.name)),
    })
}

/// Lets `make` fill an empty folder, and puts that in the tool's place if the file we want is there.
fn whole(tool: &Tool, file: &str, make: impl FnOnce(&Path) -> Outcome) -> Outcome {
    let place = folder(tool);
    let partial = cache().join(format!(".partial-{}-{}", tool.name, std::process::id()));
    let failed =
        |what: &str, error: &std::io::Error| format!("{what} {}: {error}.", partial.display());
    empty(&partial).map_err(|error| failed("cannot make the folder", &error))?;
    forget_interrupted();
    let result = make(&partial);
    if result.is_ok() && partial.join(file).is_file() {
        // What stands in the place lacks the file, or we would not be here.
        let _ = fs::remove_dir_all(&place);
        let renamed = fs::rename(&partial, &place);
        // Somebody else may have been faster; theirs is as good.
        if place.join(file).is_file() {
            let _ = fs::remove_dir_all(&partial);
            return Ok(());
        }
        return renamed.map_err(|error| failed("cannot put in place", &error));
    }
    let _ = fs::remove_dir_all(&partial);
    result?;
    Err(format!(
        "{} was installed, but brought no `{file}`.",
        tool.name
    ))
}

/// Removes what an interruption left behind, a day later: until then it may be somebody's work.
fn forget_interrupted() {
    let day = Duration::from_secs(24 * 60 * 60);
    let old = |folder: &Path| {
        let changed = folder.metadata().and_then(|metadata| metadata.modified());
        changed.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > day))
    };
    let Ok(entries) = cache().read_dir() else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(".partial-") && old(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn rustup(arguments: &[&str]) -> Outcome {
    let told = || format!("Install it by hand: rustup {}.", arguments.join(" "));
    command::run(Command::new("rustup").args(arguments))
        .map_err(|error| format!("{error}\n{}", told()))
}

fn npm(package: &str, version: &str, folder: &Path) -> Outcome {
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--no-package-lock",
        "--loglevel=error",
    ]);
    npm.arg("--prefix")
        .arg(folder)
        .arg(format!("{package}@{version}"));
    command::run(&mut npm)
        .map_err(|error| format!("{error}\nNode.js and npm are needed: https://nodejs.org."))
}

fn ready_made_or_compiled(
    name: &str,
    version: &str,
    source: &CrateSource,
    folder: &Path,
) -> Outcome {
    let ways: [(&str, &dyn Fn() -> Outcome); 2] = [
        ("cargo binstall", &|| binstall(name, version, folder)),
        ("the project's release archive", &|| {
            release_archive(version, source, folder)
        }),
    ];
    for (way, attempt) in ways {
        let program = folder.join("bin").join(source.program);
        // A ready-made program may be for a newer system than this one: it must start.
        let works = || !source.tells_version || tools::tells(&program, version);
        match attempt() {
            Ok(()) if program.is_file() && works() => return Ok(()),
            Ok(()) => println!("    {way}: what came does not run here"),
            Err(reason) => println!("    {way}: {reason}"),
        }
        empty(folder).map_err(|error| format!("cannot empty {}: {error}.", folder.display()))?;
    }
    compile(name, version, source, folder)
}

fn binstall(name: &str, version: &str, folder: &Path) -> Outcome {
    if command::on_path("cargo-binstall").is_none() {
        return Err("not installed".to_owned());
    }
    let mut binstall = Command::new("cargo");
    binstall.args([
        "binstall",
        "--no-confirm",
        "--disable-strategies",
        "compile",
        "--root",
    ]);
    command::run(binstall.arg(folder).arg(format!("{name}@{version}")))
}

fn release_archive(version: &str, source: &CrateSource, folder: &Path) -> Outcome {
    let (Some(archive), Some(triple)) = (source.archive, system::target_triple()) else {
        return Err("there is none".to_owned());
    };
    if NO_DOWNLOADS.load(Ordering::Relaxed) {
        return Err("not tried, the site cannot be reached".to_owned());
    }
    let address = archive(version, triple);
    let file = folder.join("archive.tar.gz");
    let mut curl = Command::new("curl");
    curl.args([
        "--proto",
        "=https",
        "--fail",
        "--silent",
        "--show-error",
        "--location",
    ]);
    curl.args(["--connect-timeout", "5", "--max-time", "300", "--output"])
        .arg(&file)
        .arg(&address);
    let status = curl
        .status()
        .map_err(|error| format!("curl does not start: {error}"))?;
    if !status.success() {
        // 6 and 7: no such host, no connection; 28: too slow. Everything else is about this one file.
        let refused = matches!(status.code(), Some(6 | 7 | 28));
        NO_DOWNLOADS.fetch_or(refused, Ordering::Relaxed);
        return Err(format!("cannot be fetched from {address}"));
    }
    let unpacked = folder.join("unpacked");
    empty(&unpacked).map_err(|error| error.to_string())?;
    command::run(
        Command::new("tar")
            .arg("-xzf")
            .arg(&file)
            .arg("-C")
            .arg(&unpacked),
    )?;
    let programs = folder.join("bin");
    empty(&programs).map_err(|error| error.to_string())?;
    let files = repository::files_under(&unpacked);
    let program = files.iter().find(|path| path.ends_with(source.program));
    let beside = program
        .and_then(|path| path.parent())
        .ok_or("the archive holds no program")?;
    for path in files.iter().filter(|path| path.parent() == Some(beside)) {
        let name = path.file_name().unwrap_or_default();
        fs::rename(path, programs.join(name)).map_err(|error| error.to_string())?;
    }
    let _ = fs::remove_dir_all(unpacked);
    let _ = fs::remove_file(file);
    Ok(())
}

fn compile(name: &str, version: &str, source: &CrateSource, folder: &Path) -> Outcome {
    // Kept until it succeeds, so that an interrupted compilation goes on where it was.
    let objects = cache().join(format!(".objects-{name}-{version}"));
    let install = |locked: bool| {
        let mut cargo = Command::new("cargo");
        // Outside the repository, whose cargo configuration is not for tools.
        cargo.current_dir(cache()).env("CARGO_TARGET_DIR", &objects);
        cargo
            .args([
                "install",
                name,
                "--version",
                &format!("={version}"),
                "--no-track",
                "--root",
            ])
            .arg(folder);
        cargo.args(locked.then_some("--locked"));
        cargo.args(source.unoptimised.then_some("--debug"));
        if !source.features.is_empty() {
            cargo.args(["--features", source.features]);
        }
        command::run(&mut cargo)
    };
    println!("    compiling it, which takes some minutes");
    if let Err(reason) = install(true) {
        println!("    {reason}\n    once more, without the versions that its authors locked");
        install(false)?;
    }
    let _ = fs::remove_dir_all(&objects);
    Ok(())
}

/// Makes a folder, or empties it.
fn empty(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)
}
