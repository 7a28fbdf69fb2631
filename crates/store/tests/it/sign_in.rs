use crate::town::towns;
use store::Identifier;
use vocabulary::Timestamp;

/// PLT-01: an identifier means a login of one operator, and of one reseller at that reseller's door.
#[tokio::test]
async fn a_login_is_found_at_its_own_door_only() {
    for town in towns().await {
        let known = Identifier { writings: vec!["c100".to_owned(), "100".to_owned()], after_letter: String::new() };
        let found = town.store.login_by_identifier(town.one, None, &known).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].operator, found[0].party.as_str()), (town.one, "Étoile"));
        let near = found[0].reseller;
        assert!(near.is_some(), "a login of a reseller's customer is that reseller's");
        let digits = Identifier { writings: vec!["101".to_owned()], after_letter: "101".to_owned() };
        let far = town.store.login_by_identifier(town.one, None, &digits).await.unwrap();
        assert_eq!(far[0].name, "Manager 1", "a reference without its letter");
        assert!(town.store.login_by_identifier(town.one, near, &digits).await.unwrap().is_empty());
        assert_eq!(town.store.login_by_identifier(town.one, near, &known).await.unwrap().len(), 1);
        let slugs: Vec<_> = town.store.brands().await.unwrap().into_iter().map(|brand| (brand.host, brand.slug)).collect();
        assert_eq!(slugs[0], ("one.localhost".to_owned(), "one".to_owned()));
        assert!(town.store.brand_by_host("three.localhost").await.unwrap().is_none());
        assert_eq!(town.store.operator_slug(town.other).await.unwrap().as_deref(), Some("other"));
    }
}

/// PLT-03: a session lasts until it is ended or over.
#[tokio::test]
async fn a_session_lasts_until_it_is_over() {
    for town in towns().await {
        let known = Identifier { writings: vec!["c102".to_owned()], after_letter: String::new() };
        let login = town.store.login_by_identifier(town.other, None, &known).await.unwrap().remove(0);
        let at = |seconds| Timestamp::EPOCH.plus_seconds(seconds);
        town.store.begin_session(login.id, "hash", at(0), at(100)).await.unwrap();
        let found = town.store.session_login("hash", at(99)).await.unwrap().unwrap();
        assert_eq!((found.operator, found.id), (town.other, login.id));
        assert!(town.store.session_login("hash", at(100)).await.unwrap().is_none());
        assert!(town.store.session_login("other", at(1)).await.unwrap().is_none());
        town.store.end_session("hash").await.unwrap();
        town.store.end_session("hash").await.unwrap();
        assert!(town.store.session_login("hash", at(1)).await.unwrap().is_none());
    }
}
