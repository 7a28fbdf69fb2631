use crate::town::{Town, towns};
use store::{MailClaim, MailOutcome, NewMail, SEALED, Scope, SealedValue, Window};
use vocabulary::{MailId, Timestamp};

fn at(seconds: i64) -> Timestamp {
    Timestamp::EPOCH.plus_seconds(seconds)
}

fn new_mail(town: &Town, message_id: &str, written: i64) -> NewMail {
    NewMail {
        operator: town.one,
        host: "one.localhost".to_owned(),
        recipient: "claire@example.org".to_owned(),
        language: "fr".to_owned(),
        template: "first-access".to_owned(),
        message_id: message_id.to_owned(),
        arguments: format!("v1.old.{message_id}"),
        created: at(written),
        useful_until: Some(at(10_000)),
    }
}

async fn post(town: &Town, message_id: &str, written: i64) -> MailId {
    let transaction = town.store.begin().await.unwrap();
    let id = transaction.post_mail(&new_mail(town, message_id, written)).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

fn claim(holder: &str, now: i64, until: i64) -> MailClaim<'_> {
    MailClaim { holder, now: at(now), until: at(until), most: 10 }
}

/// PLT-07: a mail is there with its change, or not at all, and has one worker at a time.
#[tokio::test]
async fn a_mail_is_claimed_by_one_worker_at_a_time() {
    for town in towns().await {
        let undone = town.store.begin().await.unwrap();
        undone.post_mail(&new_mail(&town, "0", 0)).await.unwrap();
        drop(undone);
        let (one, two) = (post(&town, "1", 5).await, post(&town, "2", 4).await);
        assert!(town.store.claim_mails(claim("a", 3, 10)).await.unwrap().is_empty(), "none is due");
        let claimed = town.store.claim_mails(MailClaim { most: 1, ..claim("a", 5, 10) }).await.unwrap();
        assert_eq!(claimed.iter().map(|mail| mail.id).collect::<Vec<_>>(), [two], "the oldest first");
        assert_eq!(claimed[0].arguments.as_deref(), Some("v1.old.2"));
        let rest = town.store.claim_mails(claim("b", 5, 10)).await.unwrap();
        assert_eq!(rest.iter().map(|mail| mail.id).collect::<Vec<_>>(), [one]);
        assert!(town.store.claim_mails(claim("c", 9, 20)).await.unwrap().is_empty());
        // The lease ends before anything was handed over: another takes it, and the first may not hand it over any more.
        let taken_over = town.store.claim_mails(MailClaim { most: 1, ..claim("c", 10, 20) }).await.unwrap();
        assert_eq!((taken_over[0].id, taken_over[0].fence, taken_over[0].kept.attempts), (two, 2, 2));
        assert!(!town.store.note_mail_sending(two, claimed[0].fence, at(30)).await.unwrap());
        assert!(town.store.note_mail_sending(two, taken_over[0].fence, at(30)).await.unwrap());
        assert!(!town.store.note_mail((two, claimed[0].fence), &MailOutcome::Failed("late".into()), at(12)).await.unwrap());
        assert!(town.store.note_mail((two, taken_over[0].fence), &MailOutcome::Sent, at(12)).await.unwrap());
        let sent = town.store.mail(two).await.unwrap().unwrap();
        assert_eq!((sent.state.as_str(), sent.is_whole, sent.sent), ("sent", false, Some(at(12))));
        assert!(!town.store.note_mail((two, 2), &MailOutcome::Failed("twice".into()), at(13)).await.unwrap());
        assert_eq!(town.store.give_mails_back("b").await.unwrap(), 1);
        let again = town.store.claim_mails(claim("d", 11, 20)).await.unwrap();
        assert_eq!((again[0].id, again[0].kept.attempts), (one, 1), "given back, as if never claimed");
        let later = MailOutcome::Later(at(100), "451 busy".into());
        assert!(town.store.note_mail((one, again[0].fence), &later, at(12)).await.unwrap());
        assert!(town.store.claim_mails(claim("d", 99, 200)).await.unwrap().is_empty());
        assert_eq!(town.store.claim_mails(claim("d", 100, 200)).await.unwrap()[0].kept.problem.as_deref(), Some("451 busy"));
    }
}

/// PLT-07: several workers at once share the mails out, and none is taken twice.
#[tokio::test(flavor = "multi_thread")]
async fn several_workers_share_the_mails_out() {
    for town in towns().await {
        for number in 0..40 {
            post(&town, &format!("m{number}"), 0).await;
        }
        let workers = (0..4).map(|worker| {
            let store = town.store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = store.claim_mails(MailClaim { most: 3, ..claim(&format!("w{worker}"), 1, 50) }).await.unwrap();
                    if claimed.is_empty() {
                        return mine;
                    }
                    mine.extend(claimed.into_iter().map(|mail| (mail.id, mail.fence)));
                }
            })
        });
        let mut all = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            all.extend(worker.await.unwrap());
        }
        all.sort_unstable();
        assert!(all.iter().all(|(_, fence)| *fence == 1), "{all:?}");
        all.dedup();
        // A worker that found every row locked goes home early: what is left is left for the next look.
        let rest = town.store.claim_mails(MailClaim { most: 100, ..claim("rest", 1, 50) }).await.unwrap();
        assert_eq!(all.len() + rest.len(), 40);
    }
}

/// PLT-07: what broke off while it was handed over is uncertain, is not sent by itself, and is sent again by the operator's people only.
#[tokio::test]
async fn what_broke_off_waits_for_a_person() {
    for town in towns().await {
        let id = post(&town, "1", 0).await;
        let claimed = town.store.claim_mails(claim("a", 0, 10)).await.unwrap().remove(0);
        assert!(town.store.note_mail_sending(id, claimed.fence, at(30)).await.unwrap());
        assert_eq!(town.store.note_broken_mails("broke off", at(29)).await.unwrap(), 0);
        assert_eq!(town.store.note_broken_mails("broke off", at(30)).await.unwrap(), 1);
        assert!(town.store.claim_mails(claim("b", 5_000, 6_000)).await.unwrap().is_empty());
        let (ours, others) = (town.store.scoped(Scope::operator(town.one)), town.store.scoped(Scope::operator(town.other)));
        let window = Window { offset: 0, rows: 10 };
        let (mails, count) = ours.mails(window).await.unwrap().unwrap();
        assert_eq!((mails[0].state.as_str(), mails[0].problem.as_deref(), count), ("uncertain", Some("broke off"), 1));
        assert_eq!(others.mails(window).await.unwrap().unwrap().1, 0);
        assert!(!others.send_mail_again(id, at(40)).await.unwrap());
        assert!(ours.send_mail_again(id, at(40)).await.unwrap());
        assert!(!ours.send_mail_again(id, at(40)).await.unwrap(), "it waits already");
        assert!(
            !town.store.note_mail((id, claimed.fence), &MailOutcome::Sent, at(41)).await.unwrap(),
            "an answer that comes too late"
        );
        let again = town.store.claim_mails(claim("b", 40, 50)).await.unwrap().remove(0);
        assert!(town.store.note_mail((id, again.fence), &MailOutcome::Failed("550 no such user".into()), at(41)).await.unwrap());
        town.store.note_broken_mails("broke off", at(10_000)).await.unwrap();
        assert!(!town.store.mail(id).await.unwrap().unwrap().is_whole, "its link is over, and so is what it said");
        assert!(!ours.send_mail_again(id, at(10_000)).await.unwrap());
    }
}

/// PLT-16: sealed values are found by the keys that they do not name, and changed only as they were read.
#[tokio::test]
async fn sealed_values_are_found_by_their_key() {
    for town in towns().await {
        for number in 0..3 {
            post(&town, &format!("m{number}"), 0).await;
        }
        let of = |keys: &[&str]| keys.iter().map(|key| format!("v1.{key}.")).collect::<Vec<_>>();
        assert!(town.store.sealed_otherwise(SEALED[0], &of(&["new", "old"]), None).await.unwrap().is_empty());
        let found = town.store.sealed_otherwise(SEALED[0], &of(&["new"]), None).await.unwrap();
        assert_eq!(found.iter().map(|value| value.row.as_str()).collect::<Vec<_>>(), ["m0", "m1", "m2"]);
        assert_eq!(town.store.sealed_otherwise(SEALED[0], &of(&["new"]), Some("m1")).await.unwrap().len(), 1);
        let mut pairs: Vec<(SealedValue, String)> = found.into_iter().map(|value| (value, "v1.new.x".to_owned())).collect();
        pairs[1].0.sealed = "v1.old.changed-meanwhile".to_owned();
        assert_eq!(town.store.seal_anew(SEALED[0], &pairs).await.unwrap(), 2);
        let left = town.store.sealed_otherwise(SEALED[0], &of(&["new"]), None).await.unwrap();
        assert_eq!(left.iter().map(|value| value.row.as_str()).collect::<Vec<_>>(), ["m1"]);
    }
}
