//! What a bank tells of debits in another order, with its fee, or on paper (BIL-08).

use crate::{
    collection::{ANNE, BRUNO, Booked, Street, block, camt, rejected, report, returned},
    stage::at,
};
use operations::{
    Actor,
    bank_file::{self, ArriveRefusal, ItemOutcome, NoteReturnRefusal, NotedReturn, RefusedAnswer, ReturnReason},
    collection::{self, DebitState, KeptCollection, KeptDebit},
    permission::Role,
};
use vocabulary::Cents;

const THIRD: &str = "DE89 3704 0044 0532 0130 00";

/// Two households whose December is in a file that the bank has.
async fn collected(url: &str) -> (Street, KeptCollection, Vec<KeptDebit>) {
    let street = Street::on(url, "vallee").await;
    street.sign(0, ANNE).await;
    street.sign(1, BRUNO).await;
    street.bill("2026-12").await;
    let id = street.made("2026-12-28").await;
    let (file, debits) = collection::show(&street.house, &street.staff, id).await.unwrap().unwrap();
    (street, file, debits)
}

async fn state(street: &Street, debit: &KeptDebit) -> DebitState {
    bank_file::debit(&street.house, &street.staff, debit.id).await.unwrap().unwrap().debit.state
}

async fn waiting(street: &Street) -> usize {
    bank_file::desk(&street.house, &street.staff).await.unwrap().unwrap().waiting.len()
}

/// BIL-08: a block whose sum is another waits; once the bank says which of its debits it refused, the others are settled with the money that came, whichever
/// file was taken first.
#[tokio::test(flavor = "multi_thread")]
async fn a_block_is_settled_once_its_refusals_are_known() {
    for database in testkit::databases() {
        let (street, file, debits) = collected(database.url()).await;
        let cents: Vec<i64> = debits.iter().map(|debit| debit.sent.amount().get()).collect();
        let name = debits[0].sent.block.to_string();
        street.house.clock.set(at("2026-12-28T08:00:00Z"));
        let came = street.taken("c.xml", &camt("C", &[Booked("B", cents[1], &block(&name))])).await;
        assert_eq!(came, [ItemOutcome::Refused { why: RefusedAnswer::Amount, name: name.clone() }]);
        assert_eq!((street.owed(1).await, street.balance("unmatched").await, waiting(&street).await), (cents[1], -cents[1], 1));

        let refused = rejected(debits[0].sent.end_to_end.as_str(), "AM04");
        street.taken("r.xml", &report("R", &file.message, &refused)).await;
        assert_eq!((street.owed(0).await, street.owed(1).await), (cents[0], 0));
        assert_eq!((street.balance("unmatched").await, street.balance("bank").await), (0, cents[1]), "moved, and not come again");
        assert_eq!(waiting(&street).await, 0);
        let files = bank_file::desk(&street.house, &street.staff).await.unwrap().unwrap().files;
        let first = bank_file::show(&street.house, &street.staff, files[1].id).await.unwrap().unwrap();
        assert_eq!(first.items[0].outcome, ItemOutcome::Settled { debits: 1 });
        assert_eq!(first.items[0].kept.decided.as_ref().unwrap().1, street.staff.name, "who took the report");
        assert_eq!(
            (state(&street, &debits[0]).await, state(&street, &debits[1]).await),
            (DebitState::Rejected, DebitState::Settled)
        );
        street.ledger_is_right().await;
    }
}

/// BIL-08: whoever has a return on paper notes it, and the same follows as of a file: what is left of the block is settled, and the refused amount is presented
/// again; money of debits that were all refused is nobody's.
#[tokio::test(flavor = "multi_thread")]
async fn a_return_on_paper_counts_as_one_of_a_file() {
    for database in testkit::databases() {
        let (street, _, debits) = collected(database.url()).await;
        let (house, staff) = (&street.house, &street.staff);
        let cents: Vec<i64> = debits.iter().map(|debit| debit.sent.amount().get()).collect();
        let name = debits[0].sent.block.to_string();
        let noted = |had_arrived| NotedReturn { reason: ReturnReason::NoMoney, had_arrived };
        let note = async |place: usize, had_arrived| {
            bank_file::note_return(house, staff, debits[place].id, &noted(had_arrived)).await.unwrap().unwrap()
        };
        let auditor = Actor { role: Role::Auditor, ..staff.clone() };
        assert_eq!(bank_file::note_return(house, &auditor, debits[0].id, &noted(false)).await.unwrap(), None);
        assert!(!bank_file::debit(house, &auditor, debits[0].id).await.unwrap().unwrap().can_note);
        let agent = Actor { role: Role::OperatorAgent, ..staff.clone() };
        assert!(bank_file::debit(house, &agent, debits[0].id).await.unwrap().is_none());
        assert_eq!(note(0, true).await, Err(NoteReturnRefusal::NotYet), "its day has not come");

        house.clock.set(at("2026-12-28T08:00:00Z"));
        street.taken("c.xml", &camt("C", &[Booked("B", cents[1], &block(&name))])).await;
        for asked in [name.as_str(), debits[0].sent.end_to_end.as_str(), debits[0].parts[0].number.as_str()] {
            let found = bank_file::debits_named(house, &auditor, asked).await.unwrap().unwrap();
            assert_eq!(found.len(), if asked == name { 2 } else { 1 }, "{asked}");
        }
        assert!(bank_file::debits_named(house, &auditor, "VA-DD-999999").await.unwrap().unwrap().is_empty());
        let shown = bank_file::debit(house, staff, debits[0].id).await.unwrap().unwrap();
        assert_eq!((shown.waiting.len(), shown.may_have_arrived, shown.can_note), (1, true, true));

        let both = tokio::join!(note(0, false), note(0, false));
        let both = [both.0, both.1];
        assert_eq!(both.iter().filter(|came| **came == Ok(())).count(), 1, "{both:?}");
        assert_eq!(note(0, false).await, Err(NoteReturnRefusal::Before));
        assert_eq!(
            (state(&street, &debits[0]).await, state(&street, &debits[1]).await),
            (DebitState::Rejected, DebitState::Settled)
        );
        assert_eq!((street.owed(0).await, street.owed(1).await, street.balance("unmatched").await), (cents[0], 0, 0));
        assert_eq!(waiting(&street).await, 0);

        // The money of a block of which nothing is left is kept, and waits.
        let late =
            street.taken("c2.xml", &camt("C2", &[Booked("B2", cents[0], &single(debits[0].sent.end_to_end.as_str()))])).await;
        assert!(matches!(late[..], [ItemOutcome::Refused { why: RefusedAnswer::Amount, .. }]), "{late:?}");
        assert_eq!(street.balance("unmatched").await, -cents[0]);
        street.ledger_is_right().await;
        house.store.verify_journal(street.operator, None).await.unwrap();
    }
}

/// One debit that arrived by itself.
fn single(end_to_end: &str) -> String {
    format!("<NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId><MndtId>M</MndtId></Refs></TxDtls></NtryDtls>")
}

/// BIL-08: a debit that comes back with the bank's fee in its amount waits; noted as come back it is owed again without the fee, and the booking waits no
/// more.
#[tokio::test(flavor = "multi_thread")]
async fn a_return_with_the_bank_s_fee_is_noted() {
    for database in testkit::databases() {
        let (street, _, debits) = collected(database.url()).await;
        let (house, staff) = (&street.house, &street.staff);
        let cents: Vec<i64> = debits.iter().map(|debit| debit.sent.amount().get()).collect();
        house.clock.set(at("2026-12-28T08:00:00Z"));
        let name = debits[0].sent.block.to_string();
        street.taken("c.xml", &camt("C", &[Booked("B", cents[0] + cents[1], &block(&name))])).await;
        assert_eq!((street.owed(0).await, street.owed(1).await), (0, 0));
        let end_to_end = debits[1].sent.end_to_end.as_str();
        let back = returned(end_to_end, cents[1] + 350, "MD06");
        let back = street.taken("c2.xml", &camt("C2", &[Booked("B2", -(cents[1] + 350), &back)])).await;
        assert_eq!(back, [ItemOutcome::Refused { why: RefusedAnswer::Amount, name: end_to_end.into() }]);
        assert_eq!((street.owed(1).await, waiting(&street).await), (0, 1));

        let noted = NotedReturn { reason: ReturnReason::Refund, had_arrived: false };
        bank_file::note_return(house, staff, debits[1].id, &noted).await.unwrap().unwrap().unwrap();
        assert_eq!((street.owed(1).await, waiting(&street).await), (cents[1], 0), "what had arrived went back");
        assert_eq!(state(&street, &debits[1]).await, DebitState::Returned);
        assert_eq!(street.balance("bank").await, cents[0]);
        street.ledger_is_right().await;
    }
}

/// BIL-08: a bank that books a block in several parts, or keeps something of it, has its debits counted as arrived by whoever looks; never more debits than
/// money, and once.
#[tokio::test(flavor = "multi_thread")]
async fn a_block_booked_in_parts_is_counted_by_hand() {
    for database in testkit::databases() {
        let (street, _, debits) = collected(database.url()).await;
        let (house, staff) = (&street.house, &street.staff);
        let whole: i64 = debits.iter().map(|debit| debit.sent.amount().get()).sum();
        let name = debits[0].sent.block.to_string();
        house.clock.set(at("2026-12-28T08:00:00Z"));
        let parts = [Booked("B1", whole - 600, &block(&name)), Booked("B2", 450, &block(&name))];
        street.taken("c.xml", &camt("C", &parts)).await;
        let items = bank_file::desk(house, staff).await.unwrap().unwrap().waiting;
        let id = items[0].kept.id;
        let auditor = Actor { role: Role::Auditor, ..staff.clone() };
        assert_eq!(bank_file::arrive(house, &auditor, id).await.unwrap(), None);
        let arrive = async || bank_file::arrive(house, staff, id).await.unwrap().unwrap();
        let both = tokio::join!(arrive(), arrive());
        assert_eq!([both.0, both.1].iter().filter(|came| **came == Ok(())).count(), 1, "{both:?}");
        assert_eq!(arrive().await, Err(ArriveRefusal::Over));
        assert_eq!((street.owed(0).await, street.owed(1).await, waiting(&street).await), (0, 0, 0));
        assert_eq!((street.balance("unmatched").await, street.balance("bank").await), (0, whole), "the bank kept 1.50 of it");
        street.ledger_is_right().await;
        house.store.verify_journal(street.operator, None).await.unwrap();

        let (street, _, debits) = collected(testkit::databases().remove(0).url()).await;
        street.house.clock.set(at("2026-12-28T08:00:00Z"));
        let name = debits[0].sent.block.to_string();
        street.taken("c.xml", &camt("C", &[Booked("B1", whole + 1, &block(&name))])).await;
        let id = bank_file::desk(&street.house, &street.staff).await.unwrap().unwrap().waiting[0].kept.id;
        let more = bank_file::arrive(&street.house, &street.staff, id).await.unwrap().unwrap();
        assert_eq!(more, Err(ArriveRefusal::TooMuch(Cents::new(1))));
    }
}

/// BIL-08: what arrived and went back before its block was understood moved nothing, and leaves nothing with nobody; a return that the bank booked says that the
/// money had arrived.
#[tokio::test(flavor = "multi_thread")]
async fn what_went_back_meanwhile_leaves_nothing() {
    for database in testkit::databases() {
        let street = Street::on(database.url(), "vallee").await;
        street.sign(0, ANNE).await;
        street.sign(1, BRUNO).await;
        street.sign(2, THIRD).await;
        street.bill("2026-12").await;
        let id = street.made("2026-12-28").await;
        let (file, debits) = collection::show(&street.house, &street.staff, id).await.unwrap().unwrap();
        let cents: Vec<i64> = debits.iter().map(|debit| debit.sent.amount().get()).collect();
        let name = debits[0].sent.block.to_string();
        street.house.clock.set(at("2026-12-28T08:00:00Z"));
        // The third was refused, which nobody told yet; the second arrives and goes back, with the bank's fee in it.
        let (came, back) = (cents[0] + cents[1], returned(debits[1].sent.end_to_end.as_str(), cents[1] + 200, "MD06"));
        street.taken("c.xml", &camt("C", &[Booked("B", came, &block(&name))])).await;
        street.taken("b.xml", &camt("R", &[Booked("X", -(cents[1] + 200), &back)])).await;
        assert_eq!(waiting(&street).await, 2);
        let noted = NotedReturn { reason: ReturnReason::Refund, had_arrived: false };
        bank_file::note_return(&street.house, &street.staff, debits[1].id, &noted).await.unwrap().unwrap().unwrap();
        assert_eq!(state(&street, &debits[1]).await, DebitState::Returned, "its money had been there");
        street.taken("r.xml", &report("S", &file.message, &rejected(debits[2].sent.end_to_end.as_str(), "AM04"))).await;
        assert_eq!(waiting(&street).await, 0);
        let owed = (street.owed(0).await, street.owed(1).await, street.owed(2).await);
        assert_eq!(owed, (0, cents[1], cents[2]));
        assert_eq!((street.balance("unmatched").await, street.balance("bank").await), (0, cents[0]));
        street.ledger_is_right().await;
    }
}
