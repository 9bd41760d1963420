//! JSON as a tree, parsed by `serde_json`.
//!
//! `serde_json::Value` would do the same, but the code that it can print floats, sort keys and complain about types with
//! comes along whether it is called or not: about 8 KB of every reader's (compressed) download. Nothing here prints.

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Any JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number from 0.
    Natural(u64),
    /// A whole number below 0.
    Negative(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Keys and values.
    Object(Object),
}

/// Keys and values, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// The value of a key. Objects here have a handful of keys, so that looking through them is the quickest way. As
    /// everywhere, the last of equal keys counts.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0
            .iter()
            .rev()
            .find(|(own, _)| own == key)
            .map(|(_, value)| value)
    }

    /// Puts a value in the place of a key, or adds it.
    pub fn set(&mut self, key: &str, value: Value) {
        let own = self.0.iter_mut().rev().find(|(own, _)| own == key);
        match own {
            Some((_, place)) => *place = value,
            None => self.0.push((key.to_owned(), value)),
        }
    }

    /// All keys and values, to change the values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&String, &mut Value)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many keys there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// All keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

/// The members of an object or a list, each as it stands in the text; the text must be JSON, or what comes out means
/// nothing.
pub fn members(text: &str) -> Vec<&str> {
    let mut members = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    let (mut is_in_string, mut is_escaped) = (false, false);
    let mut add = |start: usize, end: usize| {
        let member = text.get(start..end).unwrap_or("").trim();
        if !member.is_empty() {
            members.push(member);
        }
    };
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_in_string,
            b'"' => is_in_string = !is_in_string,
            _ if is_in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth == 1 {
                    start = index + 1;
                }
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    add(start, index);
                }
            }
            b',' if depth == 1 => {
                add(start, index);
                start = index + 1;
            }
            _ => {}
        }
    }
    members
}

impl Value {
    /// Parses a text.
    ///
    /// # Errors
    /// Where the text is no JSON, and nothing else.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The value of a key, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Object(object) = self else {
            return None;
        };
        let mut own = object.0.iter_mut().rev();
        own.find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// The object, to change it.
    pub const fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The list, to change it.
    pub const fn as_array_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Array(list) => Some(list),
            _ => None,
        }
    }

    /// The object, if it is one.
    pub const fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub const fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(list) => Some(list),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The number, if it is whole and not negative.
    pub const fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Natural(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, if it is whole and not too large.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Natural(number) => i64::try_from(*number).ok(),
            Self::Negative(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether it is a list.
    pub const fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor)
    }
}

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Natural(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Negative(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = access.next_element()? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut object = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            object.push((key, access.next_value()?));
        }
        Ok(Value::Object(Object(object)))
    }
}

/// A key: always a text, so that nothing about other types need be said.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(AnyVisitor)? {
            Value::String(key) => Ok(Self(key)),
            _ => Ok(Self(String::new())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_read() {
        let value = Value::parse(r#" {"a": [null, true, 0, -1, 1.5, 18446744073709551615, "\u3042\n"], "b": {}, "a\"": "", "b": 2} "#).unwrap();
        let list = value.get("a").and_then(Value::as_array).unwrap();
        assert_eq!(
            *list,
            [
                Value::Null,
                Value::Bool(true),
                Value::Natural(0),
                Value::Negative(-1),
                Value::Float(1.5),
                Value::Natural(u64::MAX),
                Value::String(String::from("あ\n")),
            ]
        );
        assert_eq!(
            value.get("b").and_then(Value::as_u64),
            Some(2),
            "the last of equal keys counts"
        );
        assert_eq!(value.get("a\"").and_then(Value::as_str), Some(""));
        assert_eq!(value.get("zzz"), None);
        assert_eq!(list[5].as_i64(), None);
        assert_eq!(list[3].as_i64(), Some(-1));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "", "{", "[1,]", "{\"a\"}", "{a:1}", "tru", "1 2", "\"\\x\"", "01",
        ] {
            assert!(Value::parse(text).is_err(), "{text}");
        }
    }
}
