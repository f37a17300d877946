use super::contract::*;␍
␍
pub async fn get(ctx: Context) -> Result<Response> {␍
    mine(ctx)␍
}␍
␍
pub async fn post(ctx: Context) -> Result<Response> {␍
    ctx.not_implemented()␍
}␍
