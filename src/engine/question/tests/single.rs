//! What a response to a question of the type `single` earns: four policies a row.

use super::{Marked, check_marks};

const MARKS: &[Marked] = &[
    // 2 choices, `a` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [1_000, 1_000, 1_000, 1_000]),
            ("b", [0, 0, 0, -1_000]),
        ],
    },
    // 2 choices, `b` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B","correct":true}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 0, 0, -1_000]),
            ("b", [1_000, 1_000, 1_000, 1_000]),
        ],
    },
    // 3 choices, `b` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B","correct":true}, {"id":"c","text":"C"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 0, 0, -500]),
            ("b", [1_000, 1_000, 1_000, 1_000]),
            ("c", [0, 0, 0, -500]),
        ],
    },
    // 4 choices, `a` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [1_000, 1_000, 1_000, 1_000]),
            ("b", [0, 0, 0, -333]),
            ("c", [0, 0, 0, -333]),
            ("d", [0, 0, 0, -333]),
            ("zzz|a", [1_000, 1_000, 1_000, 1_000]),
            ("a|a", [1_000, 1_000, 1_000, 1_000]),
            ("zzz", [0, 0, 0, 0]),
        ],
    },
    // 4 choices, `d` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D","correct":true}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 0, 0, -333]),
            ("b", [0, 0, 0, -333]),
            ("c", [0, 0, 0, -333]),
            ("d", [1_000, 1_000, 1_000, 1_000]),
            ("zzz|d", [1_000, 1_000, 1_000, 1_000]),
            ("d|d", [1_000, 1_000, 1_000, 1_000]),
            ("zzz", [0, 0, 0, 0]),
        ],
    },
    // 5 choices, `c` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C","correct":true}, {"id":"d","text":"D"}, {"id":"e","text":"E"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 0, 0, -250]),
            ("b", [0, 0, 0, -250]),
            ("c", [1_000, 1_000, 1_000, 1_000]),
            ("d", [0, 0, 0, -250]),
            ("e", [0, 0, 0, -250]),
        ],
    },
    // 6 choices, `f` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D"}, {"id":"e","text":"E"}, {"id":"f","text":"F","correct":true}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 0, 0, -200]),
            ("b", [0, 0, 0, -200]),
            ("c", [0, 0, 0, -200]),
            ("d", [0, 0, 0, -200]),
            ("e", [0, 0, 0, -200]),
            ("f", [1_000, 1_000, 1_000, 1_000]),
        ],
    },
    // 7 choices, `a` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D"}, {"id":"e","text":"E"}, {"id":"f","text":"F"}, {"id":"g","text":"G"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [1_000, 1_000, 1_000, 1_000]),
            ("b", [0, 0, 0, -166]),
            ("c", [0, 0, 0, -166]),
            ("d", [0, 0, 0, -166]),
            ("e", [0, 0, 0, -166]),
            ("f", [0, 0, 0, -166]),
            ("g", [0, 0, 0, -166]),
        ],
    },
    // 8 choices, `e` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D"}, {"id":"e","text":"E","correct":true}, {"id":"f","text":"F"}, {"id":"g","text":"G"}, {"id":"h","text":"H"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 0, 0, -142]),
            ("b", [0, 0, 0, -142]),
            ("c", [0, 0, 0, -142]),
            ("d", [0, 0, 0, -142]),
            ("e", [1_000, 1_000, 1_000, 1_000]),
            ("f", [0, 0, 0, -142]),
            ("g", [0, 0, 0, -142]),
            ("h", [0, 0, 0, -142]),
        ],
    },
    // 11 choices, `k` is right.
    Marked {
        question: r#""type":"single","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D"}, {"id":"e","text":"E"}, {"id":"f","text":"F"}, {"id":"g","text":"G"}, {"id":"h","text":"H"}, {"id":"i","text":"I"}, {"id":"j","text":"J"}, {"id":"k","text":"K","correct":true}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 0, 0, -100]),
            ("b", [0, 0, 0, -100]),
            ("c", [0, 0, 0, -100]),
            ("d", [0, 0, 0, -100]),
            ("e", [0, 0, 0, -100]),
            ("f", [0, 0, 0, -100]),
            ("g", [0, 0, 0, -100]),
            ("h", [0, 0, 0, -100]),
            ("i", [0, 0, 0, -100]),
            ("j", [0, 0, 0, -100]),
            ("k", [1_000, 1_000, 1_000, 1_000]),
        ],
    },
];

#[test]
fn one_right_choice() {
    check_marks(MARKS);
}
