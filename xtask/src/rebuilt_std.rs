//! Rust's standard library, compiled anew for the reader: without the texts of panics, which nobody in a page reads.
//!
//! It takes about an eighth off the download. The means are unstable options of the compiler, so all of it is an
//! extra: where anything is missing, the library that ships with Rust is used, and the build says so. What differs for
//! code: a panic is a trap at once, without a hook or a message, and `{:?}` prints nothing.

use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, command};

const TARGET: &str = "wasm32-unknown-unknown";

/// Flags of the compiler, beside the one that `.cargo/config.toml` gives and that the environment would hide.
const FLAGS: &[&str] = &[
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];
const RELOCATIONS: &str = "-Clink-arg=--emit-relocs";

/// Lets the standard library be compiled with the crate, if it can be.
pub fn configure(cargo: &mut Command) {
    if let Err(reason) = possible() {
        println!("    using the standard library as it ships, which is some KB heavier: {reason}");
        return;
    }
    // Stable cargo and rustc accept unstable options only when told that this is meant.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
    let flags = format!("{RELOCATIONS} {}", FLAGS.join(" "));
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
}

/// Whether everything is there; if not, what is missing.
fn possible() -> Outcome {
    let mut probe = rustc();
    probe
        .args(FLAGS)
        .args(["--print", "cfg", "--target", TARGET]);
    command::output(&mut probe)
        .map_err(|_| "this compiler does not know the options".to_owned())?;
    let sources = sources()?;
    if !sources.is_file() {
        println!("==> getting the sources of the standard library");
        let mut rustup = Command::new("rustup");
        let added = command::output(rustup.args(["component", "add", "rust-src"]));
        if added.is_err() || !sources.is_file() {
            return Err("`rustup component add rust-src` brought no sources".to_owned());
        }
    }
    // It has dependencies of its own; without them the build would stop halfway.
    let mut fetch = Command::new("cargo");
    fetch.env("RUSTC_BOOTSTRAP", "1");
    fetch.args(["fetch", "--locked", "--target", TARGET, "--manifest-path"]);
    command::output(fetch.arg(&sources))
        .map_err(|_| "its dependencies cannot be fetched".to_owned())?;
    Ok(())
}

/// The manifest of the standard library's sources, whether they are there or not.
fn sources() -> Outcome<PathBuf> {
    let sysroot = command::output(rustc().args(["--print", "sysroot"]))?;
    let library = PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library");
    Ok(library.join("std").join("Cargo.toml"))
}

fn rustc() -> Command {
    let mut rustc = Command::new("rustc");
    rustc.env("RUSTC_BOOTSTRAP", "1");
    rustc
}
