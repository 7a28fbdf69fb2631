use crate::town::towns;
use store::{By, JournalCheck, NewEntry, Object, Reach, Scope};
use testkit::raw;
use vocabulary::{CustomerId, LineId, OperatorId, ResellerId, Timestamp};

fn entry(operator: OperatorId, minute: i64, line: LineId, owner: (Option<ResellerId>, Option<CustomerId>)) -> NewEntry {
    NewEntry {
        operator,
        at: Timestamp::from_micros(1_793_500_000_000_000).plus_seconds(60 * minute),
        by: By { login: None, name: "Élise".to_owned(), role: "operator_agent".to_owned(), address: "192.0.2.7".to_owned() },
        action: "line_suspended",
        object: Object::Line(line),
        owner,
        before: Some(r#"{"state":"active"}"#.to_owned()),
        after: None,
    }
}

/// PLT-06: the journal is one chain an operator, and an entry that was changed, taken out or cut off shows.
#[tokio::test]
async fn what_is_altered_in_the_journal_shows() {
    for town in towns().await {
        for operator in [town.one, town.other] {
            for minute in 0..4 {
                let transaction = town.store.begin().await.unwrap();
                transaction.note(entry(operator, minute, LineId(1), (None, None))).await.unwrap();
                transaction.commit().await.unwrap();
            }
        }
        // What is not kept leaves no trace, and the chain goes on.
        let transaction = town.store.begin().await.unwrap();
        transaction.note(entry(town.one, 9, LineId(1), (None, None))).await.unwrap();
        drop(transaction);
        let check = async |operator| town.store.verify_journal(operator, None).await.unwrap();
        let JournalCheck::Whole { entries: 4, hash } = check(town.one).await else { panic!("{:?}", check(town.one).await) };
        assert_eq!(hash.len(), 64);
        let known = |sequence| (sequence, hash.clone());
        assert_eq!(town.store.verify_journal(town.one, Some(&known(4))).await.unwrap(), check(town.one).await);
        assert_eq!(town.store.verify_journal(town.one, Some(&known(3))).await.unwrap(), JournalCheck::Replaced(3));
        assert_eq!(town.store.verify_journal(town.one, Some(&known(5))).await.unwrap(), JournalCheck::Missing(5));

        let one = town.one.0;
        let name = |name: &str| format!("UPDATE journal SET name = '{name}' WHERE operator_id = {one} AND sequence = 2");
        raw::run(town.database.url(), &name("Eve")).await;
        assert_eq!(check(town.one).await, JournalCheck::Altered(2));
        raw::run(town.database.url(), &name("Élise")).await;
        assert!(matches!(check(town.one).await, JournalCheck::Whole { .. }));
        // A field that takes over a part of its neighbour is another entry.
        let shifted = "UPDATE journal SET name = 'Élis', role = 'eoperator_agent'";
        raw::run(town.database.url(), &format!("{shifted} WHERE operator_id = {one} AND sequence = 2")).await;
        assert_eq!(check(town.one).await, JournalCheck::Altered(2));
        raw::run(town.database.url(), &format!("DELETE FROM journal WHERE operator_id = {one} AND sequence = 2")).await;
        assert_eq!(check(town.one).await, JournalCheck::Missing(2));
        raw::run(town.database.url(), &format!("DELETE FROM journal WHERE operator_id = {one} AND sequence > 1")).await;
        assert_eq!(check(town.one).await, JournalCheck::Missing(2), "cut off at its end");
        assert!(matches!(check(town.other).await, JournalCheck::Whole { entries: 4, .. }), "the other operator's is its own");
    }
}

/// PLT-06, PLT-01: each reads the history of what is theirs, the latest first.
#[tokio::test]
async fn history_is_read_within_the_scope() {
    for town in towns().await {
        let (near, customer) = (ResellerId(1), CustomerId(1));
        let transaction = town.store.begin().await.unwrap();
        transaction.note(entry(town.one, 1, LineId(1), (Some(near), Some(customer)))).await.unwrap();
        transaction.note(entry(town.one, 2, LineId(2), (Some(near), Some(customer)))).await.unwrap();
        transaction.note(entry(town.one, 3, LineId(4), (None, Some(CustomerId(3))))).await.unwrap();
        transaction.note(entry(town.other, 4, LineId(1), (Some(near), Some(customer)))).await.unwrap();
        transaction.commit().await.unwrap();
        let read = async |reach, object, before| {
            let scoped = town.store.scoped(Scope { operator: town.one, reach });
            let entries = scoped.journal(object, before, 10).await.unwrap();
            entries.iter().map(|entry| (entry.sequence, entry.object_id)).collect::<Vec<_>>()
        };
        assert_eq!(read(Reach::Operator, None, None).await, [(3, 4), (2, 2), (1, 1)]);
        assert_eq!(read(Reach::Operator, None, Some(3)).await, [(2, 2), (1, 1)]);
        assert_eq!(read(Reach::Operator, Some(Object::Line(LineId(2))), None).await, [(2, 2)]);
        assert_eq!(read(Reach::Operator, Some(Object::Customer(CustomerId(2))), None).await, []);
        assert_eq!(read(Reach::Reseller(near), None, None).await, [(2, 2), (1, 1)]);
        assert_eq!(read(Reach::Reseller(ResellerId(2)), None, None).await, []);
        assert_eq!(read(Reach::Customer(CustomerId(3)), None, None).await, [(3, 4)]);
        assert_eq!(read(Reach::Customer(CustomerId(3)), Some(Object::Line(LineId(1))), None).await, []);
        assert_eq!(read(Reach::Line(LineId(1)), None, None).await, [(1, 1)]);
    }
}

/// PLT-06: whoever writes at the same time stands one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn entries_written_at_once_are_one_chain() {
    for town in towns().await {
        let writers = (0..6).map(|minute| {
            let (store, operator) = (town.store.clone(), town.one);
            tokio::spawn(async move {
                for _ in 0..5 {
                    let transaction = store.begin().await.unwrap();
                    transaction.note(entry(operator, minute, LineId(1), (None, None))).await.unwrap();
                    transaction.commit().await.unwrap();
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let check = town.store.verify_journal(town.one, None).await.unwrap();
        assert!(matches!(check, JournalCheck::Whole { entries: 30, .. }), "{check:?}");
    }
}
