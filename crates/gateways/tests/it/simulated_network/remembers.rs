//! What a simulated network remembers when the program dies.

use super::{
    AWFUL,
    asker::{self, Asker, at, line, request, settings},
};
use gateways::simulated_network::{Manners, PeerFileError, SimulatedNetwork};
use operations::host_network::{Action, Asked, HostNetwork as _, Reply};
use std::{fs, io::Write as _, os::unix::fs::PermissionsExt as _, path::Path};
use vocabulary::WorkOrderId;

fn open(file: &Path, manners: Manners) -> SimulatedNetwork {
    SimulatedNetwork::open(settings(11, manners), file).unwrap()
}

/// PLT-12: a network remembers after a restart what it did, accepted and was to forget, whatever manners it has then; only one program has its
/// file, and only its owner reads it.
#[tokio::test]
async fn a_network_remembers_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("network.jsonl");
    let slow = Manners { slow: 1_000, longest_s: 3_600, ..Manners::PROMPT };
    let network = open(&file, slow);
    let sent = (1..=3).map(|n| request(n, line(n), asker::activate(n))).collect();
    assert_eq!(network.send(sent, at(0)).await, vec![Asked::Answered(Reply::Accepted); 3]);
    network.withdraw(vec![WorkOrderId(3)], at(0)).await;
    assert!(matches!(SimulatedNetwork::open(settings(11, slow), &file), Err(PeerFileError::InUse(_))));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    drop(network);

    let network = open(&file, Manners::PROMPT);
    assert_eq!((network.deeds(), network.views()), (0, vec![]));
    let answers = network.answers(10, at(9_999)).await.unwrap();
    assert_eq!((answers.len(), network.deeds()), (2, 2));
    assert!(answers.iter().all(|answer| answer.reply == Reply::Done { number: None } && answer.key.0 < 3));
    let views = network.views();
    drop(network);

    // It died before anybody saved the answers: they come again, the same. One is saved, and comes no more.
    let network = open(&file, Manners::PROMPT);
    assert_eq!(network.answers(10, at(9_999)).await.unwrap(), answers);
    assert_eq!(network.answers(1, at(9_999)).await.unwrap(), answers[..1]);
    network.acknowledge(vec![answers[0].id.clone()]).await.unwrap();
    drop(network);
    let network = open(&file, Manners::PROMPT);
    assert_eq!(network.answers(10, at(9_999)).await.unwrap(), answers[1..]);
    network.acknowledge(vec![answers[0].id.clone(), answers[1].id.clone()]).await.unwrap();
    assert_eq!(network.answers(10, at(99_999)).await.unwrap(), []);
    assert_eq!((network.views(), network.deeds()), (views, 2));
    let again = (1..=3).map(|n| request(n, line(n), asker::activate(n))).collect();
    let done = Asked::Answered(Reply::Done { number: None });
    assert_eq!(network.send(again, at(100_000)).await, [done.clone(), done, Asked::Answered(Reply::Withdrawn)]);
}

/// MOB-10: a number that was given is not given again after a restart.
#[tokio::test]
async fn given_numbers_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("network.jsonl");
    let mut given = Vec::new();
    for n in 1..=3 {
        let network = open(&file, Manners::PROMPT);
        let sent = vec![request(n, line(n), asker::activate_with(n, None)), request(10 + n, line(n), Action::End)];
        let answered = network.send(sent, at(n)).await;
        let Asked::Answered(Reply::Done { number: Some(number) }) = answered[0] else { panic!("{answered:?}") };
        given.push(number.digits());
    }
    assert_eq!(given, [33_639_980_011, 33_639_980_012, 33_639_980_013]);
}

/// PLT-12: a file that was cut anywhere in its last line is read up to there, and the network asked again ends where it would have; a file
/// that is damaged before is refused with its line.
#[tokio::test]
async fn a_cut_file_is_read_up_to_the_cut() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("network.jsonl");
    let sent = || vec![request(1, line(1), asker::activate(1)), request(2, line(1), Action::Suspend)];
    open(&file, Manners::PROMPT).send(sent(), at(0)).await;
    let whole = fs::read(&file).unwrap();
    let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    for cut in last..whole.len() {
        fs::write(&file, &whole[..cut]).unwrap();
        let network = open(&file, Manners::PROMPT);
        assert_eq!(network.deeds(), 1, "cut after {cut} bytes");
        assert_eq!(network.send(sent(), at(0)).await, vec![Asked::Answered(Reply::Done { number: None }); 2]);
        drop(network);
        assert_eq!(fs::read(&file).unwrap(), whole, "cut after {cut} bytes");
    }
    fs::write(&file, &whole[5..]).unwrap();
    let error = SimulatedNetwork::open(settings(11, Manners::PROMPT), &file).unwrap_err();
    assert!(matches!(error, PeerFileError::UnknownLine(_, 1, _)), "{error}");
    let mut long = fs::File::create(&file).unwrap();
    long.write_all(&vec![b'x'; 3 << 20]).unwrap();
    assert!(SimulatedNetwork::open(settings(11, Manners::PROMPT), &file).is_err(), "no file of ours is emptied as one cut line");
    assert_eq!(fs::metadata(&file).unwrap().len(), 3 << 20);
}

/// PLT-12: a network that is restarted again and again while it is asked does each key once all the same.
#[tokio::test]
async fn each_key_is_done_once_through_restarts() {
    for seed in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("network.jsonl");
        let mut asker = Asker::new(SimulatedNetwork::open(settings(seed, AWFUL), &file).unwrap(), 10);
        asker.restarts_from = Some((file.clone(), settings(seed, AWFUL)));
        asker.until_quiet().await;
        asker.check(&format!("seed {seed}"));
    }
}
