pub async fn get() {}
