use super::contract::*;

const SHELVES: usize = 3;

/// List all books.
pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> {
    helper(SHELVES);
    ctx.not_implemented(request)
}

/// What both need; looks like a handler, and is none.
fn helper(shelves: usize) -> usize {
    fn post() {}
    post();
    shelves
}

mod post_helpers {
    pub async fn post() {}
}

impl Shelf for Wall {
    fn put(&self) {}
}

/// Add one book.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    post_helpers::post().await;
    ctx.not_implemented(request)
}

/// Replace all books.
pub async fn put(ctx: Context, request: PutRequest) -> Result<PutResponse> {
    ctx.not_implemented(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shelves_are_three() {
        assert_eq!(helper(SHELVES), 3);
    }
}
