//! How far a run is: a bar on a terminal, once a run takes so long that people wonder.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a run takes before it is shown.
const DELAY: Duration = Duration::from_millis(500);

/// How often the bar is drawn, so that its time goes on.
const TICK: Duration = Duration::from_millis(200);

const VERB: Style = AnsiColor::Cyan.on_default().bold();

/// What a run is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Contracts' files become trees.
    Read = 1,
    /// Trees become a model.
    Lower,
    /// The model becomes names, files and types.
    Plan,
    /// These become text.
    Render,
    /// The text is held against what is there.
    Merge,
    /// What differs is written.
    Write,
}

impl Step {
    fn verb(self) -> &'static str {
        match self {
            Self::Read => "Reading",
            Self::Lower => "Resolving",
            Self::Plan => "Planning",
            Self::Render => "Rendering",
            Self::Merge => "Comparing",
            Self::Write => "Writing",
        }
    }
}

/// Where a run says how far it is; its bar is gone when the last copy is. The default one shows nothing.
#[derive(Debug, Clone, Default)]
pub struct Progress(Option<Arc<Shown>>);

/// A bar, drawn by a thread of its own.
#[derive(Debug)]
struct Shown(Sender<Message>);

enum Message {
    Step(Step, String),
    /// The bar has to be gone before this is answered, and stays away until the next step.
    Clear(Sender<()>),
}

impl Progress {
    /// Shown if people look on: on a terminal that can move its cursor, and not in CI.
    pub fn start() -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if is_dumb || std::env::var_os("CI").is_some() || !std::io::stderr().is_terminal() {
            return Self::default();
        }
        let (sender, messages) = mpsc::channel();
        let thread = std::thread::Builder::new().name("progress".to_owned());
        // A run does as well without.
        let shown = thread.spawn(move || show(&messages)).ok();
        Self(shown.map(|_| Arc::new(Shown(sender))))
    }

    /// A step begins; `what` is what it works on.
    pub fn step(&self, step: Step, what: &str) {
        if let Some(Shown(sender)) = self.0.as_deref() {
            let _ = sender.send(Message::Step(step, what.to_owned()));
        }
    }

    /// Takes the bar away until the next step, so that something can be printed.
    pub fn clear(&self) {
        if let Some(shown) = &self.0 {
            shown.clear();
        }
    }
}

impl Shown {
    fn clear(&self) {
        let (answer, answered) = mpsc::channel();
        if self.0.send(Message::Clear(answer)).is_ok() {
            let _ = answered.recv();
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.clear();
    }
}

/// What the thread does: waits for the delay, draws, and ends with the run.
fn show(messages: &Receiver<Message>) {
    let begin = Instant::now();
    let mut step: Option<(Step, String)> = None;
    let mut bar: Option<ProgressBar> = None;
    loop {
        let message = match (&bar, &step) {
            (Some(_), _) => messages.recv_timeout(TICK),
            (None, Some(_)) => messages.recv_timeout(DELAY.saturating_sub(begin.elapsed())),
            (None, None) => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match message {
            Ok(Message::Step(next, what)) => step = Some((next, what)),
            Ok(Message::Clear(answer)) => {
                step = None;
                if let Some(bar) = bar.take() {
                    bar.finish_and_clear();
                }
                let _ = answer.send(());
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if let Some((step, what)) = step.as_ref().filter(|_| begin.elapsed() >= DELAY) {
            draw(bar.get_or_insert_with(|| new_bar(*step, what)), *step, what);
        }
    }
}

/// A bar that draws itself for the first time when it has all that belongs to it.
fn new_bar(step: Step, what: &str) -> ProgressBar {
    let template = "{prefix} [{bar:24}] {pos}/{len} {elapsed} {wide_msg}";
    let style = ProgressStyle::with_template(template).expect("the template is a good one");
    let target = ProgressDrawTarget::stderr();
    ProgressBar::with_draw_target(Some(Step::Write as u64), target)
        .with_elapsed(DELAY)
        .with_style(style.progress_chars("=> "))
        .with_prefix(prefix(step))
        .with_message(what.to_owned())
        .with_position(step as u64)
}

fn draw(bar: &ProgressBar, step: Step, what: &str) {
    // Of several contracts one is read when another has been; the bar doesn't go back.
    bar.set_position(bar.position().max(step as u64));
    bar.set_prefix(prefix(step));
    bar.set_message(what.to_owned());
    bar.tick();
}

fn prefix(step: Step) -> String {
    let verb = step.verb();
    let choice = anstream::AutoStream::choice(&std::io::stderr());
    match choice == anstream::ColorChoice::Never {
        true => format!("{verb:>12}"),
        false => format!("{VERB}{verb:>12}{VERB:#}"),
    }
}
