//! Unified diffs as `sync --dry-run --full-diff` prints them, applied to a folder in memory.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

type Files = BTreeMap<Utf8PathBuf, String>;

/// The files after all that a diff says.
pub fn patched(before: &Files, diff: &str) -> Result<Files, String> {
    let mut after = before.clone();
    let lines: Vec<&str> = diff.split_inclusive('\n').collect();
    let mut at = 0;
    let mut renamed: Option<&str> = None;
    let mut begun: Option<&str> = None;
    while at < lines.len() {
        let line = lines[at].trim_end_matches('\n');
        at += 1;
        if let Some(paths) = line.strip_prefix("diff --git a/") {
            begun = paths.rsplit_once(" b/").map(|(_, path)| path);
        } else if line == "new file mode 100644" || line == "deleted file mode 100644" {
            // Of an empty file no more is said.
            let path = Utf8PathBuf::from(begun.ok_or("a mode of no file")?);
            match line.starts_with("new") {
                true => after.insert(path, String::new()),
                false => after.remove(&path),
            };
        } else if let Some(from) = line.strip_prefix("rename from ") {
            renamed = Some(from);
        } else if let Some(to) = line.strip_prefix("rename to ") {
            let from = renamed.ok_or("a rename to without from")?;
            after.remove(&Utf8PathBuf::from(from));
            let text = before
                .get(&Utf8PathBuf::from(from))
                .ok_or(format!("{from} is renamed and isn't there"))?;
            after.insert(to.into(), text.clone());
        } else if let Some(old) = line.strip_prefix("--- ") {
            let new = lines
                .get(at)
                .and_then(|line| line.trim_end_matches('\n').strip_prefix("+++ "));
            let new = new.ok_or("a --- without +++")?;
            at += 1;
            let text = match old.strip_prefix("a/") {
                Some(old) => before
                    .get(&Utf8PathBuf::from(old))
                    .ok_or(format!("{old} isn't there"))?
                    .as_str(),
                None => "",
            };
            let text = hunks(text, &lines, &mut at)?;
            match new.strip_prefix("b/") {
                Some(new) => after.insert(new.into(), text),
                None => after.remove(&Utf8PathBuf::from(old.trim_start_matches("a/"))),
            };
        } else {
            return Err(format!("no line of a diff: {line:?}"));
        }
    }
    Ok(after)
}

/// Applies the hunks that begin at `at`.
fn hunks(text: &str, lines: &[&str], at: &mut usize) -> Result<String, String> {
    let old: Vec<&str> = text.split_inclusive('\n').collect();
    let (mut result, mut done) = (String::new(), 0);
    while let Some(header) = lines.get(*at).and_then(|line| line.strip_prefix("@@ -")) {
        *at += 1;
        let (start, rest) = header
            .split_once(" +")
            .ok_or("a hunk without its second half")?;
        let side = |side: &str| {
            let (start, count) = side.split_once(',').unwrap_or((side, "1"));
            Some((start.parse::<usize>().ok()?, count.parse::<usize>().ok()?))
        };
        let (start, mut olds) = side(start).ok_or("a hunk without numbers")?;
        let (_, mut news) = side(rest.split_once(" @@").ok_or("a hunk without an end")?.0)
            .ok_or("a hunk without numbers")?;
        let start = if olds == 0 { start } else { start - 1 };
        result.extend(
            old.get(done..start)
                .ok_or("a hunk is before the last")?
                .iter()
                .copied(),
        );
        done = start;
        while olds + news > 0 {
            let line = lines.get(*at).ok_or("a hunk is cut")?;
            *at += 1;
            let open = lines
                .get(*at)
                .is_some_and(|next| next.starts_with("\\ No newline"));
            *at += usize::from(open);
            let value = if open {
                line[1..].trim_end_matches('\n')
            } else {
                &line[1..]
            };
            if !line.starts_with('+') {
                if old.get(done) != Some(&value) {
                    return Err(format!(
                        "a hunk has {value:?} where the file has {:?}",
                        old.get(done)
                    ));
                }
                (done, olds) = (done + 1, olds - 1);
            }
            if !line.starts_with('-') {
                news -= 1;
                result.push_str(value);
            }
        }
    }
    result.extend(old[done..].iter().copied());
    Ok(result)
}
