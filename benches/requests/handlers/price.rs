use super::contract::*;

pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    let GetRequest { path, query } = request;
    let products = &ctx.state().products;
    let Some(product) = products
        .iter()
        .find(|product| product.id == path.product_id)
    else {
        return Ok(GetResponse::NotFound);
    };
    Ok(GetResponse::Ok(Price {
        product_id: product.id,
        quantity: query.quantity,
        currency: query.currency,
        total_cents: query.quantity * product.price_cents,
        express: Some(query.express),
    }))
}
