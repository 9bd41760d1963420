//! Words of the rarer question types, in their chunk. Must not be reached from the main module.

use crate::engine::text::primary;

/// Every word of those screens. `{}` stands for a value.
pub struct PartsStrings {
    /// The BCP 47 tag of the language.
    pub language: &'static str,
    /// A control of something: control, thing.
    pub of: &'static str,
    /// What to do in an ordering: how many.
    pub order: &'static str,
    /// Heading of the items chosen.
    pub chosen: &'static str,
    /// No item is chosen.
    pub none_chosen: &'static str,
    /// Heading of the items left.
    pub available: &'static str,
    /// No item is left.
    pub none_available: &'static str,
    /// Every place is taken.
    pub full: &'static str,
    /// Button: add an item.
    pub add: &'static str,
    /// Button: move an item up.
    pub up: &'static str,
    /// Button: move an item down.
    pub down: &'static str,
    /// Button: take an item out.
    pub remove: &'static str,
    /// Announcement: item, place, of how many.
    pub position_of: &'static str,
    /// Announcement: an item was taken out.
    pub removed: &'static str,
    /// What to do in a matching.
    pub match_each: &'static str,
    /// The empty option of a list.
    pub choose: &'static str,
    /// What to do in a text question.
    pub type_text: &'static str,
    /// What to do in a numeric question.
    pub type_number: &'static str,
    /// What is typed is no number.
    pub no_number: &'static str,
    /// What a typed number was read as.
    pub read_as: &'static str,
    /// The same, where its decimal mark could as well separate groups.
    pub read_as_decimal: &'static str,
    /// Button: the other sign.
    pub sign: &'static str,
    /// Button: a power of ten.
    pub power: &'static str,
    /// What to do in a cloze.
    pub fill: &'static str,
    /// Name of a gap: number, of how many.
    pub gap_of: &'static str,
    /// Verdict: right.
    pub correct: &'static str,
    /// Verdict: wrong.
    pub incorrect: &'static str,
    /// Verdict: nothing given.
    pub unanswered: &'static str,
    /// Label of what the reader gave.
    pub your_answer: &'static str,
    /// Label of what is right.
    pub correct_answer: &'static str,
    /// Column: place in the order.
    pub position: &'static str,
    /// Column: the right order.
    pub correct_order: &'static str,
    /// Heading of the items that the order leaves out.
    pub left_out: &'static str,
}

/// English.
pub const EN: PartsStrings = PartsStrings {
    language: "en",
    of: "{}: {}",
    order: "Choose {} and put them in the right order.",
    chosen: "Your order",
    none_chosen: "Nothing chosen yet.",
    available: "Available",
    none_available: "Nothing left.",
    full: "Every place is taken. To add another one, remove one first.",
    add: "Add",
    up: "Move up",
    down: "Move down",
    remove: "Remove",
    position_of: "{}, position {} of {}",
    removed: "{}, removed",
    match_each: "Choose one for each. The same one may fit more than once.",
    choose: "Choose…",
    type_text: "Type your answer.",
    type_number: "Type a number.",
    no_number: "This cannot be read as a number yet.",
    read_as: "Read as {}",
    read_as_decimal: "Read as {} (with decimals)",
    sign: "Change the sign",
    power: "×10ⁿ, times a power of ten",
    fill: "Fill in the gaps.",
    gap_of: "Gap {} of {}",
    correct: "Correct",
    incorrect: "Incorrect",
    unanswered: "Not answered",
    your_answer: "Your answer",
    correct_answer: "Correct answer",
    position: "No.",
    correct_order: "Correct order",
    left_out: "Not part of the order",
};

/// Japanese.
pub const JA: PartsStrings = PartsStrings {
    language: "ja",
    of: "{}: {}",
    order: "{}個選び、正しい順番に並べてください。",
    chosen: "あなたの順番",
    none_chosen: "まだ選ばれていません。",
    available: "選べる項目",
    none_available: "残りはありません。",
    full: "すべて選び終えました。別のものを追加するには、先に1つ外してください。",
    add: "追加",
    up: "上へ移動",
    down: "下へ移動",
    remove: "外す",
    position_of: "{}、{}番目(全{}個)",
    removed: "{}を外しました",
    match_each: "それぞれに1つずつ選んでください。同じものが何度も当てはまることがあります。",
    choose: "選択…",
    type_text: "解答を入力してください。",
    type_number: "数値を入力してください。",
    no_number: "まだ数値として読み取れません。",
    read_as: "{}として読み取りました",
    read_as_decimal: "{}(小数)として読み取りました",
    sign: "符号を切り替える",
    power: "×10ⁿ、10の累乗を掛ける",
    fill: "空欄を埋めてください。",
    gap_of: "空欄 {} / {}",
    correct: "正解",
    incorrect: "不正解",
    unanswered: "未解答",
    your_answer: "あなたの解答",
    correct_answer: "正しい解答",
    position: "番号",
    correct_order: "正しい順番",
    left_out: "使わない項目",
};

/// The words for a language tag; English where there is no better.
pub fn for_language(tag: &str) -> &'static PartsStrings {
    let is_japanese = primary(tag).eq_ignore_ascii_case(JA.language);
    if is_japanese { &JA } else { &EN }
}
