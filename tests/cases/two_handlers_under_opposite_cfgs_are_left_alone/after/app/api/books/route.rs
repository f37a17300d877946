use super::contract::*;

/// List books.
#[cfg(unix)]
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented(request)
}

/// List books, where there are no sockets.
#[cfg(not(unix))]
pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    Err(Error::from(std::io::Error::other("no sockets")))
}
