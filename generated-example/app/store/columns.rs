//! Values that a column holds as text.

use std::fmt::Display;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value that is JSON in its column.
pub struct Json<T>(pub T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let json = serde_json::to_string(&self.0);
        let json = json.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        Ok(json.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let value = serde_json::from_str(value.as_str()?);
        value.map(Self).map_err(FromSqlError::other)
    }
}

/// The one of `all` which has the column's text as its name.
pub fn named<T: Display>(
    all: impl IntoIterator<Item = T>,
    row: &Row<'_>,
    column: &str,
) -> rusqlite::Result<T> {
    let name: String = row.get(column)?;
    let found = all.into_iter().find(|one| one.to_string() == name);
    found.ok_or_else(|| FromSqlError::InvalidType.into())
}
