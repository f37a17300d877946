use super::contract::*;

pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let products = &ctx.state().products;
    let limit = request.query.limit as usize;
    Ok(GetResponse::Ok(ProductPage {
        items: products.iter().take(limit).cloned().collect(),
        total: products.len() as i64,
        next_cursor: Some(None),
    }))
}
