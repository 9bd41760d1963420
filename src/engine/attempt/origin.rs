//! Which set an attempt is of. An id alone does not say it: authors copy a sample and leave its id as it is, so that two sets of
//! one site have the same. What tells them apart is the address, and where that differs, the questions.

use super::Attempt;
use crate::engine::question::fingerprint::fingerprint;
use crate::engine::set::QuestionSet;

/// What a set is known by beside its id.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Where it is: the address of its file, or of the page that it stands in.
    address: String,
    /// The ids of its questions, each with its fingerprint.
    questions: Vec<(String, u32)>,
}

impl Origin {
    /// A set's, at an address.
    pub fn new(set: &QuestionSet, address: String) -> Self {
        let questions = set.questions.iter().map(|question| {
            let print = fingerprint(question, &set.language);
            (question.id.clone(), print)
        });
        Self {
            address,
            questions: questions.collect(),
        }
    }

    fn print(&self, question: &str) -> Option<u32> {
        let mut own = self.questions.iter();
        own.find(|(id, _)| id == question).map(|(_, print)| *print)
    }

    /// Whether an attempt under the set's id is of this set: begun at this address, or nobody knows where; or of questions
    /// of which at least half are the same here, since one set may be served at two addresses, or move.
    pub fn is_of(&self, attempt: &Attempt) -> bool {
        if attempt.origin.is_empty() || attempt.origin == self.address {
            return true;
        }
        let (mut shared, mut all) = (0, 0);
        for answer in attempt.answers.iter().chain(&attempt.removed) {
            all += 1;
            shared += usize::from(self.print(&answer.question) == Some(answer.print));
        }
        shared * 2 >= all
    }

    /// The fingerprints of an attempt's questions, in its order; 0 for what the set does not have.
    pub fn prints(&self, attempt: &Attempt) -> Vec<(String, u32)> {
        let answers = attempt.answers.iter().map(|answer| {
            let print = self.print(&answer.question).unwrap_or(0);
            (answer.question.clone(), print)
        });
        answers.collect()
    }

    /// Writes down where an attempt began, unless that is known, and what it asks. `prints` are those of its questions.
    pub fn sign(&self, attempt: &mut Attempt, prints: &[(String, u32)]) {
        if attempt.origin.is_empty() {
            attempt.origin.clone_from(&self.address);
        }
        for (answer, (_, print)) in attempt.answers.iter_mut().zip(prints) {
            answer.print = *print;
        }
    }
}
