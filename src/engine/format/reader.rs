//! Reads the wire types out of parsed JSON: every problem at once, each with its JSON Pointer.
//!
//! `serde`'s derived readers stop at the first mistake and forget where it was. Here a struct declared with `wire!` reads
//! each of its keys on its own, writes down what is wrong with it and goes on.
//!
//! The code exists twice: once telling what is wrong, and once only counting it. Almost every reader has a sound set, and
//! must not download the sentences for authors; see [`super::read`] and [`super::load`].

use core::marker::PhantomData;

use crate::engine::json::{Object, Value};

use super::limits;
use super::locate::{itoa, locate, push_token};
use super::problem::{Problem, Severity};

/// Where the walk is, and what it found. With `TELLS` it writes problems down; without, it only counts the errors.
#[derive(Debug, Default)]
pub struct Reader<const TELLS: bool> {
    pointer: String,
    problems: Vec<Problem>,
    errors: usize,
    /// The places about which all is told.
    told: Vec<String>,
    /// Findings past the limit of the list: errors and warnings.
    unlisted: (usize, usize),
}

impl<const TELLS: bool> Reader<TELLS> {
    /// Writes down an error at the current place.
    pub fn error(&mut self, code: &'static str, message: impl Into<String>) {
        if TELLS {
            self.report(Severity::Error, code, message.into());
        }
        self.errors += 1;
    }

    /// Takes over an error that was found before, with its place in the text. What else is wrong with that value was told with
    /// it.
    pub fn add(&mut self, problem: Problem) {
        self.told.push(problem.pointer.clone());
        self.problems.push(problem);
        self.errors += 1;
    }

    /// Writes down an error whose sentence is put together from parts.
    pub fn error_of(&mut self, code: &'static str, parts: &[&str]) {
        if TELLS {
            self.report(Severity::Error, code, parts.concat());
        }
        self.errors += 1;
    }

    /// Writes down a warning at the current place.
    pub fn warning(&mut self, code: &'static str, message: impl Into<String>) {
        if TELLS {
            self.report(Severity::Warning, code, message.into());
        }
    }

    fn report(&mut self, severity: Severity, code: &'static str, message: String) {
        let is_error = severity == Severity::Error;
        if self.told.contains(&self.pointer) {
            return;
        }
        if self.problems.len() >= limits::PROBLEMS {
            self.unlisted.0 += usize::from(is_error);
            self.unlisted.1 += usize::from(!is_error);
            return;
        }
        self.problems.push(Problem {
            severity,
            pointer: self.pointer.clone(),
            ..Problem::whole(code, message)
        });
    }

    /// Runs `read` one step deeper.
    pub fn within<T>(&mut self, token: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        if !TELLS {
            return read(self);
        }
        let length = self.pointer.len();
        push_token(&mut self.pointer, token);
        let result = read(self);
        self.pointer.truncate(length);
        result
    }

    /// Runs `read` on an element of a list.
    pub fn within_element<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        if TELLS {
            self.within(&itoa(index), read)
        } else {
            read(self)
        }
    }

    /// How many errors there are so far; a part is sound if reading it adds none.
    pub const fn error_count(&self) -> usize {
        self.errors
    }

    /// All that was found, with its places in `text`, in the order of the file.
    pub fn finish(mut self, text: &str) -> Vec<Problem> {
        if self.problems.is_empty() {
            return self.problems;
        }
        place(text, &mut self.problems);
        let (errors, warnings) = self.unlisted;
        if errors + warnings > 0 {
            let mut message = String::from("Problems that are not listed here: ");
            message.push_str(&itoa(errors + warnings));
            message.push_str(". Mend those above, and you will see the others.");
            self.problems.push(Problem {
                severity: if errors > 0 {
                    Severity::Error
                } else {
                    Severity::Warning
                },
                ..Problem::whole("too-many-problems", message)
            });
        }
        self.problems
    }
}

/// Gives problems their places in the text, and the order of those.
fn place(text: &str, problems: &mut [Problem]) {
    locate(text, problems);
    // By insertion: there are a hundred at most, and the library's sort would be the larger part of this file's download.
    let place_of = |problem: &Problem| (problem.line, problem.column);
    for end in 1..problems.len() {
        let mut at = end;
        while let Some([left, right]) = problems.get(at.wrapping_sub(1)..=at)
            && place_of(left) > place_of(right)
        {
            problems.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// A value an author writes.
pub trait Wire: Sized {
    /// What must stand there, for the sentence "`count` must be …".
    const EXPECTED: &'static str;

    /// Reads it, or writes down why not. `None` means that a problem was written down.
    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self>;
}

/// "`key` must be X": the one sentence for a value of the wrong kind.
pub fn wrong_kind<const TELLS: bool>(expected: &str, reader: &mut Reader<TELLS>) {
    if !TELLS {
        reader.errors += 1;
        return;
    }
    let key = reader.pointer.rsplit('/').next().unwrap_or("").to_owned();
    let mut message = String::new();
    if key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit()) {
        message.push_str("This");
    } else {
        message.push('`');
        message.push_str(&key);
        message.push('`');
    }
    message.push_str(" must be ");
    message.push_str(expected);
    message.push('.');
    reader.error("wrong-kind", message);
}

/// Reads a key that must be there.
pub fn required<T: Wire, const TELLS: bool>(
    object: &Object,
    key: &str,
    reader: &mut Reader<TELLS>,
) -> Option<T> {
    if let Some(value) = object.get(key) {
        return reader.within(key, |reader| T::read(value, reader));
    }
    reader.error_of(
        "missing",
        &["`", key, "` is missing: add it, ", T::EXPECTED, "."],
    );
    None
}

/// Reads a key that may be left out. `null` counts as left out.
pub fn optional<T: Wire, const TELLS: bool>(
    object: &Object,
    key: &str,
    reader: &mut Reader<TELLS>,
) -> Option<T> {
    match object.get(key) {
        None | Some(Value::Null) => None,
        Some(value) => reader.within(key, |reader| T::read(value, reader)),
    }
}

/// The object, or the problem that it is none.
pub fn object<'v, T: Wire, const TELLS: bool>(
    value: &'v Value,
    reader: &mut Reader<TELLS>,
) -> Option<&'v Object> {
    if let Value::Object(map) = value {
        return Some(map);
    }
    wrong_kind(T::EXPECTED, reader);
    None
}

/// Declares a struct that an author writes as a JSON object, its reader and (for authors) its schema.
///
/// `required` keys read as `T`, `optional` ones as `Option<T>`. If a required key is missing or wrong, the whole object is
/// `None`; all its other keys were read first, so that their problems are told too.
macro_rules! wire {
    ($(#[$meta:meta])* $name:ident is $expected:literal {
        $($(#[doc = $doc:literal])* $presence:ident $key:ident $(as $json:literal)? : $kind:ty,)*
    }) => {
        $(#[$meta])*
        #[allow(dead_code, reason = "some keys are only checked here: their elements are read one by one")]
        #[derive(Clone, Debug)]
        #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
        pub struct $name {
            $($(#[doc = $doc])* $(#[cfg_attr(feature = "author", schemars(rename = $json))])? pub $key: wire!(@type $presence $kind),)*
        }

        impl $crate::engine::format::reader::Wire for $name {
            const EXPECTED: &'static str = $expected;

            fn read<const TELLS: bool>(
                value: &$crate::engine::json::Value,
                reader: &mut $crate::engine::format::reader::Reader<TELLS>,
            ) -> Option<Self> {
                let map = $crate::engine::format::reader::object::<Self, TELLS>(value, reader)?;
                $(let $key = $crate::engine::format::reader::$presence::<$kind, TELLS>(
                    map, wire!(@name $key $($json)?), reader);)*
                Some(Self { $($key: wire!(@take $presence $key),)* })
            }
        }
    };
    (@type required $kind:ty) => { $kind };
    (@type optional $kind:ty) => { Option<$kind> };
    (@take required $key:ident) => { $key? };
    (@take optional $key:ident) => { $key };
    (@name $key:ident) => { stringify!($key) };
    (@name $key:ident $json:literal) => { $json };
}
pub(crate) use wire;

impl Wire for String {
    const EXPECTED: &'static str = "text in quotes";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        match value {
            Value::String(text) if text.len() > limits::TEXT_BYTES => {
                reader.error(
                    "text-too-long",
                    "This text is longer than 64 KiB: shorten it or split the question.",
                );
                None
            }
            Value::String(text) => Some(text.clone()),
            _ => {
                wrong_kind(Self::EXPECTED, reader);
                None
            }
        }
    }
}

impl Wire for bool {
    const EXPECTED: &'static str = "true or false";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        if let Value::Bool(yes) = value {
            return Some(*yes);
        }
        wrong_kind(Self::EXPECTED, reader);
        None
    }
}

impl Wire for u32 {
    const EXPECTED: &'static str = "a whole number, 0 or more";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let number = value
            .as_u64()
            .and_then(|number| Self::try_from(number).ok());
        if number.is_none() {
            wrong_kind(Self::EXPECTED, reader);
        }
        number
    }
}

impl<T: Wire> Wire for Vec<T> {
    const EXPECTED: &'static str = "a list in square brackets";

    /// Elements that cannot be read are left out; their problems are written down.
    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        let Value::Array(elements) = value else {
            wrong_kind(Self::EXPECTED, reader);
            return None;
        };
        let mut list = Self::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            list.extend(reader.within_element(index, |reader| T::read(element, reader)));
        }
        Some(list)
    }
}

/// A list: here only that it is one, and for authors how long it may be. Its elements are read with [`each`], so that one
/// bad element neither hides the problems of the next ones nor shifts their places.
#[derive(Clone, Copy, Debug)]
pub struct Listed<T, const MIN: usize = 0, const MAX: usize = { usize::MAX }>(PhantomData<T>);

impl<T, const MIN: usize, const MAX: usize> Wire for Listed<T, MIN, MAX> {
    const EXPECTED: &'static str = "a list in square brackets";

    fn read<const TELLS: bool>(value: &Value, reader: &mut Reader<TELLS>) -> Option<Self> {
        if value.is_array() {
            return Some(Self(PhantomData));
        }
        wrong_kind(Self::EXPECTED, reader);
        None
    }
}

/// Reads the elements of a list, at most `limit` of them; those that give `None` are left out.
pub fn each<'v, T, const TELLS: bool>(
    object: &'v Value,
    key: &str,
    limit: usize,
    reader: &mut Reader<TELLS>,
    mut read: impl FnMut(&'v Value, &mut Reader<TELLS>) -> Option<T>,
) -> Vec<T> {
    let elements = object
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    reader.within(key, |reader| {
        elements
            .iter()
            .take(limit)
            .enumerate()
            .filter_map(|(index, element)| {
                reader.within_element(index, |reader| read(element, reader))
            })
            .collect()
    })
}

/// The problem of an id that is taken.
pub fn duplicate<const TELLS: bool>(what: &str, id: &str, reader: &mut Reader<TELLS>) {
    reader.within("id", |reader| {
        reader.error_of(
            "duplicate-id",
            &[
                "Another ",
                what,
                " is called `",
                id,
                "` already: this one is left out. Give it an id of its own.",
            ],
        );
    });
}

/// Declares an enum that an author writes as one of a few words.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident is $expected:literal { $($(#[doc = $doc:literal])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[doc = $doc])* #[cfg_attr(feature = "author", schemars(rename = $word))] $variant,)*
        }

        impl $crate::engine::format::reader::Wire for $name {
            const EXPECTED: &'static str = $expected;

            fn read<const TELLS: bool>(
                value: &$crate::engine::json::Value,
                reader: &mut $crate::engine::format::reader::Reader<TELLS>,
            ) -> Option<Self> {
                match value.as_str() {
                    $(Some($word) => Some(Self::$variant),)*
                    _ => {
                        $crate::engine::format::reader::wrong_kind(Self::EXPECTED, reader);
                        None
                    }
                }
            }
        }
    };
}
pub(crate) use words;
