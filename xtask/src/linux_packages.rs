//! Browsers, drivers and fonts from Debian's and Ubuntu's packages, when we may install them; otherwise the command to
//! type. Other systems get a list of what to install.

use std::process::Command;

use crate::catalogue::Tool;
use crate::system::{self, Administrator, Distribution};
use crate::{Outcome, command};

/// Installs the packages of these tools, all at once.
pub fn install<'tool>(missing: impl Iterator<Item = &'tool &'tool Tool>) -> Outcome {
    let names: Vec<&str> = missing.map(|tool| tool.name).collect();
    if names.is_empty() {
        return Ok(());
    }
    let Some(distribution) = system::distribution() else {
        return Err(format!(
            "these are missing and this system has no apt: {}. Install them with the system's own means so that they \
             stand on PATH, or leave an engine out: cargo xtask test --engine chromium.",
            names.join(", ")
        ));
    };
    let mut packages: Vec<&str> = names
        .iter()
        .filter_map(|name| package(distribution, name))
        .collect();
    packages.dedup();
    let Some(administrator) = system::administrator() else {
        return Err(format!(
            "these packages are missing. Type this, then start again:\n\n  {}\n",
            by_hand(&packages)
        ));
    };
    command::step(
        &format!("installing {} with apt", packages.join(" ")),
        || {
            command::run(&mut apt_get(administrator, &["update", "--quiet"]))?;
            let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
            arguments.extend(&packages);
            command::run(&mut apt_get(administrator, &arguments))
        },
    )
    .map_err(|error| {
        format!(
            "{error}\nType this to see why:\n\n  {}\n",
            by_hand(&packages)
        )
    })
}

/// What to type for a tool, for people.
pub fn advice(tool: &str) -> String {
    match system::distribution().and_then(|distribution| package(distribution, tool)) {
        Some(package) => by_hand(&[package]),
        None => "install it with the system's own means".to_owned(),
    }
}

fn package(distribution: Distribution, tool: &str) -> Option<&'static str> {
    Some(match (tool, distribution) {
        ("chromium", Distribution::Debian) => "chromium",
        ("chromium", Distribution::Ubuntu) => "chromium-browser",
        ("chromedriver", Distribution::Debian) => "chromium-driver",
        ("chromedriver", Distribution::Ubuntu) => "chromium-chromedriver",
        ("firefox", Distribution::Debian) => "firefox-esr",
        ("firefox", Distribution::Ubuntu) => "firefox",
        ("webkit-driver" | "minibrowser", _) => "webkit2gtk-driver",
        ("xvfb", _) => "xvfb",
        ("japanese-font", _) => "fonts-noto-cjk",
        _ => return None,
    })
}

fn by_hand(packages: &[&str]) -> String {
    let list = packages.join(" ");
    format!("sudo apt-get update && sudo apt-get install --yes --no-install-recommends {list}")
}

fn apt_get(administrator: Administrator, arguments: &[&str]) -> Command {
    // Given to env rather than to the child: sudo passes no variables on.
    let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let mut command = match administrator {
        Administrator::Root => Command::new(words[0]),
        Administrator::Sudo => {
            let mut sudo = Command::new("sudo");
            sudo.args(["-n", words[0]]);
            sudo
        }
    };
    command.args(&words[1..]).args(arguments);
    command
}
