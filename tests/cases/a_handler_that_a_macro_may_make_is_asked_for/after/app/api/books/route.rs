use super::contract::*;

macro_rules! handler {
    ($name:ident) => {
        pub async fn $name(ctx: Context, request: GetRequest) -> Result<GetResponse> {
            ctx.not_implemented(request)
        }
    };
}

handler!(get);
