use super::contract::*;

pub async fn put(_: Context, request: PutRequest) -> Result<PutResponse> {
    Ok(PutResponse::Ok(format!("{:?}", request.body)))
}
