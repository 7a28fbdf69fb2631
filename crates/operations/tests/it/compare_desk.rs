//! Comparisons of many lines in the background: whose they are, what they add up to, how they end; on both engines.

use crate::{
    import::NOW,
    stage::{actor, house, import, line, root},
};
use operations::{
    House, NewCustomer, NewOperator, NewReseller, OperationError, Reach, Scope,
    compare::{
        Asker, BeginRefusal, ComparisonDesk, DraftFiles, DraftFound, DraftRefusal, LARGEST_DRAFT, MONTHS, MOST_DRAFT_FILES,
        OffersFound, Shown, Standing, compare, compare_line,
    },
    line::Paging,
    lines,
    permission::Role,
    provision,
    rate_again::{RateAgainError, Whose},
};
use std::{
    fmt::Write,
    fs,
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use vocabulary::{CustomerId, LineId, LoginId, Money, OperatorId, ResellerId};

/// An operator, its reseller's customer of three lines, its own customer of two, and their lines by number. Each line has a few
/// gigabytes in each of two months; `stay` is on the smallest plan that takes them.
struct Stage {
    house: House,
    desk: ComparisonDesk,
    operator: OperatorId,
    lines: Vec<LineId>,
    reseller: ResellerId,
    customer: CustomerId,
}

fn fault(error: &(dyn std::error::Error + 'static)) -> String {
    error.to_string()
}

impl Stage {
    async fn on(url: &str) -> Stage {
        let house = house(url, NOW).await;
        let sold = |number: u32, offer| line(&format!("+3363998000{number}"), &[], ("mobile", "orange", offer));
        let businesses = NewCustomer {
            reseller: Some(0),
            ..NewCustomer::household(
                "C-1",
                "Menuiserie Lambert",
                vec![sold(1, "unlimited-30"), sold(2, "unlimited-5"), sold(3, "unlimited-50")],
            )
        };
        let own = NewCustomer::household("C-2", "Clinique du Parc", vec![sold(4, "unlimited-30"), sold(5, "unlimited-30")]);
        let twin = NewCustomer::household("C-3", "Clinique du Parc", Vec::new());
        let new = NewOperator {
            slug: "grandlarge".to_owned(),
            name: "Grand Large".to_owned(),
            resellers: vec![NewReseller { slug: "one".to_owned(), name: "One".to_owned() }],
            customers: vec![businesses, own, twin],
            ..NewOperator::default()
        };
        let operator = provision(&house, &new).await.expect("a valid operator");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("usage.csv");
        let mut text = String::from(
            "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n",
        );
        for month in ["09", "10"] {
            for number in 1..=5 {
                writeln!(
                    text,
                    "{month}{number},data,made,3363998000{number},,2026-{month}-0{number} 10:00:00,,{number}000000000,,"
                )
                .expect("a text takes all");
            }
        }
        fs::write(&path, text).expect("a file");
        import(&house, operator, "mobile", &path).await.expect("the file is read");
        let asked = lines::LinesAsked::default();
        let rows = lines::list(&house, Scope::operator(operator), &asked, "en").await.expect("a list").rows;
        let lines: Vec<LineId> = rows.iter().map(|row| row.id).collect();
        let customer = house.store.scoped(Scope::operator(operator)).lines_to_rate(&lines[..1]).await.expect("lines");
        let customer = customer[&lines[0]].customer;
        // The first and only one of a fresh database.
        Stage { desk: ComparisonDesk::new(fault), house, operator, lines, reseller: ResellerId(1), customer }
    }

    fn asker(&self, login: i64, reach: Reach) -> Asker {
        Asker { login: LoginId(login), scope: Scope { operator: self.operator, reach } }
    }

    async fn offers(&self, asker: Asker, customer: &str) -> Arc<OffersFound> {
        self.desk.begin_offers(&self.house, asker, customer).await.expect("no fault").expect("it begins");
        ended(|| self.desk.offers(&self.house, asker)).await
    }

    /// What a line costs, and would have cost on the cheapest offer that serves it as well, by the page of one line.
    async fn alone(&self, lines: &[LineId]) -> (Money, Money) {
        let (mut now, mut then) = (Vec::new(), Vec::new());
        for line in lines {
            let scope = Scope::operator(self.operator);
            let (_, found) = compare_line(&self.house, scope, *line, MONTHS, "en").await.expect("no fault").expect("a line");
            let found = found.expect("usage");
            now.push(found.now.cost.total());
            then.push(found.cheapest().map_or(found.now.cost.total(), |(offer, _)| offer.cost.total()));
        }
        (now.into_iter().sum(), then.into_iter().sum())
    }
}

/// What a calculation comes to.
async fn ended<T>(look: impl Fn() -> Option<Shown<T>>) -> Arc<T> {
    loop {
        match look().expect("it was begun").standing {
            Standing::Waiting | Standing::Running { .. } => tokio::task::yield_now().await,
            Standing::Done(found) => return found,
            Standing::Stopped => panic!("nobody stopped it"),
            Standing::NoUsage => panic!("there is usage"),
            Standing::Failed { reference } => panic!("{reference}"),
        }
    }
}

/// RAT-13, PLT-01: an operator's, a reseller's and a customer's comparison have the lines that each sees, add up to the pages of the lines
/// alone, and are seen by nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn many_lines_add_up_to_each_line_and_stay_within_the_scope() {
    for database in testkit::databases() {
        let stage = Stage::on(database.url()).await;
        let staff = stage.asker(1, Reach::Operator);
        let reseller = stage.asker(2, Reach::Reseller(stage.reseller));
        let manager = stage.asker(3, Reach::Customer(stage.customer));
        for (asker, customer, lines) in [
            (staff, "", &stage.lines[..]),
            (staff, "menuiserie lambert", &stage.lines[..3]),
            (staff, " c-2 ", &stage.lines[3..]),
            (reseller, "", &stage.lines[..3]),
            (manager, "", &stage.lines[..3]),
        ] {
            let found = stage.offers(asker, customer).await;
            let shown = stage.desk.offers(&stage.house, asker).expect("it is kept").customer;
            assert_eq!(shown.is_some(), !customer.is_empty());
            assert_eq!((found.now, found.then), stage.alone(lines).await, "{customer:?} for {asker:?}");
            assert_eq!((found.lines, found.passed_over, found.months.len()), (lines.len() as u64, 0, 2));
            assert!(found.savings.iter().all(|saving| lines.contains(&saving.line)));
            assert_eq!(found.saving(), found.savings.iter().map(|saving| saving.amount()).sum::<Money>());
        }
        // Of the reseller's three lines, two are on larger plans than 1 and 3 GB ask for: 1 GB metered costs 4.00 in place of 10.50, and 5 GB
        // 7.00 in place of 13.00. The second is where it is best.
        let found = stage.offers(reseller, "").await;
        assert_eq!((found.better, found.well()), (2, 1));
        assert_eq!(found.savings.iter().map(|saving| saving.line).collect::<Vec<_>>(), [stage.lines[0], stage.lines[2]]);
        assert_eq!((found.saving(), found.saving_a_month()), (euros("25"), euros("12.50")));
        let paging = Paging { page: 9, rows: 1 };
        let (page, rows) = stage.desk.savings(&stage.house, reseller.scope, (&found, paging), "fr").await.expect("names");
        assert_eq!((page, rows.len(), rows[0].number.to_string().as_str()), (2, 1, "+33639980003"));
        assert_eq!((rows[0].offer.as_str(), rows[0].cheapest.as_str()), ("Illimité 50 Go", "Illimité 5 Go"));
        // Who sees one customer only names no other, and sees no name of a line that is another's.
        let elsewhere = Scope { reach: Reach::Customer(CustomerId(i64::MAX)), ..staff.scope };
        let (_, rows) = stage.desk.savings(&stage.house, elsewhere, (&found, paging), "fr").await.expect("names");
        assert!(rows.is_empty());
        for (asker, customer, refusal) in [
            (reseller, "C-2", BeginRefusal::UnknownCustomer),
            (manager, "C-2", BeginRefusal::UnknownCustomer),
            (staff, "Lambert et fils", BeginRefusal::UnknownCustomer),
            (staff, "Clinique du Parc", BeginRefusal::SeveralCustomers),
        ] {
            let begun = stage.desk.begin_offers(&stage.house, asker, customer).await.expect("no fault");
            assert_eq!(begun, Err(refusal), "{customer:?}");
        }
        assert!(
            stage.desk.offers(&stage.house, Asker { login: LoginId(4), ..manager }).is_none(),
            "a colleague's is a colleague's"
        );
        assert!(stage.desk.offers(&stage.house, Asker { scope: staff.scope, ..manager }).is_none(), "seen as it was asked");
        let suggested = stage.desk.suggested(&stage.house, reseller.scope).await.expect("names");
        assert_eq!(suggested.iter().map(|customer| customer.reference.as_str()).collect::<Vec<_>>(), ["C-1"]);
        assert!(stage.desk.suggested(&stage.house, manager.scope).await.expect("names").is_empty());
    }
}

/// RAT-13: progress counts lines, and a comparison that is told to stop reads no further.
#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_stops_where_it_is_told_to() {
    for database in testkit::databases() {
        let stage = Stage::on(database.url()).await;
        let (house, scope, seen) = (stage.house.clone(), Scope::operator(stage.operator), Arc::new(AtomicU64::new(0)));
        let counted = seen.clone();
        let stopped = tokio::task::spawn_blocking(move || {
            let on_progress = |done, meant| {
                assert_eq!(meant, 5);
                if done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            compare(&house, scope, (&Whose::Everybody, MONTHS), &on_progress, &mut |_| {
                counted.fetch_add(1, Ordering::Relaxed);
            })
        });
        let stopped = stopped.await.expect("it does not panic");
        assert!(matches!(stopped, Err(RateAgainError::Operation(OperationError::Stopped))), "{stopped:?}");
        assert_eq!(seen.load(Ordering::Relaxed), 2);
    }
}

fn files(files: &[(&str, &str)]) -> DraftFiles {
    let mut draft = DraftFiles::default();
    for (name, text) in files {
        draft.begin(name).expect("few files");
        draft.write(text.as_bytes()).expect("small files");
    }
    draft
}

fn catalog_file(name: &str) -> String {
    fs::read_to_string(root().join("catalogs/grandlarge").join(name)).expect("a file of the catalogue")
}

/// RAT-13, PLT-02: a draft is some files of the catalogue; its mistakes are told by file and line, and what it would earn by offer; only staff may.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_checked_and_calculated() {
    let cheaper = catalog_file("2026-01-01/offers.toml").replace("orange = \"10.50\"", "orange = \"9.50\"");
    let wrong = cheaper.replace("orange = \"9.50\"", "orange = \"cheap\"");
    for database in testkit::databases() {
        let stage = Stage::on(database.url()).await;
        let staff = stage.asker(1, Reach::Operator);
        let agent = actor(staff.scope, Role::OperatorAgent);
        let begin = async |customer: &str, files: DraftFiles| {
            let begun = stage.desk.begin_draft(&stage.house, &agent, (customer, files)).await.expect("no fault");
            begun.expect("staff may")
        };
        begin("", files(&[("C:\\drafts\\offers.toml", &cheaper)])).await.expect("a draft without mistake");
        let found: Arc<DraftFound> = ended(|| stage.desk.draft(&stage.house, staff)).await;
        // Three lines at 1.00 less in each of two months.
        assert_eq!((found.earned(), found.earned_a_month(), found.lines()), (euros("-6"), euros("-3"), 5));
        assert_eq!(
            (found.offers[0].offer.as_str(), found.offers[0].lines, found.offers[0].earned()),
            ("unlimited-30", 3, euros("-6"))
        );
        assert_eq!(found.files, ["offers.toml"]);
        let names = stage.desk.draft_names(&stage.house, staff.scope, &found, "fr").await.expect("names");
        assert_eq!(names[0], "Illimité 30 Go");
        begin("C-1", files(&[("offers.toml", &cheaper)])).await.expect("a draft without mistake");
        assert_eq!(ended(|| stage.desk.draft(&stage.house, staff)).await.earned(), euros("-2"));

        let Err(DraftRefusal::Faults(faults)) = begin("", files(&[("offers.toml", &wrong), ("notes.csv", "a,b\n")])).await else {
            panic!("it has mistakes");
        };
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|fault| fault.starts_with("offers.toml:") && fault.contains("`cheap`")), "{said:?}");
        assert!(said.contains(&"notes.csv: is no file of a catalogue version".to_owned()), "{said:?}");
        let gone = cheaper.replace("family = \"m2m\"", "family = \"mtm\"");
        let Err(DraftRefusal::Faults(faults)) = begin("", files(&[("offers.toml", &gone)])).await else {
            panic!("it has mistakes")
        };
        assert_eq!(faults[0].file, "offers.toml", "what the draft broke elsewhere comes after its own mistakes");
        assert_eq!(faults.last().map(|fault| fault.file.as_str()), Some("2026-01-01/recharges.toml"));
        let zones: String =
            (0..5_000).map(|zone| format!("[[zone]]\nid = \"z{zone}\"\nname = {{ fr = \"Z\", en = \"Z\" }}\n")).collect();
        let Err(DraftRefusal::Faults(faults)) = begin("", files(&[("zones.toml", &zones)])).await else { panic!("too many") };
        assert!(faults.iter().any(|fault| fault.file == "zones.toml" && fault.reason.contains("5001 zones")), "{faults:?}");
        let twice = begin("", files(&[("offers.toml", &cheaper), ("offers.toml", &cheaper)])).await;
        assert!(matches!(twice, Err(DraftRefusal::Faults(faults)) if faults[0].reason == "is given twice"));
        assert_eq!(begin("", DraftFiles::default()).await, Err(DraftRefusal::NoFile));
        let nobody = begin("nobody", files(&[("offers.toml", &cheaper)])).await;
        assert_eq!(nobody, Err(DraftRefusal::NotBegun(BeginRefusal::UnknownCustomer)));
        let reseller = Scope { reach: Reach::Reseller(stage.reseller), ..staff.scope };
        for stranger in [actor(reseller, Role::OperatorAgent), actor(staff.scope, Role::Auditor)] {
            let begun = stage.desk.begin_draft(&stage.house, &stranger, ("", files(&[("offers.toml", &cheaper)]))).await;
            assert_eq!(begun.expect("no fault"), None, "{stranger:?}");
        }
    }
}

/// RAT-13: a draft has so many files and bytes, and no more is kept of one that is too large.
#[test]
fn a_draft_has_limits() {
    let mut draft = DraftFiles::default();
    assert!((0..MOST_DRAFT_FILES).all(|_| draft.begin("offers.toml").is_ok()));
    assert_eq!(draft.begin("offers.toml"), Err(DraftRefusal::TooManyFiles));
    assert_eq!(draft.write(&vec![b'x'; LARGEST_DRAFT]), Ok(()));
    assert_eq!(draft.write(b"x"), Err(DraftRefusal::TooLarge));
}

fn euros(text: &str) -> Money {
    text.parse().expect("an amount")
}
