//! `numeric`: a typed number, compared with the author's.
//!
//! What can be typed stands in [`number`]. Units and percent signs are no part of a number.

use crate::engine::json::Value;

use super::number::{self, Readings, float, localized, printed};
use super::parts::{Kind, PlaceVerdict};
use super::text::{only, tally, view};
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
pub(in crate::engine) fn read<const TELLS: bool>(
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

/// How many tolerances away a reading is far off.
const FAR: f64 = 10.0;

impl Numeric {
    /// Whether what was read is right, and which of two readings counted: that of the page's language, unless that is far
    /// off and the other is right.
    fn marked<'r>(&self, readings: &'r Readings) -> (bool, &'r Value) {
        let usual = &readings.usual;
        match &readings.other {
            Some(other)
                if self.is_within(other, self.tolerance)
                    && !self.is_within(usual, self.tolerance * FAR) =>
            {
                (true, other)
            }
            _ => (self.is_within(usual, self.tolerance), usual),
        }
    }

    fn is_right(&self, response: &Response) -> bool {
        number::read(&response.0).is_some_and(|readings| self.marked(&readings).0)
    }

    fn is_within(&self, typed: &Value, tolerance: f64) -> bool {
        // Larger whole numbers than a float can tell apart.
        if tolerance <= 0.0
            && let (Some(typed), Some(answer)) = (typed.as_u64(), self.answer.as_u64())
        {
            return typed == answer;
        }
        let (Some(typed), Some(answer)) = (float(typed), float(&self.answer)) else {
            return false;
        };
        (typed - answer).abs() <= tolerance + SAME * typed.abs().max(answer.abs())
    }
}

impl QuestionType for Numeric {
    fn pins(&self) -> Vec<bool> {
        Vec::new()
    }

    fn accept(&self, response: &Response) -> Response {
        let Some(typed) = only(response) else {
            return Response::default();
        };
        let mut kept = vec![typed];
        // How it was read, where there are two readings: it must be one of them.
        if let Some(said) = response.0.get(1)
            && number::by_comma(&kept).is_some_and(|by_comma| by_comma == *said)
        {
            kept.push(said.clone());
        }
        Response(kept)
    }

    fn completeness(&self, response: &Response) -> Completeness {
        match only(response) {
            None => Completeness::Unanswered,
            Some(_) if number::read(&response.0).is_none() => {
                Completeness::Incomplete { missing: 1 }
            }
            Some(_) => Completeness::Complete,
        }
    }

    fn tally(&self, response: &Response) -> Tally {
        tally(self.is_right(response))
    }

    fn key(&self) -> Response {
        Response(vec![printed(&self.answer)])
    }

    fn interaction(&self, presentation: Presentation<'_>) -> Interaction {
        let Presentation {
            language, response, ..
        } = presentation;
        let given = only(response);
        let readings = number::read(&response.0);
        let (is_correct, counted) = match &readings {
            // Before marking, nothing may follow from the key.
            Some(readings) if presentation.is_marked => {
                let (is_correct, counted) = self.marked(readings);
                (is_correct, Some(counted))
            }
            readings => (false, readings.as_ref().map(|readings| &readings.usual)),
        };
        let read = match (&given, &readings, counted) {
            (Some(typed), Some(readings), Some(counted)) => readings.told(typed, counted, language),
            _ => None,
        };
        let verdict = presentation.is_marked.then(|| PlaceVerdict {
            is_correct,
            key: localized(printed(&self.answer), language),
            why: None,
        });
        view(Kind::Numeric, "number", given, read, verdict)
    }
}
