//! Whether `new`, `sync` and `add` can be cut off at any moment: kills at every operation on disk, at random ones in random
//! histories, power cuts that lose what was not made to last, disks that are full, and whoever else is in the way.
//!
//! It calls the real program, built with the fault points of `cli/project/fault.rs`. `ROUTEGEN_KILLS=20000` makes that many kills by
//! chance and power cuts, `ROUTEGEN_SEED=7` other ones; `cargo test --release --features failpoints --test crash` is the fastest
//! way to many.

// Kills are sent by the program to itself, in words of Unix.
#![cfg(unix)]

mod chance;
mod contract;
mod elsewhere;
mod failures;
mod model;
mod names;
mod others;
mod points;
mod power;
mod scenarios;
mod tool;
