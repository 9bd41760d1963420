//! What a response to a question of the type `cloze` earns: four policies a row.

use super::{Marked, check_marks};

const MARKS: &[Marked] = &[
    // 2 lists (3, 2), 1 typed.
    Marked {
        question: r#""type":"cloze","text":"{{x}} {{y}} {{z}}","gaps":{"x":{"choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}, {"id":"c","text":"C"}]}, "y":{"choices":[{"id":"a","text":"A"}, {"id":"b","text":"B","correct":true}]}, "z":{"accept":"fast"}}"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("z=Fast", [0, 333, 333, 333]),
            ("z=slow", [0, 0, 0, 0]),
            ("y=a", [0, 0, 0, -333]),
            ("y=a|z=Fast", [0, 333, 0, 0]),
            ("y=a|z=slow", [0, 0, 0, -333]),
            ("y=b", [0, 333, 333, 333]),
            ("y=b|z=Fast", [0, 666, 666, 666]),
            ("y=b|z=slow", [0, 333, 333, 333]),
            ("x=a", [0, 333, 333, 333]),
            ("x=a|z=Fast", [0, 666, 666, 666]),
            ("x=a|z=slow", [0, 333, 333, 333]),
            ("x=a|y=a", [0, 333, 0, 0]),
            ("x=a|y=a|z=Fast", [0, 666, 333, 333]),
            ("x=a|y=a|z=slow", [0, 333, 0, 0]),
            ("x=a|y=b", [0, 666, 666, 666]),
            ("x=a|y=b|z=Fast", [1_000, 1_000, 1_000, 1_000]),
            ("x=a|y=b|z=slow", [0, 666, 666, 666]),
            ("x=b", [0, 0, 0, -166]),
            ("x=b|z=Fast", [0, 333, 166, 166]),
            ("x=b|z=slow", [0, 0, 0, -166]),
            ("x=b|y=a", [0, 0, 0, -500]),
            ("x=b|y=a|z=Fast", [0, 333, 0, -166]),
            ("x=b|y=a|z=slow", [0, 0, 0, -500]),
            ("x=b|y=b", [0, 333, 166, 166]),
            ("x=b|y=b|z=Fast", [0, 666, 500, 500]),
            ("x=b|y=b|z=slow", [0, 333, 166, 166]),
            ("x=c", [0, 0, 0, -166]),
            ("x=c|z=Fast", [0, 333, 166, 166]),
            ("x=c|z=slow", [0, 0, 0, -166]),
            ("x=c|y=a", [0, 0, 0, -500]),
            ("x=c|y=a|z=Fast", [0, 333, 0, -166]),
            ("x=c|y=a|z=slow", [0, 0, 0, -500]),
            ("x=c|y=b", [0, 333, 166, 166]),
            ("x=c|y=b|z=Fast", [0, 666, 500, 500]),
            ("x=c|y=b|z=slow", [0, 333, 166, 166]),
        ],
    },
    // 2 lists (4, 4), 0 typed.
    Marked {
        question: r#""type":"cloze","text":"{{x}}, then {{y}}","gaps":{"x":{"choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D","correct":true}]}, "y":{"choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D"}]}}"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("y=a", [0, 500, 500, 500]),
            ("y=b", [0, 0, 0, -166]),
            ("y=d", [0, 0, 0, -166]),
            ("x=a", [0, 0, 0, -166]),
            ("x=a|y=a", [0, 500, 333, 333]),
            ("x=a|y=b", [0, 0, 0, -333]),
            ("x=a|y=d", [0, 0, 0, -333]),
            ("x=c", [0, 0, 0, -166]),
            ("x=c|y=a", [0, 500, 333, 333]),
            ("x=c|y=b", [0, 0, 0, -333]),
            ("x=c|y=d", [0, 0, 0, -333]),
            ("x=d", [0, 500, 500, 500]),
            ("x=d|y=a", [1_000, 1_000, 1_000, 1_000]),
            ("x=d|y=b", [0, 500, 333, 333]),
            ("x=d|y=d", [0, 500, 333, 333]),
            ("y=a|x=d", [1_000, 1_000, 1_000, 1_000]),
            ("x=d|x=a|y=a", [1_000, 1_000, 1_000, 1_000]),
            ("x=zzz|y=a", [0, 500, 500, 500]),
            ("x|y=a", [0, 500, 500, 500]),
            ("q=a", [0, 0, 0, 0]),
        ],
    },
    // 0 lists (none), 2 typed.
    Marked {
        question: r#""type":"cloze","text":"{{p}}{{q}}","gaps":{"p":{"accept":"a=b"}, "q":{"accept":"c"}}"#,
        rows: &[
            ("", [0, 0, 0, 0]),
            ("q=C", [0, 500, 500, 500]),
            ("q=d", [0, 0, 0, 0]),
            ("p=a=b", [0, 500, 500, 500]),
            ("p=a=b|q=C", [1_000, 1_000, 1_000, 1_000]),
            ("p=a=b|q=d", [0, 500, 500, 500]),
            ("p=A=B", [0, 500, 500, 500]),
            ("p=A=B|q=C", [1_000, 1_000, 1_000, 1_000]),
            ("p=A=B|q=d", [0, 500, 500, 500]),
            ("p=b", [0, 0, 0, 0]),
            ("p=b|q=C", [0, 500, 500, 500]),
            ("p=b|q=d", [0, 0, 0, 0]),
            ("p= |q=c", [0, 500, 500, 500]),
        ],
    },
    // 3 lists (2, 3, 5), 1 typed.
    Marked {
        question: r#""type":"cloze","text":"{{x}} {{y}} {{z}} {{p}}","gaps":{"x":{"choices":[{"id":"a","text":"A","correct":true}, {"id":"b","text":"B"}]}, "y":{"choices":[{"id":"a","text":"A"}, {"id":"b","text":"B","correct":true}, {"id":"c","text":"C"}]}, "z":{"choices":[{"id":"a","text":"A"}, {"id":"b","text":"B"}, {"id":"c","text":"C"}, {"id":"d","text":"D"}, {"id":"e","text":"E","correct":true}]}, "p":{"accept":"yes"}}"#,
        rows: &[
            ("x=a|y=b|z=e|p=YES", [1_000, 1_000, 1_000, 1_000]),
            ("x=b|y=a|z=a|p=no", [0, 0, 0, -437]),
            ("x=a|y=b|z=e|p=no", [0, 750, 750, 750]),
            ("x=b|y=b|z=e|p=yes", [0, 750, 500, 500]),
            ("x=a|y=c|z=d", [0, 250, 62, 62]),
            ("z=d", [0, 0, 0, -62]),
            ("p=yes", [0, 250, 250, 250]),
            ("z=e|p=yes", [0, 500, 500, 500]),
        ],
    },
];

#[test]
fn every_gap_counts_and_guessing_costs_only_in_lists() {
    check_marks(MARKS);
}
