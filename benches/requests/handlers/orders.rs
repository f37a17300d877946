use super::contract::*;

pub async fn post(_ctx: Context, request: PostRequest) -> Result<PostResponse> {
    let order = request.body;
    let total_cents = order
        .lines
        .iter()
        .map(|line| line.quantity * line.price_cents);
    Ok(PostResponse::Created(Receipt {
        id: 1,
        total_cents: total_cents.sum(),
        lines: order.lines.len() as i64,
        city: Some(order.customer.city),
    }))
}
