//! Somebody who works in a project between two versions of its contract: random edits, the same for the same seed.

use camino::{Utf8Path, Utf8PathBuf};

use super::dice::Dice;
use super::ledger::{Ledger, Touched};
use super::outline::{Function, Outline, line_end};
use super::pieces;
use super::sheet::Sheet;
use super::tree::Tree;

/// A person, and what he has written.
pub struct Person {
    pub root: Utf8PathBuf,
    pub ledger: Ledger,
    pub dice: Dice,
}

/// The kinds of edits, as often as each is listed.
type Edit = fn(&mut Person, &Utf8Path) -> bool;

const EDITS: [Edit; 25] = [
    Person::fill,
    Person::fill,
    Person::fill,
    Person::fill,
    Person::rename_parameter,
    Person::put_item,
    Person::put_item,
    Person::import,
    Person::import,
    Person::comment_above,
    Person::comment_inside,
    Person::comment_behind,
    Person::rewrite_doc,
    Person::rewrite_doc,
    Person::delete_doc,
    Person::attribute,
    Person::attribute,
    Person::test,
    Person::move_out,
    Person::reorder,
    Person::put_beside,
    Person::own_route,
    Person::change_line_ends,
    Person::head,
    Person::edit_elsewhere,
];

impl Person {
    /// Makes some edits in files with handlers.
    pub fn work(&mut self, edits: usize) {
        let tree = Tree::read(&self.root);
        let is_edited =
            |path: &&Utf8PathBuf| path.file_name() == Some("route.rs") || *path == "app/auth.rs";
        let files: Vec<Utf8PathBuf> = tree.0.keys().filter(is_edited).cloned().collect();
        let mut done = 0;
        // Some edits have nothing to be made on.
        for _ in 0..edits * 4 {
            let touched: Vec<&Utf8PathBuf> = files
                .iter()
                .filter(|file| self.ledger.files.contains(*file))
                .collect();
            // People come back to where they have been.
            let file = match self.dice.once_in(3) {
                true => self.dice.pick(&touched).copied(),
                false => None,
            };
            let Some(file) = file.or_else(|| self.dice.pick(&files)) else {
                return;
            };
            let edit = EDITS[self.dice.below(EDITS.len())];
            let file = file.clone();
            done += usize::from(self.root.join(&file).exists() && edit(self, &file));
            if done == edits {
                return;
            }
        }
    }

    /// Rare deeds: something is taken away, or hidden from whoever reads the file.
    pub fn work_rarely(&mut self) {
        let tree = Tree::read(&self.root);
        let files: Vec<&Utf8PathBuf> = tree
            .0
            .keys()
            .filter(|path| path.file_name() == Some("route.rs"))
            .collect();
        let Some(file) = self.dice.pick(&files).map(|file| file.to_path_buf()) else {
            return;
        };
        match self.dice.below(4) {
            0 => self.delete_function(&file),
            1 => self.delete_file(&file),
            2 => self.hide(&file),
            _ => false,
        };
    }

    /// Opens a file and picks one of its handlers, of those that `wanted` allows.
    pub fn edit(
        &mut self,
        file: &Utf8Path,
        wanted: impl Fn(Touched) -> bool,
        edit: impl FnOnce(&mut Sheet, &Outline, &Function, &mut Dice) -> bool,
    ) -> bool {
        let Some((mut sheet, outline)) = Sheet::open(&self.root, file, &mut self.ledger) else {
            return false;
        };
        let handlers: Vec<&Function> = outline
            .functions
            .iter()
            .filter(|function| function.public && wanted(sheet.ledger.of(file, &function.name)))
            .filter(|function| is_handler(file, &function.name))
            .collect();
        let Some(function) = self.dice.pick(&handlers) else {
            return false;
        };
        let done = edit(&mut sheet, &outline, function, &mut self.dice);
        if done {
            sheet.save(&self.root);
        }
        done
    }

    fn fill(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |touched| !touched.body,
            |sheet, _, function, dice| {
                let word = sheet.ledger.word();
                let body = match file == "app/auth.rs" {
                    true => format!("\n    // {word}: }}\n    ctx.deny(credentials)\n"),
                    false => pieces::body(dice, &word, "ctx"),
                };
                sheet.ledger.touch(file, &function.name).body |= sheet.is_free(&function.body);
                sheet.write(function.body.clone(), "", &body)
            },
        )
    }

    fn rename_parameter(&mut self, file: &Utf8Path) -> bool {
        let untouched = |touched: Touched| !touched.body && !touched.signature;
        if file == "app/auth.rs" {
            return false;
        }
        self.edit(file, untouched, |sheet, _, function, dice| {
            let signature = sheet.text[function.signature.clone()].trim_end().to_owned();
            if !sheet.is_free(&(function.signature.start..function.body.end))
                || !signature.contains("ctx: Context")
            {
                return false;
            }
            let word = sheet.ledger.word();
            let renamed = signature.replacen("ctx: Context", &format!("c{word}: Context"), 1);
            let body = pieces::body(dice, &sheet.ledger.word(), &format!("c{word}"));
            sheet.ledger.touch(file, &function.name).signature = true;
            sheet.ledger.touch(file, &function.name).body = true;
            let end = function.signature.start + signature.len();
            sheet.write(function.body.clone(), "", &body)
                && sheet.write(function.signature.start..end, "", &renamed)
        })
    }

    fn put_item(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, outline, function, dice| {
                let word = sheet.ledger.word();
                let item = pieces::item(dice, &word);
                match dice.below(4) {
                    0 => sheet.write_below(outline.imports_end, &item),
                    1 => sheet.write_below(sheet.text.len(), &item),
                    // Right after it, no blank line between.
                    2 => {
                        let at = line_end(&sheet.text, function.whole.end);
                        sheet.text[..at].ends_with('\n') && sheet.write(at..at, "", &item)
                    }
                    _ => sheet.write_below(function.whole.end, &item),
                }
            },
        )
    }

    fn import(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, outline, _, dice| {
                let word = sheet.ledger.word();
                let at = match (outline.imports_end == outline.start, dice.once_in(2)) {
                    (true, _) | (_, true) => outline.start,
                    (false, false) => line_end(&sheet.text, outline.imports_end),
                };
                let is_inner = |line: &str| line.starts_with("//!") || line.starts_with("#![");
                let inner = sheet.text[at..].lines().any(is_inner);
                !inner && sheet.write(at..at, "", &pieces::import(dice, &word))
            },
        )
    }

    fn comment_above(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, _, function, dice| {
                let word = sheet.ledger.word();
                let at = function.whole.start;
                is_at_line_start(&sheet.text, at)
                    && sheet.write(at..at, "", &pieces::comment(dice, &word))
            },
        )
    }

    fn comment_inside(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, _, function, dice| {
                let word = sheet.ledger.word();
                let at = function.signature.start;
                if function.whole.start == at || !is_at_line_start(&sheet.text, at) {
                    return false;
                }
                let done = sheet.write(at..at, "", &pieces::comment(dice, &word));
                sheet.ledger.touch(file, &function.name).around |= done;
                done
            },
        )
    }

    fn comment_behind(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, _, function, dice| {
                let word = sheet.ledger.word();
                let at = function.whole.end;
                let alone = sheet.text[at..line_end(&sheet.text, at)].trim().is_empty();
                let piece = match dice.below(3) {
                    0 => format!(" // {word}"),
                    1 => format!("\t/* {word}: end of it */"),
                    _ => format!(" /* {word}: end\n\n    of it */"),
                };
                alone && sheet.write(at..at, "", &piece)
            },
        )
    }

    fn rewrite_doc(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |touched| !touched.doc,
            |sheet, _, function, dice| {
                let word = sheet.ledger.word();
                let mut range = function.doc.clone();
                if !is_at_line_start(&sheet.text, range.start)
                    || sheet.text[range.clone()].contains("#[")
                {
                    return false;
                }
                if !range.is_empty() {
                    range.end = line_end(&sheet.text, range.end);
                }
                let before = sheet.text[range.clone()].replace("\r\n", "\n");
                let done = sheet.write(range, "", &pieces::doc(dice, &word, &before));
                sheet.ledger.touch(file, &function.name).doc |= done;
                done
            },
        )
    }

    /// A doc comment that says nothing goes, and stays away.
    fn delete_doc(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |touched| !touched.doc,
            |sheet, _, function, _| {
                let range = function.doc.start..line_end(&sheet.text, function.doc.end);
                if function.doc.is_empty()
                    || !is_at_line_start(&sheet.text, range.start)
                    || !sheet.is_free(&range)
                {
                    return false;
                }
                sheet.text.replace_range(range, "");
                sheet.ledger.files.insert(file.to_owned());
                sheet.ledger.touch(file, &function.name).doc = true;
                true
            },
        )
    }

    fn attribute(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |touched| !touched.around,
            |sheet, _, function, dice| {
                let word = sheet.ledger.word();
                let at = match dice.once_in(2) {
                    true => function.whole.start,
                    false => function.signature.start,
                };
                let attribute = pieces::attribute(dice, &word);
                let done = is_at_line_start(&sheet.text, at) && sheet.write(at..at, "", &attribute);
                if done {
                    let touched = sheet.ledger.touch(file, &function.name);
                    touched.around = true;
                    // Of a function that isn't always there nothing is followed.
                    if attribute.contains("cfg") {
                        *touched = Touched::ALL;
                    }
                }
                done
            },
        )
    }

    fn test(&mut self, file: &Utf8Path) -> bool {
        self.edit(
            file,
            |_| true,
            |sheet, _, _, _| {
                let word = sheet.ledger.word();
                sheet.write_below(sheet.text.len(), &pieces::tests(&word))
            },
        )
    }
}

pub fn is_at_line_start(text: &str, at: usize) -> bool {
    at == 0 || text[..at].ends_with('\n') || at == 3 && text.starts_with('\u{feff}')
}

/// Whether a function is one of ours: helpers have longer names.
fn is_handler(file: &Utf8Path, name: &str) -> bool {
    let helper = ["helper_", "ruled_", "fetch_"]
        .iter()
        .any(|start| name.starts_with(start));
    !helper
        && (file == "app/auth.rs"
            || routegen::model::Method::ALL
                .iter()
                .any(|method| method.lower() == name))
}
