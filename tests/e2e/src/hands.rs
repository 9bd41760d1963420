//! Keys and fingers: what a reader does beside clicking, each gesture in one command of `WebDriver`.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::Outcome;
use crate::page::Page;

impl Page<'_> {
    /// Presses keys one after the other; they go to whatever has the focus. A [`Key`] stands in the text as its character.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn press_all(&self, keys: &str) -> Outcome {
        let strokes: Vec<Value> = keys.chars().flat_map(stroke).collect();
        self.browser().perform(keyboard(&strokes)).await
    }

    /// Presses Tab so many times; Shift-Tab, if the number is negative.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn tab(&self, stops: i64) -> Outcome {
        let times = usize::try_from(stops.unsigned_abs()).unwrap_or(0);
        let mut strokes: Vec<Value> = stroke(Key::Tab.value())
            .into_iter()
            .cycle()
            .take(2 * times)
            .collect();
        if stops < 0 {
            let shift = Key::Shift.value();
            strokes.insert(0, json!({ "type": "keyDown", "value": shift }));
            strokes.push(json!({ "type": "keyUp", "value": shift }));
        }
        self.browser().perform(keyboard(&strokes)).await
    }

    /// Presses the mouse at a place of the window and lets it go: once, or several times with pauses in milliseconds between.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn mouse(&self, x: f64, y: f64, pauses: &[u64]) -> Outcome {
        let once = ["pointerDown", "pointerUp"].map(|kind| json!({ "type": kind, "button": 0 }));
        let mut actions = vec![moved(x, y)];
        actions.extend(once.clone());
        for pause in pauses {
            actions.push(json!({ "type": "pause", "duration": pause }));
            actions.extend(once.clone());
        }
        self.browser().perform(pointer("mouse", &actions)).await
    }

    /// Puts a finger on a place of the window and lifts it again.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn touch(&self, x: f64, y: f64) -> Outcome {
        let actions = [
            moved(x, y),
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        ];
        self.browser().perform(pointer("touch", &actions)).await
    }

    /// Drags with the mouse from one place of the window to another, by a place between them.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn drag(&self, from: (f64, f64), to: (f64, f64)) -> Outcome {
        let between = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        let actions = [
            moved(from.0, from.1),
            json!({ "type": "pointerDown", "button": 0 }),
            moved(between.0, between.1),
            moved(to.0, to.1),
            json!({ "type": "pointerUp", "button": 0 }),
        ];
        self.browser().perform(pointer("mouse", &actions)).await
    }
}

fn stroke(key: char) -> [Value; 2] {
    ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key }))
}

fn keyboard(strokes: &[Value]) -> Value {
    json!([{ "type": "key", "id": "keyboard", "actions": strokes }])
}

fn pointer(kind: &str, actions: &[Value]) -> Value {
    json!([{ "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions }])
}

/// `WebDriver` takes whole pixels.
#[expect(
    clippy::cast_possible_truncation,
    reason = "places on a screen are small"
)]
fn moved(x: f64, y: f64) -> Value {
    json!({ "type": "pointerMove", "duration": 0, "origin": "viewport", "x": x as i64, "y": y as i64 })
}
