async fn get() {}
