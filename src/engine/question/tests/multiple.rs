//! What a response to a question of the type `multiple` earns: four policies a row.

use super::{Marked, check_marks};

const MARKS: &[Marked] = &[
    // 2 choices, right are `a`.
    Marked {
        question: r#""type":"multiple","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [1_000, 1_000, 1_000, 1_000]),
            ("b", [0, 0, 0, -1_000]),
            ("a|b", [0, 0, 0, 0]),
        ],
    },
    // 3 choices, right are `a`, `b`.
    Marked {
        question: r#""type":"multiple","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B","correct":true}, {"id":"c","text":"C"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 500, 500, 500]),
            ("b", [0, 500, 500, 500]),
            ("c", [0, 0, 0, -1_000]),
            ("a|b", [1_000, 1_000, 1_000, 1_000]),
            ("a|c", [0, 0, 0, -500]),
            ("b|c", [0, 0, 0, -500]),
            ("a|b|c", [0, 500, 0, 0]),
        ],
    },
    // 4 choices, right are `a`, `b`.
    Marked {
        question: r#""type":"multiple","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B","correct":true}, {"id":"c","text":"C"}, {"id":"d","text":"D"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 500, 500, 500]),
            ("b", [0, 500, 500, 500]),
            ("c", [0, 0, 0, -500]),
            ("d", [0, 0, 0, -500]),
            ("a|b", [1_000, 1_000, 1_000, 1_000]),
            ("a|c", [0, 0, 0, 0]),
            ("a|d", [0, 0, 0, 0]),
            ("b|c", [0, 0, 0, 0]),
            ("b|d", [0, 0, 0, 0]),
            ("c|d", [0, 0, 0, -1_000]),
            ("a|b|c", [0, 500, 500, 500]),
            ("a|b|d", [0, 500, 500, 500]),
            ("a|c|d", [0, 0, 0, -500]),
            ("b|c|d", [0, 0, 0, -500]),
            ("a|b|c|d", [0, 0, 0, 0]),
        ],
    },
    // 5 choices, right are `a`, `c`, `e`.
    Marked {
        question: r#""type":"multiple","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}, {"id":"c","text":"C","correct":true}, {"id":"d","text":"D"}, {"id":"e","text":"E","correct":true}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("b", [0, 0, 0, -500]),
            ("d", [0, 0, 0, -500]),
            ("a|b", [0, 0, 0, -166]),
            ("a|d", [0, 0, 0, -166]),
            ("b|c", [0, 0, 0, -166]),
            ("b|e", [0, 0, 0, -166]),
            ("c|e", [0, 666, 666, 666]),
            ("a|b|c", [0, 333, 166, 166]),
            ("a|b|e", [0, 333, 166, 166]),
            ("a|c|e", [1_000, 1_000, 1_000, 1_000]),
            ("b|c|d", [0, 0, 0, -666]),
            ("b|d|e", [0, 0, 0, -666]),
            ("a|b|c|d", [0, 0, 0, -333]),
            ("a|b|d|e", [0, 0, 0, -333]),
            ("b|c|d|e", [0, 0, 0, -333]),
            ("e|c|a", [1_000, 1_000, 1_000, 1_000]),
            ("a|a|a", [0, 333, 333, 333]),
            ("a|zzz", [0, 333, 333, 333]),
        ],
    },
    // 4 choices, right are `a`, `b`, `c`, `d`.
    Marked {
        question: r#""type":"multiple","choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B","correct":true}, {"id":"c","text":"C","correct":true}, {"id":"d","text":"D","correct":true}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("a", [0, 250, 250, 250]),
            ("b", [0, 250, 250, 250]),
            ("c", [0, 250, 250, 250]),
            ("d", [0, 250, 250, 250]),
            ("a|b", [0, 500, 500, 500]),
            ("a|c", [0, 500, 500, 500]),
            ("a|d", [0, 500, 500, 500]),
            ("b|c", [0, 500, 500, 500]),
            ("b|d", [0, 500, 500, 500]),
            ("c|d", [0, 500, 500, 500]),
            ("a|b|c", [0, 750, 750, 750]),
            ("a|b|d", [0, 750, 750, 750]),
            ("a|c|d", [0, 750, 750, 750]),
            ("b|c|d", [0, 750, 750, 750]),
            ("a|b|c|d", [1_000, 1_000, 1_000, 1_000]),
        ],
    },
    // 6 choices, right are `c`, `d`.
    Marked {
        question: r#""type":"multiple","choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C","correct":true}, {"id":"d","text":"D","correct":true}, {"id":"e","text":"E"}, {"id":"f","text":"F"}]"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("d", [0, 500, 500, 500]),
            ("a|c", [0, 0, 250, 250]),
            ("b|c", [0, 0, 250, 250]),
            ("c|d", [1_000, 1_000, 1_000, 1_000]),
            ("d|f", [0, 0, 250, 250]),
            ("a|b|e", [0, 0, 0, -750]),
            ("a|c|f", [0, 0, 0, 0]),
            ("b|c|d", [0, 500, 750, 750]),
            ("b|d|f", [0, 0, 0, 0]),
            ("c|e|f", [0, 0, 0, 0]),
            ("a|b|c|f", [0, 0, 0, -250]),
            ("a|c|d|e", [0, 0, 500, 500]),
            ("b|c|d|e", [0, 0, 500, 500]),
            ("c|d|e|f", [0, 0, 500, 500]),
            ("a|b|d|e|f", [0, 0, 0, -500]),
        ],
    },
];

#[test]
fn several_right_choices() {
    check_marks(MARKS);
}
