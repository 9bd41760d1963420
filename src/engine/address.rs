//! Which addresses links and images may have.
//!
//! Nothing is repaired here: an address is either taken as it is or refused. What browsers strip before they look at the
//! scheme (control characters anywhere, white space in front; WHATWG URL, "basic URL parser") makes it refused, so that
//! the scheme seen here is the scheme seen there.

/// Whether a link may lead there: the web, a mail address, or an address relative to the page (`#part` included).
pub fn may_be_linked(url: &str) -> bool {
    is_of_the_web(url) || is_clean(url) && has_scheme(url, &["mailto"])
}

/// Whether an image may come from there: the web, an address relative to the page, or the text itself.
///
/// A `data:` image lets a question set be one file that works offline. It is allowed for images only and for these types
/// only. SVG is among them because a browser draws it in an `img` without scripts, links or further requests (SVG 2,
/// "secure static mode"), and because browsers refuse to open `data:` addresses as pages.
pub fn may_be_shown(url: &str) -> bool {
    is_of_the_web(url) || is_clean(url) && is_image_data(url)
}

/// Whether it is an address of the web, or one relative to the file that it stands in.
pub fn is_of_the_web(url: &str) -> bool {
    is_clean(url) && has_web_scheme(url)
}

fn is_clean(url: &str) -> bool {
    !url.is_empty() && !url.starts_with(char::is_whitespace) && !url.contains(char::is_control)
}

fn has_web_scheme(url: &str) -> bool {
    scheme(url).is_none() || has_scheme(url, &["http", "https"])
}

fn has_scheme(url: &str, allowed: &[&str]) -> bool {
    scheme(url).is_some_and(|scheme| is_one_of(scheme, allowed))
}

/// What stands before the first colon, unless the colon is part of a path, query or fragment.
fn scheme(url: &str) -> Option<&str> {
    let (before, _) = url.split_once(':')?;
    (!before.contains(['/', '?', '#'])).then_some(before)
}

fn is_image_data(url: &str) -> bool {
    let Some((media, _)) = url.split_once([';', ',']) else {
        return false;
    };
    is_one_of(
        media,
        &[
            "data:image/png",
            "data:image/jpeg",
            "data:image/gif",
            "data:image/webp",
            "data:image/avif",
            "data:image/svg+xml",
        ],
    )
}

fn is_one_of(value: &str, allowed: &[&str]) -> bool {
    allowed
        .iter()
        .any(|allowed| value.eq_ignore_ascii_case(allowed))
}

#[cfg(test)]
mod tests {
    use super::{may_be_linked, may_be_shown};

    #[test]
    fn addresses_are_taken_or_refused() {
        // Address, may it be linked, may it be shown.
        let rows = [
            ("https://example.com/a?b=c:d#e", true, true),
            ("HTTP://example.com", true, true),
            ("//example.com/a.png", true, true),
            ("/a/b.png", true, true),
            ("./a.png", true, true),
            ("a.png", true, true),
            ("a b.png", true, true),
            ("図.png", true, true),
            ("#part", true, true),
            ("#a:b", true, true),
            ("?a=b:c", true, true),
            ("a/b:c", true, true),
            ("mailto:a@example.com", true, false),
            ("MailTo:a@example.com", true, false),
            ("", false, false),
            ("javascript:alert(1)", false, false),
            ("JaVaScRiPt:alert(1)", false, false),
            (" javascript:alert(1)", false, false),
            ("\u{3000}javascript:alert(1)", false, false),
            ("\u{a0}javascript:alert(1)", false, false),
            ("\u{1}javascript:alert(1)", false, false),
            ("\0javascript:alert(1)", false, false),
            ("java\tscript:alert(1)", false, false),
            ("java\nscript:alert(1)", false, false),
            ("java\rscript:alert(1)", false, false),
            ("javascript\t:alert(1)", false, false),
            ("java\u{ad}script:alert(1)", false, false),
            ("\u{feff}javascript:alert(1)", false, false),
            ("\u{202e}javascript:alert(1)", false, false),
            ("javascript\\:alert(1)", false, false),
            ("java\\script:alert(1)", false, false),
            ("view-source:javascript:alert(1)", false, false),
            ("vbscript:msgbox(1)", false, false),
            ("file:///etc/passwd", false, false),
            ("blob:https://example.com/1", false, false),
            ("filesystem:https://example.com/1", false, false),
            ("about:blank", false, false),
            ("intent://scan/#Intent;end", false, false),
            (":", false, false),
            ("a:b", false, false),
            ("localhost:8080", false, false),
            ("data:text/html,<script>alert(1)</script>", false, false),
            ("data:text/html;base64,PHNjcmlwdD4=", false, false),
            ("data:image/png;base64,iVBORw0KGgo=", false, true),
            ("data:image/jpeg;base64,/9j/", false, true),
            ("data:image/gif;base64,R0lG", false, true),
            ("data:image/webp;base64,UklG", false, true),
            ("data:image/avif;base64,AAAA", false, true),
            ("data:image/svg+xml,%3Csvg/%3E", false, true),
            ("data:image/svg+xml;utf8,%3Csvg/%3E", false, true),
            ("DATA:image/PNG;base64,iVBORw0KGgo=", false, true),
            ("data:image/png", false, false),
            ("data:image/pngx;base64,iVBORw0KGgo=", false, false),
            ("data:image/x-icon;base64,AAAB", false, false),
            ("data:,image/png", false, false),
            ("data: image/png;base64,iVBORw0KGgo=", false, false),
            ("data:text/html;image/png,x", false, false),
        ];
        for (url, linked, shown) in rows {
            assert_eq!(may_be_linked(url), linked, "link to {url:?}");
            assert_eq!(may_be_shown(url), shown, "image from {url:?}");
        }
    }
}
