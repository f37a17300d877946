//! Requests that the service sends, and webhooks that it receives: what `hooks` sends, `received` takes.

use axum::body::{Body, Bytes};
use axum::http::{Request, Response};
use contract::hooks::callbacks::{
    orders_post_on_event as on_event, orders_post_on_event_8d87 as on_update,
};
use contract::hooks::routes::orders;
use contract::hooks::schemas::{Event, Kind, Order, Point, ReceiptInput};
use contract::hooks::webhooks::{lists, new_pet, new_pet_67b0, star};
use contract::{SentFile, TypedBytes};

use super::{Answer, Principal, State, app_with, send};

const RECEIVER: &str = "/api/received/webhooks/order-placed";

fn order(notify: Option<&str>) -> orders::PostRequest {
    orders::PostRequest {
        query: orders::PostQuery {
            notify: notify.map(str::to_owned),
        },
        headers: orders::PostHeaders {
            x_tenant: "a&b/ö".to_owned(),
        },
        body: Order::new("https://example.com/hook?id=1#top", Kind::SelfValue),
    }
}

fn event(kind: Kind, id: i64) -> on_event::PostRequest {
    on_event::PostRequest {
        query: on_event::PostQuery {
            tags: Some(vec!["a b".to_owned(), "c&d".to_owned()]),
            at: contract::utc("2024-02-29T12:00:00Z".parse().unwrap()),
            filter: Some(on_event::PostQueryFilter {
                min: Some(3),
                kind: Some(Kind::Paid),
            }),
        },
        headers: on_event::PostHeaders {
            x_signature: "s, t".to_owned(),
        },
        cookies: on_event::PostCookies {
            session: Some("é;".to_owned()),
            trace: Some(5),
        },
        body: Event::new(id, kind, "now"),
    }
}

/// What a response of the server is to a client.
fn received(answer: Answer) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}

/// Sends an event to the receiver, and reads the answer.
async fn deliver(kind: Kind, id: i64) -> Result<on_event::PostResponse, contract::AnswerError> {
    let request = event(kind, id).request(RECEIVER).unwrap();
    let answer = send(request.map(Body::from)).await;
    on_event::PostRequest::response(received(answer))
}

#[tokio::test]
async fn a_url_follows_from_the_request_that_names_it() {
    let url = on_event::PostRequest::url(&order(None));
    assert_eq!(url.unwrap(), "https://example.com/hook?id=1#top");
    assert_eq!(on_update::PutRequest::url(&order(None)), None);
    let url = on_update::PutRequest::url(&order(Some("https://x.test"))).unwrap();
    let expected = "https://x.test/events/{id}?tenant=a%26b%2F%C3%B6&kind=self";
    assert_eq!(url, expected);
    let update = on_update::PutRequest {
        path: on_update::PutPath { id: 12 },
        body: None,
    };
    let request = update.request(&url).unwrap();
    assert_eq!(request.uri().to_string(), expected.replace("{id}", "12"));
    assert_eq!(request.method(), "PUT");
    assert!(request.headers().is_empty() && request.body().is_empty());
    assert!(update.request("https://x y").is_err());
}

#[tokio::test]
async fn parameters_and_body_are_written_as_the_contract_says() {
    let request = event(Kind::Made, 1).request("https://example.com/hook?id=1#top");
    let request = request.unwrap();
    let url = "https://example.com/hook?id=1&tags=a%20b&tags=c%26d&at=2024-02-29T12%3A00%3A00Z&filter%5Bmin%5D=3&filter%5Bkind%5D=paid";
    assert_eq!(request.uri(), url);
    assert_eq!(request.headers()["x-signature"], "s, t");
    assert_eq!(request.headers()["cookie"], "session=%C3%A9%3B; trace=5");
    assert_eq!(request.headers()["content-type"], "application/json");
    // The service speaks: what is read-only is sent, what is write-only isn't.
    let body = r#"{"id":1,"kind":"made","made":"now"}"#;
    assert_eq!(request.body(), body);
    let ping = new_pet::GetRequest {
        query: new_pet::GetQuery {
            since: Some([("a".to_owned(), 1)].into()),
        },
    };
    let request = ping.request("https://x.test?").unwrap();
    assert_eq!(request.uri(), "https://x.test/?since=%7B%22a%22%3A1%7D");
    let mut event = event(Kind::Made, 1);
    event.headers.x_signature = "a\nb".to_owned();
    let error = event.request("https://x.test").unwrap_err();
    assert_eq!(error, contract::SendError::Header("x-signature"));
}

#[tokio::test]
async fn bodies_of_other_types_are_sent_as_they_are() {
    let bytes = Bytes::from_static(b"--x--");
    let mixed = star::PostRequest {
        body: Some(star::PostBody::Multipart(TypedBytes {
            content_type: "multipart/mixed; boundary=x".to_owned(),
            bytes: bytes.clone(),
        })),
    };
    let request = mixed.request("https://x.test").unwrap();
    let media = &request.headers()["content-type"];
    assert_eq!(media, "multipart/mixed; boundary=x");
    assert_eq!(request.body(), &bytes);
    let numbers = star::PostRequest::response(json(200, "[1,2]")).unwrap();
    assert!(matches!(numbers, star::PostResponse::OkJson(numbers) if numbers == [1, 2]));
}

/// Sends an event as XML to the receiver, and reads its answer, which is XML too.
async fn documented(id: i64) -> Result<star::PostResponse, contract::AnswerError> {
    let event = Event {
        order: Some(order(None).body),
        ..Event::new(id, Kind::Paid, "<now> & \"then\"")
    };
    let request = star::PostRequest {
        body: Some(star::PostBody::Xml(event)),
    };
    let request = request.request("/api/received/webhooks/documents").unwrap();
    assert_eq!(request.headers()["content-type"], "application/xml");
    let text = String::from_utf8_lossy(request.body());
    assert!(text.contains("<Event><id>"), "{text}");
    assert!(!text.contains("secret"), "{text}");
    let answer = send(request.map(Body::from)).await;
    star::PostRequest::response(received(answer))
}

#[tokio::test]
async fn documents_are_typed_in_both_directions() {
    let answer = documented(4).await.unwrap();
    let star::PostResponse::OkXml(receipt) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(receipt, ReceiptInput::new(4, "<now> & \"then\""));
    let error = documented(0).await.unwrap_err();
    assert!(error.malformed.is_none(), "{error}");
    let pointers: Vec<String> = error.issues.iter().map(|issue| issue.pointer()).collect();
    assert_eq!(pointers, ["/number"]);
    for (text, expected) in [
        ("<Receipt>", "the body is not XML"),
        (
            "<Bill><number>1</number></Bill>",
            "the root element must be `Receipt`",
        ),
        ("<Receipt><number>1</number></Receipt>", "`/made`"),
    ] {
        let answer = Response::builder().header("content-type", "application/xml");
        let answer = answer.body(Bytes::from_static(text.as_bytes())).unwrap();
        let error = star::PostRequest::response(answer).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.response.body(), text);
    }
}

#[tokio::test]
async fn a_form_with_files_is_read_by_its_receiver() {
    use new_pet_67b0::{PostBody, PostRequest};
    let point = |x| Point {
        x: Some(x),
        label: Some("é\r\n--".to_owned()),
    };
    let mut body = PostBody {
        photo: SentFile::new("a \"b\".png", "\u{89}PNG\r\n--\r\n"),
        others: vec![
            SentFile {
                content_type: Some("text/plain".to_owned()),
                ..SentFile::new("1", "one")
            },
            SentFile {
                content_type: Some("image/gif".to_owned()),
                ..SentFile::default()
            },
        ],
        title: "Ümlaut\r\n\"=&".to_owned(),
        count: 5,
        tags: Some(texts(&["a", "b, c"])),
        point: Some(point(1)),
        points: Some(vec![point(2)]),
        code: Some("\"quoted\"".to_owned()),
        codes: Some(texts(&["[1", "2]"])),
        meta: Some("\"x\"".to_owned()),
        order: Some(order(None).body),
        made: "now".to_owned(),
    };
    for (points, codes) in [(1, 2), (2, 1), (0, 0)] {
        body.points = Some((0..points).map(point).collect());
        body.codes = Some(texts(&["[1", "2]"][..codes]));
        let request = PostRequest { body: body.clone() };
        let request = request.request("/api/received/webhooks/albums").unwrap();
        let answer = send(request.map(Body::from)).await;
        // A list without items has no parts.
        let points = body.points.clone().filter(|points| !points.is_empty());
        let codes = body.codes.clone().filter(|codes| !codes.is_empty());
        let expected = format!(
            "Some(\"a %22b%22.png\") Some(\"image/png\") \u{89}PNG\r\n--\r\n\nSome(\"1\") Some(\"text/plain\") one\nNone Some(\"image/gif\") \n{:?} {:?} {:?} {:?} {points:?} {:?} {codes:?} Some(\"\\\"x\\\"\") {:?} {:?}",
            body.title, body.count, body.tags, body.point, body.code, body.order, body.made
        );
        assert_eq!(answer.text(), expected);
    }
}

#[tokio::test]
async fn a_form_with_files_ends_where_nobody_can_say() {
    use new_pet_67b0::{PostBody, PostRequest};
    let body = PostBody {
        photo: SentFile::default(),
        others: Vec::new(),
        title: String::new(),
        count: 3,
        tags: None,
        point: None,
        points: None,
        code: None,
        codes: None,
        meta: Some("{}".to_owned()),
        order: None,
        made: String::new(),
    };
    let request = PostRequest { body };
    let [one, other] = [(), ()].map(|()| request.request("https://x.test").unwrap());
    let media = |request: &Request<Bytes>| request.headers()["content-type"].clone();
    assert_ne!(media(&one), media(&other));
    let media = media(&one);
    let boundary = media
        .to_str()
        .unwrap()
        .strip_prefix("multipart/form-data; boundary=");
    let text = String::from_utf8_lossy(one.body()).replace(boundary.unwrap(), "B");
    let part = |name: &str, text: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{text}\r\n")
    };
    let parts = [
        part("photo", "Content-Type: image/png\r\n\r\n"),
        part("title", "\r\n"),
        part("count", "\r\n3"),
        part("meta", "Content-Type: application/json\r\n\r\n{}"),
        part("made", "\r\n"),
    ];
    assert_eq!(text, parts.concat() + "--B--\r\n");
}

#[tokio::test]
async fn what_is_sent_is_what_a_receiver_reads() {
    let answer = deliver(Kind::Made, 0).await;
    // The receiver's answer lacks what the contract of the sender wants.
    let error = answer.unwrap_err();
    assert_eq!(error.response.status(), 200);
    let body = String::from_utf8_lossy(error.response.body()).into_owned();
    for seen in [
        r#"tags: Some([\"a b\", \"c&d\"])"#,
        "at: 2024-02-29T12:00:00+00:00[UTC]",
        "min: Some(3), kind: Some(Paid)",
        r#"x_signature: \"s, t\""#,
        r#"session: Some(\"é;\"), trace: Some(5)"#,
        r#"made: \"now\""#,
    ] {
        assert!(body.contains(seen), "{seen} in {body}");
    }
    let issues: Vec<String> = error.issues.iter().map(|issue| issue.pointer()).collect();
    assert_eq!(issues, ["/number", "/made"]);
}

#[tokio::test]
async fn answers_are_typed_by_status_and_content_type() {
    use on_event::PostResponse::{ClientError, NoContent, OkJson, OkText, Other};
    let answer = deliver(Kind::Made, 1).await.unwrap();
    let OkJson {
        x_left,
        x_kinds,
        x_pairs,
        body,
    } = answer
    else {
        panic!("{answer:?}")
    };
    assert_eq!(x_left, 7);
    assert_eq!(x_kinds.unwrap(), [Kind::Made, Kind::SelfValue]);
    let pairs = x_pairs.unwrap();
    assert_eq!((pairs.a, pairs.b.as_deref()), (Some(1), Some("x")));
    assert_eq!(body, ReceiptInput::new(1, "now"));
    assert!(matches!(deliver(Kind::Paid, 1).await, Ok(NoContent)));
    let refused = deliver(Kind::SelfValue, 1).await.unwrap();
    let ClientError { status, body } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((status.as_u16(), body.title.as_str()), (409, "No"));
    let other = deliver(Kind::Paid, 0).await.unwrap();
    assert!(matches!(other, Other(response) if response.status() == 503));
    let text = Response::builder()
        .header("content-type", "Text/Plain; charset=utf-8")
        .header("x-left", "2");
    let text = on_event::PostRequest::response(text.body("hi".into()).unwrap()).unwrap();
    assert!(matches!(text, OkText { x_left: 2, body, .. } if body == "hi"));
    let undeclared = Response::builder().header("content-type", "image/png");
    let undeclared = on_event::PostRequest::response(undeclared.body(Bytes::new()).unwrap());
    assert!(matches!(undeclared, Ok(Other(response)) if response.status() == 200));
}

fn json(status: u16, body: &'static str) -> Response<Bytes> {
    let response = Response::builder().status(status);
    let response = response.header("content-type", "application/json");
    response.body(Bytes::from_static(body.as_bytes())).unwrap()
}

#[tokio::test]
async fn an_answer_that_is_wrong_is_an_error_that_keeps_it() {
    let error = on_event::PostRequest::response(json(200, "{\"number\":0}")).unwrap_err();
    let issues = error.issues.iter();
    let issues: Vec<_> = issues.map(|issue| (issue.pointer(), issue.code)).collect();
    let expected = [
        ("/x-left".to_owned(), "invalid_type"),
        ("/number".to_owned(), "too_small"),
        ("/made".to_owned(), "invalid_type"),
    ];
    assert_eq!(issues, expected);
    assert_eq!(error.response.body(), "{\"number\":0}");
    let error = star::PostRequest::response(json(200, "[1,")).unwrap_err();
    assert!(error.malformed.is_some(), "{error}");
}

#[tokio::test]
async fn a_form_is_read_as_it_was_written() {
    use on_update::{PutBody, PutBodyForm, PutBodyFormDeep, PutPath, PutRequest};
    let form = PutBodyForm {
        id: 3,
        tags: Some(vec!["a".to_owned(), "ü".to_owned()]),
        deep: Some(PutBodyFormDeep {
            x: Some("1+1=2".to_owned()),
            y: Some(vec![1, 2]),
        }),
    };
    let expected = format!("{form:?}").replace("PutBodyForm", "PutBody");
    let request = PutRequest {
        path: PutPath { id: 1 },
        body: Some(PutBody::Form(form)),
    };
    let request = request.request("/api/received/webhooks/orders").unwrap();
    let answer = send(request.map(Body::from)).await;
    assert_eq!(answer.text(), expected);
}

/// Sends lists in all styles to the receiver; what it read is what was sent.
async fn sends(query: lists::GetQuery, commas: &[&str]) {
    let headers = lists::GetHeaders {
        x_commas: Some(texts(commas)),
    };
    let expected = format!("{query:?} {headers:?}");
    let expected = expected.replace("GetQuerySpread", "Spread");
    let request = lists::GetRequest { query, headers };
    let request = request.request("/api/received/webhooks/lists").unwrap();
    let answer = send(request.map(Body::from)).await;
    assert_eq!(answer.text().replace("GetQuerySpread", "Spread"), expected);
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn lists_are_read_as_they_were_written() {
    use contract::SendError::Parameter;
    let all = texts(&["a b", "c|d", "e,f", "g+h", "50%", "i%20j", "ü"]);
    for items in [&all[..], &all[1..], &all[4..5], &all[5..6]] {
        let query = lists::GetQuery {
            spaces: Some(items.to_vec()),
            pipes: Some(all[..1].to_vec()),
            commas: Some(items.to_vec()),
            spread: Some(lists::GetQuerySpread {
                some: Some(items.to_vec()),
                one: Some(lists::GetQuerySpreadOne { x: Some(3) }),
            }),
        };
        sends(query, &["a b", "c|d"]).await;
        let query = lists::GetQuery {
            spaces: Some(all[1..2].to_vec()),
            pipes: Some(all.clone()),
            ..lists::GetQuery::default()
        };
        sends(query, &["%2C"]).await;
    }
    // Of a single item, nobody could tell.
    let one = |index: usize| Some(all[index..=index].to_vec());
    let query = |spaces, pipes| lists::GetQuery {
        spaces,
        pipes,
        ..lists::GetQuery::default()
    };
    for (query, commas, expected) in [
        (query(one(0), None), None, "spaces"),
        (query(None, one(1)), None, "pipes"),
        (query(None, None), one(2), "x-commas"),
    ] {
        let headers = lists::GetHeaders { x_commas: commas };
        let sent = lists::GetRequest { query, headers }.request("https://x.test");
        assert_eq!(sent.unwrap_err(), Parameter(expected));
    }
}

#[tokio::test]
async fn a_receiver_refuses_what_isnt_declared() {
    let request = Request::post(RECEIVER).header("content-type", "application/json");
    let answer = send(request.body(Body::from("{\"id\":1.5}")).unwrap()).await;
    let expected = [
        "query /at invalid_type",
        "header /x-signature invalid_type",
        "body /id invalid_type",
        "body /kind invalid_type",
        "body /made invalid_type",
    ];
    assert_eq!(answer.issues(), expected);
    let request = Request::get(RECEIVER).body(Body::empty()).unwrap();
    assert_eq!(send(request).await.status, 405);
}

/// Any client does that takes requests of the `http` crate; this is hyper's own.
#[tokio::test]
async fn a_client_carries_it_over_a_socket() {
    let everyone = contract::Authenticator::Everyone(|| Principal {
        id: "tester".to_owned(),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app_with(State::default(), everyone);
    tokio::spawn(async move { axum::serve(listener, app).await });

    let request = event(Kind::Made, 1).request(&format!("http://{address}{RECEIVER}"));
    let mut request = request.unwrap().map(Body::from);
    let host = request.uri().authority().unwrap().as_str().parse().unwrap();
    request.headers_mut().insert("host", host);
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let stream = hyper_util::rt::TokioIo::new(stream);
    let (mut client, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let (parts, body) = client.send_request(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(Body::new(body), usize::MAX)
        .await
        .unwrap();
    let answer = on_event::PostRequest::response(Response::from_parts(parts, body)).unwrap();
    assert!(matches!(
        answer,
        on_event::PostResponse::OkJson { x_left: 7, .. }
    ));
}

#[tokio::test]
async fn what_http_can_not_carry_is_refused_before_it_is_sent() {
    use contract::SendError;
    use contract::hooks::callbacks::orders_post_mod_x::PostRequest;
    use contract::hooks::webhooks::mod_::{QueryHeaders, QueryRequest};
    let mut order = order(None);
    assert_eq!(PostRequest::url(&order), None);
    order.body.note = Some(None);
    assert_eq!(PostRequest::url(&order), None);
    order.body.note = Some(Some("https://x.test".to_owned()));
    let url = PostRequest::url(&order).unwrap();
    assert_eq!(url, "https://x.test/`*/\n\"\\{");
    let sent = PostRequest::default().request(&url);
    assert_eq!(sent.unwrap_err(), SendError::Url);
    let headers = QueryHeaders {
        a: Some("b".to_owned()),
    };
    let sent = QueryRequest { headers }.request("https://x.test");
    assert_eq!(sent.unwrap_err(), SendError::Header("a\n\""));
    let sent = QueryRequest::default().request("https://x.test").unwrap();
    assert_eq!(sent.method().as_str(), "QUERY");
}
