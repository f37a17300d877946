//! What must hold of every contract, however it was made: reading, planning and rendering end without a panic, and
//! what comes out is a project that is where it should be and says nothing that the contract has smuggled in.

pub mod document;
mod operations;
mod properties;
mod schemas;
mod texts;

use std::time::Duration;

use routegen::config::{ApiConfig, Config, ContractCrates, Layout, LimitsConfig, ProblemConfig};
use routegen::frontend::{self, Options};
use routegen::pipeline;
use routegen::plan::ProjectFacts;
use routegen::progress::Progress;
use routegen::project::UserRoutes;
use routegen::source::Source;

/// A folder that isn't there: references to files find nothing, so the disk is never read.
const NOWHERE: &str = "/nowhere-at-all";

/// How long one contract may take on the processor. The fuzzer's own limit counts the time on the wall, which passes
/// without us on a busy machine; it is there for what never ends.
const MAX_TIME: Duration = Duration::from_secs(5);

/// Makes a project of these bytes in memory, and looks at what comes out and how long it took.
pub fn generate(bytes: &[u8], name: &str) {
    let start = processor_time();
    make(bytes, name);
    let took = processor_time() - start;
    assert!(took < MAX_TIME, "{took:?}");
}

fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn make(bytes: &[u8], name: &str) {
    let path = format!("{NOWHERE}/{name}");
    let Ok(source) = Source::from_bytes(path.as_str().into(), bytes.to_vec()) else {
        return;
    };
    let Ok(loaded) = frontend::load_text(source, &Options::default()) else {
        return;
    };
    // Both layouts are of interest, and one run makes one.
    let layout = match bytes.len() % 4 {
        0 => Layout::Split,
        _ => Layout::Single,
    };
    let mut api = ApiConfig::at_root(name.into(), Vec::new());
    api.base = "/api/v1".to_owned();
    let config = Config {
        layout,
        contract_crates: match layout {
            Layout::Single => ContractCrates::Auto,
            Layout::Split => ContractCrates::Lines(100),
        },
        apis: vec![api],
        problem: ProblemConfig::default(),
        limits: LimitsConfig::default(),
    };
    let facts = ProjectFacts {
        name: "shop".to_owned(),
        ..ProjectFacts::default()
    };
    let (emitted, _, _) = pipeline::emit(
        &[(loaded.api, &config.apis[0])],
        &config,
        &UserRoutes::default(),
        &facts,
        &Progress::default(),
    );
    properties::hold(&emitted);
}
