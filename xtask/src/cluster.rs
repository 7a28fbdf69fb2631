//! A throw-away PostgreSQL: made in a temporary folder, reachable on this machine only, gone with its value or with this process.

use crate::{programs, run::step};
use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

/// How often a port that somebody else took meanwhile is replaced by another.
const ATTEMPTS: usize = 3;

/// What a commit is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Nothing after a power cut: for tests.
    Forgetful,
    /// As in production: for numbers that may be told.
    Durable,
}

/// A running server. Dropping it stops it and removes its files.
#[derive(Debug)]
pub(crate) struct Cluster {
    keeper: Child,
    port: u16,
    /// What the server's keeper said when it was ready.
    greeting: String,
}

impl Cluster {
    /// Makes and starts a server, as the user `postgres` when we are root, whom PostgreSQL refuses.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs = programs::postgres_programs().context("PostgreSQL's initdb is not found")?;
        let programs = programs.to_str().context("the folder of PostgreSQL's programs is not UTF-8")?;
        let is_root = programs::is_root()?;
        step("start PostgreSQL", || {
            let mut last = None;
            for _ in 0..ATTEMPTS {
                match Self::attempt(programs, is_root, durability) {
                    Ok(cluster) => return Ok(cluster),
                    Err(error) => last = Some(error),
                }
            }
            Err(last.context("there is at least one attempt")?)
        })
    }

    /// The URL of its first database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn attempt(programs: &str, is_root: bool, durability: Durability) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?.local_addr()?.port();
        let fsync = if durability == Durability::Durable { "on" } else { "off" };
        let as_whom: &[&str] = if is_root { &["runuser", "-u", "postgres", "--"] } else { &[] };
        let port_text = port.to_string();
        let script = ["sh", "-c", include_str!("cluster.sh"), "cluster.sh", programs, &port_text, fsync];
        let mut words = as_whom.iter().chain(&script);
        // A process group of its own: Ctrl-C ends the tests, and the keeper still clears away.
        let mut keeper = Command::new(words.next().context("`sh` is always there")?)
            .args(words)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .context("cannot start PostgreSQL's keeper")?;
        let mut greeting = String::new();
        let output = keeper.stdout.take().context("the keeper's output is piped")?;
        BufReader::new(output).read_line(&mut greeting).context("cannot read what PostgreSQL's keeper says")?;
        // From here dropping the value clears away.
        let cluster = Self { keeper, port, greeting: greeting.trim().to_owned() };
        if !cluster.greeting.starts_with("ready") {
            bail!("PostgreSQL did not start on port {port}: what it wrote stands above");
        }
        Ok(cluster)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("xtask: PostgreSQL may still run: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::TcpStream, path::Path};

    /// Skipped where PostgreSQL is not installed; `cargo xtask test` installs it first.
    #[test]
    fn a_cluster_answers_and_leaves_nothing() {
        if programs::postgres_programs().is_none() {
            eprintln!("skipped: PostgreSQL is not installed");
            return;
        }
        let cluster = Cluster::start(Durability::Forgetful).unwrap();
        let port = cluster.port;
        let folder = cluster.greeting.strip_prefix("ready in ").unwrap().to_owned();
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
        assert!(Path::new(&folder).exists());
        drop(cluster);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!Path::new(&folder).exists());
    }
}
