use super::contract::*;

pub async fn get(_: Context, request: GetRequest) -> Result<GetResponse> {
    let seen = format!("{:?} {:?}", request.query, request.headers);
    Ok(GetResponse::Ok(seen))
}
