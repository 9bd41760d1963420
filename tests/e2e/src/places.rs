//! Where on an element a hand presses, and when it may.

/// Shares of an element's width, where a hand may press it.
pub const SHARES: &[f64] = &[0.5, 0.1, 0.9];

/// Whether a place on an element is away from the last press, or that is more than the widget's half a second ago.
pub const ALONE: &str = "
const target = all(given[0]).find(shown);
// What is only shown takes no presses: a sitting just after a reload, until it is this page's.
if (!target || target.closest('[inert]')) return false;
const [box] = target.getClientRects();
// A picture that comes moves what is below it.
const isComing = (image) => !image.complete && image.getBoundingClientRect().top < innerHeight && image.getBoundingClientRect().bottom >= 0;
if (all('img').some(isComing)) return false;
const [lastX, lastY, moment] = window.__pressed ?? [-99, -99, -9999];
const y = box.top + box.height / 2;
const isElsewhere = (x) => Math.abs(x - lastX) > 25 || Math.abs(y - lastY) > 25;
return performance.now() - moment > 600 || given[1].some((share) => isElsewhere(box.left + box.width * share))";

/// Brings an element into view, as a reader scrolls; a place on it and its height, if nothing is in front of it. The place is the
/// first of some shares of its width that is not where the last press was. Some frames go by before: the focus comes to a new
/// screen with the next one, and scrolls.
pub const PLACE: &str = "
const frames = (left, then) => (left ? requestAnimationFrame(() => frames(left - 1, then)) : then());
return new Promise((done) => (document.hidden ? done(place()) : frames(3, () => done(place()))));
function place() {
const target = all(given[0]).find(shown);
if (!target) return null;
target.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
// Of what is broken into lines, the first.
const [box] = target.getClientRects();
const y = box.top + box.height / 2;
const places = given[1].map((share) => box.left + box.width * share);
const [lastX, lastY] = window.__pressed ?? [-99, -99];
const isElsewhere = (x) => Math.abs(x - lastX) > 25 || Math.abs(y - lastY) > 25;
const x = places.find(isElsewhere) ?? places[0];
return target.contains(root.elementFromPoint(x, y)) ? [x, y, box.height] : null;
}";
