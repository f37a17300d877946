pub async fn get(
