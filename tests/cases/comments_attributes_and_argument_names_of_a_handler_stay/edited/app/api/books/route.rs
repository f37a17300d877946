// SPDX-License-Identifier: MIT
use super::contract::*;

/* A block
   of several lines; it ends here: */
/// List books.
// Asked for by the mobile team, see the wiki.
#[allow(clippy::unused_async, reason = "the shelf may be remote one day")]
#[rustfmt::skip]
pub async fn get(context: Context, _request /* nothing in it */: GetRequest) -> Result<GetResponse> {
    // nolint: "*/" is no end, and neither is this: /* nested /* twice */ */
    let text = r##"}} "# /* "##; // }
    drop((context, text));
    todo!("{{ the shelf }} é – ✓")
} // end of get

//////////////////////// writes ////////////////////////

/// Add a book.
///
/// **Idempotent** since March.
pub async fn post(ctx: Context, request: PostRequest) -> Result<PostResponse> {
    ctx.not_implemented(request)
}
// The end.
