//! What a person does with whole functions and files: moves them, deletes them, puts others beside them.

use camino::Utf8Path;
use routegen::progress::Progress;
use routegen::project::State;

use super::ledger::{Touched, Written};
use super::outline::line_end;
use super::person::{Person, is_at_line_start};
use super::pieces;
use super::sheet::Sheet;

/// A macro call that may define anything: `sync` asks where a new handler is.
const OPAQUE: &str = "opaque_";

impl Person {
    /// Moves a handler to a module beside its file, and re-exports it.
    pub fn move_out(&mut self, file: &Utf8Path) -> bool {
        if file.file_name() != Some("route.rs") {
            return false;
        }
        let mut moved = None;
        let done = self.edit(
            file,
            |_| true,
            |sheet, outline, function, _| {
                let end = line_end(&sheet.text, function.whole.end);
                let range = function.whole.start..end;
                let text = &sheet.text;
                let inside = sheet.ledger.ranges(file, text);
                let crosses = |piece: &std::ops::Range<usize>| {
                    piece.start < range.end
                        && range.start < piece.end
                        && !(range.start <= piece.start && piece.end <= range.end)
                };
                let at = line_end(text, outline.imports_end);
                if inside.iter().any(crosses)
                    || !sheet.is_free(&(at..at))
                    || outline.imports_end >= range.start
                    || !is_at_line_start(text, range.start)
                {
                    return false;
                }
                let word = sheet.ledger.word();
                let handler = text[range.clone()].to_owned();
                let cut = handler.clone();
                sheet
                    .ledger
                    .written
                    .retain(|written| written.file != file || !cut.contains(&written.text));
                sheet.text.replace_range(range, "");
                let name = &function.name;
                let link = format!("mod moved_{word};\npub use moved_{word}::{name};\n");
                let at = line_end(&sheet.text, outline.imports_end);
                *sheet.ledger.touch(file, name) = Touched::ALL;
                moved = Some((
                    file.with_file_name(format!("moved_{word}.rs")),
                    format!("use super::*;\n\n{handler}"),
                ));
                let imports = sheet.is_free(&(at..at));
                assert!(imports, "a piece of {file} spans the end of its imports");
                sheet.write(at..at, "", &link)
            },
        );
        if let Some((path, text)) = moved {
            std::fs::write(self.root.join(&path), &text).expect("the file can be written");
            self.ledger.note(&path, text);
        }
        done
    }

    /// Moves a handler behind all others.
    pub fn reorder(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, outline, function, _| {
                let range = function.whole.start..line_end(&sheet.text, function.whole.end);
                let cut = sheet.text[range.clone()].to_owned();
                let pieces = sheet.ledger.ranges(file, &sheet.text);
                let crosses = |piece: &std::ops::Range<usize>| {
                    piece.start < range.end && range.start < piece.end
                };
                if outline.functions.len() < 2
                    || pieces.iter().any(crosses)
                    || !is_at_line_start(&sheet.text, range.start)
                {
                    return false;
                }
                sheet.text.replace_range(range, "");
                let newline = if sheet.text.ends_with('\n') {
                    "\n"
                } else {
                    "\n\n"
                };
                sheet.text.push_str(&format!("{newline}{cut}"));
                sheet.ledger.files.insert(file.to_owned());
                true
            },
        )
    }

    pub fn put_beside(&mut self, file: &Utf8Path) -> bool {
        if file.file_name() != Some("route.rs") {
            return false;
        }
        let word = self.ledger.word();
        let is_module = !self.dice.once_in(3);
        let done = !is_module
            || self.edit(
                file,
                |_| true,
                |sheet, outline, _, _| {
                    let at = line_end(&sheet.text, outline.imports_end);
                    sheet.write(at..at, "", &format!("pub mod queries_{word};\n"))
                },
            );
        if done {
            let name = if is_module {
                format!("queries_{word}.rs")
            } else {
                format!("notes_{word}.md")
            };
            self.write_file(&file.with_file_name(name), pieces::beside(&word));
        }
        done
    }

    pub fn own_route(&mut self, file: &Utf8Path) -> bool {
        let word = self.ledger.word();
        let below = match self.dice.once_in(2) {
            true => Utf8Path::new("app"),
            false => file.parent().expect("files lie in folders"),
        };
        // Nothing may follow what takes the rest of a URL.
        if below.as_str().contains("[...") || below.as_str().contains("[[") {
            return false;
        }
        let folder = below.join(format!("own-{word}"));
        self.write_file(&folder.join("route.rs"), pieces::own_route(&word));
        if self.dice.once_in(3) {
            self.write_file(&folder.join("notes.md"), pieces::beside(&word));
        }
        true
    }

    /// Another editor: CRLF or plain line ends, with a byte order mark or none.
    pub fn change_line_ends(&mut self, file: &Utf8Path) -> bool {
        let Some((mut sheet, outline)) = Sheet::open(&self.root, file, &mut self.ledger) else {
            return false;
        };
        match self.dice.below(3) {
            0 if outline.start == 0 => sheet.text.insert(0, '\u{feff}'),
            _ => {
                let to_crlf = !sheet.text.contains('\r');
                let convert = |text: &str| match to_crlf {
                    true => text.replace('\n', "\r\n"),
                    false => text.replace("\r\n", "\n"),
                };
                let pieces = sheet.ledger.written.iter_mut();
                pieces
                    .filter(|written| written.file == file)
                    .for_each(|written| written.text = convert(&written.text));
                sheet.text = convert(&sheet.text);
            }
        }
        sheet.ledger.files.insert(file.to_owned());
        sheet.save(&self.root);
        true
    }

    /// A licence at the file's head.
    pub fn head(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, outline, _, _| {
                let word = sheet.ledger.word();
                let at = outline.start;
                sheet.write(at..at, "", &format!("// © {word} Öl & Söhne\n\n"))
            },
        )
    }

    /// A file of the project that is written once: the state, the errors, the library's root.
    pub fn edit_elsewhere(&mut self, _: &Utf8Path) -> bool {
        let word = self.ledger.word();
        let upper = word.to_uppercase();
        let files = [
            "app/state.rs",
            "app/error.rs",
            "app/middleware.rs",
            "app/lib.rs",
            "src/main.rs",
        ];
        let path = Utf8Path::new(files[self.dice.below(files.len())]);
        let Ok(text) = std::fs::read_to_string(self.root.join(path)) else {
            return false;
        };
        let mut piece = format!("\n// {word} → mine\npub const OWN_{upper}: u8 = 1;\n");
        if path == "app/lib.rs" {
            piece.push_str(&format!("pub mod own_{word};\n"));
            self.write_file(
                Utf8Path::new(&format!("app/own_{word}.rs")),
                pieces::beside(&word),
            );
        }
        std::fs::write(self.root.join(path), format!("{text}{piece}"))
            .expect("the file can be written");
        self.ledger.note(path, piece);
        true
    }

    /// Takes a stub away that nobody wrote into.
    pub fn delete_function(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |touched| touched == Touched::default(),
            |sheet, _, function, _| {
                let range = function.whole.clone();
                let free = sheet.is_free(&range);
                if free {
                    sheet.text.replace_range(range, "");
                    sheet.ledger.files.insert(file.to_owned());
                }
                free
            },
        )
    }

    /// Takes a file away; what was written in it is gone by its owner's will.
    pub fn delete_file(&mut self, file: &Utf8Path) -> bool {
        if self.ledger.files.contains(file) {
            return false;
        }
        std::fs::remove_file(self.root.join(file)).expect("the file can be removed");
        true
    }

    /// Writes a macro call that may define anything.
    pub fn hide(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, _, _, _| {
                let word = sheet.ledger.word();
                let piece =
                    format!("macro_rules! {OPAQUE}{word} {{ () => {{}} }}\n{OPAQUE}{word}!();\n");
                sheet.write_below(sheet.text.len(), &piece)
            },
        )
    }

    /// Deletes every handler that the contract doesn't know any more.
    pub fn bury(&mut self) -> Result<(), String> {
        let comparison = routegen::pipeline::compare(&self.root, &Progress::default())
            .map_err(|error| format!("{error:#}"))?;
        let states = comparison
            .merged
            .map(|merged| merged.states)
            .unwrap_or_default();
        for orphan in states.iter().filter(|state| state.state == State::Orphan) {
            let (file, name) = (orphan.path.as_path(), &orphan.name);
            let Some((mut sheet, outline)) = Sheet::open(&self.root, file, &mut self.ledger) else {
                continue;
            };
            let link = |written: &&Written| {
                written.file == file && written.text.trim_end().ends_with(&format!("::{name};"))
            };
            let range = match outline
                .functions
                .iter()
                .find(|function| function.name == *name)
            {
                Some(function) => function.whole.clone(),
                None => {
                    let text = sheet
                        .ledger
                        .written
                        .iter()
                        .find(link)
                        .map(|written| written.text.clone());
                    let text =
                        text.ok_or(format!("`{name}` in {file} is an orphan and isn't there"))?;
                    let at = sheet
                        .text
                        .find(&text)
                        .ok_or(format!("{file} has no link to `{name}`"))?;
                    at..at + text.len()
                }
            };
            let cut = sheet.text[range.clone()].to_owned();
            sheet
                .ledger
                .written
                .retain(|written| written.file != file || !cut.contains(&written.text));
            sheet
                .ledger
                .touched
                .remove(&(file.to_owned(), name.clone()));
            sheet.text.replace_range(range, "");
            sheet.save(&self.root);
        }
        Ok(())
    }

    /// Decides what `sync` asked: the macro calls go.
    pub fn decide(&mut self) {
        let root = self.root.clone();
        let opaque = |written: &Written| written.text.contains(OPAQUE);
        for written in self.ledger.written.iter().filter(|written| opaque(written)) {
            let path = root.join(&written.file);
            let text = std::fs::read_to_string(&path).expect("it was written there");
            std::fs::write(path, text.replace(&written.text, "")).expect("the file can be written");
        }
        self.ledger.written.retain(|written| !opaque(written));
    }

    fn write_file(&mut self, path: &Utf8Path, text: String) {
        let full = self.root.join(path);
        std::fs::create_dir_all(full.parent().expect("files lie in folders"))
            .expect("the folder can be made");
        std::fs::write(full, &text).expect("the file can be written");
        self.ledger.note(path, text);
    }
}
