//! The JavaScript beside the main module, as wasm-bindgen writes it: gives what passes between the two short names, and
//! takes out what nothing uses any more once the Wasm was made smaller.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::{Outcome, repository};

/// The classes of `wasm-streams`. Leptos depends on it for server functions, which a quiz without a server has none of;
/// but what is exported stays, and everything that it needs with it.
pub const STREAMS: &str = "IntoUnderlying";

/// Where the main module imports its functions from.
const GLUE: &str = "./mondai_bg.js";

/// Takes the exports of [`STREAMS`] out of a module, and gives its functions short names on both sides. Names end in random
/// digits, which no compressor can shorten, and every reader downloads each of them twice.
pub fn tighten(module: &Path, script: &Path) -> Outcome {
    let failed = |error| format!("{} cannot be made smaller: {error}.", module.display());
    let mut wasm = walrus::Module::from_file(module).map_err(failed)?;
    let streams: Vec<walrus::ExportId> = wasm
        .exports
        .iter()
        .filter(|export| export.name.contains(&STREAMS.to_lowercase()))
        .map(walrus::Export::id)
        .collect();
    for export in streams {
        wasm.exports.delete(export);
    }
    strand(&mut wasm);
    let mut names = BTreeMap::new();
    let imports = wasm.imports.iter_mut();
    for import in imports.filter(|import| import.module == GLUE) {
        let short = format!("i{}", names.len());
        let long = core::mem::replace(&mut import.name, short.clone());
        names.insert(long, short);
    }
    // What calls back into closures; the other exports keep the names that people know them by.
    let exports = wasm.exports.iter_mut();
    for export in exports.filter(|export| export.name.starts_with("wasm_bindgen_")) {
        let short = format!("e{}", names.len());
        let long = core::mem::replace(&mut export.name, short.clone());
        names.insert(long, short);
    }
    let text = fs::read_to_string(script)
        .map_err(|error| format!("{} cannot be read: {error}.", script.display()))?;
    fs::write(script, renamed(&text, &names))
        .map_err(|error| format!("{} cannot be written: {error}.", script.display()))?;
    wasm.emit_wasm_file(module).map_err(failed)
}

/// The crate behind [`STREAMS`].
const STREAMS_CRATE: &str = "wasm_streams";

/// Puts a trap in the place of every function of [`STREAMS_CRATE`] that the table names. Without the exports nobody makes a
/// stream, so nobody calls these; but what stands in the table stays, and everything that it needs with it.
fn strand(wasm: &mut walrus::Module) {
    let is_stranded: BTreeSet<walrus::FunctionId> = (wasm.funcs.iter())
        .filter(|function| {
            let name = function.name.as_deref();
            name.is_some_and(|name| name.contains(STREAMS_CRATE))
        })
        .map(walrus::Function::id)
        .collect();
    let mut trap = walrus::FunctionBuilder::new(&mut wasm.types, &[], &[]);
    trap.func_body().unreachable();
    let trap = trap.finish(Vec::new(), &mut wasm.funcs);
    for element in wasm.elements.iter_mut() {
        if let walrus::ElementItems::Functions(functions) = &mut element.items {
            for function in functions.iter_mut() {
                if is_stranded.contains(function) {
                    *function = trap;
                }
            }
        }
    }
}

/// The text with whole words replaced.
fn renamed(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest
            .find(|letter| !is_of_name(letter))
            .unwrap_or(rest.len());
        let (own, after) = rest.split_at(word);
        new.push_str(names.get(own).map_or(own, String::as_str));
        let other = after.find(is_of_name).unwrap_or(after.len());
        new.push_str(&after[..other]);
        rest = &after[other..];
    }
    new
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Rewrites a glue script: without the classes of [`STREAMS`], and without functions that no module in `modules` imports.
pub fn shorten(script: &Path, modules: &Path) -> Outcome {
    let mut imported = BTreeSet::new();
    for file in repository::files_under(modules) {
        if file
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            let wasm = walrus::Module::from_file(&file)
                .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
            imported.extend(wasm.imports.iter().map(|import| import.name.clone()));
        }
    }
    let text = fs::read_to_string(script)
        .map_err(|error| format!("{} cannot be read: {error}.", script.display()))?;
    fs::write(script, without(&text, &|name| imported.contains(name)))
        .map_err(|error| format!("{} cannot be written: {error}.", script.display()))
}

/// The text without what is not used. Goes by how wasm-bindgen lays its lines out; what it does not recognise stays.
fn without(text: &str, is_imported: &dyn Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    // What ends the part that is being left out, if one is.
    let mut until: Option<fn(&str) -> bool> = None;
    for line in text.lines() {
        if let Some(ends) = until {
            if !ends(line) {
                continue;
            }
            until = None;
            if line == "}" {
                continue;
            }
        }
        if line.starts_with("export class ") && line.contains(STREAMS) {
            until = Some(|line| line == "}");
            continue;
        }
        if line.starts_with("if (Symbol.dispose)") && line.contains(STREAMS) {
            continue;
        }
        if import_of(line).is_some_and(|name| !is_imported(name)) {
            until = Some(|line| import_of(line).is_some() || line == "    };");
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// The name of the imported function whose first line this is.
fn import_of(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("        ")?.split_once(": function(")?;
    (!rest.is_empty() && name.chars().all(is_of_name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_renamed_and_nothing_else() {
        let names = [("__wbg_a_1", "i0"), ("wasm_bindgen_x", "e1")]
            .map(|(long, short)| (long.to_owned(), short.to_owned()))
            .into();
        assert_eq!(
            renamed("  __wbg_a_1: f(wasm.wasm_bindgen_x(__wbg_a_12)) é", &names),
            "  i0: f(wasm.e1(__wbg_a_12)) é"
        );
        assert_eq!(renamed("__wbg_a_1", &names), "i0");
    }

    #[test]
    fn a_table_names_no_stranded_function() {
        let mut wasm = walrus::Module::with_config(walrus::ModuleConfig::new());
        let function = |wasm: &mut walrus::Module, name: &str| {
            let mut builder = walrus::FunctionBuilder::new(&mut wasm.types, &[], &[]);
            builder.name(name.to_owned()).func_body();
            builder.finish(Vec::new(), &mut wasm.funcs)
        };
        let [ours, theirs] =
            ["mondai::press", "wasm_streams::readable::pull"].map(|name| function(&mut wasm, name));
        let items = walrus::ElementItems::Functions(vec![ours, theirs, ours]);
        let element = wasm.elements.add(walrus::ElementKind::Declared, items);
        strand(&mut wasm);
        let walrus::ElementItems::Functions(after) = &wasm.elements.get(element).items else {
            panic!("these were functions");
        };
        assert_eq!((after[0], after[2]), (ours, ours));
        assert_ne!(after[1], theirs);
    }

    #[test]
    fn what_nobody_imports_goes_and_the_rest_stays() {
        let text = "export class Handle {\n    free() {}\n}\nexport class IntoUnderlyingSink {\n    free() {}\n}\nif (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;\nfunction __wbg_get_imports() {\n    const import0 = {\n        __proto__: null,\n        __wbg_used_1: function(arg0) {\n            return arg0;\n        },\n        __wbg_gone_2: function(arg0) { return handleError(function (arg0) {\n            return arg0;\n        }, arguments); },\n        __wbg_last_3: function() {\n        },\n    };\n}\n";
        let expected = "export class Handle {\n    free() {}\n}\nfunction __wbg_get_imports() {\n    const import0 = {\n        __proto__: null,\n        __wbg_used_1: function(arg0) {\n            return arg0;\n        },\n        __wbg_last_3: function() {\n        },\n    };\n}\n";
        let used = |name: &str| name != "__wbg_gone_2";
        assert_eq!(without(text, &used), expected);
        assert_eq!(
            without(expected, &used),
            expected,
            "nothing more to take out"
        );
    }
}
