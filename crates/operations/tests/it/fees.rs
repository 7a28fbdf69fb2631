//! What is owed once, from the order to the bill, on both engines.

use crate::{
    orders::{Stage, iccid, ported, request, stage_in},
    stage::{at, catalogs_changed},
};
use billing::{Invoice, Item, VatRate};
use gateways::simulated_network::Manners;
use lines::{Reply, WorkEvent};
use operations::{
    House,
    bill_run::{self, BillAsked},
    life::{Doer, work_events},
    line_change::{self, Asked, Change, ChangeAsked, EndCause, When},
    order::{self, LineRequest, PortingAnswer, SimRequest},
    sims::SimKind,
};
use store::{InvoiceQuery, Issuer, Store};
use vocabulary::{Cents, Clock, LineId, WorkOrderId};

const FOLDER: &str = "grandlarge/2026-01-01";

/// Grand Large with a fee for a beginning, a price for another card, and two options that are paid once, of which one is sold at the reduced rate.
async fn stage(url: &str, manners: Manners) -> Stage {
    let [offers, networks, options] = ["offers", "networks", "options"].map(|name| format!("{FOLDER}/{name}.toml"));
    let once = "[[option]]\nid = \"set-up\"\nname = { fr = \"Mise en service\", en = \"Set-up\" }\nonce = \"12.00\"\n\n\
                [[option]]\nid = \"film\"\nname = { fr = \"Film\", en = \"Film\" }\nonce = \"10.00\"\nvat = \"reduced\"\n\n\
                [[option]]\nid = \"number-secrecy\"";
    let files = catalogs_changed(&[
        (&offers, "id = \"unlimited-5\"\n", "id = \"unlimited-5\"\none_off = \"9.00\"\n"),
        (&networks, "esim_price = \"1.50\"\n", "esim_price = \"1.50\"\nsim_swap_price = \"5.00\"\n"),
        (&options, "[[option]]\nid = \"number-secrecy\"", once),
    ]);
    let store = Store::open(url).await.unwrap();
    let house = House::new(store, &files, Clock::held_at(at(crate::orders::TUESDAY))).unwrap();
    stage_in(house, manners).await
}

impl Stage {
    async fn bill(&self, month: &str) {
        let issuer = Issuer::operator(self.operator);
        let begun = bill_run::begin(&self.house, issuer, month.parse().unwrap(), (BillAsked::Keep, "Noé Garnier")).await.unwrap();
        bill_run::work(&self.house, begun, &|_| ()).await.unwrap();
    }

    /// What the last invoice of the customer asks for once, by line and price.
    async fn last_invoice(&self) -> (Invoice, Vec<String>) {
        let scoped = self.house.store.scoped(self.staff.scope);
        let query = InvoiceQuery { most: 1, ..InvoiceQuery::default() };
        let row = scoped.invoices(&query).await.unwrap().remove(0);
        let (_, invoice) = scoped.invoice(row.id).await.unwrap().unwrap();
        let is_fee = |item: &Item| matches!(item, Item::Activation(_) | Item::OptionOnce(_) | Item::Esim | Item::SimSwap);
        let fees = invoice.lines.iter().filter(|line| is_fee(&line.item));
        let mut told: Vec<_> = fees.map(|line| format!("{:?} {}", line.item, line.net)).collect();
        told.sort();
        (invoice, told)
    }

    async fn change(&self, line: LineId, change: Change) -> WorkOrderId {
        let asked = ChangeAsked { change, when: When::Soonest };
        let came = line_change::ask(&self.house, &self.staff, line, &asked).await.unwrap().unwrap();
        let Ok(Asked::Begun(work)) = came else { panic!("{came:?}") };
        work
    }
}

/// BIL-01, MOB-62: a line that was to end with a month, or whose end was asked for in it, pays nothing of the next, however long its network took.
#[tokio::test(flavor = "multi_thread")]
async fn an_end_counts_from_when_it_was_to_be() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let asked = stage.asked("form", vec![request("unlimited-5"), request("unlimited-5"), request("unlimited-10")]);
        let order = stage.place(&asked).await.unwrap();
        stage.rounds().await;
        stage.rounds().await;
        let lines: Vec<LineId> = stage.lives(order).await.iter().map(|kept| kept.life.line.id).collect();
        let end = |when| ChangeAsked { change: Change::End { cause: EndCause::Asked }, when };
        let planned = end(When::On("2026-12-01".parse().unwrap()));
        let planned = line_change::ask(&stage.house, &stage.staff, lines[0], &planned).await.unwrap().unwrap();
        assert!(matches!(planned, Ok(Asked::Planned { .. })), "{planned:?}");
        stage.house.clock.set(at("2026-11-30T22:50:00Z"));
        line_change::ask(&stage.house, &stage.staff, lines[1], &end(When::Soonest)).await.unwrap().unwrap().unwrap();
        stage.house.clock.set(at("2026-12-01T09:00:00Z"));
        stage.rounds().await;
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["ended", "ended", "active"]);

        stage.house.clock.set(at("2026-12-02T03:00:00Z"));
        stage.bill("2026-12").await;
        let (invoice, _) = stage.last_invoice().await;
        let december: jiff::civil::Date = "2026-12-01".parse().unwrap();
        let plans = |id: LineId, is_december: bool| {
            let is_it = |line: &&billing::InvoiceLine| {
                let of = line.subject.map(|subject| invoice.subjects[subject].line);
                matches!(line.item, Item::Plan(_)) && of == Some(id) && (line.from >= december) == is_december
            };
            invoice.lines.iter().filter(is_it).count()
        };
        let billed = lines.iter().map(|id| (plans(*id, false), plans(*id, true))).collect::<Vec<_>>();
        assert_eq!(billed, [(1, 0), (1, 0), (1, 1)], "{:?}", invoice.lines);
    }
}

/// BIL-01, BIL-02, MOB-52, RES-06: what was done once stands on the next bill once, at its own rate of VAT, however often a network told it; what was
/// ordered and never came costs nothing; and the bill after it asks for none of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_once_is_billed_once() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let esim = LineRequest { sim: SimRequest::Any(SimKind::Esim), options: vec!["film".into()], ..request("unlimited-5") };
        let brought = LineRequest { number: ported(), options: vec!["set-up".into()], ..request("unlimited-5") };
        let asked = stage.asked("form", vec![esim, brought, request("unlimited-10")]);
        let quote = order::quote(&stage.house, &stage.staff, &asked).await.unwrap().unwrap().unwrap();
        assert_eq!(quote.once, "41.50".parse().unwrap(), "twice 9, 1.50, 10 and 12");
        let order = stage.place(&asked).await.unwrap();
        let no = PortingAnswer::Refuses("wrong holder".into());
        let lines: Vec<LineId> = stage.lives(order).await.iter().map(|kept| kept.life.line.id).collect();
        assert!(order::porting_answered(&stage.house, Doer::Program(stage.operator), lines[1], &no).await.unwrap());
        stage.rounds().await;
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["active", "ended", "active"]);

        // Another card, an option bought later, and what the network tells twice.
        let scoped = stage.house.store.scoped(stage.staff.scope);
        let card = scoped.cards_named(stage.customer, &[iccid(5)]).await.unwrap().remove(0).sim.id;
        let swapped = line_change::swap_sim(&stage.house, stage.proof(), lines[0], card).await.unwrap().unwrap();
        let Ok(Asked::Begun(swapped)) = swapped else { panic!("{swapped:?}") };
        let added = stage.change(lines[2], Change::AddOption { option: "set-up".into() }).await;
        stage.rounds().await;
        for work in [swapped, added] {
            let again = [(work, WorkEvent::Answer(Reply::Done { number: None }))];
            work_events(&stage.house, Doer::Program(stage.operator), &again).await.unwrap();
        }
        stage.change(lines[2], Change::Suspend).await;
        stage.rounds().await;
        stage.change(lines[2], Change::Reactivate).await;
        stage.rounds().await;

        stage.house.clock.set(at("2026-12-02T03:00:00Z"));
        stage.bill("2026-12").await;
        let (invoice, fees) = stage.last_invoice().await;
        let expected = [
            "Activation(\"unlimited-5\") 9.00",
            "Esim 1.50",
            "OptionOnce(\"film\") 10.00",
            "OptionOnce(\"set-up\") 12.00",
            "SimSwap 5.00",
        ];
        assert_eq!(fees, expected);
        let reduced = invoice.vat.iter().find(|part| part.terms.rate == VatRate::new(1000).unwrap()).expect("the film");
        assert_eq!((reduced.base, reduced.tax), (Cents::new(1000), Cents::new(100)));
        assert_eq!(invoice.vat.len(), 2);

        stage.house.clock.set(at("2027-01-02T03:00:00Z"));
        stage.bill("2027-01").await;
        assert_eq!(stage.last_invoice().await.1, Vec::<String>::new());
        assert!(stage.house.store.check_ledger(stage.operator).await.unwrap().faults.is_empty());
    }
}

/// BIL-01, PLT-12: what a network refuses costs nothing, however often it is tried, and once when it does it at last.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_network_refuses_costs_nothing() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners { refusing: 1_000, ..Manners::PROMPT }).await;
        let order = stage.place(&stage.asked("form", vec![request("unlimited-5"), request("unlimited-5")])).await.unwrap();
        stage.rounds().await;
        let lines: Vec<LineId> = stage.lives(order).await.iter().map(|kept| kept.life.line.id).collect();
        for line in &lines {
            assert_eq!(order::activate(&stage.house, &stage.staff, *line).await.unwrap(), Some(Ok(())));
        }
        stage.rounds().await;
        assert_eq!(stage.states(order).await, ["ordered"; 2], "refused again");
        assert_eq!(order::give_up(&stage.house, &stage.staff, lines[0]).await.unwrap(), Some(Ok(())));
        assert_eq!(order::activate(&stage.house, &stage.staff, lines[1]).await.unwrap(), Some(Ok(())));
        let work = stage.lives(order).await[1].life.line.underway.expect("it is tried once more");
        operations::life::hours_due(&stage.house).await.unwrap();
        let done = [(work, WorkEvent::Answer(Reply::Done { number: None }))];
        work_events(&stage.house, Doer::Program(stage.operator), &done).await.unwrap();
        work_events(&stage.house, Doer::Program(stage.operator), &done).await.unwrap();
        assert_eq!(stage.states(order).await, ["ended", "active"]);
        stage.house.clock.set(at("2026-12-02T03:00:00Z"));
        stage.bill("2026-12").await;
        assert_eq!(stage.last_invoice().await.1, ["Activation(\"unlimited-5\") 9.00"]);
    }
}
