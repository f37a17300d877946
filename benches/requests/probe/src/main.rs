//! Sends requests to one of the two services, in process or over the loopback, and counts what they cost.
//!
//!     probe requests <service> <case> <count>      in process; to be run under callgrind; `none` only makes requests
//!     probe allocations <service> <case>           in process; prints allocations of one request
//!     probe load <service> <case> <milliseconds>   over the loopback; prints requests, and CPU microseconds of the server

mod allocations;
mod case;
mod load;

use axum::Router;
use axum::body::to_bytes;
use tower_service::Service;

use case::Case;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["requests", service, case, count] => {
            send(service, case, count.parse().expect("a number"));
        }
        ["allocations", service, case] => println!("{}", allocations(service, case)),
        ["load", service, case, milliseconds] => {
            let milliseconds = milliseconds.parse().expect("a number");
            load::run(service_named(service), &Case::named(case), milliseconds);
        }
        _ => panic!("see the top of main.rs"),
    }
}

fn service_named(name: &str) -> Router {
    match name {
        "emitted" => contract::router(
            emitted::router::ROUTES,
            emitted::State::default(),
            contract::Authenticator::Contract,
        ),
        "emitted-app" => emitted::app(emitted::State::default()),
        "peer" => peer::router(),
        "peer-app" => peer::app(),
        _ => panic!("no service is called {name}"),
    }
}

/// Sends a request so many times; gives the allocations of the last.
fn send(service: &str, case: &str, count: usize) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let case = Case::named(case);
    if service == "none" {
        (0..count).for_each(|_| drop(case.request()));
        return 0;
    }
    let mut service = service_named(service);
    runtime.block_on(async {
        let mut allocations = 0;
        for _ in 0..count {
            let request = case.request();
            let before = allocations::count();
            let response = service.call(request).await.expect("an answer");
            assert_eq!(response.status().as_u16(), case.status);
            let body = to_bytes(response.into_body(), usize::MAX).await;
            assert!(!body.expect("a whole body").is_empty());
            allocations = allocations::count() - before;
        }
        allocations
    })
}

fn allocations(service: &str, case: &str) -> u64 {
    send(service, case, 10)
}
