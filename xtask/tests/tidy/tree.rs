//! The files of the repository, as the rules see them.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file.
pub struct File {
    /// Relative to the top, with `/` between the parts.
    pub path: String,
    /// Its contents.
    pub text: String,
}

impl File {
    /// Its lines without comments, with their numbers from 1.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, without_comment(line)))
    }

    /// A finding in one of its lines.
    pub fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// The top of the repository.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The files under one of these folders that end in one of these extensions.
pub fn files(folders: &[&str], extensions: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), extensions, &mut found);
    }
    assert!(
        !found.is_empty(),
        "no file in {folders:?}: has a folder moved? Mend the folders named in xtask/tests/tidy."
    );
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// One file that must be there.
pub fn file(path: &str) -> File {
    let text = fs::read_to_string(root().join(path));
    let text = text.unwrap_or_else(|error| {
        panic!("{path} cannot be read: {error}. It belongs to the repository.")
    });
    File {
        path: path.to_owned(),
        text,
    }
}

/// Whether a path relative to the top is there.
pub fn exists(path: &str) -> bool {
    root().join(path).exists()
}

fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<File>) {
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        if path.is_dir() {
            collect(&path, extensions, found);
        } else if extensions.contains(&extension) {
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let relative = path.strip_prefix(root()).unwrap_or(&path);
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            found.push(File {
                path: parts.join("/"),
                text,
            });
        }
    }
}

/// A line up to its comment. Knows no string literals, except that `://` opens no comment.
fn without_comment(line: &str) -> &str {
    let mut from = 0;
    while let Some(offset) = line[from..].find("//") {
        let at = from + offset;
        if !line[..at].ends_with(':') {
            return &line[..at];
        }
        from = at + 2;
    }
    line
}

#[test]
fn comments_are_no_code() {
    for (line, expected) in [
        ("let a = 1; // leptos", "let a = 1; "),
        ("/// `web_sys`", ""),
        (
            "let url = \"https://example.org\";",
            "let url = \"https://example.org\";",
        ),
    ] {
        assert_eq!(without_comment(line), expected);
    }
}
