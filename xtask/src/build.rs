//! `cargo xtask build`: makes `dist/`, the folder that ships.
//!
//! Trunk compiles, copies and watches. It does not know code splitting, so it calls back: its `post_build` hook is
//! [`finish_dist`], which replaces Trunk's whole Wasm by the split and optimised one before the result becomes `dist/`.
//! The crate is compiled once.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use crate::catalogue::Job;
use crate::tools::{self, Toolbox};
use crate::{HELP, Outcome, command, glue, rebuilt_std, release, repository, split};

/// What `dist/` is made of.
const INPUTS: &[&str] = &[
    "src",
    "public",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    ".cargo",
    "xtask/src",
];

/// What rustc's Wasm may use, and so may what wasm-opt makes of it.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Small rather than fast. Functions that wasm-opt puts into each other compress worse than functions that call each
/// other: measured on this crate, 8 % of the main module. By name, those that were made from one generic stand together, and
/// what is alike compresses better: another 1 %.
const SMALLEST: &[&str] = &[
    "-Oz",
    "--converge",
    "--one-caller-inline-max-function-size=20",
    "--always-inline-max-function-size=0",
    "--reorder-functions-by-name",
    "--strip-producers",
    "--strip-target-features",
];

/// The two ways to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// What ships.
    Release,
    /// Faster to build, slow and heavy to use.
    Debug,
}

impl Profile {
    /// As cargo and Trunk name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Debug => "debug",
        }
    }
}

/// The verb.
pub fn run(options: &[String]) -> Outcome {
    let profile = match options {
        [] => Profile::Release,
        [option] if option == "--dev" => Profile::Debug,
        _ => return Err(format!("`build` knows only --dev.\n\n{HELP}")),
    };
    let _lock = alone()?;
    build(profile)
}

/// Builds, unless `dist/` is what a build would make.
pub fn bring_up_to_date() -> Outcome {
    let _lock = alone()?;
    let wanted = stamp_of(Profile::Release);
    let stamp = stamp_file()?;
    let whole = repository::dist().join("mondai_bg.wasm").is_file();
    if whole && fs::read_to_string(stamp).is_ok_and(|stamp| stamp == wanted) {
        println!("==> dist/ is up to date");
        return Ok(());
    }
    build(Profile::Release)
}

fn build(profile: Profile) -> Outcome {
    let toolbox = tools::require(&[Job::Build])?;
    // Taken before the build: what changes during it is built next time.
    let stamp = stamp_of(profile);
    command::step("building dist/", || {
        command::run(&mut trunk(&toolbox, "build", profile)?)
    })?;
    split::write(&stamp_file()?, stamp)
}

/// Waits until no other build works on the same `dist/`: two would clear each other's staging folder. The lock ends with
/// its value, or with this process.
fn alone() -> Outcome<File> {
    let path = stamp_file()?.with_file_name("build.lock");
    let failed = |error| format!("{} cannot be locked: {error}.", path.display());
    let lock = File::create(&path).map_err(failed)?;
    if lock.try_lock().is_err() {
        println!("==> waiting for another build to end");
        lock.lock().map_err(failed)?;
    }
    Ok(lock)
}

/// Trunk, with the tools that it looks for on `PATH`, and without what it would fetch by itself.
pub fn trunk(toolbox: &Toolbox, verb: &str, profile: Profile) -> Outcome<Command> {
    let mut trunk = Command::new(toolbox.path("trunk")?);
    trunk.current_dir(repository::root()).arg(verb);
    if profile == Profile::Release {
        trunk.arg("--release");
        rebuilt_std::configure(&mut trunk);
    }
    trunk.env(
        "PATH",
        command::path_with(&[toolbox.folder("wasm-bindgen-cli")?])?,
    );
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads NO_COLOR as a truth value and stops at `NO_COLOR=1`; its backtraces are of no use to us.
    trunk.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0");
    Ok(trunk)
}

/// Trunk's hook: finishes what Trunk has put together in its staging folder.
pub fn finish_dist() -> Outcome {
    let variable = |name: &str| {
        std::env::var(name)
            .map_err(|_| format!("{name} is not set: this verb is for Trunk's hook (Trunk.toml)."))
    };
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let profile = if variable("TRUNK_PROFILE")? == "release" {
        Profile::Release
    } else {
        Profile::Debug
    };
    // Whoever runs Trunk by hand gets a dist/ that `bring_up_to_date` does not know.
    let _ = fs::remove_file(stamp_file()?);
    let toolbox = tools::require(&[Job::Build])?;
    let target = repository::target_directory()?;
    let module = target
        .join("wasm32-unknown-unknown")
        .join(profile.name())
        .join("mondai.wasm");
    let chunks = target.join("mondai").join("split").join(profile.name());
    let bound = target.join("mondai").join("bound").join(profile.name());

    split::split(&module, &chunks, "mondai", &toolbox)?;
    bind(&chunks.join("mondai.wasm"), &bound, &toolbox)?;
    for file in repository::files_under(&chunks)
        .into_iter()
        .filter(|file| !file.ends_with("mondai.wasm"))
    {
        ship(&file, &chunks, &staging, profile, &toolbox)?;
    }
    let (wasm, rest): (Vec<_>, Vec<_>) =
        repository::files_under(&bound)
            .into_iter()
            .partition(|file| {
                file.extension()
                    .is_some_and(|extension| extension == "wasm")
            });
    for file in wasm {
        ship(&file, &bound, &staging, profile, &toolbox)?;
    }
    if profile == Profile::Release {
        // Only now is it known what the optimised modules still import.
        glue::shorten(&bound.join("mondai.js"), &staging)?;
    }
    for file in rest {
        ship(&file, &bound, &staging, profile, &toolbox)?;
    }
    if profile == Profile::Release {
        let loader = staging.join("mondai-quiz.js");
        minify(&loader, &loader, &toolbox)?;
    }
    release::stamp(&staging, &["mondai-quiz.js", "mondai.js", split::LOADER])?;
    split::write(
        &staging.join("mondai.schema.json"),
        mondai::author::schema(),
    )
}

/// Makes the JavaScript glue of the main module.
fn bind(module: &Path, folder: &Path, toolbox: &Toolbox) -> Outcome {
    split::empty(folder)?;
    let mut bindgen = Command::new(toolbox.path("wasm-bindgen-cli")?);
    // The chunks import what the linker exported.
    bindgen.args([
        "--keep-lld-exports",
        "--target",
        "web",
        "--no-typescript",
        "--out-name",
        "mondai",
        "--out-dir",
    ]);
    command::output(bindgen.arg(folder).arg(module)).map(|_| ())?;
    let script = folder.join("mondai.js");
    glue::tighten(&folder.join("mondai_bg.wasm"), &script)?;
    let text = fs::read_to_string(&script)
        .map_err(|error| format!("{} cannot be read: {error}.", script.display()))?;
    split::write(&script, text + &release::exported())
}

/// Puts one file into the staging folder: Wasm optimised, everything else as it is.
fn ship(file: &Path, from: &Path, staging: &Path, profile: Profile, toolbox: &Toolbox) -> Outcome {
    let place = staging.join(file.strip_prefix(from).unwrap_or(file));
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    }
    let extension = file.extension().and_then(|extension| extension.to_str());
    if profile == Profile::Release && extension == Some("js") {
        return minify(file, &place, toolbox);
    }
    if profile != Profile::Release || extension != Some("wasm") {
        let copied = fs::copy(file, &place).map(|_| ());
        return copied.map_err(|error| format!("{} cannot be written: {error}.", place.display()));
    }
    let mut wasm_opt = Command::new(toolbox.path("binaryen")?);
    wasm_opt.args(SMALLEST).args(WASM_FEATURES);
    command::output(wasm_opt.arg(file).arg("--output").arg(&place)).map(|_| ())
}

/// Shortens a script: names inside it, spaces and comments.
fn minify(file: &Path, place: &Path, toolbox: &Toolbox) -> Outcome {
    let mut terser = Command::new(toolbox.path("terser")?);
    terser.arg(file);
    terser.args(["--module", "--compress", "--mangle", "--output"]);
    command::output(terser.arg(place)).map(|_| ())
}

/// What was built, in one line: the profile, and the latest change that went in.
fn stamp_of(profile: Profile) -> String {
    let change =
        repository::last_change(INPUTS).and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!(
        "{} {}",
        profile.name(),
        change.unwrap_or_default().as_nanos()
    )
}

fn stamp_file() -> Outcome<PathBuf> {
    let folder = repository::target_directory()?.join("mondai");
    fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    Ok(folder.join("built"))
}
