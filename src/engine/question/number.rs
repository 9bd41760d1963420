//! Numbers as readers type them, and as they are printed.
//!
//! A typed number may have full-width digits or those of other scripts, a sign, groups of three digits (`10 000`, `10'000`,
//! `10_000`, `1,234.5`, `1.234,5`), a decimal point or comma, and a power of ten (`1e-5`, `1×10^-5`, `1·10⁻⁵`). Where a comma
//! or a point can be a decimal mark and can as well separate groups, there are two readings: `1,234`, `4.096`.
//!
//! How it was read is kept in the response, so that no result depends on the language in which it is looked at: a response of
//! one entry is read with a decimal point where that is possible; a second entry says that it was read with a decimal comma.
//!
//! Nothing here prints floats by the standard library, and typed numbers are parsed as JSON: either would be the larger
//! part of this file's download.

use super::folding::{narrowed, sign, widened};
use super::parts::ReadAs;
use crate::engine::json::Value;
use crate::engine::text::primary;

/// Languages with a decimal comma, after CLDR.
const WITH_COMMA: &str = "af ast az be bg br bs ca cs da de dsb el eo es et eu fi fo fr fur fy gl hr hsb hu hy ia id is it jv ka kea kk kl ku ky lb ln lo lt lv mk nb nds nl nn no oc pl pt rm ro ru rw sc se sk sl sq sr sv tg tk tr tt uk uz vi wo";
/// Where these have a decimal point all the same.
const WITH_POINT: &str = "de-ch de-li it-ch es-419 es-bz es-cu es-do es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-sv es-us";

/// Digits of other scripts: their zeros.
const ZEROS: [char; 5] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}'];

/// Raised digits, in order.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Whether numbers have a decimal comma in a language.
fn has_comma(language: &str) -> bool {
    let is_in = |list: &str, tag: &str| list.split(' ').any(|own| own.eq_ignore_ascii_case(tag));
    is_in(WITH_COMMA, primary(language)) && !is_in(WITH_POINT, language)
}

/// A response with a number that was typed on a page in a language.
pub fn response(typed: &str, language: &str) -> Vec<String> {
    let mut response = vec![typed.to_owned()];
    if has_comma(language) {
        response.extend(by_comma(&response));
    }
    response
}

/// How the decimal comma reads what was typed, if the decimal point reads it otherwise.
pub(super) fn by_comma(response: &[String]) -> Option<String> {
    let readings = read(response.get(..1)?)?;
    readings.other.as_ref().map(printed)
}

/// What a typed number can be read as.
#[derive(Debug)]
pub(super) struct Readings {
    /// As the language of the page has it.
    pub(super) usual: Value,
    /// The other way, where there is one.
    pub(super) other: Option<Value>,
}

/// Reads the number of a response.
pub(super) fn read(response: &[String]) -> Option<Readings> {
    let (typed, said) = (response.first()?, response.get(1));
    let plain = plain(typed);
    let (by_point, by_comma) = match (parse(&plain, '.'), parse(&plain, ',')) {
        (Some(by_point), Some(by_comma)) => (by_point, by_comma),
        (Some(usual), None) | (None, Some(usual)) => {
            return Some(Readings { usual, other: None });
        }
        (None, None) => return None,
    };
    if by_point == by_comma {
        return Some(Readings {
            usual: by_point,
            other: None,
        });
    }
    let (usual, other) = if said.is_some_and(|said| *said == printed(&by_comma)) {
        (by_comma, by_point)
    } else {
        (by_point, by_comma)
    };
    Some(Readings {
        usual,
        other: Some(other),
    })
}

impl Readings {
    /// One of them in the notation of a language; `None` where what was typed says the same.
    pub(super) fn told(&self, typed: &str, counted: &Value, language: &str) -> Option<ReadAs> {
        let digits = typed.trim().trim_start_matches(['-', '+']);
        let mut others = digits.chars().filter(|char| !char.is_ascii_digit());
        let is_plain = matches!(others.next(), None | Some('.' | ',')) && others.next().is_none();
        let number = printed(counted);
        // Of the two, the one that the mark makes smaller.
        let is_larger = |other: &Value| match (float(counted), float(other)) {
            (Some(counted), Some(other)) => other.abs() > counted.abs(),
            _ => false,
        };
        let others = [Some(&self.usual), self.other.as_ref()];
        let is_decimal = others.into_iter().flatten().any(is_larger);
        (!is_plain || self.other.is_some()).then(|| ReadAs {
            number: localized(number, language),
            is_decimal,
        })
    }
}

/// A printed number with the decimal mark of a language.
pub(super) fn localized(printed: String, language: &str) -> String {
    if has_comma(language) {
        printed.replace('.', ",")
    } else {
        printed
    }
}

/// What was typed in few signs: `-` for all dashes, `'` for all quotes, `*` for all signs of multiplication, `^` before what
/// is raised.
fn plain(typed: &str) -> String {
    let mut plain = String::new();
    let mut was_raised = false;
    for char in narrowed(typed, false).chars() {
        let raised = raised(char);
        if raised.is_some() && !was_raised && !plain.ends_with('^') {
            plain.push('^');
        }
        was_raised = raised.is_some();
        plain.push(raised.unwrap_or_else(|| plain_of(char)));
    }
    plain
}

fn raised(char: char) -> Option<char> {
    match char {
        '⁺' => Some('+'),
        '⁻' => Some('-'),
        _ => RAISED
            .chars()
            .zip('0'..='9')
            .find_map(|(raised, digit)| (raised == char).then_some(digit)),
    }
}

fn plain_of(char: char) -> char {
    match sign(char) {
        // A long vowel mark is what Japanese keyboards make of a minus.
        '–' | 'ー' => '-',
        '。' | '\u{66b}' => '.',
        '、' => ',',
        // Separates groups and nothing else.
        '\u{66c}' => '\'',
        '×' | '✕' | '·' | '⋅' | '∙' | '・' | 'x' => '*',
        char => {
            let digit = ZEROS.iter().find_map(|zero| {
                let digit = u32::from(char).checked_sub(u32::from(*zero))?;
                char::from_digit(digit, 10)
            });
            digit.unwrap_or(char)
        }
    }
}

/// The number with this decimal mark, if it is one.
fn parse(plain: &str, mark: char) -> Option<Value> {
    let (is_negative, rest) = signed(plain);
    let (mantissa, exponent) = mantissa_and_exponent(rest)?;
    let (whole, fraction) = whole_and_fraction(mantissa, mark)?;
    let mut json = String::new();
    if is_negative {
        json.push('-');
    }
    let whole = whole.trim_start_matches('0');
    json.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        json.push('.');
        json.push_str(&fraction);
    }
    if let Some(exponent) = exponent {
        let (is_negative, digits) = signed(exponent);
        if digits.is_empty() || !is_digits(digits) {
            return None;
        }
        json.push_str(if is_negative { "e-" } else { "e" });
        json.push_str(digits);
    }
    Value::parse(&json).ok()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether there is a minus sign, and what follows the sign.
fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').map_or(text, str::trim_start)),
    }
}

/// What stands before a power of ten, and which power.
fn mantissa_and_exponent(text: &str) -> Option<(&str, Option<&str>)> {
    if let Some((mantissa, exponent)) = text.split_once('e') {
        return Some((mantissa.trim_end(), Some(exponent.trim_start())));
    }
    let (mantissa, power) = match text.split_once('*') {
        Some((mantissa, power)) => (mantissa.trim_end(), power.trim_start()),
        None if text.starts_with("10^") => ("1", text),
        None => return Some((text, None)),
    };
    let exponent = power.strip_prefix("10")?;
    let exponent = match exponent.strip_prefix('^') {
        Some(exponent) => exponent.trim_matches(['(', ')', '{', '}']),
        // A raised minus that the browser put on the line.
        None if exponent.starts_with(['-', '+']) => exponent,
        None => return None,
    };
    Some((mantissa, Some(exponent)))
}

/// The digits before the decimal mark, without what separates groups, and those after it.
fn whole_and_fraction(mantissa: &str, mark: char) -> Option<(String, String)> {
    let (whole, fraction) = mantissa.split_once(mark).unwrap_or((mantissa, ""));
    let (whole, fraction) = (joined(whole)?, joined_fraction(fraction)?);
    (!whole.is_empty() || !fraction.is_empty()).then_some((whole, fraction))
}

/// Digits without what separates their groups: one sign throughout, groups of three (in India of two, but for the last), and
/// of any length with `_`, as in code.
fn joined(whole: &str) -> Option<String> {
    let is_separator = |char: &char| matches!(char, ',' | '.' | ' ' | '\'' | '_');
    let Some(separator) = whole.chars().find(is_separator) else {
        return is_digits(whole).then(|| whole.to_owned());
    };
    let (first, rest) = whole.split_once(separator)?;
    let (between, last) = match rest.rsplit_once(separator) {
        Some((between, last)) => (Some(between), last),
        None => (None, rest),
    };
    let between_are = |length: usize| {
        let mut groups = between
            .into_iter()
            .flat_map(|between| between.split(separator));
        groups.all(|group| group.len() == length)
    };
    let is_grouped = if separator == '_' {
        !whole.split('_').any(str::is_empty)
    } else {
        let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
        let is_indian = separator == ',' && first.len() <= 2 && between_are(2);
        is_first && last.len() == 3 && (between_are(3) || is_indian)
    };
    let digits: String = whole.chars().filter(|char| *char != separator).collect();
    (is_grouped && is_digits(&digits)).then_some(digits)
}

/// The same of those after the decimal mark: groups of three, counted from the mark, with a space or `_` between.
fn joined_fraction(fraction: &str) -> Option<String> {
    let digits: String = fraction.split([' ', '_']).collect();
    let mut groups = fraction.split([' ', '_']).rev();
    let last = groups.next().map_or(0, str::len);
    let is_grouped = digits.len() == fraction.len()
        || (1..=3).contains(&last) && groups.all(|group| group.len() == 3);
    (is_grouped && is_digits(&digits)).then_some(digits)
}

/// What was typed with the other sign: of the number, or of its power of ten, if that is where the reader stands, so many
/// characters from the beginning. Also how many characters there are more than before.
pub fn negated(typed: &str, place: usize) -> (String, i32) {
    let is_power = |char: char| matches!(char, 'e' | 'E' | 'ｅ' | 'Ｅ' | '^' | '＾');
    let power = typed
        .char_indices()
        .take(place)
        .filter(|(_, char)| is_power(*char))
        .last();
    let start = power.map_or(0, |(at, char)| at + char.len_utf8());
    let (head, tail) = typed.split_at_checked(start).unwrap_or(("", typed));
    let mut rest = tail.trim_start().chars();
    let first = rest.next().map(|char| plain_of(widened(char)));
    let tail = match first {
        Some('-') => rest.as_str().trim_start().to_owned(),
        Some('+') => ["-", rest.as_str()].concat(),
        _ => ["-", tail.trim_start()].concat(),
    };
    let other = [head, &tail].concat();
    let length = |text: &str| i32::try_from(text.chars().count()).unwrap_or(0);
    let more = length(&other) - length(typed);
    (other, more)
}

/// What was typed with the beginning of a power of ten behind it, if it has none yet.
pub fn powered(typed: &str) -> String {
    let plain = plain(typed);
    if plain.contains(['e', '^', '*']) {
        typed.to_owned()
    } else if plain.ends_with(|char: char| char.is_ascii_digit()) {
        [typed.trim_end(), "×10^"].concat()
    } else {
        [typed, "10^"].concat()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nobody types 16 digits and means the last one, and whole ones are compared as such first"
)]
pub(super) fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Natural(number) => Some(*number as f64),
        Value::Negative(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// The decimal digits of a whole number.
pub(super) fn digits(mut number: u64) -> String {
    let mut reversed = Vec::new();
    while reversed.is_empty() || number > 0 {
        reversed.extend(char::from_digit((number % 10) as u32, 10));
        number /= 10;
    }
    reversed.into_iter().rev().collect()
}

/// A number as text that [`read`] reads: all digits of whole numbers, and 15 of others.
pub(super) fn printed(value: &Value) -> String {
    let (is_negative, text) = match value {
        Value::Natural(number) => (false, digits(*number)),
        Value::Negative(number) => (true, digits(number.unsigned_abs())),
        Value::Float(number) => (*number < 0.0, printed_float(number.abs())),
        _ => (false, String::new()),
    };
    let sign = if is_negative { "-" } else { "" };
    [sign, &text].concat()
}

/// A float that is not negative.
fn printed_float(mut number: f64) -> String {
    if number <= 0.0 {
        return digits(0);
    }
    // Where the decimal point stands, counted from the end of the digits.
    let mut decimals = 0;
    while number < 1e-100 {
        number *= 1e100;
        decimals += 100;
    }
    while number >= 1e100 {
        number /= 1e100;
        decimals -= 100;
    }
    // Powers of ten up to the 22nd are exact, so that scaling by one of them rounds only once.
    let mut power = 1.0;
    while number * power < 1e14 {
        power *= 10.0;
        decimals += 1;
    }
    number *= power;
    power = 1.0;
    while number / power >= 1e15 {
        power *= 10.0;
        decimals -= 1;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1e14 and 1e15"
    )]
    let all = digits((number / power + 0.5) as u64);
    let length = |text: &str| i32::try_from(text.len()).unwrap_or(0);
    let point = length(&all) - decimals;
    let all = all.trim_end_matches('0');
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let cut = |at: i32| {
        usize::try_from(at)
            .ok()
            .and_then(|at| all.split_at_checked(at))
    };
    if (-5..=0).contains(&point) {
        return ["0.", &zeros(-point), all].concat();
    }
    if (1..=21).contains(&point) {
        return match cut(point) {
            Some((whole, "")) => whole.to_owned(),
            Some((whole, fraction)) => [whole, ".", fraction].concat(),
            None => [all, &zeros(point - length(all))].concat(),
        };
    }
    let exponent = digits(u64::from((point - 1).unsigned_abs()));
    let sign = if point < 1 { "e-" } else { "e" };
    match cut(1) {
        Some((first, "")) => [first, sign, &exponent].concat(),
        Some((first, rest)) => [first, ".", rest, sign, &exponent].concat(),
        None => String::new(),
    }
}
