//! Bodies in XML: what is read of them, what is refused, and what is written.

use axum::http::Request;

use super::send;

/// The start of every document that is written.
const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// What is answered to a body, without the start of the document; or the issues, or the reason why it isn't XML.
async fn read(method: &str, url: &str, media: &str, body: String) -> String {
    let request = Request::builder().method(method);
    let request = request
        .uri(format!("/api/xml{url}"))
        .header("content-type", media);
    let answer = send(request.body(body.into()).unwrap()).await;
    match answer.status.as_u16() {
        200 => {
            let text = answer.text();
            text.strip_prefix(START).unwrap_or(&text).to_owned()
        }
        400 if !answer.issues().is_empty() => answer.issues().join(", "),
        400 => {
            let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            problem["detail"].as_str().unwrap().to_owned()
        }
        status => status.to_string(),
    }
}

async fn check(url: &str, body: &str, expected: &str) {
    let media = match url {
        "/lists" => "application/vnd.lists+xml",
        _ => "application/xml",
    };
    let got = read("POST", url, media, body.to_owned()).await;
    assert_eq!(got, expected, "{url} {body}");
}

/// A pet with this inside, beside its name.
fn pet(inside: &str) -> String {
    format!("<pet><name>Tom</name>{inside}</pet>")
}

/// A pet as it is written.
fn written(attributes: &str, inside: &str) -> String {
    format!(
        "<p:pet xmlns:p=\"https://pets.example/\"{attributes}><p:name>Tom</p:name>{inside}</p:pet>"
    )
}

#[tokio::test]
async fn values_are_read_and_written_where_they_stand() {
    let plain = "<vaccinated>false</vaccinated>";
    let cases = [
        (pet(""), written("", plain)),
        (
            format!(
                "<?xml version='1.0' encoding='utf-8'?><!-- it -->\n{}\n<?end?>",
                pet("")
            ),
            written("", plain),
        ),
        (
            "<q:pet xmlns:q='urn:other' id=' 7 '>\n  <q:name>Tom</q:name>\n</q:pet>".to_owned(),
            written(" id=\"7\"", plain),
        ),
        (
            pet("<born>\n 2020-02-29 </born><species> cat </species>"),
            written(
                "",
                &format!("<born>2020-02-29</born><species>cat</species>{plain}"),
            ),
        ),
        (
            pet("<keeper><age>30</age><name/></keeper><vaccinated> true </vaccinated>"),
            written(
                "",
                "<keeper><name/><age>30</age></keeper><vaccinated>true</vaccinated>",
            ),
        ),
        (
            pet("<weight>1.50</weight><tags><tag>a</tag><tag> b </tag></tags>"),
            written(
                "",
                &format!("<weight>1.5</weight>{plain}<tags><tag>a</tag><tag> b </tag></tags>"),
            ),
        ),
        (pet("<tags/>"), written("", &format!("{plain}<tags/>"))),
    ];
    for (body, expected) in cases {
        check("/pets", &body, &expected).await;
    }
    let json = "{\"name\":\"Tom\"}".to_owned();
    assert_eq!(
        read("POST", "/pets", "application/json", json).await,
        written("", plain)
    );
    let owner = "<owner><name>A</name><email>a@b.c</email></owner>";
    check("/owners", owner, owner).await;
    check("/owners", "<root/>", "body  invalid_value").await;
    check("/count", "<count> 3 </count>", "<count>3</count>").await;
}

#[tokio::test]
async fn what_is_nil_is_null() {
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    let written = written(
        "",
        &format!("<weight xmlns:xsi=\"{xsi}\" xsi:nil=\"true\"/><vaccinated>false</vaccinated>"),
    );
    check(
        "/pets",
        &pet(&format!("<weight xmlns:i='{xsi}' i:nil='1'/>")),
        &written,
    )
    .await;
    check(
        "/pets",
        &pet(&format!("<born xmlns:xsi='{xsi}' xsi:nil='true'/>")),
        "body /born invalid_type",
    )
    .await;
    check("/pets", &pet("<weight/>"), "body /weight invalid_type").await;
    check(
        "/pets",
        &pet("<weight nil='true'/>"),
        "body /weight invalid_type",
    )
    .await;
}

#[tokio::test]
async fn lists_stand_in_every_way() {
    let same = [
        "<lists/>",
        "<lists words=\"1 2 3\"><plain>a</plain><plain>b</plain></lists>",
        "<lists><ignored>a</ignored></lists>",
        "<lists><number>1</number><number>2</number></lists>",
        "<lists><wrapped><wrapped>a</wrapped></wrapped><outer><outer>b</outer></outer></lists>",
        "<lists><owners><owner><name>Ann</name></owner></owners></lists>",
        "<lists><row><cell>1</cell><cell>2</cell></row><row/></lists>",
    ];
    for body in same {
        check("/lists", body, body).await;
    }
    for (body, expected) in [
        (
            "<lists><plain>a</plain><number>1</number><plain>b</plain></lists>",
            "<lists><plain>a</plain><plain>b</plain><number>1</number></lists>",
        ),
        ("<lists words=' 4  5 '/>", "<lists words=\"4 5\"/>"),
        ("<lists words='4 x'/>", "body /words/1 invalid_type"),
        (
            "<lists><number>1</number><number>x</number></lists>",
            "body /named/1 invalid_type",
        ),
        (
            "<lists><owners><owner/><keeper><name>A</name></keeper></owners></lists>",
            "body /both/1 invalid_element, body /both/0/name invalid_type",
        ),
        (
            "<lists><owners>text</owners></lists>",
            "body /both invalid_type",
        ),
        (
            "<lists><row><cell>1</cell></row><row><cell>y</cell></row></lists>",
            "body /grid/1/0 invalid_type",
        ),
        (
            "<lists><wrapped/><wrapped/></lists>",
            "body /wrapped/0 invalid_type, body /wrapped/1 invalid_type",
        ),
    ] {
        check("/lists", body, expected).await;
    }
    let two = "<any><pet><name>A</name></pet><pet><name>B</name></pet></any>".to_owned();
    let ns = "xmlns:p=\"https://pets.example/\"";
    let one = |name: &str| {
        format!("<p:pet {ns}><p:name>{name}</p:name><vaccinated>false</vaccinated></p:pet>")
    };
    assert_eq!(
        read("PUT", "/pets", "application/xml", two).await,
        format!("<pets>{}{}</pets>", one("A"), one("B"))
    );
    let three = format!("<pets>{}</pets>", pet("").repeat(3));
    assert_eq!(
        read("PUT", "/pets", "application/xml", three).await,
        "body  too_big"
    );
}

#[tokio::test]
async fn nodes_are_texts_sections_attributes_or_none() {
    for (body, expected) in [
        (
            "<message lang='en' by='me'><body priority='2'> a &amp; b </body><at>2024-01-02T03:04:05Z</at></message>",
            "<message xmlns=\"urn:default\" m:lang=\"en\" xmlns:m=\"urn:m\" by=\"me\"><body priority=\"2\"> a &amp; b </body><at>2024-01-02T03:04:05Z</at></message>",
        ),
        (
            "<m:message xmlns:m='urn:default' xmlns:x='urn:m' x:lang='de'><m:body>x<![CDATA[<y>]]>&#122;</m:body></m:message>",
            "<message xmlns=\"urn:default\" m:lang=\"de\" xmlns:m=\"urn:m\"><body>x&lt;y&gt;z</body></message>",
        ),
        (
            "<message><body/>a]]&gt;b</message>",
            "<message xmlns=\"urn:default\"><![CDATA[a]]]]><![CDATA[>b]]><body/></message>",
        ),
        ("<message/>", "body /body invalid_type"),
        (
            "<message><body><b/></body></message>",
            "<message xmlns=\"urn:default\"><body/></message>",
        ),
        (
            "<message><body priority='x'>a</body><at>noon</at></message>",
            "body /body/priority invalid_type, body /stamp/at invalid_format",
        ),
    ] {
        check("/nodes", body, expected).await;
    }
}

#[tokio::test]
async fn texts_are_escaped() {
    let body = "<Folder name=\"&quot;&lt;&#10;&#9;'\"><folder name='&#x20AC;'/></Folder>";
    check(
        "/folders",
        body,
        "<Folder name=\"&quot;&lt;&#10;&#9;'\"><folder name=\"€\"/></Folder>",
    )
    .await;
    let json = "{\"name\":\"a\\u0000b\\uffff\\r\\n\\\"<]]>\"}".to_owned();
    assert_eq!(
        read("POST", "/pets", "application/json", json).await,
        "<p:pet xmlns:p=\"https://pets.example/\"><p:name>a\u{fffd}b\u{fffd}&#13;\n\"&lt;]]&gt;</p:name><vaccinated>false</vaccinated></p:pet>"
    );
}

#[tokio::test]
async fn maps_have_elements_for_their_keys() {
    for (body, expected) in [
        (
            "<Maps><counts><a>1</a><b>2</b></counts><lists><x>1</x><y>2</y><x>3</x></lists></Maps>",
            "<Maps><counts><a>1</a><b>2</b></counts><lists><x>1</x><x>3</x><y>2</y></lists></Maps>",
        ),
        (
            "<Maps><free a='1'>t<b>2</b><b><c/></b></free></Maps>",
            "<Maps><free>t<a>1</a><b>2</b><b><c/></b></free></Maps>",
        ),
        (
            "<Maps><counts><a>1</a><a>2</a></counts></Maps>",
            "body /counts/a invalid_type",
        ),
    ] {
        check("/maps", body, expected).await;
    }
}

#[tokio::test]
async fn alternatives_have_the_fields_of_all() {
    for (body, expected) in [
        (
            "<Drawing><shape kind='Circle'><radius>2</radius></shape><note>hi</note></Drawing>",
            "<Drawing><shape kind=\"Circle\"><radius>2.0</radius></shape><note>hi</note></Drawing>",
        ),
        (
            "<Drawing><shape kind='Square'><side>0.5</side></shape><note><name>Ann</name></note></Drawing>",
            "<Drawing><shape kind=\"Square\"><side>0.5</side></shape><note><name>Ann</name></note></Drawing>",
        ),
        (
            "<Drawing><shape kind='Square'><radius>1</radius></shape></Drawing>",
            "body /shape/side invalid_type",
        ),
        (
            "<Drawing><shape kind='Blob'/></Drawing>",
            "body /shape/kind invalid_union",
        ),
    ] {
        check("/shapes", body, expected).await;
    }
}

#[tokio::test]
async fn every_issue_is_told_with_its_path() {
    let body = "<pet id='0' colour='red'><born>today</born><species>cow</species><keeper><age>200</age></keeper><tags><tag/><tag/><tag/><tag/></tags><toy/></pet>";
    let issues = read("POST", "/pets", "text/xml; charset=utf-8", body.to_owned()).await;
    assert_eq!(
        issues,
        "body /id too_small, body /born invalid_format, body /kind invalid_value, body /owner/age too_big, \
         body /owner/name invalid_type, body /tags too_big, body /colour unrecognized_keys, \
         body /toy unrecognized_keys, body /name invalid_type"
    );
    check(
        "/pets",
        "<dog><name>Rex</name></dog>",
        "body  invalid_value",
    )
    .await;
    check("/pets", "<pet>Rex</pet>", "body  invalid_type").await;
    check("/pets", "", "body  invalid_type").await;
    check("/count", "<count>0</count>", "body  too_small").await;
    check(
        "/pets",
        "<pet><name>A</name><name>B</name></pet>",
        "body /name invalid_type",
    )
    .await;
    let pet = pet("");
    assert_eq!(read("POST", "/pets", "text/csv", pet.clone()).await, "415");
    assert_eq!(
        read("POST", "/pets", "application/pet+xml", pet).await,
        written("", "<vaccinated>false</vaccinated>")
    );
}

#[tokio::test]
async fn what_is_no_xml_is_malformed() {
    let bomb = "<!DOCTYPE pet [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><pet><name>&b;</name></pet>";
    for (body, reason) in [
        (bomb, "a document type is not allowed at line 1 column 56"),
        ("<pet>", "it ends before its root element does"),
        ("<!-- nothing -->", "it ends before its root element does"),
        (
            "pet",
            "there is text outside of its root element at line 1 column 4",
        ),
        (
            "<pet/>\n<pet/>",
            "there is a second root element at line 2 column 7",
        ),
        (
            "<pet/>&amp;",
            "there is text outside of its root element at line 1 column 12",
        ),
        ("<pet></dog>", "its tags do not match at line 1 column 6"),
        ("</pet>", "its tags do not match at line 1 column 1"),
        (
            "<pet><name>&who;</name></pet>",
            "an entity is not known at line 1 column 17",
        ),
        (
            "<pet id='&who;'/>",
            "an attribute is not well-formed at line 1 column 18",
        ),
        (
            "<pet id='1' id='2'/>",
            "an attribute is not well-formed at line 1 column 21",
        ),
        (
            "<pet id='<'/>",
            "an attribute is not well-formed at line 1 column 14",
        ),
        (
            "<pet id=1/>",
            "an attribute is not well-formed at line 1 column 12",
        ),
        ("<pet><1/></pet>", "a name is none at line 1 column 10"),
        (
            "<pet>&#1;</pet>",
            "there is a character that XML can't hold at line 1 column 10",
        ),
        (
            "<pet>\u{1}</pet>",
            "there is a character that XML can't hold at line 1 column 7",
        ),
        (
            "<?xml version='1.0' encoding='latin1'?><pet/>",
            "its encoding is not UTF-8 at line 1 column 40",
        ),
    ] {
        check("/pets", body, &format!("the body is not XML: {reason}")).await;
    }
}

#[tokio::test]
async fn depth_and_width_have_limits() {
    let nested = |depth: usize| {
        let open = "<folder name='a'>".repeat(depth);
        format!(
            "<Folder name='a'>{open}{}</Folder>",
            "</folder>".repeat(depth)
        )
    };
    let kept = nested(30).replace('\'', "\"");
    let kept = kept.replace("<folder name=\"a\"></folder>", "<folder name=\"a\"/>");
    check("/folders", &nested(30), &kept).await;
    // A level of elements is two of JSON.
    check("/folders", &nested(100), "the body is nested too deep").await;
    let reason = "the body is not XML: its elements nest more than 128 deep at line 1 column 2194";
    check("/folders", &nested(200), reason).await;
    let attributes: String = (0..300).map(|index| format!(" a{index}=''")).collect();
    let body = format!("<Folder{attributes}/>");
    let got = read("POST", "/folders", "application/xml", body).await;
    assert!(
        got.contains("an element has more than 256 attributes"),
        "{got}"
    );
    let many = format!("<Folder name=''>{}</Folder>", "<a/>".repeat(100_000));
    check("/folders", &many, "<Folder name=\"\"/>").await;
}

/// However a document is cut or damaged, it is read or refused.
#[tokio::test]
async fn damaged_documents_are_refused() {
    let body = "<?xml version='1.0'?><message lang='e&lt;n'><body priority='2'>a<![CDATA[b]]>&#99;</body><!--c--><at/></message>";
    let mut refused = 0;
    for at in 0..body.len() {
        let (before, after) = body.split_at(at);
        let mut damaged = vec![before.to_owned(), format!("{before}{}", &after[1..])];
        for inserted in ["<", ">", "&", "'", "/", "!", "]", ":", " ", "\u{0}", "é"] {
            damaged.push(format!("{before}{inserted}{after}"));
        }
        for body in damaged {
            let answer = read("POST", "/nodes", "text/xml", body.clone()).await;
            assert!(answer.starts_with(['<', 'b', 't']), "{answer} {body}");
            refused += usize::from(answer.starts_with("the body is not XML"));
        }
    }
    assert!(refused > 400, "{refused}");
}
