use super::contract::*;

include!("books.rs.in");
