//! `numeric`: a typed number, compared with the author's.
//!
//! Typed numbers may have full-width digits, a sign, groups of three (`1,234.5`), a decimal comma (`12,5`) and an exponent.
//! One comma before three digits separates thousands: `1,234` is more than a thousand, but `0,234` and `1234,567` can only
//! be decimals. Units and percent signs are no part of a number.
//!
//! Nothing here prints floats by the standard library, and typed numbers are parsed as JSON: either would be the larger
//! part of this file's download.

use crate::engine::json::Value;

use super::parts::{Kind, PlaceVerdict};
use super::text::{folded, only, tally, view};
use super::{Completeness, Interaction, Presentation, QuestionType, Response};
use crate::engine::format::reader::{Reader, Wire, required, wire, wrong_kind};
use crate::engine::scoring::Tally;

/// How far two numbers may be apart, relative to the larger one, and still be the same: what computing with binary
/// fractions loses, so that 0.4 is within 0.1 of 0.3.
const SAME: f64 = 1e-12;

wire! {
    /// What a `numeric` question has beside what every question has.
    Number is "an object with `answer`" {
        /// The right number.
        required answer: Real,
        /// How far from it is still right: a number, or a share of it such as {"relative": 0.05}; exact unless said.
        optional tolerance: Tolerance,
    }
}

/// A number as the author wrote it.
#[derive(Clone, Debug)]
pub struct Real(Value);

impl Wire for Real {
    const EXPECTED: &'static str = "a number";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        if float(value).is_none() {
            wrong_kind(Self::EXPECTED, reader);
            return None;
        }
        Some(Self(value.clone()))
    }
}

/// A number that is not negative.
#[derive(Clone, Copy, Debug)]
struct Amount(f64);

impl Wire for Amount {
    const EXPECTED: &'static str = "a number, 0 or more";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let amount = float(value).filter(|amount| *amount >= 0.0);
        if amount.is_none() {
            wrong_kind(Self::EXPECTED, reader);
        }
        amount.map(Self)
    }
}

/// How far from the answer is still right.
#[derive(Clone, Copy, Debug)]
pub enum Tolerance {
    /// This much.
    Absolute(f64),
    /// This share of the answer.
    Relative(f64),
}

impl Wire for Tolerance {
    const EXPECTED: &'static str = "a number, 0 or more, or a share such as {\"relative\": 0.05}";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        if let Value::Object(map) = value {
            let Amount(share) = required(map, "relative", reader)?;
            return Some(Self::Relative(share));
        }
        let amount = float(value).filter(|amount| *amount >= 0.0);
        if amount.is_none() {
            wrong_kind(Self::EXPECTED, reader);
        }
        amount.map(Self::Absolute)
    }
}

#[cfg(feature = "author")]
impl schemars::JsonSchema for Real {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Real".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

#[cfg(feature = "author")]
impl schemars::JsonSchema for Tolerance {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Tolerance".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let amount = schemars::json_schema!({ "type": "number", "minimum": 0 });
        schemars::json_schema!({
            "anyOf": [
                amount,
                { "type": "object", "required": ["relative"], "properties": { "relative": amount } },
            ],
        })
    }
}

/// A question with a number for an answer.
#[derive(Clone, Debug)]
pub struct Numeric {
    answer: Value,
    /// How far from it is still right; 0 for exactly it.
    tolerance: f64,
}

/// Reads and checks it.
pub(super) fn read<const TELLS: bool>(
    value: &Value,
    _language: &str,
    reader: &mut Reader<TELLS>,
) -> Option<Numeric> {
    let errors_before = reader.error_count();
    let wire = Number::read(value, reader)?;
    if reader.error_count() > errors_before {
        return None;
    }
    let tolerance = match wire.tolerance {
        None => 0.0,
        Some(Tolerance::Absolute(amount)) => amount,
        Some(Tolerance::Relative(share)) => share * float(&wire.answer.0)?.abs(),
    };
    Some(Numeric {
        answer: wire.answer.0,
        tolerance,
    })
}

impl Numeric {
    fn is_right(&self, typed: &str) -> bool {
        let Some(typed) = number(typed) else {
            return false;
        };
        // Larger whole numbers than a float can tell apart.
        if self.tolerance <= 0.0
            && let (Some(typed), Some(answer)) = (typed.as_u64(), self.answer.as_u64())
        {
            return typed == answer;
        }
        let (Some(typed), Some(answer)) = (float(&typed), float(&self.answer)) else {
            return false;
        };
        (typed - answer).abs() <= self.tolerance + SAME * typed.abs().max(answer.abs())
    }
}

impl QuestionType for Numeric {
    fn pins(&self) -> Vec<bool> {
        Vec::new()
    }

    fn accept(&self, response: &Response) -> Response {
        Response(only(response).into_iter().collect())
    }

    fn completeness(&self, response: &Response) -> Completeness {
        match only(response) {
            None => Completeness::Unanswered,
            Some(typed) if number(&typed).is_none() => Completeness::Incomplete { missing: 1 },
            Some(_) => Completeness::Complete,
        }
    }

    fn tally(&self, response: &Response) -> Tally {
        tally(only(response).is_some_and(|typed| self.is_right(&typed)))
    }

    fn key(&self) -> Response {
        Response(vec![printed(&self.answer)])
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        let given = only(presentation.response);
        let verdict = presentation.is_marked.then(|| PlaceVerdict {
            is_correct: given.as_ref().is_some_and(|typed| self.is_right(typed)),
            key: printed(&self.answer),
            why: None,
        });
        view(Kind::Numeric, "number", given, verdict)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nobody types 16 digits and means the last one, and whole ones are compared as such first"
)]
fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Natural(number) => Some(*number as f64),
        Value::Negative(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// The number that a reader typed, if it is one.
fn number(typed: &str) -> Option<Value> {
    let text = folded(typed, false);
    let (is_negative, text) = signed(&text);
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(signed(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = whole_and_fraction(mantissa)?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_no_digit = whole.is_empty() && fraction.is_empty();
    if has_no_digit || !is_digits(&whole) || !is_digits(fraction) {
        return None;
    }
    let mut json = String::new();
    if is_negative {
        json.push('-');
    }
    let whole = whole.trim_start_matches('0');
    json.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        json.push('.');
        json.push_str(fraction);
    }
    if let Some((is_negative, exponent)) = exponent {
        if exponent.is_empty() || !is_digits(exponent) {
            return None;
        }
        json.push_str(if is_negative { "e-" } else { "e" });
        json.push_str(exponent);
    }
    Value::parse(&json).ok()
}

/// Whether there is a minus sign, and what follows the sign. A long vowel mark is what Japanese keyboards make of a minus.
fn signed(text: &str) -> (bool, &str) {
    let mut rest = text.chars();
    match rest.next() {
        Some('-' | '\u{2212}' | 'ー') => (true, rest.as_str()),
        Some('+') => (false, rest.as_str()),
        _ => (false, text),
    }
}

/// The digits before the decimal separator, without commas between thousands, and those after it.
fn whole_and_fraction(mantissa: &str) -> Option<(String, &str)> {
    let (before, after) = match mantissa.split_once('.') {
        Some((before, after)) => (before, Some(after)),
        None => (mantissa, None),
    };
    let Some((first, rest)) = before.split_once(',') else {
        return Some((before.to_owned(), after.unwrap_or("")));
    };
    let is_grouped = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && rest.split(',').all(|group| group.len() == 3);
    if is_grouped {
        let whole = before.chars().filter(|char| *char != ',').collect();
        return Some((whole, after.unwrap_or("")));
    }
    // A second comma in the rest is no digit, and will be noticed as such.
    after.is_none().then(|| (first.to_owned(), rest))
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

/// A number as text that [`number`] reads: all digits of whole numbers, and 15 of others.
fn printed(value: &Value) -> String {
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
