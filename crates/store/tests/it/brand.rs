use crate::town::towns;
use store::{BrandChange, BrandHost, BrandLogo, BrandLook, BrandOutcome, BrandText, Ground, Reach, Scope};
use vocabulary::CustomerId;

fn logo(ground: Ground, density: i16, content: &[u8]) -> BrandLogo {
    let hash = format!("{}{density}", ground.as_str());
    BrandLogo { ground, density, hash, width: 120, height: 60, content: content.to_vec() }
}

fn host(name: &str, is_given: bool) -> BrandHost {
    BrandHost { host: name.to_owned(), is_given }
}

/// RES-09: a brand is changed as a whole, by who read it last; its host names are nobody else's, of no operator.
#[tokio::test]
async fn a_brand_is_changed_by_who_read_it_last() {
    for town in towns().await {
        let scoped = town.store.scoped(Scope::operator(town.one));
        let before = scoped.brands().await.unwrap().remove(0);
        assert_eq!((before.version, before.hosts.as_slice()), (1, &[host("one.localhost", true)][..]));
        assert_eq!((before.owner.as_str(), before.reseller), ("one", None));
        let state = town.store.brands_state().await.unwrap();
        let look = BrandLook {
            name: "Étoile".into(),
            colour: "#0b6e4f".into(),
            colour_on_dark: "#7fd1ae".into(),
            telephone: "01 99 00 00 00".into(),
            email: "a@one.example".into(),
            postal_address: "1 quai\n67000 Ville".into(),
            sender_name: "Nous".into(),
            sender_address: "b@one.example".into(),
            languages: vec!["de".into(), "fr".into()],
        };
        let hosts = [host("one.localhost", true), host("xn--toile-9ra.example", false)];
        let both = vec![logo(Ground::Light, 1, b"small"), logo(Ground::Light, 2, b"\x89PNG\x00\xff")];
        let logos = [(Ground::Light, both)];
        let change = BrandChange { version: 1, look: &look, hosts: &hosts, asked: &[], logos: &logos };
        let apply = async |change: &BrandChange<'_>| {
            let transaction = town.store.begin().await.unwrap();
            let outcome = transaction.change_brand(before.id, change).await.unwrap();
            if outcome == BrandOutcome::Changed {
                transaction.commit().await.unwrap();
            }
            outcome
        };
        assert_eq!(apply(&change).await, BrandOutcome::Changed);
        assert_eq!(apply(&change).await, BrandOutcome::Stale, "somebody who read the version before");
        let after = scoped.brands().await.unwrap().remove(0);
        assert_eq!((after.version, &after.look, after.hosts.as_slice()), (2, &look, &hosts[..]));
        assert_eq!(
            after.logos.iter().map(|logo| (logo.density, logo.hash.as_str())).collect::<Vec<_>>(),
            [(1, "light1"), (2, "light2")]
        );
        assert_eq!(
            town.store.brand_logo("light2").await.unwrap().as_deref(),
            Some(&b"\x89PNG\x00\xff"[..]),
            "bytes as they were"
        );
        assert_eq!(town.store.brand_logo("nothing").await.unwrap(), None);
        assert_ne!(town.store.brands_state().await.unwrap(), state, "who keeps brands in mind sees that");
        assert_eq!(town.store.brand_by_host("xn--toile-9ra.example").await.unwrap(), Some(before.id));

        let theirs = [host("one.localhost", true), host("other.localhost", false)];
        let taken = apply(&BrandChange { version: 2, hosts: &theirs, ..change.clone() }).await;
        assert_eq!(taken, BrandOutcome::HostTaken("other.localhost".into()));
        assert_eq!(scoped.brands().await.unwrap().remove(0).hosts, hosts, "and nothing is changed");

        let gone = [(Ground::Light, vec![])];
        assert_eq!(apply(&BrandChange { version: 2, logos: &gone, ..change }).await, BrandOutcome::Changed);
        assert_eq!(scoped.brands().await.unwrap().remove(0).logos, []);
        assert_eq!(town.store.brand_logo("light1").await.unwrap(), None);
    }
}

/// RES-09, PLT-01: brands are seen by whoever may change them only: not by another operator, another reseller or a customer.
#[tokio::test]
async fn a_brand_is_its_owners() {
    for town in towns().await {
        let all = town.store.brands().await.unwrap();
        assert_eq!(all.len(), 2);
        for (operator, seen) in [(town.one, "one"), (town.other, "other")] {
            let brands = town.store.scoped(Scope::operator(operator)).brands().await.unwrap();
            assert_eq!(brands.iter().map(|brand| brand.look.name.as_str()).collect::<Vec<_>>(), [seen]);
        }
        let known = store::Identifier { writings: vec!["c100".to_owned()], after_letter: String::new() };
        let found = town.store.login_by_identifier(town.one, None, &known).await.unwrap();
        let reseller = found[0].1.reseller.unwrap();
        for reach in [Reach::Reseller(reseller), Reach::Customer(CustomerId(1))] {
            assert!(town.store.scoped(Scope { operator: town.one, reach }).brands().await.unwrap().is_empty(), "{reach:?}");
        }
    }
}

/// RES-09: legal pages are replaced together, under the same version as the rest of the brand.
#[tokio::test]
async fn legal_pages_are_replaced_together() {
    for town in towns().await {
        let brand = town.store.scoped(Scope::operator(town.one)).brands().await.unwrap().remove(0);
        let text = |page: &str, language: &str| BrandText {
            page: page.into(),
            language: language.into(),
            content: format!("{page} {language}"),
        };
        let write = async |version, texts: &[BrandText]| {
            let transaction = town.store.begin().await.unwrap();
            let is_kept = transaction.change_brand_texts(brand.id, version, texts).await.unwrap();
            transaction.commit().await.unwrap();
            is_kept
        };
        assert!(write(1, &[text("terms", "fr"), text("notice", "nl"), text("notice", "fr")]).await);
        assert!(!write(1, &[]).await);
        let kept = town.store.brand_texts(brand.id).await.unwrap();
        assert_eq!(kept, [text("notice", "fr"), text("notice", "nl"), text("terms", "fr")]);
        assert_eq!(town.store.brand_text_pages().await.unwrap().len(), 2);
        assert!(write(2, &[text("privacy", "fr")]).await);
        assert_eq!(town.store.brand_texts(brand.id).await.unwrap(), [text("privacy", "fr")]);
    }
}
