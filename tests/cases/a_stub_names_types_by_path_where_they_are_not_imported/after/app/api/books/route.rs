mod list;
pub use list::get;

pub async fn post(
    ctx: super::contract::Context,
    request: super::contract::PostRequest,
) -> super::contract::Result<super::contract::PostResponse> {
    ctx.not_implemented(request)
}
