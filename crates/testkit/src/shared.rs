//! Files that lie beside the repository and are not part of it.

use std::path::{Path, PathBuf};

/// The file or folder `path` of the folder `shared` beside the repository. `None` when it is not there, which is said on the error
/// output: the test that asked returns, and is skipped.
pub fn shared(path: impl AsRef<Path>) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    match beside.canonicalize() {
        Ok(found) => Some(found),
        Err(_) => {
            eprintln!("skipped: `{}` is not beside this repository", beside.display());
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_none() {
        assert_eq!(shared("no/such/file.csv"), None);
    }
}
