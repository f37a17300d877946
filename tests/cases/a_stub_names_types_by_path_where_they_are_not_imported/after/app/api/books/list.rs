use crate::router::*;
