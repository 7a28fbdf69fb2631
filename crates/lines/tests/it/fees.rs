//! What lines owe once.

use crate::{
    life_story::{Story, add, end, plan, request, sim},
    stage::{at, grandlarge, vallee},
};
use catalog::{Capping::Capped, Catalog, CatalogFiles};
use lines::{Change, FeeCause, LineRequest, NumberSource, Porting, PortingDirection, PortingEvent, Reply, SimKind, SimRequest};
use std::{fs, path::Path, sync::LazyLock};
use vocabulary::{PortingId, SimId, Timestamp};

const VERSION: &str = "2026-01-01";

/// Grand Large as it will be from 23 November on: eSIMs cost more, cards something, and so do beginnings and an option.
fn dearer() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
        let replace = |name: &str, text: String| match name {
            "networks.toml" => {
                let swap = "esim_price = \"3.00\"\nsim_swap_price = \"5.00\"";
                assert!(text.contains("esim_price = \"1.50\""));
                text.replace("esim_price = \"1.50\"", swap)
            }
            "options.toml" => {
                let once =
                    "[[option]]\nid = \"set-up\"\nname = { fr = \"Mise en service\", en = \"Set-up\" }\nonce = \"12.00\"\n";
                format!("{text}\n{once}")
            }
            "offers.toml" => text.replacen("id = \"unlimited-5\"", "id = \"unlimited-5\"\none_off = \"9.00\"", 1),
            _ => text,
        };
        let files = fs::read_dir(folder.join("grandlarge").join(VERSION)).unwrap().map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = replace(&name, fs::read_to_string(&path).unwrap());
            (name, text)
        });
        let all = CatalogFiles::read(&folder).unwrap().with_draft("grandlarge", "2026-11-23".parse().unwrap(), files);
        Catalog::load(&all, "grandlarge").unwrap()
    });
    &CATALOG
}

/// What a line owes once for what is done to it, as `cause amount`.
fn owed(story: &mut Story, bought: Timestamp, act: impl FnOnce(&mut Story)) -> Vec<String> {
    let before = story.life.clone();
    act(story);
    let fees = story.life.fees_since(&before, bought, &story.ground());
    let told = |cause: &FeeCause| match cause {
        FeeCause::Activation(offer) => format!("start of {offer}"),
        FeeCause::OptionOnce(option) => option.to_string(),
        FeeCause::Esim => "eSIM".to_owned(),
        FeeCause::SimSwap => "SIM".to_owned(),
    };
    fees.iter().map(|fee| format!("{} {}", told(&fee.cause), fee.amount)).collect()
}

const NOTHING: [&str; 0] = [];

fn fibre() -> LineRequest {
    LineRequest { options: vec!["internet-installation".into()], ..request("vallee", "internet-300", None) }
}

/// BIL-01: what a line begins with is owed when it is in service: not when it is ordered, nor when the network refuses; and once, however often
/// it was tried.
#[test]
fn a_beginning_is_owed_when_it_is_done() {
    let mut story = Story::ordered(vallee(), &fibre(), "2026-11-02 10:00");
    let bought = story.now;
    story.is("2026-11-04 10:00");
    assert_eq!(owed(&mut story, bought, Story::hour), NOTHING);
    assert_eq!(owed(&mut story, bought, Story::hour), NOTHING);
    assert_eq!(story.state(), "activating");
    let refused = |story: &mut Story| story.answer(Reply::Refused { reason: "no socket".into() });
    assert_eq!(owed(&mut story, bought, refused), NOTHING);
    assert_eq!(story.state(), "ordered");
    let again = |story: &mut Story| {
        let (id, ground) = (vocabulary::WorkOrderId(story.next()), story.ground());
        story.life.activate(id, &ground).unwrap();
        story.hour();
    };
    assert_eq!(owed(&mut story, bought, again), NOTHING);
    let done = |story: &mut Story| story.answer(Reply::Done { number: None });
    assert_eq!(owed(&mut story, bought, done), ["start of internet-300 40.00", "internet-installation 59.00"]);
    let told_twice = |story: &mut Story| {
        let (event, ground) = (lines::WorkEvent::Answer(Reply::Done { number: None }), story.ground());
        let _ = story.life.answer(&event, 1, &ground).unwrap();
    };
    assert_eq!(owed(&mut story, bought, told_twice), NOTHING);
    for change in [Change::Suspend, Change::Reactivate, plan("internet-1g")] {
        let changed = |story: &mut Story| {
            story.ask(change).unwrap();
            story.done();
        };
        assert_eq!(owed(&mut story, bought, changed), NOTHING);
    }
    story.is("2026-12-01 10:00").hour();
    assert_eq!(owed(&mut story, bought, Story::done), NOTHING, "another plan is no beginning");
    assert_eq!(story.life.line.service.offer, "internet-1g");
}

/// BIL-01: an order that is given up, and a number that does not come, owe nothing.
#[test]
fn what_never_began_owes_nothing() {
    let mut story = Story::ordered(vallee(), &fibre(), "2026-11-02 10:00");
    let bought = story.now;
    let given_up = |story: &mut Story| story.life.give_up(story.now).unwrap();
    assert_eq!(owed(&mut story, bought, given_up), NOTHING);
    let mut story = Story::ordered(vallee(), &fibre(), "2026-11-02 10:00");
    let number = story.life.number.take().unwrap().number;
    let porting = Porting::new(PortingId(1), story.life.line.id, number, PortingDirection::In);
    let (sim, line) = (sim(1, SimKind::CardWithPin, "vallee"), &story.life.line);
    let new = lines::NewLine {
        id: line.id,
        customer: line.customer,
        order: vocabulary::OrderId(1),
        network: line.network.clone(),
        service: line.service.clone(),
        begins: story.now,
    };
    story.life = lines::Life::ordered(new, sim, NumberSource::Elsewhere(porting, None)).unwrap();
    let refused = |story: &mut Story| {
        let porting = story.life.porting.as_mut().unwrap();
        porting.step(PortingEvent::Ineligible("not the holder".into()), story.now).unwrap();
        story.life.give_up(story.now).unwrap();
    };
    assert_eq!(owed(&mut story, bought, refused), NOTHING);
    assert_eq!(story.state(), "ended");
}

/// MOB-52, RES-06: an eSIM is owed when the line has it, with the line or in place of a card, and another card at its own price; a swap that the
/// network does not make owes nothing. What was ordered costs what it cost then.
#[test]
fn mob_52_an_esim_is_owed_when_the_line_has_it() {
    let esim = LineRequest { sim: SimRequest::Any(SimKind::Esim), ..request("orange", "unlimited-5", Some(Capped)) };
    let mut story = Story::ordered(dearer(), &esim, "2026-11-20 16:00");
    let bought = story.now;
    story.life.sim.as_mut().unwrap().kind = SimKind::Esim;
    story.is("2026-11-23 10:00").hour();
    assert_eq!(owed(&mut story, bought, Story::done), ["eSIM 1.50"], "as on the 20th, and no fee for the offer then");

    let mut swap = |kind, reply: Reply| {
        let next = SimId(story.life.sim.as_ref().unwrap().id.0 + 1);
        story.life.next_sim = Some(sim(next.0, kind, "orange"));
        story.ask(Change::SwapSim { to: next }).unwrap();
        story.hour();
        owed(&mut story, bought, |story| story.answer(reply))
    };
    let done = || Reply::Done { number: None };
    assert_eq!(swap(SimKind::CardWithPin, done()), ["SIM 5.00"]);
    assert_eq!(swap(SimKind::Esim, Reply::Refused { reason: "no".into() }), NOTHING);
    assert_eq!(swap(SimKind::Esim, done()), ["eSIM 3.00"]);

    let card = request("orange", "unlimited-5", Some(Capped));
    let mut later = Story::ordered(dearer(), &card, "2026-11-23 10:00");
    let bought = later.now;
    later.hour();
    assert_eq!(owed(&mut later, bought, Story::done), ["start of unlimited-5 9.00"], "a card costs nothing");
}

/// BIL-01, MOB-50: an option that is paid once is owed when the line has it, again when it was given up and is bought again, and one of each month never.
#[test]
fn an_option_paid_once_is_owed_when_the_line_has_it() {
    let mut story = Story::ordered(dearer(), &request("orange", "unlimited-5", Some(Capped)), "2026-11-02 10:00");
    let bought = story.now;
    story.hour();
    assert_eq!(owed(&mut story, bought, Story::done), NOTHING);
    story.is("2026-11-23 10:00");
    let mut change = |change, reply: Reply| {
        story.ask(change).unwrap();
        story.hour();
        owed(&mut story, bought, |story| story.answer(reply))
    };
    let done = || Reply::Done { number: None };
    assert_eq!(change(add("set-up"), Reply::Refused { reason: "no".into() }), NOTHING);
    assert_eq!(change(add("set-up"), done()), ["set-up 12.00"]);
    assert_eq!(change(add("maghreb-turkey-1"), done()), NOTHING);
    assert_eq!(change(end("set-up"), done()), NOTHING);
    assert_eq!(change(add("set-up"), done()), ["set-up 12.00"]);
    assert!(grandlarge().versions()[0].options.find("set-up").is_none() && at(grandlarge(), "2026-11-23 10:00") == story.now);
}
