use super::contract::*;

#[cfg(feature = "ping")]
pub async fn get(_: Context, _: contract::Request) -> Result<axum::response::Response> {
    Err(std::io::Error::other("mine").into())
}

#[cfg(unix)]
pub async fn post(_: Context, _: contract::Request) -> Result<axum::response::Response> {
    Err(std::io::Error::other("mine").into())
}

#[cfg(not(unix))]
pub async fn post(_: Context, _: contract::Request) -> Result<axum::response::Response> {
    Err(std::io::Error::other("mine").into())
}
