//! One chromedriver a test process, started when the first browser is asked for, gone with the process.

use anyhow::{Context, Result, anyhow, bail};
use std::{
    fmt::Display,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

/// How long a browser may take to close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(20);

/// Chromedriver and what it needs held: the keeper's open standard input, which keeps it alive, and the reading end of its output.
#[derive(Debug)]
pub(crate) struct Chromedriver {
    port: u16,
    profiles: PathBuf,
    _keeper: Child,
    _output: BufReader<ChildStdout>,
}

impl Chromedriver {
    /// The one of this process.
    pub(crate) fn shared() -> Result<&'static Self> {
        static SHARED: OnceLock<Result<Chromedriver, String>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| Self::start().map_err(|error| format!("{error:#}")));
        shared.as_ref().map_err(|error| anyhow!("{error}"))
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The folder under which each browser has a profile of its own.
    pub(crate) fn profiles(&self) -> &Path {
        &self.profiles
    }

    /// Closes a browser, and waits until it is closed.
    pub(crate) fn end_session(&self, session: &impl Display) -> Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).context("chromedriver does not answer")?;
        stream.set_read_timeout(Some(CLOSE_TIMEOUT))?;
        write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        let mut status = String::new();
        BufReader::new(stream).read_line(&mut status).context("chromedriver does not close the browser")?;
        Ok(())
    }

    fn start() -> Result<Self> {
        let profiles =
            tempfile::Builder::new().prefix("cadran-browsers-").tempdir().context("cannot make a folder for profiles")?;
        // A process group of its own, so that Ctrl-C reaches the tests and the keeper still clears away.
        let mut keeper = Command::new("sh")
            .args(["-c", include_str!("chromedriver.sh"), "chromedriver.sh"])
            .arg(profiles.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("cannot start `sh`")?;
        // From here the keeper removes it.
        let profiles = profiles.keep();
        let mut output = BufReader::new(keeper.stdout.take().context("the keeper's output is piped")?);
        let port = read_port(&mut output)?;
        Ok(Self { port, profiles, _keeper: keeper, _output: output })
    }
}

/// Reads chromedriver's greeting up to the line that names the port it chose.
fn read_port(output: &mut impl BufRead) -> Result<u16> {
    let mut greeting = String::new();
    loop {
        let start = greeting.len();
        if output.read_line(&mut greeting).context("cannot read what chromedriver writes")? == 0 {
            // Its input closes with the keeper's value, so nothing stays behind.
            bail!("chromedriver did not start: is it installed? `cargo xtask test` installs it; it wrote `{}`", greeting.trim());
        }
        if let Some((_, port)) = greeting[start..].split_once("started successfully on port ") {
            let digits = port.trim().trim_end_matches('.');
            return digits.parse().with_context(|| format!("chromedriver's port `{digits}` is not a number"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_greeting() {
        let greeting = "Starting ChromeDriver 150.0 on port 0\nOnly local connections are allowed.\n\
                        ChromeDriver was started successfully on port 41234.\n";
        assert_eq!(read_port(&mut greeting.as_bytes()).unwrap(), 41234);
        let error = read_port(&mut "".as_bytes()).unwrap_err().to_string();
        assert!(error.contains("is it installed"), "{error}");
    }
}
