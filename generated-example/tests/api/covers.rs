//! `/books/{bookId}/cover`

use axum::http::Request;

use crate::shop::{Answer, NOTHING, PRIDE, STAFF_KEY, Shop, url};

/// As much of a picture as the shop looks at.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

/// Sends a form of these parts, each with its headers.
async fn put(shop: &Shop, book: &str, parts: &[(&str, &[u8])]) -> Answer {
    let mut form = Vec::new();
    for (headers, content) in parts {
        form.extend(format!("--edge\r\nContent-Disposition: form-data; {headers}\r\n\r\n").bytes());
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(b"--edge--\r\n");
    let request = Request::put(url(&format!("/books/{book}/cover")))
        .header("x-staff-key", STAFF_KEY)
        .header("content-type", "multipart/form-data; boundary=edge");
    Answer::of(shop.respond(request, form.into()).await).await
}

const IMAGE: &str = "name=\"image\"; filename=\"cover.png\"\r\nContent-Type: image/png";
const ALT: (&str, &[u8]) = ("name=\"alt\"", b"A house in the rain");

#[tokio::test]
async fn a_cover_comes_back_as_it_was_sent() {
    let shop = Shop::open();
    let path = format!("/books/{PRIDE}/cover");
    shop.get(&path).await.expect(404);
    put(&shop, PRIDE, &[(IMAGE, PNG), ALT]).await.expect(204);

    let cover = shop.get(&path).await.expect(200);
    assert_eq!(cover.header("content-type"), "image/png");
    assert_eq!(cover.body, PNG);

    let newer = [PNG, &[0; 100_000]].concat();
    put(&shop, PRIDE, &[(IMAGE, &newer), ALT]).await.expect(204);
    assert_eq!(shop.get(&path).await.expect(200).body, newer);
}

#[tokio::test]
async fn a_cover_needs_a_book() {
    let shop = Shop::open();
    put(&shop, NOTHING, &[(IMAGE, PNG), ALT]).await.expect(404);
}

#[tokio::test]
async fn a_form_is_checked() {
    let shop = Shop::open();
    let answer = put(&shop, PRIDE, &[("name=\"alt\"", b"")]).await;
    answer.expect_issues(&["body image: invalid_type", "body alt: too_small"]);

    let gif = "name=\"image\"; filename=\"cover.gif\"\r\nContent-Type: image/gif";
    let answer = put(&shop, PRIDE, &[(gif, b"GIF89a"), ALT]).await;
    answer.expect_issues(&["body image: invalid_value"]);

    let answer = put(&shop, PRIDE, &[(IMAGE, b"GIF89a"), ALT]).await;
    answer.expect_issues(&["body image: custom"]);
}

#[tokio::test]
async fn a_cover_has_a_limit() {
    let image = vec![0; 3 << 20];
    let answer = put(&Shop::open(), PRIDE, &[(IMAGE, &image), ALT]).await;
    answer.expect(413);
}
