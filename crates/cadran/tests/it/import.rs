//! `cadran import` as a process: killed, interrupted, on a full disk; what it leaves is what an undisturbed import leaves.

use crate::{cadran, catalogs};
use catalog::CatalogFiles;
use operations::{House, NewCustomer, NewLine, NewOperator, provision};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};
use store::{OperatorSums, Store};
use tempfile::TempDir;
use testkit::databases;
use vocabulary::{Clock, OperatorId, Timestamp};

/// An operator with forty lines in a database, and a file of their usage.
pub(crate) struct Stage {
    house: House,
    operator: OperatorId,
    url: String,
}

impl Stage {
    pub(crate) async fn on(url: &str) -> Stage {
        let files = CatalogFiles::read(&catalogs()).unwrap();
        let house = House::new(Store::open(url).await.unwrap(), &files, Clock::system()).unwrap();
        let offers = ["unlimited-5", "unlimited-30", "metered"];
        let line = |i: usize| {
            let sold = ("mobile", "orange", offers[i % offers.len()]);
            NewLine::in_service(&format!("+33{}", 639_980_000 + i), sold, Timestamp::EPOCH)
        };
        let customers = vec![NewCustomer::household("C1", "Test", (0..40).map(line).collect())];
        let new = NewOperator { slug: "grandlarge".into(), name: "Test".into(), customers, ..NewOperator::default() };
        let operator = provision(&house, &new).await.unwrap();
        Stage { house, operator, url: url.to_owned() }
    }

    async fn sums(&self) -> OperatorSums {
        self.house.store.operator_sums(self.operator).await.unwrap()
    }

    /// The command that takes the file in, in small batches, so that there is much to be interrupted.
    fn command(&self, file: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cadran"));
        command.args(["import", "--operator", "grandlarge", "--layout", "mobile", "--batch", "100", "--database", &self.url]);
        command.arg(file).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn import(&self, file: &Path) {
        let output = self.command(file).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

pub(crate) fn usage(records: u32) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("usage.csv");
    testkit::write_mobile_usage(&file, records);
    (folder, file)
}

/// Numbers that look random and are the same in each run (Knuth's linear congruence).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Starts the import and kills it after a time; did it end before by itself?
fn kill_after(mut command: Command, time: Duration) -> bool {
    let mut child = command.spawn().unwrap();
    let mut output = child.stdout.take().unwrap();
    let (tell, ended) = channel();
    thread::spawn(move || {
        let mut text = String::new();
        output.read_to_string(&mut text).unwrap();
        // Nobody listens any more when the program was killed.
        let _told = tell.send(());
    });
    let in_time = ended.recv_timeout(time) != Err(RecvTimeoutError::Timeout);
    if !in_time {
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    assert!(!in_time || status.success(), "an import that nobody killed: {status}");
    in_time
}

/// How often an import is killed on each engine when a part of the file is taken, beside the kills before and after.
const KILLS_ON_THE_WAY: u32 = 25;

/// RAT-08: an import that is killed at any moment, fifty times on the way, and begun again leaves the sums of an undisturbed one.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_at_any_moment_loses_nothing() {
    let (_folder, file) = usage(4_000);
    for engine in databases().iter().map(testkit::TestDatabase::engine) {
        let fresh = || databases().into_iter().find(|database| database.engine() == engine).unwrap();
        let database = fresh();
        let undisturbed = Stage::on(database.url()).await;
        let begun = Instant::now();
        undisturbed.import(&file);
        let whole_ms = u64::try_from(begun.elapsed().as_millis()).unwrap();
        let expected = undisturbed.sums().await;
        assert!(expected.records > 3_800 && expected.set_aside > 90, "{expected:?}");
        let mut chance = Chance(20_261_121);
        let (mut kills, mut on_the_way) = (0, 0);
        while on_the_way < KILLS_ON_THE_WAY {
            let database = fresh();
            let stage = Stage::on(database.url()).await;
            while !kill_after(stage.command(&file), Duration::from_millis(chance.below(whole_ms))) {
                kills += 1;
                let records = stage.sums().await.records;
                on_the_way += u32::from(records > 0 && records < expected.records);
            }
            assert_eq!(stage.sums().await, expected, "{engine} after {kills} kills");
        }
        eprintln!("{engine}: {kills} kills, {on_the_way} of them on the way of an import of {whole_ms} ms");
    }
}

/// RAT-08, PLT-17: Ctrl-C keeps what was decided, says that the same command goes on, and exits with 130.
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_import_goes_on_where_it_was() {
    let (_folder, file) = usage(20_000);
    for database in databases() {
        let stage = Stage::on(database.url()).await;
        let child = stage.command(&file).spawn().unwrap();
        while stage.sums().await.records == 0 {
            tokio::task::yield_now().await;
        }
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(130), "{said}");
        assert!(said.contains("interrupted after") && said.contains("the same command goes on from there"), "{said}");
        let kept = stage.sums().await;
        assert!(kept.records > 0 && kept.records < 19_000 && kept.counted_records == kept.records, "{kept:?}");
        stage.import(&file);
        let sums = stage.sums().await;
        // Every 41st record is of nobody.
        assert_eq!((sums.records, sums.counted_records, sums.set_aside), (19_513, 19_513, 487));
    }
}

/// RAT-08, PLT-13: a disk that fills up in the middle is said in a sentence; with space again the import goes on, and nothing is lost.
/// Needs the right to mount a small disk; where it is missing, the test says so and is skipped.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_loses_nothing() {
    let (folder, file) = usage(20_000);
    let disk = folder.path().join("disk");
    let after = folder.path().join("after");
    fs::create_dir(&disk).unwrap();
    fs::create_dir(&after).unwrap();
    let database = folder.path().join("cadran.db");
    let stage = Stage::on(&format!("sqlite:{}", database.display())).await;
    let before = stage.sums().await;
    stage.house.store.close().await.unwrap();
    let script = r#"set -e
        mount -t tmpfs -o size=6m none "$DISK" || { echo "no mount"; exit 0; }
        cp "$DATABASE" "$DISK/cadran.db"
        import() { "$CADRAN" import --operator grandlarge --layout mobile --batch 500 --database "sqlite:$DISK/cadran.db" "$USAGE"; }
        head -c 1500000 /dev/zero > "$DISK/ballast"
        code=0; import || code=$?
        echo "exit code $code"
        rm "$DISK/ballast"
        mount -o remount,size=60m "$DISK"
        import
        cp "$DISK"/cadran.db* "$AFTER""#;
    let output = Command::new("unshare")
        .args(["--mount", "sh", "-c", script])
        .envs([("DISK", &disk), ("DATABASE", &database), ("USAGE", &file), ("AFTER", &after)])
        .env("CADRAN", env!("CARGO_BIN_EXE_cadran"))
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    if out.contains("no mount") || err.contains("unshare failed") {
        eprintln!("skipped: no disk can be mounted here: {err}");
        return;
    }
    assert!(out.contains("exit code 1") && err.contains("its disk is full; free some space and start again"), "{out}{err}");
    assert!(output.status.success() && !out.contains(": 19513 records taken"), "the second call takes only the rest: {out}{err}");
    let store = Store::open(&format!("sqlite:{}", after.join("cadran.db").display())).await.unwrap();
    let operator = store.operator_by_slug("grandlarge").await.unwrap().unwrap();
    let sums = store.operator_sums(operator).await.unwrap();
    assert_eq!((before.records, sums.records, sums.counted_records, sums.set_aside), (0, 19_513, 19_513, 487));
}

/// PLT-17: what cannot be taken in is answered in a sentence that names it and says what to do; the exit code is 1, of a wrong call 2.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_in_is_named() {
    let (folder, file) = usage(10);
    let database = format!("sqlite:{}", folder.path().join("cadran.db").display());
    Stage::on(&database).await;
    let empty = folder.path().join("empty.csv");
    fs::write(&empty, "").unwrap();
    let (file, empty) = (file.to_str().unwrap(), empty.to_str().unwrap());
    let import = |operator: &'static str, layout: &'static str, file: &str| {
        cadran(&["import", "--operator", operator, "--layout", layout, "--database", &database, file], "")
    };
    for (output, code, sentence) in [
        (import("grandlarge", "mobile", "/nowhere.csv"), 1, "`/nowhere.csv` cannot be read: No such file"),
        (import("grandlarge", "mobile", folder.path().to_str().unwrap()), 1, "is a folder: name the files in it"),
        (import("grandlarge", "mobile", empty), 1, "empty.csv`: the file is empty"),
        (import("grandlarge", "asterisk", file), 1, "usage.csv`: the file is not in layout `asterisk`"),
        (import("grandlarge", "tape", file), 1, "layout `tape` is not one of asterisk, freeswitch, jsonl, mobile, tap3"),
        (import("nobody", "mobile", file), 1, "operator `nobody` is not in this database"),
        (cadran(&["import", "--fast", file], ""), 2, "unexpected argument '--fast'"),
        (cadran(&["serve", "--database", "mysql://me@host/db", "--listen", "127.0.0.1:0"], ""), 1, "neither `sqlite:PATH`"),
        (cadran(&["serve", "--listen", "tomorrow", "--database", &database], ""), 1, "cannot listen on `tomorrow`"),
    ] {
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(sentence), "{said}");
        assert!(code == 2 || said.trim().lines().count() == 1, "one sentence: {said}");
    }
    let taken = import("grandlarge", "mobile", file);
    assert!(taken.status.success(), "what was refused before left nothing behind");
}
