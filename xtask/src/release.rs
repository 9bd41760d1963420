//! One mark in all files of a release: scripts hold it as a text, Wasm as a section of its own at its end. What loads a file
//! compares the marks before anything of it runs.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::{Outcome, repository, split};

/// What scripts have in place of the mark until it is known.
const PLACE: &str = "@release@";
/// The name of the section in Wasm; `instantiate.js` looks for it.
const SECTION: &str = "release";

/// The line that gives a script its mark.
pub fn exported() -> String {
    format!("export const release = \"{PLACE}\";\n")
}

/// Puts a mark into these scripts of a folder and into all Wasm below it: made from what they contain, so that equal files
/// have equal marks.
pub fn stamp(folder: &Path, scripts: &[&str]) -> Outcome {
    let mut hasher = DefaultHasher::new();
    let mut wasm = Vec::new();
    let mut files = repository::files_under(folder);
    files.sort();
    for file in files {
        if file
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            let bytes = read(&file)?;
            (file.file_name(), &bytes).hash(&mut hasher);
            wasm.push((file, bytes));
        }
    }
    let mut texts = Vec::new();
    for name in scripts {
        let file = folder.join(name);
        let text = String::from_utf8_lossy(&read(&file)?).into_owned();
        if !text.contains(PLACE) {
            return Err(format!(
                "{} has no place for the mark of a release.",
                file.display()
            ));
        }
        text.hash(&mut hasher);
        texts.push((file, text));
    }
    let mark = format!("{:016x}", hasher.finish());
    for (file, text) in texts {
        split::write(&file, text.replace(PLACE, &mark))?;
    }
    for (file, bytes) in wasm {
        split::write(&file, [bytes, section(&mark)].concat())?;
    }
    Ok(())
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))
}

/// A custom section, as the WebAssembly specification lays it out (5.5.3): its number, its length, its name, its content. All
/// lengths are below 128, and so one byte each.
fn section(mark: &str) -> Vec<u8> {
    let name = with_length(SECTION.as_bytes());
    let content = with_length(&[&name, mark.as_bytes()].concat());
    [&[0], content.as_slice()].concat()
}

fn with_length(bytes: &[u8]) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "two short words")]
    let length = bytes.len() as u8;
    [&[length], bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_section_at_the_end() {
        assert_eq!(
            section("0123456789abcdef"),
            b"\0\x18\x07release0123456789abcdef"
        );
    }

    #[test]
    fn every_file_of_a_release_has_its_mark_and_another_release_another() {
        let folder = std::env::temp_dir().join(format!("mondai-release-{}", std::process::id()));
        let mut marks = Vec::new();
        for code in ["same", "same", "other"] {
            split::empty(&folder).unwrap();
            split::write(&folder.join("glue.js"), exported()).unwrap();
            split::write(&folder.join("a.wasm"), code).unwrap();
            split::write(&folder.join("b.wasm"), "rest").unwrap();
            stamp(&folder, &["glue.js"]).unwrap();
            let glue = fs::read_to_string(folder.join("glue.js")).unwrap();
            let mark = glue.split('"').nth(1).unwrap().to_owned();
            for (file, content) in [("a.wasm", code), ("b.wasm", "rest")] {
                let expected = [content.as_bytes(), &section(&mark)].concat();
                assert_eq!(fs::read(folder.join(file)).unwrap(), expected);
            }
            marks.push(mark);
        }
        assert_eq!(marks[0], marks[1]);
        assert_ne!(marks[1], marks[2]);
        split::write(&folder.join("glue.js"), "no place").unwrap();
        assert!(stamp(&folder, &["glue.js"]).is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
