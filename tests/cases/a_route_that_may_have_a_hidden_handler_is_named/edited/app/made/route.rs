use super::contract::*;

macro_rules! handler {
    () => {};
}

handler!();
