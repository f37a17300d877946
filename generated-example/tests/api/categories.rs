//! `/categories`

use serde_json::json;

use crate::shop::Shop;

#[tokio::test]
async fn categories_are_trees() {
    let trees = Shop::open().get("/categories").await.expect(200).json();
    let leaf = |name| json!({ "name": name, "children": [] });
    let novels = json!({ "name": "Novels", "children": [leaf("Crime")] });
    let expected = json!([
        { "name": "Knowledge", "children": [leaf("Natural history"), leaf("Travel")] },
        { "name": "Literature", "children": [novels, leaf("Poetry")] },
    ]);
    assert_eq!(trees, expected);
}
