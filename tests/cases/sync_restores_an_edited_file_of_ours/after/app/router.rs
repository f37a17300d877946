// @generated
// app/api/books/route.rs
