//! Requests over the loopback: a server on one core, its clients on another.

use std::time::{Duration, Instant};

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::case::Case;

/// Connections that are kept open.
const CLIENTS: usize = 16;

/// Prints how many requests were answered in that time, and the server's CPU time for them in microseconds.
pub fn run(service: Router, case: &Case, milliseconds: u64) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let server = std::thread::spawn(move || {
        pin(0);
        runtime().block_on(async {
            let listener = TcpListener::from_std(listener).expect("a listener");
            tokio::select! {
                result = async { axum::serve(listener, service).await } => result.expect("a server"),
                _ = stopped => {}
            }
        });
        cpu_of_thread()
    });
    pin(1);
    let bytes = case.bytes();
    let until = Instant::now() + Duration::from_millis(milliseconds);
    let answered: usize = runtime().block_on(async {
        let mut clients = tokio::task::JoinSet::new();
        for _ in 0..CLIENTS {
            let stream = TcpStream::connect(address).await.expect("a connection");
            clients.spawn(client(stream, bytes.clone(), case.status, until));
        }
        clients.join_all().await.into_iter().sum()
    });
    stop.send(()).expect("the server runs");
    let cpu = server.join().expect("the server ends well");
    println!("{answered} {}", cpu.as_micros());
}

async fn client(mut stream: TcpStream, request: Vec<u8>, status: u16, until: Instant) -> usize {
    stream.set_nodelay(true).expect("a socket");
    let mut buffer = vec![0; 64 * 1024];
    let mut answered = 0;
    // All answers are of one length, which the first tells.
    let mut length = None;
    while Instant::now() < until {
        stream.write_all(&request).await.expect("a request is sent");
        let mut read = 0;
        while length.is_none_or(|length| read < length) {
            let more = stream.read(&mut buffer[read..]).await.expect("an answer");
            assert_ne!(more, 0, "the server hung up");
            read += more;
            length = length.or_else(|| whole(&buffer[..read], status));
        }
        answered += 1;
    }
    answered
}

/// The length of an answer, once its head is there.
fn whole(answer: &[u8], status: u16) -> Option<usize> {
    let text = String::from_utf8_lossy(answer);
    let (head, _) = text.split_once("\r\n\r\n")?;
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
    let mut lines = head.lines();
    let body = lines.find_map(|line| line.strip_prefix("content-length: "));
    let body: usize = body.expect("a length").parse().expect("a number");
    Some(head.len() + 4 + body)
}

fn runtime() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

/// Binds this thread to a core, if there is such a core.
fn pin(core: usize) {
    // SAFETY: an all-zero set is an empty one, and the pointer is to a local.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(core, &mut set);
        libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &set);
    }
}

fn cpu_of_thread() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a local.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
