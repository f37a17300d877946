//! What clients send and get, and what must hold of it.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::error::Issues;

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Eur,
    Usd,
    Gbp,
    Jpy,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code, reason = "the shop sells one category")]
pub enum Category {
    Fiction,
    Crime,
    Poetry,
    Science,
    Travel,
    Children,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Price {
    pub product_id: i64,
    pub quantity: i64,
    pub currency: Currency,
    pub total_cents: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub express: Option<bool>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductPage {
    pub items: Vec<Product>,
    pub total: i64,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    pub id: i64,
    pub sku: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub category: Category,
    pub price_cents: i64,
    pub in_stock: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<f64>,
    pub tags: Vec<String>,
    pub size: Size,
}

#[derive(Debug, Clone, Serialize)]
pub struct Size {
    pub width: f64,
    pub height: f64,
    pub depth: f64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    pub id: i64,
    pub total_cents: i64,
    pub lines: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct ListQuery {
    #[serde(default = "default_limit")]
    pub limit: i64,
}

fn default_limit() -> i64 {
    20
}

#[derive(Debug, Deserialize)]
pub struct PriceQuery {
    pub quantity: i64,
    pub currency: Currency,
    pub coupon: Option<String>,
    #[serde(default)]
    pub express: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewOrder {
    pub customer: Customer,
    pub lines: Vec<Line>,
    #[allow(dead_code, reason = "the handler has no use for it")]
    pub currency: Currency,
    pub note: Option<String>,
    pub labels: Option<Vec<String>>,
    #[serde(default)]
    #[allow(dead_code, reason = "the handler has no use for it")]
    pub gift_wrap: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    pub name: String,
    pub street: String,
    pub city: String,
    pub postal_code: String,
    pub country: String,
    pub age: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    pub sku: String,
    pub quantity: i64,
    pub price_cents: i64,
    pub discount: Option<f64>,
    pub comment: Option<String>,
}

static COUNTRY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^[A-Z]{2}$").expect("a valid pattern"));

impl ListQuery {
    pub fn check(&self, issues: &mut Issues) {
        issues.check((1..=100).contains(&self.limit), "limit", "must be 1 to 100");
    }
}

impl PriceQuery {
    pub fn check(&self, issues: &mut Issues) {
        issues.check(
            (1..=999).contains(&self.quantity),
            "quantity",
            "must be 1 to 999",
        );
        if let Some(coupon) = &self.coupon {
            issues.check(
                has_length(coupon, 4..=32),
                "coupon",
                "must have 4 to 32 characters",
            );
        }
    }
}

impl NewOrder {
    pub fn check(&self, issues: &mut Issues) {
        self.customer.check(issues);
        issues.check(
            (1..=50).contains(&self.lines.len()),
            "lines",
            "must have 1 to 50 items",
        );
        for line in &self.lines {
            line.check(issues);
        }
        if let Some(note) = &self.note {
            issues.check(
                has_length(note, 0..=300),
                "note",
                "must have at most 300 characters",
            );
        }
        if let Some(labels) = &self.labels {
            issues.check(labels.len() <= 10, "labels", "must have at most 10 items");
            for label in labels {
                issues.check(
                    has_length(label, 1..=40),
                    "labels",
                    "must have 1 to 40 characters",
                );
            }
        }
    }
}

impl Customer {
    fn check(&self, issues: &mut Issues) {
        issues.check(
            has_length(&self.name, 1..=80),
            "name",
            "must have 1 to 80 characters",
        );
        issues.check(
            has_length(&self.street, 1..=120),
            "street",
            "must have 1 to 120 characters",
        );
        issues.check(
            has_length(&self.city, 1..=80),
            "city",
            "must have 1 to 80 characters",
        );
        let postal_code = has_length(&self.postal_code, 3..=10);
        issues.check(postal_code, "postalCode", "must have 3 to 10 characters");
        issues.check(
            COUNTRY.is_match(&self.country),
            "country",
            "must match the pattern",
        );
        if let Some(age) = self.age {
            issues.check((18..=150).contains(&age), "age", "must be 18 to 150");
        }
    }
}

impl Line {
    fn check(&self, issues: &mut Issues) {
        issues.check(
            has_length(&self.sku, 3..=40),
            "sku",
            "must have 3 to 40 characters",
        );
        issues.check(
            (1..=99).contains(&self.quantity),
            "quantity",
            "must be 1 to 99",
        );
        let price = (0..=1_000_000).contains(&self.price_cents);
        issues.check(price, "priceCents", "must be 0 to 1000000");
        if let Some(discount) = self.discount {
            issues.check(
                (0.0..=1.0).contains(&discount),
                "discount",
                "must be 0 to 1",
            );
        }
        if let Some(comment) = &self.comment {
            issues.check(
                has_length(comment, 0..=200),
                "comment",
                "must have at most 200 characters",
            );
        }
    }
}

fn has_length(text: &str, range: RangeInclusive<usize>) -> bool {
    range.contains(&text.chars().count())
}
