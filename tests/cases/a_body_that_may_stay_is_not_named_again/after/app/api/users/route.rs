use super::contract::*;

/// List administrators.
pub async fn get(_ctx: Context, _request: GetRequest) -> Result<GetResponse> {
    // Administrators are users.
    Ok(GetResponse::NoContent)
}
