mod list;
pub use list::get;
