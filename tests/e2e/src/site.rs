//! A static server of one journey: the built widget at `/`, test pages below `/test/`, and faults where a journey asks
//! for them. Each journey has its own, on its own port, and so an origin and a localStorage that nobody used before.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::engine::INSECURE;
use crate::exchange::{self, Reply, Request};
use crate::{Failure, Outcome};

/// The policy that every page of ours must live with.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'";

/// The script that comes first in every page and writes down what happens there.
const COLLECTOR: &str = include_str!("collector.js");
const COLLECTOR_TAG: &str = "<script src=\"/test/collector.js\"></script>";

/// A way to answer wrongly.
#[derive(Clone, Debug)]
pub enum Fault {
    /// A status code, with a web page that says so, as servers do.
    Status(u16),
    /// The right content under another MIME type.
    Mime(&'static str),
    /// Only the first bytes, then the connection ends.
    Cut(usize),
    /// No answer: the connection ends.
    Closed,
    /// The right answer, but not before [`Site::release`].
    Held,
}

/// What a journey put on the server.
#[derive(Clone)]
struct Content {
    mime: String,
    policy: Option<String>,
    body: Vec<u8>,
}

/// One answer that was given.
struct Answered {
    path: String,
    query: String,
    is_missing: bool,
}

struct Shared {
    dist: PathBuf,
    contents: Mutex<HashMap<String, Content>>,
    faults: Mutex<HashMap<String, Fault>>,
    released: Condvar,
    answered: Mutex<Vec<Answered>>,
    is_open_to_others: AtomicBool,
    is_over: AtomicBool,
}

/// The server. Dropping it ends it.
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// A poisoned lock means that a test failed elsewhere; what it guards is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A port that no site of this run had: a browser may still keep something of the one before.
fn never_used() -> Outcome<(TcpListener, SocketAddr)> {
    static USED: Mutex<Vec<SocketAddr>> = Mutex::new(Vec::new());
    // Held until one is found, so that the system does not give them again.
    let mut taken = Vec::new();
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let mut used = lock(&USED);
        if !used.contains(&address) {
            used.push(address);
            return Ok((listener, address));
        }
        taken.push(listener);
    }
}

impl Site {
    /// Starts serving a build of the widget.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(dist: &Path) -> Outcome<Self> {
        let (listener, address) = never_used()?;
        let shared = Arc::new(Shared {
            dist: dist.to_owned(),
            contents: Mutex::default(),
            faults: Mutex::default(),
            released: Condvar::new(),
            answered: Mutex::default(),
            is_open_to_others: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
        });
        let site = Self {
            address,
            shared: Arc::clone(&shared),
        };
        site.put("/test/collector.js", "text/javascript", COLLECTOR);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let shared = Arc::clone(&shared);
                // A browser that goes away in the middle is no failure of the server.
                std::thread::spawn(move || drop(shared.serve(&stream)));
            }
        });
        Ok(site)
    }

    /// `http://127.0.0.1:<port>`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same server, under a name that browsers do not take for this machine: not served securely.
    pub fn insecure_origin(&self) -> String {
        format!("http://{INSECURE}:{}", self.address.port())
    }

    /// Puts text or bytes at a path, before what `dist/` has there.
    pub fn put(&self, path: &str, mime: &str, body: impl Into<Vec<u8>>) {
        self.put_with_policy(path, mime, body, None);
    }

    /// Puts a page at a path, under another policy than [`POLICY`]. The reason must stand where this is called.
    pub fn put_with_policy(
        &self,
        path: &str,
        mime: &str,
        body: impl Into<Vec<u8>>,
        policy: Option<String>,
    ) {
        let content = Content {
            mime: mime.to_owned(),
            policy,
            body: body.into(),
        };
        lock(&self.shared.contents).insert(path.to_owned(), content);
    }

    /// From now on, answers wrongly at a path.
    pub fn fault(&self, path: &str, fault: Fault) {
        lock(&self.shared.faults).insert(path.to_owned(), fault);
    }

    /// From now on, answers rightly at a path; also requests that were held.
    pub fn release(&self, path: &str) {
        lock(&self.shared.faults).remove(path);
        self.shared.released.notify_all();
    }

    /// Allows pages of other origins to use what is here, as a CDN does.
    pub fn share(&self) {
        self.shared.is_open_to_others.store(true, Ordering::SeqCst);
    }

    /// How often a path was answered.
    pub fn requests(&self, path: &str) -> usize {
        lock(&self.shared.answered)
            .iter()
            .filter(|answered| answered.path == path)
            .count()
    }

    /// The queries that a path was asked with, decoded, in the order in which they came.
    pub fn queries(&self, path: &str) -> Vec<String> {
        lock(&self.shared.answered)
            .iter()
            .filter(|answered| answered.path == path)
            .map(|answered| answered.query.clone())
            .collect()
    }

    /// Paths that were asked for and are not there, other than by a fault.
    pub fn missing(&self) -> Vec<String> {
        lock(&self.shared.answered)
            .iter()
            // Some browsers ask for it whatever the page says.
            .filter(|answered| answered.is_missing && answered.path != "/favicon.ico")
            .map(|answered| answered.path.clone())
            .collect()
    }

    /// Forgets what was asked for in vain. The reason must stand where this is called.
    pub fn forgive(&self) {
        lock(&self.shared.answered).retain(|answered| !answered.is_missing);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        lock(&self.shared.faults).clear();
        self.shared.released.notify_all();
        // Wakes the thread that accepts connections, so that it sees that it is over.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn serve(&self, stream: &TcpStream) -> Outcome {
        let Some(request) = exchange::read(stream)? else {
            return Ok(());
        };
        let fault = self.fault_of(&request.path);
        if matches!(fault, Some(Fault::Closed)) {
            self.note(&request, false);
            return Ok(());
        }
        let mut reply = match fault {
            Some(Fault::Status(status)) => page_of_status(status),
            _ => self.reply(&request),
        };
        match fault {
            Some(Fault::Mime(mime)) => mime.clone_into(&mut reply.mime),
            Some(Fault::Cut(bytes)) => reply.cut = Some(bytes),
            _ => {}
        }
        if self.is_open_to_others.load(Ordering::SeqCst) {
            reply
                .headers
                .push(("access-control-allow-origin", String::from("*")));
        }
        self.note(
            &request,
            reply.status == 404 && !matches!(fault, Some(Fault::Status(_))),
        );
        exchange::write(stream, &request, &reply)
            .map_err(|error| Failure::while_doing(&request.path, error))
    }

    fn note(&self, request: &Request, is_missing: bool) {
        lock(&self.answered).push(Answered {
            path: request.path.clone(),
            query: request.query.clone(),
            is_missing,
        });
    }

    /// The fault at a path, once it is not held (any more).
    fn fault_of(&self, path: &str) -> Option<Fault> {
        let mut faults = lock(&self.faults);
        while matches!(faults.get(path), Some(Fault::Held)) {
            faults = self
                .released
                .wait(faults)
                .unwrap_or_else(PoisonError::into_inner);
        }
        faults.get(path).cloned()
    }

    fn reply(&self, request: &Request) -> Reply {
        let content = lock(&self.contents).get(&request.path).cloned();
        let Some(content) = content.or_else(|| self.built(&request.path)) else {
            return page_of_status(404);
        };
        let mut reply = Reply {
            status: 200,
            mime: content.mime,
            headers: Vec::new(),
            body: content.body,
            cut: None,
        };
        if reply.mime.starts_with("text/html") {
            reply.body = watched(&reply.body);
            let policy = content.policy.unwrap_or_else(|| String::from(POLICY));
            reply.headers.push(("content-security-policy", policy));
        }
        reply
    }

    /// A file of the build.
    fn built(&self, path: &str) -> Option<Content> {
        let name = if path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        if name.split('/').any(|step| step == "..") {
            return None;
        }
        let file = self.dist.join(name.trim_start_matches('/'));
        let body = std::fs::read(&file).ok()?;
        Some(Content {
            mime: mime_of(&file).to_owned(),
            policy: None,
            body,
        })
    }
}

fn page_of_status(status: u16) -> Reply {
    Reply {
        status,
        mime: String::from("text/html; charset=utf-8"),
        headers: Vec::new(),
        body: format!("<!doctype html><title>{status}</title><h1>{status}</h1>").into_bytes(),
        cut: None,
    }
}

/// A page with the collector as the first thing in its head.
fn watched(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    match text.find("<head>") {
        Some(place) => {
            let (before, after) = text.split_at(place + "<head>".len());
            [before, COLLECTOR_TAG, after].concat().into_bytes()
        }
        None => page.to_owned(),
    }
}

fn mime_of(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or("")
    {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_watched_from_its_first_line() {
        let page = watched(b"<!doctype html><html><head><title>x</title></head></html>");
        let page = String::from_utf8(page).unwrap();
        assert!(
            page.contains("<head><script src=\"/test/collector.js\"></script><title>"),
            "{page}"
        );
        assert_eq!(watched(b"no head here"), b"no head here");
    }

    #[test]
    fn wasm_has_the_type_that_streaming_needs() {
        for (file, mime) in [
            ("a.wasm", "application/wasm"),
            ("a.json", "application/json"),
            ("a", "application/octet-stream"),
        ] {
            assert_eq!(mime_of(Path::new(file)), mime, "{file}");
        }
    }

    #[test]
    fn no_two_sites_of_a_run_have_one_port() -> Outcome {
        let mut seen = Vec::new();
        for _ in 0..1_000 {
            let (_, address) = never_used()?;
            assert!(!seen.contains(&address), "{address}");
            seen.push(address);
        }
        Ok(())
    }
}
