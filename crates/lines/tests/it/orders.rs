//! What orders may ask for, what they cost, and files of them.

use crate::{
    life_story::request,
    stage::{at, grandlarge, ground, zenne},
};
use catalog::Capping::{Capped, Uncapped};
use lines::{
    BlankSimRefusal, CODE_TRIES, CodeState, CodeVerdict, CsvError, Delivery, EndCause, LineFault, LineRequest, LineState,
    NumberRequest, OptionRefusal, OrderState, Porting, PortingDirection, PortingEvent, PortingProof, ProfileState, Quote,
    Refusal, ShowRefusal, SimKind, SimRequest, When, check, check_order, delivered_on, may_send_code, may_show, read_order_csv,
    read_sim_batch,
};
use vocabulary::{E164, Iccid, LineId, Money, PortingId, Rio, Timestamp};

const NOON: &str = "2026-11-16 12:00";

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn quote(request: &LineRequest) -> Result<Quote, LineFault> {
    check(request, &ground(grandlarge(), NOON))
}

/// RES-03: an order tells what it costs: each month, once, and the first month in proportion to its days.
#[test]
fn res_03_an_order_tells_its_total() {
    let mut asked = request("orange", "unlimited-30", Some(Capped));
    asked.options = vec!["5g".into(), "world-1".into()];
    asked.sim = SimRequest::Any(SimKind::Esim);
    let told = quote(&asked).unwrap();
    assert_eq!((told.monthly, told.once), (money("37.50"), money("1.50")));
    assert_eq!(told.first_month, money("32.25"), "15 of 30 days of 10.50, and the options whole");
    assert_eq!(told.begins, at(grandlarge(), NOON));
    asked.begins = When::On("2026-12-01".parse().unwrap());
    asked.sim = SimRequest::Any(SimKind::CardWithoutPin);
    let told = quote(&asked).unwrap();
    assert_eq!((told.first_month, told.once), (money("37.50"), Money::ZERO));
    assert_eq!(told.begins, at(grandlarge(), "2026-12-01 07:00"));
    assert_eq!(quote(&request("orange", "metered", None)).unwrap().first_month, Money::ZERO, "billed afterwards");
    let five = vec![request("orange", "unlimited-30", Some(Capped)); 5];
    let quotes = check_order(&five, &ground(grandlarge(), NOON)).unwrap();
    assert_eq!(quotes.iter().map(|quote| quote.monthly).sum::<Money>(), money("52.50"));
}

/// RES-03, MOB-10, MOB-42, MOB-52: only what may be combined; each fault by its name.
#[test]
fn res_03_only_what_may_be_combined() {
    type Make = fn(&mut LineRequest);
    let cases: [(&str, Make, LineFault); 17] = [
        ("unlimited-30", |r| r.network = "mars".into(), LineFault::Network),
        ("unlimited-31", |_| (), LineFault::Offer),
        ("m2m-50", |r| r.network = "bouygues".into(), LineFault::OfferNotOnNetwork),
        ("unlimited-30", |r| r.capping = None, LineFault::CappingMissing),
        ("metered", |_| (), LineFault::NoCapChoice),
        ("unlimited-30", |r| r.options = vec!["fixed-ip-orange".into()], LineFault::Option(0, OptionRefusal::NotForSuchLines)),
        (
            "unlimited-30",
            |r| r.options = vec!["world-1".into(), "world-2".into()],
            LineFault::Option(1, OptionRefusal::OneOfGroup),
        ),
        ("unlimited-30", |r| r.options = vec!["5g".into(), "5g".into()], LineFault::Option(1, OptionRefusal::AlreadyHeld)),
        ("unlimited-50", |r| r.options = vec!["5g".into()], LineFault::Option(0, OptionRefusal::NotForSuchLines)),
        ("unlimited-30", |r| r.cutoffs = vec![("data-world".into(), 3)], LineFault::Cutoff(0, Refusal::NotAValue)),
        ("unlimited-30", |r| r.cutoffs = vec![("data-travel".into(), 0)], LineFault::Cutoff(0, Refusal::NotItsCutoff)),
        (
            "unlimited-30",
            |r| (r.options, r.cutoffs) = (vec!["world-1".into()], vec![("data-world".into(), 1_000_000_000)]),
            LineFault::Cutoff(0, Refusal::OptionInstead),
        ),
        ("unlimited-30", |r| r.network = "bouygues".into(), LineFault::CutoffMissing),
        ("data-10", |r| (r.network, r.sim) = ("bouygues".into(), SimRequest::Any(SimKind::Esim)), LineFault::NoEsim),
        ("unlimited-30", |r| r.number = NumberRequest::Picked(number("+33639980011")), LineFault::NoPicking),
        (
            "data-10",
            |r| (r.network, r.number) = ("bouygues".into(), NumberRequest::Picked(number("+337001234567890"))),
            LineFault::OtherDigits,
        ),
        ("unlimited-30", |r| r.begins = When::On("2026-11-01".parse().unwrap()), LineFault::Day(Refusal::DayPassed)),
    ];
    for (offer, make, fault) in cases {
        let mut asked = request("orange", offer, Some(Capped));
        make(&mut asked);
        assert_eq!(quote(&asked), Err(fault), "{asked:?}");
    }
    let mut picked = request("bouygues", "data-10", Some(Uncapped));
    picked.number = NumberRequest::Picked(number("+33639980011"));
    assert!(quote(&picked).is_ok(), "there one may pick");
    let mut closed = request("bouygues", "unlimited-30", Some(Capped));
    closed.cutoffs = vec![("data-europe-euros".into(), 0), ("data-world-euros".into(), 0)];
    assert_eq!(quote(&closed).unwrap().closes, ["data-europe-euros"], "no data in Europe: the order says so");
}

fn number(text: &str) -> E164 {
    text.parse().unwrap()
}

fn ported(day: Option<&str>) -> NumberRequest {
    let national = "0612345678".parse().unwrap();
    let proof = PortingProof::Rio(Rio::of("01PEROY4P4TR", &national).unwrap());
    NumberRequest::Ported { number: number("+33612345678"), proof, day: day.map(|day| day.parse().unwrap()) }
}

/// RES-03, MOB-63: a number that comes along does so three working days later, or on a later working day.
#[test]
fn res_03_a_number_comes_along() {
    let mut asked = request("orange", "unlimited-30", Some(Capped));
    asked.number = ported(None);
    assert_eq!(quote(&asked).unwrap().begins, at(grandlarge(), "2026-11-19 09:00"));
    asked.number = ported(Some("2026-11-24"));
    assert_eq!(quote(&asked).unwrap().begins, at(grandlarge(), "2026-11-24 09:00"));
    for day in ["2026-11-17", "2026-11-22"] {
        asked.number = ported(Some(day));
        assert!(matches!(quote(&asked), Err(LineFault::PortingDay(_))), "{day}");
    }
    let mut machine = request("orange", "data-10", Some(Capped));
    machine.number = ported(None);
    assert_eq!(quote(&machine), Err(LineFault::NoPorting), "the network gives such numbers");
    let twice = vec![asked.clone(), LineRequest { number: ported(Some("2026-11-24")), ..asked }];
    let faults = check_order(&twice, &ground(grandlarge(), NOON)).unwrap_err();
    assert!(faults.contains(&(1, LineFault::NumberTwice)), "{faults:?}");
}

/// RES-03: what a porting does, and not.
#[test]
fn a_porting_moves_as_its_operators_say() {
    use PortingEvent::*;
    let day = Timestamp::EPOCH.plus_seconds(500);
    let after = |events: &[PortingEvent]| {
        let mut porting = Porting::new(PortingId(1), LineId(1), number("+33612345678"), PortingDirection::In);
        let answers: Vec<bool> = events.iter().map(|event| porting.step(event.clone(), Timestamp::EPOCH).is_ok()).collect();
        (porting.is_open(), answers)
    };
    for (events, open, answers) in [
        (vec![Eligible, Dated(day), Ported], false, vec![true, true, true]),
        (vec![Eligible, Eligible, Dated(day), Dated(day), Ported, Ported], false, vec![true; 6]),
        (vec![Dated(day)], true, vec![false]),
        (vec![Ported], true, vec![false]),
        (vec![Ineligible("no".into()), Ineligible("no".into()), Dated(day)], false, vec![true, true, false]),
        (vec![Eligible, Dated(day), Cancel, Ported], false, vec![true, true, true, false]),
        (vec![Eligible, Dated(day), Ported, Cancel, Reverse], false, vec![true, true, true, false, true]),
    ] {
        assert_eq!(after(&events), (open, answers), "{events:?}");
    }
}

/// RES-03, FLT-21: 10,000 rows of which 37 are wrong: each fault with its row and column, and the others read.
#[test]
fn flt_21_ten_thousand_rows_of_which_37_are_wrong() {
    let mut text = String::from("network,offer,capping,options,cutoffs,sim,iccid,number,rio,porting_day,begins,user\n");
    let bad = [
        ("mars,unlimited-30,capped,,,,,,,,,a", "network"),
        ("orange,unlimited-31,capped,,,,,,,,,a", "offer"),
        ("orange,unlimited-30,perhaps,,,,,,,,,a", "capping"),
        ("orange,unlimited-30,capped,world-1|world-2,,,,,,,,a", "options"),
        ("orange,unlimited-30,capped,,data-world=7 GB,,,,,,,a", "cutoffs"),
        ("orange,unlimited-30,capped,,,chip,,,,,,a", "sim"),
        ("orange,unlimited-30,capped,,,,8933263212200169066,,,,,a", "iccid"),
        ("orange,unlimited-30,capped,,,,,0612345678,01PEROY4P4TX,,,a", "rio"),
        ("orange,unlimited-30,capped,,,,,0612345678,01PEROY4P4TR,2026-11-17,,a", "porting_day"),
        ("orange,unlimited-30,capped,,,,,,,,2026-11-01,a", "begins"),
        ("orange,unlimited-30,capped,,,,,0639980011,,,,a", "number"),
        ("orange,unlimited-30", ""),
    ];
    let mut expected = Vec::new();
    for row in 1..=10_000_usize {
        if row % 270 == 0 {
            let (line, column) = bad[row / 270 % bad.len()];
            text.push_str(line);
            expected.push((row, column));
        } else {
            let iccid = Iccid::from_serial(893_301_000_000_000_000 + row as u128).unwrap();
            text.push_str(&format!("orange,unlimited-30,capped,world-1,,,{iccid},,,,,User {row}"));
        }
        text.push('\n');
    }
    assert_eq!(expected.len(), 37);
    let (rows, faults) = read_order_csv(&text, &ground(grandlarge(), NOON)).unwrap();
    assert_eq!(rows.len(), 9_963);
    assert_eq!(faults.iter().map(|fault| (fault.row, fault.column)).collect::<Vec<_>>(), expected);
    assert_eq!((rows[0].row, &rows[0].user[..], rows[0].quote.monthly), (1, &[("user", "User 1".into())][..], money("35.50")));
}

/// FLT-21: a file that is none is refused whole; a SIM that stands twice names its first row.
#[test]
fn flt_21_a_file_is_refused_whole_or_by_its_rows() {
    let read = |text: &str| read_order_csv(text, &ground(zenne(), NOON));
    for header in ["network;offer;price\n", "offer\n", ""] {
        assert!(matches!(read(header), Err(CsvError::Header(_))), "{header}");
    }
    let row = "scaldis;start;8932010000000000129;0470123456;BE-12345\n";
    let (rows, faults) = read(&format!("\u{feff}Network;Offer;ICCID;Number;Customer_Number\n{row}{row}")).unwrap();
    assert!(matches!(&rows[0].request.number, NumberRequest::Ported { proof: PortingProof::CustomerNumber(_), .. }));
    assert_eq!((faults[0].row, faults[0].column, &faults[0].why), (2, "iccid", &CsvError::Twice(1)));
    let long = format!("network,offer\n{}", "scaldis,start\n".repeat(10_001));
    assert_eq!(read(&long).unwrap_err(), CsvError::TooLong);
}

/// RES-07: a maker's batch: cards, and what is wrong with the other rows; no secret is repeated.
#[test]
fn res_07_a_batch_is_read_row_by_row() {
    let text = "ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n\
        8933263212200169065F;208011234567890;1234;12345678;0000;87654321\n\
        8933011223344556674;208011234567891;1234;12345678;;\n\
        8933011223344556675;208011234567892;1234;12345678;;\n\
        8933263212200169065;208011234567893;1234;12345678;;\n\
        8933200000000000010;208011234567890;1234;12345678;;\n\
        8933200000000000010;206011234567894;1234;12345678;;\n\
        8933200000000000010;208011234567895;12;12345678;;\n\
        8933200000000000010;208011234567896;1234;9999999;;\n\
        8933200000000000010;208011234567897\n";
    let (cards, faults) = read_sim_batch(text, &["20801".to_owned()]).unwrap();
    assert_eq!(cards.len(), 2);
    assert_eq!((cards[0].puk2.as_ref().unwrap().reveal(), cards[1].pin2.as_ref()), ("87654321", None));
    let named: Vec<_> = faults.iter().map(|fault| (fault.row, fault.column)).collect();
    assert_eq!(named, [(3, "iccid"), (4, "iccid"), (5, "imsi"), (6, "imsi"), (7, "pin1"), (8, "puk1"), (9, "")]);
    assert!(faults.iter().all(|fault| !fault.reason.contains("9999999")), "{faults:?}");
    assert!(read_sim_batch("iccid,imsi\n", &[]).is_err());
}

/// RES-08: a confirmation code is dead after three wrong tries, and right again for whoever lost the answer.
#[test]
fn res_08_three_wrong_tries_end_a_code() {
    let (code, wrong) = ("123456".parse().unwrap(), "123457".parse().unwrap());
    let mut state = CodeState::NEW;
    let mut tried = |typed| state.try_code(typed, &code, Timestamp::EPOCH);
    assert_eq!([tried(&wrong), tried(&wrong)], [CodeVerdict::Wrong { left: 2 }, CodeVerdict::Wrong { left: 1 }]);
    assert_eq!([tried(&wrong), tried(&code)], [CodeVerdict::Dead, CodeVerdict::Dead]);
    let mut state = CodeState::Open { wrong: CODE_TRIES - 1 };
    let mut tried = |typed| state.try_code(typed, &code, Timestamp::EPOCH);
    assert_eq!([tried(&code), tried(&code), tried(&wrong)], [CodeVerdict::Right, CodeVerdict::Right, CodeVerdict::Dead]);
}

/// RES-08: an activation code is shown while there is something to install; its confirmation code goes to another number.
#[test]
fn res_08_a_code_is_shown_while_it_works() {
    let (own, other) = (number("+33639980011"), number("+33639980012"));
    assert_eq!(may_show(ProfileState::Released), Ok(()));
    assert_eq!(may_show(ProfileState::Enabled), Err(ShowRefusal::Installed));
    assert_eq!(may_show(ProfileState::Deleted), Err(ShowRefusal::Deleted));
    let dead = CodeState::Dead { at: Timestamp::EPOCH };
    assert_eq!(may_send_code(ProfileState::Released, &CodeState::NEW, other, Some(own)), Ok(()));
    assert_eq!(may_send_code(ProfileState::Released, &CodeState::NEW, own, Some(own)), Err(ShowRefusal::OwnNumber));
    assert_eq!(may_send_code(ProfileState::Released, &dead, other, Some(own)), Err(ShowRefusal::CodeDead));
}

/// RES-03: how far an order is, by its lines.
#[test]
fn an_order_is_as_far_as_its_lines() {
    let order = vocabulary::OrderId(1);
    let (at, begins) = (Timestamp::EPOCH, None);
    let ordered = LineState::Ordered { order, begins };
    let active = LineState::Active { since: at };
    let given_up = LineState::Ended { at, cause: EndCause::GivenUp };
    let ended = LineState::Ended { at, cause: EndCause::Asked };
    for (lines, state) in [
        (vec![ordered, ordered], OrderState::Open),
        (vec![ordered, active, given_up], OrderState::Partly(1)),
        (vec![active, given_up, ended], OrderState::Done),
        (vec![given_up, given_up], OrderState::GivenUp),
    ] {
        assert_eq!(OrderState::of(lines.clone()), state, "{lines:?}");
    }
}

/// FLT-16: blank SIMs by multiples of ten, two working days later; news of their delivery may come twice and in another order.
#[test]
fn flt_16_blank_sims_by_multiples_of_ten() {
    let friday = ground(zenne(), "2026-11-20 15:00");
    assert_eq!(delivered_on(30, &friday), Ok("2026-11-24".parse().unwrap()));
    assert_eq!(delivered_on(25, &friday), Err(BlankSimRefusal::NotByPacks(25)));
    assert_eq!(delivered_on(0, &friday), Err(BlankSimRefusal::HowMany(0)));
    let at = Timestamp::EPOCH;
    let (sent, arrived, cancelled) = (Delivery::Sent { at }, Delivery::Arrived { at }, Delivery::Cancelled { at });
    assert_eq!(Delivery::Ordered.after(sent).after(arrived).after(sent), arrived);
    assert_eq!(Delivery::Ordered.after(arrived), Delivery::Ordered, "nothing arrives that was not sent");
    assert_eq!(sent.after(arrived).after(cancelled), arrived);
    assert_eq!(sent.after(cancelled), sent, "what was sent is not cancelled");
    assert_eq!(Delivery::Ordered.after(cancelled).after(sent), cancelled);
}
