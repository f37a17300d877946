//! `routegen sync --watch`: sync again whenever the contract or the project has changed.
//!
//! There is no list of what is whose: a run that finds nothing to do costs milliseconds and says nothing, so what a run
//! wrote itself leads to one more run and to nothing else.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

use super::known::Known;
use super::report::Strictness;
use super::sync::{self, Asked, Run, Told};
use super::{Exit, output};
use crate::config::{self, Config};
use crate::diagnostics::print;
use crate::pipeline;
use crate::project::held;
use crate::project::places::Places;
use crate::project::watch::Watcher;

/// How long nothing must have changed before a run begins: who saves several files does it within this time.
const QUIET: Duration = Duration::from_millis(150);

/// How long a run waits at most for that; for whoever is writing a file it waits without end.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often it is asked whether a file is still being written: of a program that closes it without a change there is no word.
const POLL: Duration = Duration::from_millis(100);

/// What happened.
enum Signal {
    /// Something changed.
    Changed,
    /// The program is to end.
    Stop,
}

/// What was said last, so that nothing is said twice.
#[derive(Default)]
struct Said {
    pieces: Vec<String>,
    /// What was wrong with what people wrote.
    known: Known,
    /// Whether the run couldn't do its work.
    was_refused: bool,
    /// The files that the run would have changed, but that somebody is writing.
    held: Vec<Utf8PathBuf>,
}

/// Syncs the project at `root` until Ctrl-C or SIGTERM, or until nobody hears what it says.
///
/// # Errors
///
/// When the folders can't be watched, or a contract comes from stdin.
pub fn run(root: &Utf8Path, strictness: Strictness) -> anyhow::Result<Exit> {
    let (sender, signals) = mpsc::channel();
    let to_end = stop_when_asked(sender.clone())?;
    let is_to_end = || to_end.load(Ordering::SeqCst);
    let asked = Asked::ByWatch {
        is_to_end: &is_to_end,
    };
    let mut said: Option<Said> = None;
    let mut read: Vec<Utf8PathBuf> = Vec::new();
    loop {
        let specs = specs(root)?;
        let config = [Utf8PathBuf::from(config::FILE_NAME)];
        let inputs = |read: &[Utf8PathBuf]| Places::of(root, &[read, &specs, &config].concat());
        let watched = Arc::new(inputs(&read));
        let told = sender.clone();
        // Each time anew, and before the run: what is removed and made again isn't watched any more, and what changes from
        // here on leads to another run.
        let watcher = Watcher::new(&watched, move || {
            // Whoever listened has ended.
            let _ = told.send(Signal::Changed);
        })?;
        let is_first = said.is_none();
        match until_written(&signals, || held::held(root, &read)) {
            Signal::Changed => {}
            Signal::Stop => return Ok(Exit::Done),
        }
        said = Some(round(
            root,
            strictness,
            asked,
            said.unwrap_or_default(),
            &mut read,
        ));
        if is_first {
            let what = format!("{} and the project; Ctrl-C stops it", names(&specs));
            output::tell_done("Watching", &what);
        }
        if output::is_unheard() {
            return Ok(Exit::Done);
        }
        // What was made before it was watched has to be looked at too.
        let held = said.as_ref().map_or(&[][..], |said| &said.held);
        let signal = match inputs(&read) == *watched {
            true if !held.is_empty() => until_written(&signals, || {
                let held = held.iter();
                let held = held.filter(|path| held::is_unrested(&root.join(path)));
                held.cloned().collect()
            }),
            true => signals.recv().unwrap_or(Signal::Stop),
            false => Signal::Changed,
        };
        let signal = match signal {
            Signal::Changed => settle(&signals),
            Signal::Stop => Signal::Stop,
        };
        match signal {
            Signal::Changed => {}
            Signal::Stop => return Ok(Exit::Done),
        }
        drop(watcher);
    }
}

/// Sends word when the program is to end, and keeps it, which it does between runs; asked again, it ends at once, as by a kill, which no
/// run minds.
fn stop_when_asked(sender: Sender<Signal>) -> anyhow::Result<Arc<AtomicBool>> {
    let to_end = Arc::new(AtomicBool::new(false));
    let was_asked = Arc::clone(&to_end);
    ctrlc::set_handler(move || {
        if was_asked.swap(true, Ordering::SeqCst) || sender.send(Signal::Stop).is_err() {
            std::process::exit(130);
        }
    })?;
    Ok(to_end)
}

/// The contracts' files as far as the configuration can be read.
fn specs(root: &Utf8Path) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let config = pipeline::read_config(root).ok().and_then(Result::ok);
    let apis = config.map_or_else(Vec::new, |Config { apis, .. }| apis);
    let specs: Vec<Utf8PathBuf> = apis.into_iter().map(|api| api.spec).collect();
    anyhow::ensure!(
        !specs.iter().any(|spec| spec == "-"),
        "a contract that comes from stdin can't be watched; put it into a file"
    );
    Ok(specs)
}

fn names(specs: &[Utf8PathBuf]) -> String {
    match specs {
        [] => "routegen.toml".to_owned(),
        specs => specs
            .iter()
            .map(|spec| spec.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// Syncs once, and says what is new.
fn round(
    root: &Utf8Path,
    strictness: Strictness,
    asked: Asked<'_>,
    before: Said,
    read: &mut Vec<Utf8PathBuf>,
) -> Said {
    let mut known = Known::default();
    // Each with whether it is new whatever the run did.
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut tell = |told: Told<'_>| match told {
        Told::Text(text) => pieces.push((text.to_owned(), false)),
        Told::Diagnostics(diagnostics, sources) => {
            known = Known::of(diagnostics, sources);
            let new = known.new_since(&before.known, diagnostics, sources);
            pieces.push((print(&new, sources), true));
        }
    };
    let run = sync::once(root, strictness, asked, &mut tell);
    let Run {
        exit,
        changed,
        read: files,
        held,
    } = run.unwrap_or_else(|error| {
        pieces.push((output::error_text(&error), false));
        Run::none(Exit::Unusable)
    });
    if !files.is_empty() {
        *read = files;
    }
    if !held.is_empty() {
        // Nothing was done, and the run that follows has all there is to say.
        return Said { held, ..before };
    }
    let was_refused = exit != Exit::Done;
    let is_new =
        |(piece, is_new): &&(String, bool)| *is_new || changed || !before.pieces.contains(piece);
    pieces
        .iter()
        .filter(is_new)
        .for_each(|(piece, _)| output::tell(piece));
    if before.was_refused && !was_refused && !changed {
        output::tell_done("In step", "again");
    }
    Said {
        pieces: pieces.into_iter().map(|(piece, _)| piece).collect(),
        known,
        was_refused,
        held,
    }
}

/// Waits until nothing has changed for a moment.
fn settle(signals: &Receiver<Signal>) -> Signal {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        match signals.recv_timeout(QUIET) {
            Ok(Signal::Changed) => {}
            Ok(Signal::Stop) => return Signal::Stop,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    Signal::Changed
}

/// Waits until nobody is writing any of the files that `held` finds: what he has yet to write would be lost if a run replaced the
/// file, and what stands there may be half of it.
fn until_written(signals: &Receiver<Signal>, held: impl Fn() -> Vec<Utf8PathBuf>) -> Signal {
    let begin = Instant::now();
    let mut is_said = false;
    loop {
        let held = held();
        let Some(path) = held.first() else {
            return Signal::Changed;
        };
        if !is_said && begin.elapsed() >= PATIENCE {
            is_said = true;
            let what = format!("until {path} is closed, which another program is writing");
            output::tell_done("Waiting", &what);
        }
        // What changed meanwhile is seen by the run that follows.
        match signals.recv_timeout(POLL) {
            Ok(Signal::Changed) | Err(RecvTimeoutError::Timeout) => {}
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Signal::Stop,
        }
    }
}
