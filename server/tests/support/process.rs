//! The real binary as a process of its own.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::db::TestDb;

/// The server's process; killed with the test.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub address: String,
}

impl Running {
    /// Starts it over a database and waits until it says that it is there. Its log goes to `log`.
    pub fn start(db: &TestDb, options: &[&str], log: Stdio) -> Self {
        Self::spawn(Command::new(env!("CARGO_BIN_EXE_pulse")), db, options, log)
    }

    /// The same where no file can grow beyond so many kilobytes, as on a disk that is full.
    pub fn start_with_files_up_to(db: &TestDb, kilobytes: u32) -> Self {
        let mut command = Command::new("sh");
        // In blocks of 512 bytes. Without the trap the system would end the process instead of refusing the write.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kilobytes * 2);
        command.args(["-c", &script, env!("CARGO_BIN_EXE_pulse")]);
        Self::spawn(command, db, &[], Stdio::null())
    }

    fn spawn(mut command: Command, db: &TestDb, options: &[&str], log: Stdio) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let mut child = command
            .args(["serve", "--listen", &address])
            .args(options)
            .arg("--data")
            .arg(db.folder())
            .args(["--database-url", db.url()])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let is_ready = lines.map_while(Result::ok).any(|line| line.contains(&address));
        assert!(is_ready, "the server says where it is");
        Self { child, address }
    }

    /// Asks it to stop, as service managers do; the code with which it ended.
    pub fn terminate(&mut self) -> Option<i32> {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGKILL: no handler runs, nothing is written down on the way out.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Posts a body to the collector on a connection of its own; the status, if an answer came.
pub async fn post(address: &str, headers: &[(&str, &str)], body: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let length = body.len();
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "POST /api/collect HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{more}content-length: {length}\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}
