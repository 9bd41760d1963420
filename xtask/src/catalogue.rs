//! The one table of tools: what each is for, its version, and where it comes from.
//!
//! Versions are pinned here and nowhere else, except for the wasm-bindgen CLI, which must equal the crate in
//! `Cargo.lock`.

use crate::{Outcome, repository};

/// A job that needs tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Making `dist/`.
    Build,
    /// Format, lints, licences.
    Check,
    /// Tests inside a page.
    PageTests,
    /// End-to-end tests, whatever the engine.
    EndToEnd,
    /// End-to-end tests in Chromium.
    Chromium,
    /// End-to-end tests in Firefox.
    Firefox,
    /// End-to-end tests in `WebKitGTK`.
    WebKit,
}

/// One tool.
pub struct Tool {
    /// The name by which the rest of this program asks for it.
    pub name: &'static str,
    /// The jobs that need it.
    pub jobs: &'static [Job],
    /// The exact version, where it matters.
    pub version: Option<String>,
    /// Where it comes from.
    pub source: Source,
}

/// Where a tool comes from, and so where it is looked for.
pub enum Source {
    /// `rustup target add`.
    RustTarget,
    /// `rustup component add`; the text is the program it brings.
    RustComponent(&'static str),
    /// A crate with a program: a release archive where one can be had, otherwise compiled.
    Crate(CrateSource),
    /// An npm package; the file in it that we use.
    Npm(&'static str),
    /// A package of the operating system; any of these files.
    System(&'static [&'static str]),
}

/// How to get a program out of a crate.
pub struct CrateSource {
    /// The program.
    pub program: &'static str,
    /// Whether the program can tell its version; one that cannot is not taken from `PATH`.
    pub tells_version: bool,
    /// Features to compile it with.
    pub features: &'static str,
    /// Compile without optimisation: minutes saved, and it is fast enough.
    pub unoptimised: bool,
    /// The address of a release archive, given version and target triple.
    pub archive: Option<fn(&str, &str) -> String>,
}

/// The table.
pub fn table() -> Outcome<Vec<Tool>> {
    use Job::{Build, Check, Chromium, EndToEnd, Firefox, PageTests, WebKit};
    let tool = |name, jobs, version: &str, source| Tool {
        name,
        jobs,
        version: (!version.is_empty()).then(|| version.to_owned()),
        source,
    };
    let wasm_bindgen = repository::locked_version("wasm-bindgen")?;
    Ok(vec![
        tool(
            "wasm32-unknown-unknown",
            &[Build, Check, PageTests],
            "",
            Source::RustTarget,
        ),
        tool("rustfmt", &[Check], "", Source::RustComponent("cargo-fmt")),
        tool(
            "clippy",
            &[Check],
            "",
            Source::RustComponent("cargo-clippy"),
        ),
        tool("trunk", &[Build], "0.21.14", trunk()),
        tool(
            "wasm-bindgen-cli",
            &[Build, PageTests],
            &wasm_bindgen,
            wasm_bindgen_cli(),
        ),
        tool(
            "wasm_split_cli_support",
            &[Build, PageTests],
            "0.2.4",
            wasm_split(),
        ),
        tool(
            "binaryen",
            &[Build],
            "132.0.0",
            Source::Npm("node_modules/.bin/wasm-opt"),
        ),
        tool(
            "terser",
            &[Build],
            "5.51.2",
            Source::Npm("node_modules/.bin/terser"),
        ),
        tool("cargo-deny", &[Check], "0.20.2", cargo_deny()),
        tool(
            "axe-core",
            &[EndToEnd],
            "4.14.1",
            Source::Npm("node_modules/axe-core/axe.min.js"),
        ),
        tool(
            "chromium",
            &[PageTests, Chromium],
            "",
            Source::System(CHROMIUM),
        ),
        tool(
            "chromedriver",
            &[PageTests, Chromium],
            "",
            Source::System(&["chromedriver"]),
        ),
        tool(
            "firefox",
            &[Firefox],
            "",
            Source::System(&["firefox-esr", "firefox"]),
        ),
        tool("geckodriver", &[Firefox], "0.37.1", geckodriver()),
        tool(
            "webkit-driver",
            &[WebKit],
            "",
            Source::System(&["WebKitWebDriver"]),
        ),
        tool("minibrowser", &[WebKit], "", Source::System(MINIBROWSER)),
        tool("xvfb", &[WebKit], "", Source::System(&["Xvfb"])),
        tool(
            "japanese-font",
            &[EndToEnd],
            "",
            Source::System(JAPANESE_FONT),
        ),
    ])
}

const CHROMIUM: &[&str] = &["chromium", "google-chrome", "chromium-browser"];

// Debian names the folder after the architecture and the library's version.
const MINIBROWSER: &[&str] = &[
    "MiniBrowser",
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
    "/usr/lib/x86_64-linux-gnu/webkitgtk-6.0/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkitgtk-6.0/MiniBrowser",
];

// Any one will do: the tests only need real glyphs instead of boxes.
const JAPANESE_FONT: &[&str] = &[
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
];

fn trunk() -> Source {
    Source::Crate(CrateSource {
        program: "trunk",
        tells_version: true,
        features: "",
        unoptimised: true,
        archive: Some(|version, triple| {
            format!(
                "https://github.com/trunk-rs/trunk/releases/download/v{version}/trunk-{triple}.tar.gz"
            )
        }),
    })
}

fn wasm_bindgen_cli() -> Source {
    Source::Crate(CrateSource {
        program: "wasm-bindgen",
        tells_version: true,
        features: "",
        unoptimised: false,
        archive: Some(|version, triple| {
            let triple = triple.replace("x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl");
            let base = "https://github.com/wasm-bindgen/wasm-bindgen/releases/download";
            format!("{base}/{version}/wasm-bindgen-{version}-{triple}.tar.gz")
        }),
    })
}

fn wasm_split() -> Source {
    Source::Crate(CrateSource {
        program: "wasm-split-cli",
        tells_version: false,
        features: "build-binary",
        unoptimised: false,
        archive: None,
    })
}

fn cargo_deny() -> Source {
    Source::Crate(CrateSource {
        program: "cargo-deny",
        tells_version: true,
        features: "",
        unoptimised: true,
        archive: Some(|version, triple| {
            let triple = triple.replace("linux-gnu", "linux-musl");
            let base = "https://github.com/EmbarkStudios/cargo-deny/releases/download";
            format!("{base}/{version}/cargo-deny-{version}-{triple}.tar.gz")
        }),
    })
}

fn geckodriver() -> Source {
    Source::Crate(CrateSource {
        program: "geckodriver",
        tells_version: true,
        features: "",
        unoptimised: true,
        archive: Some(|version, triple| {
            let machine = match triple {
                "x86_64-unknown-linux-gnu" => "linux64",
                "aarch64-unknown-linux-gnu" => "linux-aarch64",
                "aarch64-apple-darwin" => "macos-aarch64",
                _ => "macos",
            };
            let base = "https://github.com/mozilla/geckodriver/releases/download";
            format!("{base}/v{version}/geckodriver-v{version}-{machine}.tar.gz")
        }),
    })
}
