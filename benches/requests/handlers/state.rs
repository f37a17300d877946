use contract::v1::schemas::{Category, Product, Size};

/// What every handler can reach with `ctx.state()`: put your pools and clients here.
#[derive(Debug)]
pub struct State {
    pub products: Vec<Product>,
}

impl Default for State {
    fn default() -> Self {
        let products = (1..=100).map(|id| Product {
            id,
            sku: format!("SKU-{id:06}"),
            name: format!("Product number {id}"),
            description: Some(
                "What the shop says of it, in a sentence or two; \"quoted\".".to_owned(),
            ),
            category: Category::Science,
            price_cents: 1_999 + id,
            in_stock: id % 3 != 0,
            rating: Some(4.25),
            tags: vec!["signed".to_owned(), "used".to_owned()],
            size: Size {
                width: 12.5,
                height: 20.25,
                depth: 3.0,
            },
        });
        Self {
            products: products.collect(),
        }
    }
}
