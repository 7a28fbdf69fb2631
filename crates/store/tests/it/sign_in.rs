use crate::town::towns;
use store::{Identifier, NewSession, Tries};
use vocabulary::{LoginId, Timestamp};

/// PLT-01: an identifier means a login of one operator, and of one reseller at that reseller's door.
#[tokio::test]
async fn a_login_is_found_at_its_own_door_only() {
    for town in towns().await {
        let known = Identifier { writings: vec!["c100".to_owned(), "100".to_owned()], after_letter: String::new() };
        let found = town.store.login_by_identifier(town.one, None, &known).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].1.operator, found[0].1.party.as_str()), (town.one, "Étoile"));
        let near = found[0].1.reseller;
        assert!(near.is_some(), "a login of a reseller's customer is that reseller's");
        let digits = Identifier { writings: vec!["101".to_owned()], after_letter: "101".to_owned() };
        let far = town.store.login_by_identifier(town.one, None, &digits).await.unwrap();
        assert_eq!(far[0].1.name, "Manager 1", "a reference without its letter");
        assert!(town.store.login_by_identifier(town.one, near, &digits).await.unwrap().is_empty());
        assert_eq!(town.store.login_by_identifier(town.one, near, &known).await.unwrap().len(), 1);
        let slugs: Vec<_> =
            town.store.brands().await.unwrap().into_iter().map(|brand| (brand.hosts[0].host.clone(), brand.slug)).collect();
        assert_eq!(slugs[0], ("one.localhost".to_owned(), "one".to_owned()));
        assert!(town.store.brand_by_host("three.localhost").await.unwrap().is_none());
        assert_eq!(town.store.operator_slug(town.other).await.unwrap().as_deref(), Some("other"));
    }
}

fn begun<'t>(login: LoginId, token: &'t str, device: &'static str, started: Timestamp) -> NewSession<'t> {
    let expires = started.plus_seconds(100);
    NewSession { login, token_hash: token, device_hash: device, started, expires, address: "192.0.2.7", device: "Firefox" }
}

/// PLT-03: a session lasts until it is ended or over, and is listed to its owner.
#[tokio::test]
async fn a_session_lasts_until_it_is_over() {
    for town in towns().await {
        let known = Identifier { writings: vec!["c102".to_owned()], after_letter: String::new() };
        let login = town.store.login_by_identifier(town.other, None, &known).await.unwrap().remove(0).1.id;
        let at = |seconds| Timestamp::EPOCH.plus_seconds(seconds);
        let begin = async |token: &str, device, second| {
            let transaction = town.store.begin().await.unwrap();
            let is_new = transaction.begin_session(&begun(login, token, device, at(second))).await.unwrap();
            transaction.commit().await.unwrap();
            is_new
        };
        assert!(!begin("hash", "laptop", 0).await, "the first browser of all is no news");
        assert!(begin("second", "telephone", 10).await, "another one is");
        assert!(!begin("third", "laptop", 20).await, "one that is known is not");
        assert!(town.store.is_device_known(login, "telephone").await.unwrap());
        assert!(!town.store.is_device_known(login, "else").await.unwrap());
        let (id, (seen, proved), found) = town.store.session_login("hash", at(99)).await.unwrap().unwrap();
        assert_eq!((found.operator, found.id, seen, proved), (town.other, login, at(0), at(0)), "signing in is a proof");
        town.store.note_proof(id, at(70)).await.unwrap();
        let (_, (_, proved), _) = town.store.session_login("hash", at(99)).await.unwrap().unwrap();
        assert_eq!(proved, at(70));
        assert!(town.store.session_login("hash", at(100)).await.unwrap().is_none());
        assert!(town.store.session_login("other", at(1)).await.unwrap().is_none());
        town.store.see_session(id, at(50)).await.unwrap();
        let listed = town.store.sessions(login, at(60)).await.unwrap();
        assert_eq!(listed.iter().map(|session| session.seen).collect::<Vec<_>>(), [at(50), at(20), at(10)]);
        assert_eq!((listed[0].id, listed[0].address.as_str(), listed[0].device.as_str()), (id, "192.0.2.7", "Firefox"));

        let transaction = town.store.begin().await.unwrap();
        assert!(!transaction.end_session(LoginId(login.0 + 1), id).await.unwrap(), "somebody else's");
        assert!(transaction.end_session(login, id).await.unwrap());
        assert!(!transaction.end_session(login, id).await.unwrap());
        let kept = listed[1].id;
        assert_eq!(transaction.end_sessions(login, Some(kept)).await.unwrap(), 1);
        transaction.commit().await.unwrap();
        assert!(town.store.session_login("hash", at(1)).await.unwrap().is_none());
        assert_eq!(town.store.sessions(login, at(60)).await.unwrap().iter().map(|s| s.id).collect::<Vec<_>>(), [kept]);
    }
}

/// PLT-03: tries are counted by subject, one after the other also when they come at once; who has to wait is not counted.
#[tokio::test(flavor = "multi_thread")]
async fn tries_at_once_are_counted_each() {
    for town in towns().await {
        let now = Timestamp::EPOCH.plus_seconds(1_000_000);
        let subjects = vec!["who".to_owned(), "where".to_owned()];
        let tries = (0..12).map(|_| {
            let (store, subjects) = (town.store.clone(), subjects.clone());
            tokio::spawn(async move {
                let waiting = |index: usize, tries: Tries| (index == 0 && tries.failures >= 5).then(|| now.plus_seconds(15));
                store.count_try(&subjects, now, waiting).await.unwrap()
            })
        });
        let mut refused = 0;
        for tried in tries.collect::<Vec<_>>() {
            refused += i32::from(tried.await.unwrap().is_some());
        }
        assert_eq!(refused, 7, "of twelve tries at once, five are let through");
        let failures = async |subject: &str| {
            let seen = std::sync::atomic::AtomicI32::new(-1);
            let look = |_, tries: Tries| {
                seen.store(tries.failures, std::sync::atomic::Ordering::Relaxed);
                Some(now)
            };
            town.store.count_try(&[subject.to_owned()], now, look).await.unwrap();
            seen.into_inner()
        };
        assert_eq!((failures("who").await, failures("where").await), (5, 5));
        town.store.try_succeeded("who", &subjects[1..]).await.unwrap();
        assert_eq!((failures("who").await, failures("where").await), (0, 4));
    }
}
