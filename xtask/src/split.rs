//! Cutting the crate's Wasm into the part that the first question needs, and chunks that are loaded when first called.
//!
//! `wasm_split_helpers` marks the functions, `wasm-split-cli` cuts. It reads the linker's relocations, which
//! `.cargo/config.toml` asks for, and writes `__wasm_split.js`, which fetches the chunks.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::tools::Toolbox;
use crate::{Outcome, command};

/// The module that fetches chunks; the glue imports it by this name.
pub const LOADER: &str = "__wasm_split.js";

/// How the splitter's loader starts a chunk, and what we start it with instead.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
const TOLERANT: &str = "instantiate(src, imports)";
const INSTANTIATE: &str = include_str!("instantiate.js");

/// Splits a linked module into `<folder>/<name>.wasm`, its chunks, and their loader.
pub fn split(module: &Path, folder: &Path, name: &str, toolbox: &Toolbox) -> Outcome {
    let bytes = fs::read(module)
        .map_err(|error| format!("{} cannot be read: {error}.", module.display()))?;
    if !has_relocations(&bytes) {
        return Err(format!(
            "{} was linked without relocations, so it cannot be split. Is RUSTFLAGS set? It overrides \
             .cargo/config.toml; unset it, or add -Clink-arg=--emit-relocs to it.",
            module.display()
        ));
    }
    empty(folder)?;
    let mut splitter = Command::new(toolbox.path("wasm_split_cli_support")?);
    splitter
        .arg(module)
        .arg(folder)
        .args(["--out-name", name, "--target", "web"]);
    command::output(&mut splitter)?;
    let loader = folder.join(LOADER);
    if loader.is_file() {
        let source = fs::read_to_string(&loader)
            .map_err(|error| format!("{LOADER} cannot be read: {error}."))?;
        write(&loader, tolerant(&source)?)?;
    }
    Ok(())
}

/// Makes a folder, or empties it.
pub fn empty(folder: &Path) -> Outcome {
    let removed = if folder.exists() {
        fs::remove_dir_all(folder)
    } else {
        Ok(())
    };
    removed
        .and_then(|()| fs::create_dir_all(folder))
        .map_err(|error| format!("{} cannot be emptied: {error}.", folder.display()))
}

/// Writes a file.
pub fn write(file: &Path, contents: impl AsRef<[u8]>) -> Outcome {
    fs::write(file, contents)
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))
}

fn has_relocations(module: &[u8]) -> bool {
    let section = b"reloc.CODE";
    module
        .windows(section.len())
        .any(|window| window == section)
}

/// The loader, made to accept chunks of any media type.
fn tolerant(loader: &str) -> Outcome<String> {
    if loader.contains("WebAssembly.") && !loader.contains(STREAMING) {
        return Err(format!(
            "{LOADER} starts chunks in a way we do not know. The splitter has changed: mend STREAMING in \
             xtask/src/split.rs so that a wrong media type is still tolerated."
        ));
    }
    Ok(loader.replace(STREAMING, TOLERANT) + INSTANTIATE)
}

#[cfg(test)]
mod tests {
    use super::tolerant;

    #[test]
    fn chunks_of_any_media_type_are_started() {
        let mended =
            tolerant("return async (imports) => (WebAssembly.instantiateStreaming(src, imports));");
        assert!(mended.is_ok_and(|loader| {
            loader.starts_with("return async (imports) => (instantiate(src, imports));")
        }));
    }

    #[test]
    fn a_loader_that_changed_is_refused() {
        assert!(tolerant("WebAssembly.compileStreaming(src)").is_err());
    }
}
