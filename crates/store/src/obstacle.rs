//! What stands in a database's way, read from its engine's own codes, and what a person does about it.

use std::{error::Error, fmt, io};

/// What stands in the way of a database that was to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Another program has it locked.
    Locked,
    /// It may be read only.
    ReadOnly,
    /// Its disk is full.
    Full,
    /// The file or its folder cannot be opened.
    NoFile,
    /// The file is something else.
    NotADatabase,
    /// What is in it cannot be read.
    Damaged,
    /// Nothing listens at the address, or it does not answer in time.
    NoServer,
    /// The server ended the connection.
    Lost,
    /// The server does not know the user, or the password is another.
    Refused,
    /// The server has no database of that name.
    NoDatabase,
    /// All connections are taken.
    Busy,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Locked => "another program holds it locked; end that program, or try again when it is done",
            Self::ReadOnly => "it is read-only; give the right to write to the file and its folder, or to the user of the server",
            Self::Full => "its disk is full; free some space and start again, what was kept before stands",
            Self::NoFile => "its file cannot be opened; does the folder exist, and may it be written to?",
            Self::NotADatabase => "its file is no SQLite database; name another",
            Self::Damaged => "its file is damaged; put a backup in its place",
            Self::NoServer => "no server answers there; does it run, are host and port right?",
            Self::Lost => "the server ended the connection; start again when it is back, what was kept before stands",
            Self::Refused => "the server refuses the user or the password",
            Self::NoDatabase => "the server has no database of that name; make it with `createdb`, or name another",
            Self::Busy => "every connection is taken; try again, or let the server take more",
        })
    }
}

impl Obstacle {
    /// From a SQLite result code, extended or not (<https://sqlite.org/rescode.html>).
    const fn of_sqlite(code: i32) -> Option<Self> {
        Some(match code & 0xff {
            5 | 6 => Self::Locked,
            8 => Self::ReadOnly,
            11 => Self::Damaged,
            13 => Self::Full,
            14 => Self::NoFile,
            26 => Self::NotADatabase,
            _ => return None,
        })
    }

    /// From a SQLSTATE of PostgreSQL (its manual, appendix A).
    fn of_sqlstate(code: &str) -> Option<Self> {
        Some(match code {
            "25006" => Self::ReadOnly,
            "53100" => Self::Full,
            "55P03" => Self::Locked,
            "3D000" => Self::NoDatabase,
            "53300" => Self::Busy,
            "57P01" | "57P02" | "57P03" => Self::Lost,
            "28000" | "28P01" => Self::Refused,
            // Insufficient privilege: the user may not write here.
            "42501" => Self::ReadOnly,
            _ => return None,
        })
    }

    fn of_stream(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => Self::Lost,
            _ => Self::NoServer,
        }
    }
}

/// A fault of an engine.
pub(crate) trait Fault: Error + Send + Sync + 'static {
    /// What stands in the way, where it is known.
    fn obstacle(&self) -> Option<Obstacle>;
}

impl Fault for rusqlite::Error {
    fn obstacle(&self) -> Option<Obstacle> {
        self.sqlite_error().and_then(|error| Obstacle::of_sqlite(error.extended_code))
    }
}

impl Fault for sqlx::Error {
    /// From what the connection pool or the server behind it says.
    fn obstacle(&self) -> Option<Obstacle> {
        match self {
            Self::Io(error) => Some(Obstacle::of_stream(error)),
            Self::PoolTimedOut => Some(Obstacle::Busy),
            Self::Database(error) => Obstacle::of_sqlstate(&error.code()?),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_engines_are_told_apart() {
        for (code, obstacle) in [(5, Obstacle::Locked), (261, Obstacle::Locked), (1032, Obstacle::ReadOnly), (13, Obstacle::Full)]
        {
            assert_eq!(Obstacle::of_sqlite(code), Some(obstacle), "{code}");
        }
        assert_eq!(Obstacle::of_sqlstate("53100"), Some(Obstacle::Full));
        assert_eq!(Obstacle::of_sqlstate("25006"), Some(Obstacle::ReadOnly));
        assert_eq!(Obstacle::of_sqlstate("57P01"), Some(Obstacle::Lost));
        assert_eq!(Obstacle::of_sqlite(19), None, "a broken rule of the tables is our own fault");
    }
}
