//! A project whose `app/` is on another file system, between which names can't go.

use std::path::Path;
use std::process::Command;

use crate::others::{EDITED, Saving, edit_is_kept};
use crate::points::{assert_whole, count};
use crate::scenarios::{Scenario, scenarios};
use crate::tool::{each, restore, run, stride, temporary};

/// A file system that is mounted as long as this lives.
pub struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    /// `None` where that isn't allowed.
    pub fn new(place: &'a Path, size: &str) -> Option<Self> {
        let mount =
            |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
        let size = format!("size={size}");
        let mounted = mount(
            Command::new("mount")
                .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
                .arg(place),
        );
        if !mounted {
            println!("nothing can be mounted here; this was not tried");
        }
        mounted.then_some(Self(place))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

/// Tries something in a scenario's folder, whose `app/` is a file system of its own, where that can be had.
fn with_app_elsewhere(scenario: &Scenario, attempt: impl FnOnce(&Path)) {
    let folder = temporary();
    let app = folder.path().join("shop/app");
    fs_err::create_dir_all(&app).unwrap();
    let Some(_mounted) = Mounted::new(&app, "4m") else {
        return;
    };
    restore(&scenario.before, folder.path());
    attempt(folder.path());
}

#[test]
fn a_folder_on_another_file_system_is_written_all_the_same() {
    let scenarios = scenarios();
    // Files come, change, go, and move from one place of that folder to another; those of the other folders are on this side.
    for scenario in &scenarios[1..6] {
        let before = scenario.project_before();
        // What is between file systems is copied, which takes more operations.
        each((0..=count(scenario) * 2).step_by(stride(13)), |at| {
            let plain = ["", "plain "][at % 2];
            with_app_elsewhere(scenario, |folder| {
                run(folder, &scenario.arguments, &format!("{plain}kill {at}"));
                run(folder, &scenario.recover(), plain.trim());
                let context = format!("app/ elsewhere, {plain}kill {at}");
                assert_whole(scenario, &before, folder, &context);
            });
        });
    }
}

#[test]
fn an_edit_of_a_file_on_another_file_system_is_kept() {
    let scenarios = scenarios();
    for (index, file) in EDITED {
        let scenario = &scenarios[index];
        // What is between file systems is copied, which takes more operations.
        each((1..=count(scenario) * 3).step_by(stride(11)), |number| {
            let saving = [Saving::InPlace, Saving::ByAnotherFile][number % 2];
            let kind = ["", "plain "][number % 3 / 2];
            let fault = format!("{kind}stop {number}");
            with_app_elsewhere(scenario, |folder| {
                edit_is_kept(folder, scenario, file, &fault, saving);
            });
        });
    }
}
