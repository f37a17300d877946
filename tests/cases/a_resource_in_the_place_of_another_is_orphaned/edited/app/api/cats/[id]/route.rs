use super::contract::*;

pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    ctx.not_implemented("read the cat")
}

pub async fn delete(ctx: Context, request: DeleteRequest) -> Result<DeleteResponse> {
    ctx.not_implemented("delete the cat")
}
