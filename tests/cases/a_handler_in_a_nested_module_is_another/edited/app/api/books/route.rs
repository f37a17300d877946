use super::contract::*;

/// Mine.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    shelf::row::post();
    ctx.not_implemented(request)
}

mod shelf {
    pub mod row {
        /// No handler.
        pub fn post() {}
    }
}
