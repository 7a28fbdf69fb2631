//! When networks do what they are asked for, in the operator's own time.

use crate::{
    life_story::{Story, request},
    stage::{at, grandlarge, ground, vallee, zenne},
};
use catalog::{Catalog, Work};
use lines::{
    PortingDayRefusal,
    opening_hours::{first_day, opens, promised},
    porting_day,
};

fn opening(catalog: &'static Catalog, network: &str, work: Work, asked: &str) -> String {
    let ground = ground(catalog, asked);
    let (_, network) = ground.network(network).unwrap();
    let opens = opens(&ground, network, work, ground.now).unwrap();
    opens.to_local(ground.zone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// MOB-63, MOB-64: a request outside the hours is taken, and says when it will run.
#[test]
fn mob_64_a_request_says_when_it_will_run() {
    use Work::*;
    for (network, work, asked, runs, why) in [
        ("orange", NewLine, "2026-11-20 14:00", "2026-11-20 14:00", "a Friday afternoon: at once"),
        ("orange", NewLine, "2026-11-21 22:00", "2026-11-23 07:00", "Saturday at closing time: on Monday"),
        ("orange", NewLine, "2026-11-11 06:59", "2026-11-11 07:00", "a public holiday counts for new lines"),
        ("orange", SimSwap, "2026-11-22 12:00", "2026-11-23 07:00", "Sunday: on Monday"),
        ("orange", Esim, "2026-11-20 17:30", "2026-11-23 09:00", "Friday at closing time of eSIM: on Monday"),
        ("orange", EsimSwap, "2026-05-13 18:00", "2026-05-15 09:00", "the evening before Ascension: the day after it"),
        ("orange", Porting, "2026-11-19 10:00", "2026-11-24 09:00", "Thursday and three working days: Tuesday"),
        ("orange", Porting, "2026-12-23 18:00", "2026-12-29 09:00", "Christmas is no working day"),
        ("orange", Suspension, "2026-11-22 03:00", "2026-11-22 03:00", "what no hours name is done at any hour"),
        ("bouygues", NewLine, "2026-11-22 03:00", "2026-11-22 03:00", "at any hour, on a Sunday night"),
        ("orange", NewLine, "2026-03-29 01:30", "2026-03-30 07:00", "the night in which the clocks go forward"),
    ] {
        assert_eq!(opening(grandlarge(), network, work, asked), runs, "{network} {work:?} {asked}: {why}");
    }
    assert_eq!(
        opening(zenne(), "scaldis", Work::Porting, "2026-07-20 12:00"),
        "2026-07-22 08:00",
        "the 21st of July is Belgium's"
    );
}

/// MOB-63: an activation without porting is promised within an hour of opening hours.
#[test]
fn mob_63_an_hour_of_opening_hours_is_promised() {
    for (asked, by) in [
        ("2026-11-20 14:00", "2026-11-20 15:00"),
        ("2026-11-21 21:30", "2026-11-23 07:30"),
        ("2026-11-22 12:00", "2026-11-23 08:00"),
    ] {
        let ground = ground(grandlarge(), asked);
        let (_, network) = ground.network("orange").unwrap();
        let begins = opens(&ground, network, Work::NewLine, ground.now).unwrap();
        assert_eq!(promised(&ground, network, Work::NewLine, begins), Some(at(grandlarge(), by)), "{asked}");
        assert_eq!(promised(&ground, network, Work::End, begins), None, "nothing is promised of ends");
    }
}

/// MOB-63, MOB-64: a number comes on a working day, three after the request at the earliest.
#[test]
fn mob_64_a_number_comes_on_a_working_day() {
    let ground = ground(grandlarge(), "2026-11-05 10:00");
    let (_, network) = ground.network("orange").unwrap();
    let first = "2026-11-10".parse().unwrap();
    assert_eq!(first_day(&ground, network, Work::Porting, ground.now), Some(first));
    for (wanted, answer) in [
        (None, Ok("2026-11-10 09:00")),
        (Some("2026-11-10"), Ok("2026-11-10 09:00")),
        (Some("2026-11-09"), Err(PortingDayRefusal::TooEarly(first))),
        (Some("2026-11-11"), Err(PortingDayRefusal::NoWorkingDay)),
        (Some("2026-11-14"), Err(PortingDayRefusal::NoWorkingDay)),
        (Some("2026-11-16"), Ok("2026-11-16 09:00")),
    ] {
        let day = wanted.map(|day| day.parse().unwrap());
        assert_eq!(porting_day(&ground, network, day), answer.map(|local| at(grandlarge(), local)), "{wanted:?}");
    }
}

/// MOB-64: the working days that a network needs ahead are waited for once.
#[test]
fn mob_64_working_days_ahead_pass_once() {
    let mut story = Story::ordered(vallee(), &request("vallee", "fixed-metered", None), "2026-11-13 10:00");
    let tuesday = at(vallee(), "2026-11-17 08:00");
    assert_eq!(story.life.due(), Some(tuesday), "two working days from a Friday");
    story.is("2026-11-17 08:00").hour();
    assert_eq!((story.state(), story.life.due()), ("activating", Some(tuesday)), "and then at once");
}
