//! Brands as their owners change them.

use crate::stage::{at, house};
use operations::{
    Actor, House, IdentifierKind, NewBrand, NewLogin, NewOperator, NewReseller, Scope,
    brand::{
        self, Answered, BrandDraft, BrandField, BrandLook, BrandRefusal, BrandText, Changed, Ground, HostAnswer, LogoDraft,
        LogoFault, OwnBrand,
    },
    journal,
    permission::Role,
    provision, sign_in,
};
use store::Reach;
use vocabulary::{LoginId, OperatorId, ResellerId, SessionId, Timestamp};

const NOW: &str = "2026-11-21T10:00:00Z";
const SVG: &[u8] =
    br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><rect width="120" height="60" fill="#0b6e4f"/></svg>"##;

struct Town {
    house: House,
    operators: [OperatorId; 2],
    resellers: Vec<ResellerId>,
    _database: testkit::TestDatabase,
}

/// Two operators; the first with two resellers that have a brand each.
async fn towns() -> Vec<Town> {
    let mut towns = Vec::new();
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let brand = |host: &str, reseller| NewBrand {
            host: host.to_owned(),
            reseller,
            name: host.to_owned(),
            colour: "#1b3a8a".to_owned(),
            contact: format!("bonjour@{host}"),
        };
        let reseller = |slug: &str| NewReseller { slug: slug.to_owned(), name: slug.to_owned() };
        let login = |index: usize, role: Role, reseller| NewLogin {
            identifiers: vec![(IdentifierKind::Own, format!("person{index}"))],
            email: String::new(),
            password_hash: None,
            role: role.as_str().to_owned(),
            name: format!("Person {index}"),
            reseller,
            customer: None,
            line: None,
        };
        let one = NewOperator {
            slug: "grandlarge".to_owned(),
            name: "One".to_owned(),
            resellers: vec![reseller("near"), reseller("far")],
            brands: vec![brand("one.example", None), brand("near.one.example", Some(0)), brand("far.one.example", Some(1))],
            logins: vec![login(0, Role::OperatorAdmin, None), login(1, Role::ResellerAdmin, Some(0))],
            ..NewOperator::default()
        };
        let two = NewOperator {
            slug: "zenne".to_owned(),
            name: "Two".to_owned(),
            brands: vec![brand("two.example", None)],
            ..NewOperator::default()
        };
        let operators = [provision(&house, &one).await.unwrap(), provision(&house, &two).await.unwrap()];
        let brands = house.store.brands().await.unwrap();
        let reseller = |name: &str| brands.iter().find(|brand| brand.look.name == name).unwrap().reseller.unwrap();
        let resellers = vec![reseller("near.one.example"), reseller("far.one.example")];
        towns.push(Town { house, operators, resellers, _database: database });
    }
    towns
}

impl Town {
    fn actor(&self, role: Role, reach: Reach) -> Actor {
        let reseller = if let Reach::Reseller(id) = reach { Some(id) } else { None };
        Actor {
            login: LoginId(1),
            session: SessionId(1),
            scope: Scope { operator: self.operators[0], reach },
            role,
            name: "Person".into(),
            party: "Party".into(),
            owner: (reseller, None),
            address: "192.0.2.7".into(),
            proved: Timestamp::from_micros(0),
        }
    }

    fn operator_admin(&self) -> Actor {
        self.actor(Role::OperatorAdmin, Reach::Operator)
    }

    fn reseller_admin(&self) -> Actor {
        self.actor(Role::ResellerAdmin, Reach::Reseller(self.resellers[0]))
    }

    async fn brand(&self, actor: &Actor, name: &str) -> OwnBrand {
        let brands = brand::brands(&self.house, actor).await.unwrap();
        brands.into_iter().find(|brand| brand.hosts.iter().any(|host| host.host == name)).unwrap()
    }

    /// What is refused, or nothing.
    async fn change(&self, actor: &Actor, brand: &OwnBrand, draft: BrandDraft) -> Vec<BrandRefusal> {
        match brand::change(&self.house, actor, brand, (draft, "near.one.example")).await.unwrap() {
            Changed::Done => Vec::new(),
            Changed::Refused(refusals) => refusals,
            Changed::Stale => panic!("nobody else changed it"),
        }
    }
}

/// The form as it is filled from a brand.
fn draft(brand: &OwnBrand) -> BrandDraft {
    let own: Vec<&str> = brand.hosts.iter().filter(|host| !host.is_given).map(|host| host.host.as_str()).collect();
    let look = BrandLook { languages: vec!["fr".into()], ..brand.look.clone() };
    BrandDraft { version: brand.version, look, own_hosts: own.join("\n"), ..BrandDraft::default() }
}

/// RES-09, PLT-06: a reseller's administrator changes its own brand, and nobody else's; the journal has what was and what is; who read an
/// older version is told.
#[tokio::test]
async fn a_reseller_changes_its_own_brand() {
    for town in towns().await {
        let admin = town.reseller_admin();
        let near = town.brand(&admin, "near.one.example").await;
        assert_eq!(brand::brands(&town.house, &admin).await.unwrap().len(), 1, "its own and no other");
        assert_eq!(brand::brands(&town.house, &town.operator_admin()).await.unwrap().len(), 3);
        let agent = town.actor(Role::ResellerAgent, Reach::Reseller(town.resellers[0]));
        assert!(brand::brands(&town.house, &agent).await.unwrap().is_empty());
        let far = town.brand(&town.operator_admin(), "far.one.example").await;
        assert!(brand::brand(&town.house, &admin, far.id).await.unwrap().is_none());

        let mut wanted = draft(&near);
        wanted.look.name = "  Près & Cie ".into();
        wanted.look.colour = "#0B6E4F".into();
        wanted.look.telephone = "+33 1 99 00 00 00".into();
        wanted.look.postal_address = " 1 quai \r\n\r\n67000 Ville".into();
        wanted.look.languages = vec!["fr".into(), "xx".into()];
        wanted.own_hosts = "Espace.Près.example".into();
        wanted.logos = [LogoDraft::Replace(SVG.to_vec()), LogoDraft::Keep];
        // What is looked at is not kept.
        let (checked, refusals) = brand::previewed(&town.house, &near, wanted.clone()).await.unwrap();
        assert!(refusals.is_empty() && checked.logos[0].1.len() == 2, "{refusals:?}");
        assert_eq!(town.brand(&admin, "near.one.example").await.version, near.version);

        assert_eq!(town.change(&admin, &near, wanted.clone()).await, []);
        let after = town.brand(&admin, "near.one.example").await;
        assert_eq!((after.look.name.as_str(), after.look.colour.as_str()), ("Près & Cie", "#0b6e4f"));
        assert_eq!(
            (after.look.postal_address.as_str(), after.look.languages.as_slice()),
            ("1 quai\n67000 Ville", &["fr".to_owned()][..])
        );
        assert_eq!((after.hosts.len(), after.asked.as_slice()), (1, &["espace.xn--prs-7la.example".to_owned()][..]));
        assert_eq!(
            after.logos.iter().map(|logo| (logo.ground, logo.density)).collect::<Vec<_>>(),
            [(Ground::Light, 1), (Ground::Light, 2)]
        );
        let found = sign_in::brands(&town.house).await.unwrap();
        let hosts: Vec<_> = found.iter().filter(|brand| brand.id == near.id).map(|brand| brand.host.as_str()).collect();
        assert_eq!(hosts, ["near.one.example"], "what is not confirmed serves nothing");
        assert!(found.iter().filter(|brand| brand.id == near.id).all(|brand| brand.contact() == "+33 1 99 00 00 00"));

        let asked = journal::Asked { action: Some("brand_changed".into()), ..journal::Asked::default() };
        let (entries, _) = journal::list(&town.house, &admin, &asked, 10).await.unwrap().unwrap();
        let entry = town.house.store.scoped(admin.scope).journal(None, None, 10).await.unwrap().remove(0);
        assert_eq!((entries.len(), entry.at), (1, at(NOW)));
        let before: serde_json::Value = serde_json::from_str(&entry.before.unwrap()).unwrap();
        let now: serde_json::Value = serde_json::from_str(&entry.after.unwrap()).unwrap();
        assert_eq!((&before["name"], &now["name"]), (&"near.one.example".into(), &"Près & Cie".into()));
        assert_eq!((&before["logo"], &now["logo"]), (&"".into(), &after.logos[0].hash.clone().into()));
        assert!(now.get("email").is_none(), "what stayed is not noted: {now}");

        let stale = brand::change(&town.house, &admin, &near, (wanted, "near.one.example")).await.unwrap();
        assert!(matches!(stale, Changed::Stale), "{stale:?}");
        assert_eq!(town.brand(&admin, "near.one.example").await.version, after.version);
    }
}

/// RES-09: host names are one brand's of all operators; nobody takes what looks like another's, or the one that they stand on.
#[tokio::test]
async fn host_names_are_one_brands() {
    for town in towns().await {
        let admin = town.reseller_admin();
        let near = town.brand(&admin, "near.one.example").await;
        let with = |own: &str| BrandDraft { own_hosts: own.into(), ..draft(&near) };
        let own = BrandField::OwnHosts;
        for (typed, refused) in [
            ("two.example", BrandRefusal::HostTaken(own, "two.example".into())),
            ("TWO.example", BrandRefusal::HostTaken(own, "two.example".into())),
            ("far.one.example", BrandRefusal::HostTaken(own, "far.one.example".into())),
            ("login.one.example", BrandRefusal::HostTaken(own, "login.one.example".into())),
            ("a.two.example", BrandRefusal::HostTaken(own, "a.two.example".into())),
            ("https://near.example", BrandRefusal::NoHost(own, "https://near.example".into())),
            ("near", BrandRefusal::NoHost(own, "near".into())),
        ] {
            assert_eq!(town.change(&admin, &near, with(typed)).await, [refused], "{typed}");
        }
        let many: String = (0..11).map(|n| format!("h{n}.near.example ")).collect();
        assert_eq!(town.change(&admin, &near, with(&many)).await, [BrandRefusal::TooManyHosts(own, 10)]);
        let twice = [BrandRefusal::NoHost(own, "near".into()), BrandRefusal::NoHost(own, "b/".into())];
        assert_eq!(town.change(&admin, &near, with("near b/ near b/ b/")).await, twice, "each is refused once");
        assert_eq!(town.change(&admin, &near, with("near.example\nwww.near.example")).await, []);

        // The operator gives what lies below its own, and takes it away; not the one that it stands on, and not the last.
        let operator = town.operator_admin();
        let near = town.brand(&operator, "near.one.example").await;
        let given = |hosts: &str| BrandDraft { given_hosts: Some(hosts.into()), ..draft(&near) };
        let taken = BrandRefusal::HostTaken(BrandField::GivenHosts, "a.two.example".into());
        assert_eq!(town.change(&operator, &near, given("near.one.example a.two.example")).await, [taken]);
        let in_use = BrandRefusal::HostInUse(BrandField::GivenHosts, "near.one.example".into());
        assert_eq!(town.change(&operator, &near, given("shop.one.example")).await, [in_use]);
        assert_eq!(town.change(&operator, &near, given("near.one.example shop.one.example")).await, []);
        let near = town.brand(&admin, "near.one.example").await;
        assert_eq!(near.hosts.iter().filter(|host| host.is_given).count(), 2);
        // A reseller's form has no such field: what the operator gave stays.
        assert_eq!(town.change(&admin, &near, BrandDraft { own_hosts: String::new(), ..draft(&near) }).await, []);
        assert_eq!(town.brand(&admin, "shop.one.example").await.hosts.len(), 2);
    }
}

/// RES-09, PLT-06: a host name that a reseller wants serves once the operator's people confirmed it, and keeps nobody from it until then;
/// the operator's own need no confirmation; both are noted.
#[tokio::test]
async fn a_reseller_s_host_name_waits_for_the_operator() {
    for town in towns().await {
        let (admin, operator) = (town.reseller_admin(), town.operator_admin());
        let near = town.brand(&admin, "near.one.example").await;
        let wanted = BrandDraft { own_hosts: "near.example shop.example bank.example".into(), ..draft(&near) };
        assert_eq!(town.change(&admin, &near, wanted).await, []);
        let serves = async |host: &str| sign_in::brands(&town.house).await.unwrap().into_iter().find(|brand| brand.host == host);
        assert!(serves("near.example").await.is_none() && serves("bank.example").await.is_none());
        let near = town.brand(&admin, "near.one.example").await;
        assert_eq!(near.asked, ["bank.example", "near.example", "shop.example"]);

        // Nobody but the operator's people answers, and only for what is wanted.
        let confirm = async |actor: &Actor, host: &str| {
            let near = town.brand(&operator, "near.one.example").await;
            brand::answer_host(&town.house, actor, &near, (host, HostAnswer::Confirmed)).await.unwrap()
        };
        assert_eq!(confirm(&admin, "near.example").await, None);
        assert_eq!(confirm(&town.actor(Role::OperatorAgent, Reach::Operator), "near.example").await, None);
        assert_eq!(confirm(&operator, "other.example").await, None);
        assert_eq!(confirm(&operator, "near.example").await, Some(Answered::Done));
        assert_eq!(confirm(&operator, "near.example").await, None, "it is answered");
        assert_eq!(serves("near.example").await.map(|brand| brand.id), Some(near.id));

        // What is merely wanted is anybody's: another brand gets it, and then it is that one's.
        let far = town.brand(&operator, "far.one.example").await;
        let given = BrandDraft { given_hosts: Some("far.one.example".into()), own_hosts: "bank.example".into(), ..draft(&far) };
        assert_eq!(town.change(&operator, &far, given).await, []);
        assert_eq!(serves("bank.example").await.map(|brand| brand.id), Some(far.id), "the operator's people need no answer");
        assert_eq!(confirm(&operator, "bank.example").await, Some(Answered::Taken));
        assert_eq!(serves("bank.example").await.map(|brand| brand.id), Some(far.id));

        // Saving the form confirms nothing, and loses nothing of what waits.
        let near = town.brand(&operator, "near.one.example").await;
        let same = BrandDraft { given_hosts: Some("near.one.example".into()), ..draft(&near) };
        assert_eq!(town.change(&operator, &near, same).await, []);
        let near = town.brand(&admin, "near.one.example").await;
        assert_eq!(near.asked, ["bank.example", "shop.example"]);
        assert!(serves("shop.example").await.is_none());
        let refused = brand::answer_host(&town.house, &operator, &near, ("shop.example", HostAnswer::Refused)).await.unwrap();
        assert_eq!(refused, Some(Answered::Done));
        let near = town.brand(&admin, "near.one.example").await;
        assert_eq!((near.asked.as_slice(), near.hosts.len()), (&["bank.example".to_owned()][..], 2));

        let noted = town.house.store.scoped(admin.scope).journal(None, None, 10).await.unwrap();
        let noted: Vec<_> = noted.iter().map(|entry| (entry.action.as_str(), entry.after.clone().unwrap_or_default())).collect();
        assert_eq!(noted[0], ("brand_host_refused", "{\"host\":\"shop.example\"}".into()));
        assert!(noted.contains(&("brand_host_confirmed", "{\"host\":\"near.example\"}".into())), "{noted:?}");
    }
}

/// RES-09: whatever is typed is refused at its field, however long, and quickly.
#[tokio::test]
async fn long_texts_are_refused_at_their_field() {
    for town in towns().await {
        let admin = town.reseller_admin();
        let near = town.brand(&admin, "near.one.example").await;
        let mut long = draft(&near);
        long.look.name = "n".repeat(10_000);
        long.own_hosts = format!("{}{}", "x ".repeat(30_000), (0..20_000).map(|n| format!("h{n} ")).collect::<String>());
        let refusals = town.change(&admin, &near, long).await;
        let own = BrandField::OwnHosts;
        assert_eq!(refusals, [BrandRefusal::TooLong(BrandField::Name, 60), BrandRefusal::TooManyHosts(own, 10)]);
    }
}

/// RES-09, PLT-09: what cannot be read, reached or drawn is refused by its field, with what would do.
#[tokio::test]
async fn what_is_wrong_is_refused_by_its_field() {
    for town in towns().await {
        let admin = town.reseller_admin();
        let near = town.brand(&admin, "near.one.example").await;
        let mut wrong = draft(&near);
        wrong.look = BrandLook {
            name: String::new(),
            colour: "#7fd1ae".into(),
            colour_on_dark: "#0b6e4f".into(),
            telephone: "call us".into(),
            email: "a@b".into(),
            postal_address: "x".repeat(500),
            sender_name: "Bank <b>\r\nBcc: x".into(),
            sender_address: "info@far.one.example, x@y.example".into(),
            languages: vec!["xx".into()],
        };
        wrong.logos = [LogoDraft::Replace(b"GIF89a".to_vec()), LogoDraft::Replace(vec![0x89; 300_000])];
        let refusals = town.change(&admin, &near, wrong).await;
        let fields: Vec<_> = refusals.iter().map(BrandRefusal::field).collect();
        assert_eq!(
            fields,
            [
                BrandField::Name,
                BrandField::Colour,
                BrandField::ColourOnDark,
                BrandField::Telephone,
                BrandField::Email,
                BrandField::PostalAddress,
                BrandField::SenderName,
                BrandField::SenderAddress,
                BrandField::Languages,
                BrandField::Logo(Ground::Light),
                BrandField::Logo(Ground::Dark),
            ]
        );
        let BrandRefusal::Unreadable { contrast, nearest, .. } = &refusals[1] else { panic!("{:?}", refusals[1]) };
        assert!(*contrast < 450 && nearest.least_contrast(Ground::Light) >= 450, "{contrast} {nearest}");
        assert_eq!(refusals[9], BrandRefusal::Logo(BrandField::Logo(Ground::Light), LogoFault::Neither));
        let mut taken = draft(&near);
        taken.look.colour = nearest.to_string();
        assert_eq!(town.change(&admin, &near, taken).await, [], "what was offered is taken");
        // Nobody writes mails in another brand's name.
        let near = town.brand(&admin, "near.one.example").await;
        for domain in ["two.example", "one.example", "mail.far.one.example"] {
            let mut other = draft(&near);
            other.look.sender_address = format!("info@{domain}");
            let refused = BrandRefusal::HostTaken(BrandField::SenderAddress, domain.into());
            assert_eq!(town.change(&admin, &near, other).await, [refused], "{domain}");
        }
    }
}

/// RES-09, PLT-06: legal pages are kept by page and language; the journal says how long each is.
#[tokio::test]
async fn legal_pages_are_kept_and_noted() {
    for town in towns().await {
        let admin = town.reseller_admin();
        let near = town.brand(&admin, "near.one.example").await;
        let text = |language: &str, content: &str| BrandText {
            page: "notice".into(),
            language: language.into(),
            content: content.into(),
        };
        let texts = vec![text("fr", "Éditeur"), text("nl", "  \n")];
        assert!(brand::change_texts(&town.house, &admin, &near, (near.version, texts.clone())).await.unwrap());
        assert!(!brand::change_texts(&town.house, &admin, &near, (near.version, texts)).await.unwrap(), "an older version");
        assert_eq!(town.house.store.brand_texts(near.id).await.unwrap(), [text("fr", "Éditeur")], "what is empty is not there");
        let entry = town.house.store.scoped(admin.scope).journal(None, None, 10).await.unwrap().remove(0);
        assert!(
            entry.action == "legal_pages_changed"
                && entry.after.as_deref().is_some_and(|after| after.contains("\"notice_fr\":\"7 ("))
        );
        let seen = sign_in::brands(&town.house).await.unwrap();
        assert!(seen.iter().all(|brand| brand.legal.len() == usize::from(brand.id == near.id)));
    }
}
