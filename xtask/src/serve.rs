//! `cargo xtask serve`: the demo post at work, built again on every change.
//!
//! What is served is `dist/` as it ships, with the content security policy that our pages promise to live with. Nothing
//! is injected, so the page does not reload by itself.

use std::os::unix::process::CommandExt;

use crate::build::{self, Profile};
use crate::catalogue::Job;
use crate::tools;
use crate::{HELP, Outcome};

/// The verb.
pub fn run(options: &[String]) -> Outcome {
    let mut port = 8080;
    let mut profile = Profile::Release;
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        match (option.as_str(), option.as_str().strip_prefix("--port=")) {
            ("--dev", _) => profile = Profile::Debug,
            ("--port", _) => port = read_port(rest.next().map_or("", String::as_str))?,
            (_, Some(number)) => port = read_port(number)?,
            _ => return Err(format!("`serve` does not know `{option}`.\n\n{HELP}")),
        }
    }
    let toolbox = tools::require(&[Job::Build])?;
    println!("==> building, then serving the demo post at http://127.0.0.1:{port}/");
    println!("    It is built again when a file changes; reload the page to see it. Ctrl-C ends.");
    let mut trunk = build::trunk(&toolbox, "serve", profile)?;
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    // Trunk takes this process's place, so that whatever ends us ends the server.
    let error = trunk.exec();
    Err(format!("Trunk could not be started: {error}."))
}

fn read_port(text: &str) -> Outcome<u16> {
    text.parse().map_err(|_| {
        format!("`{text}` is no port: --port takes a number up to 65535, such as 8080.")
    })
}

#[cfg(test)]
mod tests {
    use super::read_port;

    #[test]
    fn a_port_is_a_number_of_sixteen_bits() {
        for (text, expected) in [
            ("8080", Some(8080)),
            ("65536", None),
            ("", None),
            ("http", None),
        ] {
            assert_eq!(read_port(text).ok(), expected, "{text}");
        }
    }
}
