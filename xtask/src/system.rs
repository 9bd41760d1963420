//! What machine this is: its kind, and whether we may install system packages on it.

use std::process::Command;

use crate::command;

/// The distributions whose package names we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Debian, and what calls itself like it.
    Debian,
    /// Ubuntu, whose browsers have other package names.
    Ubuntu,
}

/// How a command is run as the administrator without asking anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Administrator {
    /// We are.
    Root,
    /// `sudo` needs no password.
    Sudo,
}

/// The distribution, if it is one with apt.
pub fn distribution() -> Option<Distribution> {
    command::on_path("apt-get")?;
    distribution_in(&std::fs::read_to_string("/etc/os-release").ok()?)
}

fn distribution_in(release: &str) -> Option<Distribution> {
    let field = |name: &str| {
        let line = release
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.unwrap_or_default().trim_matches('"').to_owned()
    };
    let names = format!("{} {}", field("ID"), field("ID_LIKE"));
    if names.split(' ').any(|name| name == "ubuntu") {
        Some(Distribution::Ubuntu)
    } else if names.split(' ').any(|name| name == "debian") {
        Some(Distribution::Debian)
    } else {
        None
    }
}

/// How we may act as the administrator, if at all.
pub fn administrator() -> Option<Administrator> {
    let user = command::output(Command::new("id").arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(Administrator::Root);
    }
    command::output(Command::new("sudo").args(["-n", "true"])).ok()?;
    Some(Administrator::Sudo)
}

/// The name of this machine in Rust's words, as release archives use it.
pub fn target_triple() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("x86_64-unknown-linux-gnu"),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-gnu"),
        ("macos", "x86_64") => Some("x86_64-apple-darwin"),
        ("macos", "aarch64") => Some("aarch64-apple-darwin"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Distribution, distribution_in};

    #[test]
    fn the_distribution_is_known_by_its_id_or_what_it_is_like() {
        let rows = [
            ("ID=debian\n", Some(Distribution::Debian)),
            ("ID=ubuntu\nID_LIKE=debian\n", Some(Distribution::Ubuntu)),
            (
                "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n",
                Some(Distribution::Ubuntu),
            ),
            ("ID=fedora\n", None),
        ];
        for (release, expected) in rows {
            assert_eq!(distribution_in(release), expected, "{release}");
        }
    }
}
