//! As much of HTTP/1.1 as a browser needs from a test server: one GET, one reply, one connection. Written by hand
//! because the faults to be served (a reply cut short, no reply at all) are what servers are made to avoid.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A request line; headers are read and dropped.
pub struct Request {
    /// `GET`, and sometimes `HEAD` or `OPTIONS`.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, decoded; empty where there is none.
    pub query: String,
}

/// What to answer.
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The MIME type.
    pub mime: String,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How many bytes of the body are sent before the connection is cut; `None` for all.
    pub cut: Option<usize>,
}

/// Reads one request; `None` where a browser opened a connection in advance and never used it.
pub fn read(stream: &TcpStream) -> Result<Option<Request>> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    // A request of a browser is far shorter.
    let mut lines = BufReader::new(stream.take(64 * 1024));
    let mut first = String::new();
    if lines.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    loop {
        let mut header = String::new();
        if lines.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
    }
    Ok(parse(&first))
}

fn parse(line: &str) -> Option<Request> {
    let mut words = line.split_whitespace();
    let method = words.next()?.to_owned();
    let target = words.next()?;
    let target = target.split('#').next()?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    path.starts_with('/').then(|| Request {
        method,
        path: path.to_owned(),
        query: decoded(query),
    })
}

/// A text as it was before `encodeURIComponent`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Writes one reply, and with it ends the connection.
pub fn write(mut stream: &TcpStream, request: &Request, reply: &Reply) -> Result<()> {
    let mut head = format!(
        "HTTP/1.1 {} -\r\ncontent-type: {}\r\ncontent-length: {}\r\ncache-control: no-store\r\nconnection: close\r\n",
        reply.status,
        reply.mime,
        reply.body.len()
    );
    for (name, value) in &reply.headers {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if request.method != "HEAD" {
        let end = reply
            .cut
            .map_or(reply.body.len(), |cut| cut.min(reply.body.len()));
        stream.write_all(reply.body.get(..end).unwrap_or_default())?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_lines_are_read() {
        for (line, expected) in [
            ("GET / HTTP/1.1\r\n", Some(("GET", "/", ""))),
            (
                "GET /test/a.html?x=1#y HTTP/1.1\r\n",
                Some(("GET", "/test/a.html", "x=1")),
            ),
            (
                "GET /a?%7B%22%E5%85%89%22%3A100%%7D HTTP/1.1\r\n",
                Some(("GET", "/a", "{\"光\":100%}")),
            ),
            ("OPTIONS /a HTTP/1.1\r\n", Some(("OPTIONS", "/a", ""))),
            ("GET http://elsewhere/ HTTP/1.1\r\n", None),
            ("\r\n", None),
            ("GET", None),
        ] {
            let read = parse(line);
            assert_eq!(
                read.as_ref().map(|read| (
                    read.method.as_str(),
                    read.path.as_str(),
                    read.query.as_str()
                )),
                expected,
                "{line:?}"
            );
        }
    }
}
