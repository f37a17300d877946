//! Calls through the router, without a socket: each test has a shop of its own.

#[path = "api/books.rs"]
mod books;
#[path = "api/categories.rs"]
mod categories;
#[path = "api/change_a_book.rs"]
mod change_a_book;
#[path = "api/covers.rs"]
mod covers;
#[path = "api/database.rs"]
mod database;
#[path = "api/order_events.rs"]
mod order_events;
#[path = "api/orders.rs"]
mod orders;
#[path = "api/reviews.rs"]
mod reviews;
#[path = "api/security.rs"]
mod security;
#[path = "api/sessions.rs"]
mod sessions;
#[path = "api/shop.rs"]
mod shop;
