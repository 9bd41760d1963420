//! What a reader should know about how their answers are kept. Words for it are with the later screens.

/// One thing to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// Nothing can be kept in this browser beyond the page.
    NotKept,
    /// localStorage is full or refused; the journal has it.
    JournalOnly,
    /// So many stored records could not be read, and were set aside.
    SetAside(usize),
    /// A later version of the widget wrote so many results: they can be seen, not changed.
    Newer(usize),
    /// The question set was changed since the sitting began; so many of its questions are gone.
    Edited(usize),
    /// What is stored takes more room than we want of a site; so many of the oldest results could be shortened.
    TooMuch(usize),
    /// What came of an import: so many records came in, were here already, could not be used.
    Imported([usize; 3]),
    /// A file is no export of this set.
    NotImported,
    /// The browser was given a file with everything; nobody can say whether the reader got it.
    Exported,
    /// A file is larger than an export can be, or has more records.
    ImportTooLarge,
    /// Not all of an import had room.
    NoRoom,
    /// Everything was deleted.
    Deleted,
    /// The browser did not delete everything.
    NotDeleted,
    /// Everything was deleted in another page while a sitting goes on here: it is kept only if the reader says so.
    DeletedElsewhere,
}

impl Concern {
    /// Whether both are of one kind, whatever their numbers.
    pub fn is_like(self, other: Self) -> bool {
        core::mem::discriminant(&self) == core::mem::discriminant(&other)
    }
}
