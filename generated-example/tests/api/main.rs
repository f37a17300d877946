//! Calls through the router, without a socket: each test has a shop of its own.

mod books;
mod categories;
mod change_a_book;
mod covers;
mod database;
mod order_events;
mod orders;
mod reviews;
mod security;
mod sessions;
mod shop;
