pub async fn get(ctx: Context {
