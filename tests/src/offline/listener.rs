//! A server on this machine that counts who comes: connections, first lines, datagrams.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream, UdpSocket},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// A listening server; it ends with the test.
#[derive(Debug)]
pub struct Listener {
    /// `127.0.0.1:PORT` for TCP and UDP.
    pub address: String,
    /// A second port, where whoever connects wants nothing but a connection.
    pub silent: String,
    /// Address of a name server, whose port only root may have; `None` for anybody else.
    pub name_server: Option<String>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    /// Listens on free ports.
    ///
    /// # Panics
    /// When there are none.
    pub fn start() -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let requests = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = requests.local_addr().unwrap();
        let datagrams = UdpSocket::bind(address).unwrap();
        let connections = TcpListener::bind("127.0.0.1:0").unwrap();
        let silent = connections.local_addr().unwrap();
        let list = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in requests.incoming().map_while(Result::ok) {
                let list = Arc::clone(&list);
                std::thread::spawn(move || answer(&stream, &list));
            }
        });
        take_datagrams(datagrams, Arc::clone(&heard), "UDP /webrtc");
        // Every 127 address is this machine's own; several tests run at a time.
        let names = (1..250).find_map(|last| UdpSocket::bind(format!("127.0.153.{last}:53")).ok());
        let name_server = names.map(|socket| {
            let address = socket.local_addr().unwrap().ip().to_string();
            take_datagrams(socket, Arc::clone(&heard), "UDP /dns-prefetch");
            address
        });
        let list = Arc::clone(&heard);
        std::thread::spawn(move || {
            for _ in connections.incoming().map_while(Result::ok) {
                note(&list, "TCP /preconnect".to_owned());
            }
        });
        Self {
            address: address.to_string(),
            silent: silent.to_string(),
            name_server,
            heard,
        }
    }

    /// Everything that came, in order: `GET /img`, `UDP /webrtc`.
    pub fn heard(&self) -> Vec<String> {
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Notes every datagram; nobody is answered.
fn take_datagrams(socket: UdpSocket, list: Arc<Mutex<Vec<String>>>, line: &'static str) {
    std::thread::spawn(move || {
        while socket.recv(&mut [0; 2048]).is_ok() {
            note(&list, line.to_owned());
        }
    });
}

fn note(list: &Mutex<Vec<String>>, line: String) {
    list.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(line);
}

/// Notes the first line of a request and answers what a page of any origin may read.
fn answer(mut stream: &TcpStream, list: &Mutex<Vec<String>>) {
    // A connection that says nothing has come all the same.
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let mut line = String::new();
    let _ = BufReader::new(stream).read_line(&mut line);
    let mut words = line.split_whitespace();
    let request = match (words.next(), words.next()) {
        (Some(method), Some(path)) => format!("{method} {path}"),
        _ => "TCP /".to_owned(),
    };
    note(list, request);
    // Who hangs up early has been counted.
    let _ = stream.write_all(
        b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
}
