//! Finding the tools of the `catalogue`, and seeing to it that those which a job needs are there.
//!
//! Getting a tool that is missing is the business of `install` and `linux_packages`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::catalogue::{Job, Source, Tool, table};
use crate::{Outcome, command, install, linux_packages};

/// Where a tool was found.
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// What is known of its version.
    pub version: String,
}

/// The tools that a job asked for, all there.
pub struct Toolbox(BTreeMap<&'static str, PathBuf>);

impl Toolbox {
    /// The file of a tool.
    pub fn path(&self, name: &str) -> Outcome<&Path> {
        let path = self.0.get(name).map(PathBuf::as_path);
        path.ok_or_else(|| {
            format!("`{name}` is not among this job's tools: mend the table in xtask/src/tools.rs.")
        })
    }

    /// The folder that a tool stands in.
    pub fn folder(&self, name: &str) -> Outcome<&Path> {
        let path = self.path(name)?;
        Ok(path.parent().unwrap_or(path))
    }
}

/// Finds the tools of these jobs, and gets those that are missing.
pub fn require(jobs: &[Job]) -> Outcome<Toolbox> {
    let table = table()?;
    let needed = || {
        table
            .iter()
            .filter(|tool| tool.jobs.iter().any(|job| jobs.contains(job)))
    };
    let missing: Vec<&Tool> = needed().filter(|tool| find(tool).is_none()).collect();
    linux_packages::install(
        missing
            .iter()
            .filter(|tool| matches!(tool.source, Source::System(_))),
    )?;
    for tool in missing
        .iter()
        .filter(|tool| !matches!(tool.source, Source::System(_)))
    {
        install::install(tool)?;
    }
    let mut found = BTreeMap::new();
    for tool in needed() {
        let place = find(tool)
            .ok_or_else(|| format!("{} is still missing after its installation.", tool.name))?;
        found.insert(tool.name, place.path);
    }
    Ok(Toolbox(found))
}

/// Looks for a tool: of the right version on `PATH`, then in the cache.
pub fn find(tool: &Tool) -> Option<Found> {
    match &tool.source {
        Source::RustTarget => {
            let list = Command::new("rustc")
                .args(["--print", "target-libdir", "--target", tool.name])
                .output()
                .ok()?;
            let folder = PathBuf::from(String::from_utf8_lossy(&list.stdout).trim());
            let there = folder.is_dir();
            there.then(|| Found {
                path: folder,
                version: String::new(),
            })
        }
        Source::RustComponent(program) => {
            let path = command::on_path(program)?;
            let version = first_line_of(Command::new(&path).arg("--version"))?;
            Some(Found { path, version })
        }
        Source::Crate(source) => {
            let version = tool.version.clone().unwrap_or_default();
            let on_path = source
                .tells_version
                .then(|| command::on_path(source.program))
                .flatten();
            let cached = install::folder(tool).join("bin").join(source.program);
            let right = |path: &PathBuf| tells(path, &version);
            let cached = || cached.is_file().then_some(cached);
            Some(Found {
                path: on_path.filter(right).or_else(cached)?,
                version,
            })
        }
        Source::Npm(file) => {
            let path = install::folder(tool).join(file);
            let version = tool.version.clone().unwrap_or_default();
            path.is_file().then_some(Found { path, version })
        }
        Source::System(files) => {
            // An absolute path stands for itself; a name is looked up in PATH.
            let path = files.iter().find_map(|file| command::on_path(file))?;
            Some(Found {
                path,
                version: String::new(),
            })
        }
    }
}

/// Whether a program starts, and says that it is of this version.
pub fn tells(program: &Path, version: &str) -> bool {
    let line = first_line_of(Command::new(program).arg("--version"));
    line.is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

fn first_line_of(command: &mut Command) -> Option<String> {
    let text = command::output(command).ok()?;
    Some(text.lines().next()?.to_owned())
}
