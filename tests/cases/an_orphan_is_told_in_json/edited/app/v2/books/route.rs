use super::contract::*;

pub async fn get(ctx: Context) -> Result<Response> {
    mine(ctx)
}
