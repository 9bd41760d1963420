//! The harness itself: what the other journeys rely on must be noticed when it goes wrong, in every engine. Otherwise
//! their silence would mean nothing.

use mondai_e2e::Outcome;
use mondai_e2e::pages::post_in;
use mondai_e2e::record::Kind;
use mondai_e2e::stage::Stage;

/// Does everything that the policy forbids, and some things that go wrong by themselves.
const MISCHIEF: &str = "
const attempt = (deed) => { try { deed(); } catch {} };
attempt(() => { document.body.innerHTML = '<p>a string as markup</p>'; });
attempt(() => document.body.setAttribute('style', 'color: red'));
attempt(() => document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' })));
fetch('http://127.0.0.1:9/').catch(() => {});
console.warn('a warning');
console.error('an error', { code: 5 });
setTimeout(() => { throw new Error('thrown and not caught'); });
Promise.reject(new Error('rejected and not handled'));
";

/// Violations of the policy, errors and warnings are all written down.
pub async fn notices_mischief(stage: &Stage<'_>) -> Outcome {
    stage
        .site
        .put("/test/mischief.js", "text/javascript", MISCHIEF);
    let head = "<script>inline()</script><script src=/test/mischief.js defer></script><link rel=stylesheet href=none.css>";
    stage.show("mischief", &post_in("en", head, "")).await?;
    for (kind, part) in [
        (Kind::Violation, "require-trusted-types-for"),
        (Kind::Violation, "style-src-attr"),
        (Kind::Violation, "style-src-elem"),
        (Kind::Violation, "script-src-elem"),
        (Kind::Violation, "connect-src"),
        (Kind::Warning, "console.warn: a warning"),
        (Kind::Error, "console.error: an error {\"code\":5}"),
        (Kind::Error, "thrown and not caught"),
        (Kind::Error, "rejected and not handled"),
        (Kind::Error, "not loaded: "),
    ] {
        stage.page.expect(kind, part);
    }
    let all =
        "return window.__collected.violations.length >= 5 && window.__collected.errors.length >= 4";
    stage
        .page
        .until("all of it is noticed", all, Vec::new())
        .await?;
    // Firefox sometimes asks for a sheet twice: ahead of the parser, and when it gets there.
    let mut missing = stage.site.missing();
    missing.dedup();
    assert_eq!(missing, ["/test/none.css"]);
    // That was the last of what had to be noticed.
    stage.site.forgive();
    Ok(())
}

/// The audit finds what is wrong in a page and in a shadow root.
pub async fn audits_shadow_roots(stage: &Stage<'_>) -> Outcome {
    let script = "
        const root = document.querySelector('#host').attachShadow({ mode: 'open' });
        root.append(document.createElement('button'));";
    stage.site.put("/test/host.js", "text/javascript", script);
    let head = "<script src=/test/host.js defer></script>";
    stage
        .show("audited", &post_in("en", head, "<div id=host></div>"))
        .await?;
    let found = stage.page.audit("a button without a name").await;
    let found = found.err().map(|error| error.0).unwrap_or_default();
    assert!(
        found.contains("button-name") && found.contains("#host >> button"),
        "{found}"
    );
    Ok(())
}
