use crate::town::{Town, towns};
use store::{
    AsideList, Charged, FileClaim, FileFacts, LineMonth, Matching, Reach, Scope, SpecialNumbers, UsageOrder, UsageRow,
    UsageSelection, Window, WriteBatch,
};
use vocabulary::{Direction, FileId, LineId, Money, Month, OperatorId, RecordKey, Timestamp, UsageKind};

const ALL: Window = Window { offset: 0, rows: 100 };

fn november() -> Month {
    Month::from_number(202_611).unwrap()
}

fn start() -> Timestamp {
    Timestamp::from_micros(1_793_500_000_000_000)
}

fn record(line: LineId, key: i64, kind: UsageKind, other: (&str, &str, &str), parts: &str) -> UsageRow {
    let read: Vec<rating::Part> = parts.split(';').map(|part| part.parse().unwrap()).collect();
    UsageRow {
        line,
        month: november(),
        started: start().plus_seconds(key * 3_600),
        key: RecordKey(key),
        kind: i16::try_from(kind.index()).unwrap(),
        direction: 0,
        other: other.0.into(),
        from_country: "FR".into(),
        to_country: other.1.into(),
        to_class: other.2.into(),
        quantity: read.iter().map(|part| part.quantity).sum(),
        price: read.iter().map(|part| part.price).sum(),
        charged: read.iter().any(rating::Part::is_out_of_bundle),
        parts: parts.to_owned(),
        access: 0,
        arrival: key,
    }
}

impl Town {
    /// Writes six records of a line: calls, a value-added call, a message, and data that straddles the end of its allowance.
    pub(crate) async fn use_line(&self, operator: OperatorId, line: LineId) -> FileId {
        let facts =
            FileFacts { digest: format!("d{operator}"), name: "calls_100%.csv".into(), layout: "csv".into(), size_bytes: 10 };
        let FileClaim::New(file) = self.store.claim_file(operator, &facts, start()).await.unwrap() else { panic!("a new file") };
        let until = start().plus_seconds(60);
        let lease = self.store.take_import_lease(operator, "test", (start(), until), |_| false).await.unwrap().unwrap();
        let rows = vec![
            record(line, 1, UsageKind::Voice, ("+33388001122", "FR", "geographic"), "60 60 0 allowance plan/voice 60"),
            record(line, 2, UsageKind::Voice, ("+41791234567", "CH", "mobile"), "45 60 350000 charged ch not-covered"),
            record(line, 3, UsageKind::Voice, ("3949", "FR", "short"), "130 180 2550000 charged sva not-covered"),
            record(line, 4, UsageKind::Sms, ("LA_POSTE", "", ""), "1 1 0 allowance plan/sms 1"),
            record(line, 5, UsageKind::Data, ("", "", ""), "700 700 0 allowance plan/data 700"),
            record(line, 6, UsageKind::Data, ("", "", ""), "300 300 0 allowance plan/data 1000;50 50 90000 charged data used-up"),
        ];
        let totals = rating::Totals {
            data_bytes: 1_050,
            records: 6,
            latest: start().plus_seconds(6 * 3_600),
            ..rating::Totals::default()
        };
        let line_months = vec![LineMonth {
            line,
            month: november(),
            totals,
            data_included: Some(1_000),
            data_drawn: 1_000,
            data_hold: None,
            state: "{}".into(),
        }];
        let batch = WriteBatch {
            operator,
            file,
            fence: lease.fence,
            arrivals: 6,
            late: Vec::new(),
            lease_until: until,
            now: start(),
            rows,
            line_months,
            pack_months: vec![],
            spend_months: vec![],
            days: vec![],
            events: vec![],
            set_aside: vec![store::SetAsideRow {
                row: 7,
                reason: "short".into(),
                detail: "row ends early".into(),
                raw: "x;".into(),
            }],
            duplicates: 0,
            checkpoint: "{}".into(),
            is_last: true,
        };
        self.store.prepare_month(november()).await.unwrap();
        let mut writer = self.store.usage_writer().unwrap();
        tokio::task::spawn_blocking(move || writer.write(&batch).map(|()| drop(writer))).await.unwrap().unwrap();
        file
    }
}

/// RES-22: the journal is filtered by kind, party, destination, direction, days and what was charged; PLT-01: only within the scope.
#[tokio::test]
async fn a_journal_is_filtered_within_the_scope() {
    for town in towns().await {
        let scoped = town.store.scoped(Scope::operator(town.one));
        let line = scoped.line_choices().await.unwrap()[0].clone();
        assert!(scoped.usage_months(None).await.unwrap().is_empty());
        town.use_line(town.one, line.id).await;
        let month = scoped.usage_months(Some(line.id)).await.unwrap()[0];
        assert_eq!(month.month(), november());

        let keys = async |selection: UsageSelection, order| {
            let sums = scoped.usage_sums(month, &selection).await.unwrap();
            let rows = scoped.usage_page(month, &selection, order, ALL).await.unwrap();
            assert_eq!(sums.iter().map(|sum| sum.count).sum::<i64>(), rows.len() as i64);
            rows.into_iter().map(|row| row.key.0).collect::<Vec<_>>()
        };
        let of = || UsageSelection { line: Some(line.id), ..UsageSelection::default() };
        let text = |text: &str| vec![Matching { text: Some(text.into()), ..Matching::default() }];
        assert_eq!(keys(of(), UsageOrder::Latest).await, [6, 5, 4, 3, 2, 1]);
        assert_eq!(keys(of(), UsageOrder::Price).await, [3, 2, 6, 5, 4, 1]);
        let data = UsageSelection { kinds: vec![UsageKind::Data], ..of() };
        assert_eq!(keys(data, UsageOrder::ChargedFirst).await, [6, 5]);
        let special = |special| UsageSelection { kinds: vec![UsageKind::Voice], special, ..of() };
        assert_eq!(keys(special(SpecialNumbers::Only), UsageOrder::Latest).await, [3]);
        assert_eq!(keys(special(SpecialNumbers::Without), UsageOrder::Latest).await, [2, 1]);
        assert_eq!(keys(UsageSelection { matching: text("88001"), ..of() }, UsageOrder::Latest).await, [1]);
        assert_eq!(keys(UsageSelection { matching: text("la_p"), ..of() }, UsageOrder::Latest).await, [4]);
        assert!(keys(UsageSelection { matching: text("%"), ..of() }, UsageOrder::Latest).await.is_empty());
        let swiss = Matching { countries: vec!["CH".parse().unwrap()], parties: vec!["3949".into()], ..Matching::default() };
        assert_eq!(keys(UsageSelection { matching: vec![swiss], ..of() }, UsageOrder::Earliest).await, [2, 3]);
        assert!(keys(UsageSelection { direction: Some(Direction::Received), ..of() }, UsageOrder::Latest).await.is_empty());
        assert_eq!(keys(UsageSelection { charged: Some(Charged), ..of() }, UsageOrder::Latest).await, [6, 3, 2]);
        let from = Some(start().plus_seconds(2 * 3_600));
        let until = Some(start().plus_seconds(4 * 3_600));
        assert_eq!(keys(UsageSelection { from, until, ..of() }, UsageOrder::Latest).await, [3, 2]);

        let page = scoped.usage_page(month, &of(), UsageOrder::Latest, Window { offset: 2, rows: 2 }).await.unwrap();
        assert_eq!(page.iter().map(|row| row.key.0).collect::<Vec<_>>(), [4, 3]);
        let mut groups = scoped.line_sums(month, line.id, start()).await.unwrap();
        groups.sort_by_key(|group| (group.hour, group.sum.kind.index(), group.sum.special, group.charged));
        let told = groups.iter().map(|group| {
            let sum = group.sum;
            (sum.kind, sum.special, group.charged, group.straddling, group.hour, (sum.count, sum.quantity, sum.price.micros()))
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (UsageKind::Voice, false, false, false, None, (1, 60, 0)),
                (UsageKind::Voice, false, true, false, None, (1, 45, 350_000)),
                (UsageKind::Voice, true, true, false, None, (1, 130, 2_550_000)),
                (UsageKind::Sms, false, false, false, None, (1, 1, 0)),
                (UsageKind::Data, false, false, false, Some(5), (1, 700, 0)),
                (UsageKind::Data, false, true, true, Some(6), (1, 350, 90_000)),
            ]
        );
        assert_eq!(scoped.straddling_data(month, line.id).await.unwrap(), 50);
        assert_eq!(scoped.special_parties(month, None).await.unwrap().len(), 1);
    }
}

/// PLT-01: a usage, its line and its file are found by who may see them, and by nobody else.
#[tokio::test]
async fn a_usage_outside_the_scope_does_not_exist() {
    for town in towns().await {
        let all = town.store.scoped(Scope::operator(town.one));
        let lines = all.line_choices().await.unwrap();
        let (line, neighbour) = (&lines[0], lines.iter().find(|other| other.customer != lines[0].customer).unwrap());
        let file = town.use_line(town.one, line.id).await;
        let month = all.usage_months(None).await.unwrap()[0];
        let at = start().plus_seconds(2 * 3_600);
        let within = |reach| town.store.scoped(Scope { operator: town.one, reach });
        for (scoped, sees) in [
            (all.clone(), true),
            (within(Reach::Customer(line.customer)), true),
            (within(Reach::Line(line.id)), true),
            (within(Reach::Customer(neighbour.customer)), false),
            (town.store.scoped(Scope::operator(town.other)), false),
        ] {
            let usage = scoped.usage(month, line.id, at, RecordKey(2)).await.unwrap();
            assert_eq!(usage.as_ref().map(|usage| usage.price), sees.then(|| Money::from_micros(350_000)));
            assert_eq!(scoped.line(line.id).await.unwrap().is_some(), sees);
            let with_months = scoped.line_with_months(line.id).await.unwrap();
            assert_eq!(with_months.map(|(found, months)| (found.id, months.len())), sees.then_some((line.id, 1)));
            assert_eq!(scoped.line_holdings(&[line.id], november()).await.unwrap().contains_key(&line.id), sees);
            assert_eq!(scoped.month_states(november(), &[line.id]).await.unwrap().contains_key(&line.id), sees);
            assert_eq!(scoped.line_sums(month, line.id, start()).await.unwrap().is_empty(), !sees);
            assert_eq!(scoped.straddling_data(month, line.id).await.unwrap(), if sees { 50 } else { 0 });
            assert_eq!(scoped.usage_months(Some(line.id)).await.unwrap().len(), usize::from(sees));
            assert_eq!(scoped.latest_usage(month).await.unwrap().is_some(), sees);
            assert!(scoped.line_events(line.id, november()).await.unwrap().is_empty());
            let everything = scoped.usage_page(month, &UsageSelection::default(), UsageOrder::Latest, ALL).await.unwrap();
            assert_eq!(everything.len(), if sees { 6 } else { 0 });
            let is_staff = sees && scoped.scope().reach == Reach::Operator;
            assert_eq!(scoped.usage_file(file).await.unwrap().is_some(), is_staff);
            assert_eq!(scoped.set_aside_rows(file, AsideList::Open, ALL).await.unwrap().len(), usize::from(is_staff));
        }
        let (files, count) = all.usage_files(ALL).await.unwrap().unwrap();
        assert_eq!((files.len(), count, files[0].taken, files[0].set_aside), (1, 1, 6, 1));
        assert!(within(Reach::Customer(line.customer)).usage_files(ALL).await.unwrap().is_none());
    }
}
