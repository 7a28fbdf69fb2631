//! Vallée: five hundred households with a telephone line, most with internet and television, many with mobiles.

use crate::{
    dice::Dice,
    habits::{FROM_FRANCE, Habits, Rhythm, Trip},
    model::{
        DemoAccess, DemoAtCap, DemoBrand, DemoColleague, DemoCustomer, DemoLine, DemoLogin, DemoOperator, DemoPeriod, DemoRole,
        DemoSpendCap, LineState,
    },
    names::{ALSATIAN, FRENCH_FIRST, VALLEY},
    numbers::{Range, iccid},
    seller::{Seller, Wish},
    voice::voicemail,
};
use catalog::Capping;
use jiff::ToSpan;
use vocabulary::Money;

const HOUSEHOLDS: u64 = 500;
const HOST: &str = "vallee.localhost";
/// The household that the tour begins with: V100042.
const SCHNEIDER: u64 = 42;

/// What a household takes: the fixed offer, internet, television.
type Package = (&'static str, Option<&'static str>, Option<&'static str>);

const PACKAGES: [(u32, Package); 6] = [
    (9, ("fixed-metered", None, None)),
    (23, ("fixed-unlimited", Some("internet-300"), None)),
    (30, ("fixed-unlimited", Some("internet-300"), Some("tv-essential"))),
    (24, ("fixed-unlimited", Some("internet-1g"), Some("tv-family"))),
    (5, ("fixed-unlimited", Some("internet-2g"), Some("tv-premium"))),
    (9, ("fixed-metered", Some("internet-300"), None)),
];

const MOBILES: [(u32, &str); 4] = [(24, "mobile-2"), (44, "mobile-20"), (18, "mobile-80"), (14, "mobile-capped")];

const TELEVISION: [(u32, &str); 6] =
    [(24, "tv-german"), (20, "tv-recorder"), (16, "tv-sport"), (14, "tv-cinema"), (14, "tv-kids"), (12, "tv-second-box")];

/// Positions of numbers and cards given so far.
#[derive(Default)]
struct Given {
    mobile: u64,
    fixed: u64,
}

pub(crate) fn vallee(seller: &Seller<'_>) -> DemoOperator {
    let mut given = Given { fixed: 100, mobile: 100 };
    let customers: Vec<_> = (0..HOUSEHOLDS * seller.scale).map(|index| household(seller, index, &mut given)).collect();
    let position = usize::try_from(SCHNEIDER).expect("a small number");
    let mut logins = vec![login("V100042", "Anne Schneider", DemoRole::Subscriber { customer: position })];
    for customer in [7, 180] {
        let DemoCustomer { reference, name, .. } = &customers[customer];
        logins.push(login(reference, name, DemoRole::Subscriber { customer }));
    }
    logins.push(login("accueil@vallee.example", "Nadine Oster, accueil", DemoRole::OperatorAgent));
    logins.push(login("direction@vallee.example", "Bernard Wolff", DemoRole::OperatorAdmin));
    logins.push(login("compta@vallee.example", "Martine Klein", DemoRole::Accounting));
    let number = |customer: usize, line: usize| customers[customer].lines[line].number.clone();
    let (tenth, hundredth) = (number(10, 0), number(100, 0));
    let voicemails = vec![
        voicemail(&number(position, 0), &[&tenth, "", "+4978119900145", &hundredth]),
        voicemail(&number(position, 1), &[&hundredth]),
    ];
    DemoOperator {
        catalog: "vallee",
        name: "Vallée".into(),
        brands: vec![DemoBrand {
            host: HOST.into(),
            reseller: None,
            name: "Vallée".into(),
            colour: "#0b6e4f".into(),
            contact: "03 53 01 00 00".into(),
            dress: crate::dress::dress(HOST),
        }],
        resellers: Vec::new(),
        customers,
        logins,
        // The second telephone of the household of the tour gets access of its own.
        batches: Vec::new(),
        voicemails,
        free_numbers: Vec::new(),
        colleagues: vec![DemoColleague::new(
            "paul.schneider@vallee.example",
            "Paul Schneider",
            DemoRole::Member { customer: position, line: 2 },
            DemoAccess::Asked,
        )],
    }
}

fn login(identifier: &str, name: &str, role: DemoRole) -> DemoLogin {
    DemoLogin { identifier: identifier.into(), name: name.into(), role, host: HOST.into() }
}

fn household(seller: &Seller<'_>, index: u64, given: &mut Given) -> DemoCustomer {
    let dice = &mut Dice::of(&[1, index]);
    if index == SCHNEIDER {
        return schneider(seller, dice, given);
    }
    let family = *dice.pick(&ALSATIAN);
    let first = *dice.pick(&FRENCH_FIRST);
    let is_single = dice.happens(350);
    let name = if is_single { format!("{first} {family}") } else { format!("Famille {family}") };
    let (fixed, internet, television) = *dice.weighted(&PACKAGES);
    let mut lines: Vec<DemoLine> = Vec::new();
    lines.extend(fixed_line(seller, dice, (fixed, index), given));
    for offer in [internet, television].into_iter().flatten() {
        lines.extend(access(seller, dice, offer, given));
    }
    let mobiles =
        *dice.weighted(&if is_single { [(40, 0), (55, 1), (5, 2), (0, 3)] } else { [(22, 0), (24, 1), (34, 2), (20, 3)] });
    for member in 0..mobiles {
        let user = if member == 0 { format!("{first} {family}") } else { format!("{} {family}", dice.pick(&FRENCH_FIRST)) };
        let offer = *dice.weighted(&MOBILES);
        lines.extend(mobile(seller, dice, (offer, user), given));
    }
    customer(index, name, (*dice.pick(&VALLEY)).to_owned(), lines)
}

fn customer(index: u64, name: String, postcode: String, lines: Vec<DemoLine>) -> DemoCustomer {
    DemoCustomer {
        reseller: None,
        reference: format!("V{}", 100_000 + index),
        billing_accounts: vec![name.clone()],
        name,
        business: false,
        paper: crate::paper::household(index, &postcode),
        postcode,
        packs: Vec::new(),
        shared_caps: Vec::new(),
        lines,
    }
}

fn fixed_line(seller: &Seller<'_>, dice: &mut Dice, (offer, index): (&str, u64), given: &mut Given) -> Option<DemoLine> {
    given.fixed += 1;
    let wish = Wish {
        network: "vallee",
        offer,
        number: Range::FrenchFixed.number(given.fixed),
        iccid: None,
        user: "Téléphone du salon".into(),
        billing_account: 0,
        rhythm: Rhythm::Private,
    };
    let mut line = seller.open(dice, wish)?;
    // One household in twenty also calls from a telephone on the computer, which files name by its account.
    if index % 20 == 2 {
        line.identities.push(format!("v{}", 100_000 + index));
    }
    for (permille, option) in [(120, "voicemail-by-mail"), (60, "number-secrecy"), (40, "sva-off"), (30, "convergence")] {
        if dice.happens(permille) {
            seller.add_option(&mut line, option, seller.month_start() - dice.between(0, 20).months());
        }
    }
    Some(line)
}

fn access(seller: &Seller<'_>, dice: &mut Dice, offer: &str, given: &mut Given) -> Option<DemoLine> {
    given.fixed += 1;
    let is_television = offer.starts_with("tv");
    let wish = Wish {
        network: "vallee",
        offer,
        number: Range::FrenchFixed.number(given.fixed),
        iccid: None,
        user: if is_television { "Décodeur du salon" } else { "Box internet" }.into(),
        billing_account: 0,
        rhythm: Rhythm::Private,
    };
    let mut line = seller.open(dice, wish)?;
    if is_television && dice.happens(400) {
        let option = *dice.weighted(&TELEVISION);
        seller.add_option(&mut line, option, seller.month_start() - dice.between(0, 12).months());
    }
    if !is_television && dice.happens(80) {
        seller.add_option(&mut line, "internet-wifi", seller.month_start() - dice.between(0, 12).months());
    }
    Some(line)
}

fn mobile(seller: &Seller<'_>, dice: &mut Dice, (offer, user): (&str, String), given: &mut Given) -> Option<DemoLine> {
    given.mobile += 1;
    let wish = Wish {
        network: "rhenane",
        offer,
        number: Range::FrenchMobile.number(given.mobile),
        iccid: Some(iccid(33, 99, given.mobile)),
        user,
        billing_account: 0,
        rhythm: Rhythm::Private,
    };
    let mut line = seller.open(dice, wish)?;
    if dice.happens(200) {
        line.habits.go_abroad(dice, &FROM_FRANCE, seller.today);
    }
    if dice.happens(110) {
        works_in_switzerland(seller, dice, &mut line);
    }
    if dice.happens(70) {
        seller.add_option(&mut line, "mobile-data-5", seller.month_start() - dice.between(0, 3).months());
    }
    if dice.happens(80) {
        line.habits.reaches = Some(*dice.pick(&[84, 96, 104, 130]));
        if dice.happens(500) {
            seller.add_recharge(&mut line, "mobile-1gb", seller.today - dice.between(1, 60).days());
        }
    }
    if offer == "mobile-capped" && dice.happens(100) {
        seller.add_recharge(&mut line, "voice-1h", seller.today - dice.between(1, 60).days());
    }
    if dice.happens(60) {
        seller.choose_cutoff(&mut line, "roaming-data", usize::try_from(dice.below(4)).unwrap_or(0));
    }
    Some(line)
}

/// A day a week across the border, where data is charged.
fn works_in_switzerland(seller: &Seller<'_>, dice: &mut Dice, line: &mut DemoLine) {
    let daily_bytes = dice.heavy(30_000_000);
    let offset = dice.between(1, 5);
    line.habits.trips.extend((0..12).map(|week| {
        let day = seller.today - (offset + 7 * week).days();
        Trip { network: "22801", first: day, last: day, daily_bytes }
    }));
    seller.add_option(line, "switzerland", seller.month_start() - 4.months());
}

/// Three lines: the telephone at home, a mobile of 20 GB that is near its end, and one of 80 GB that was in Spain.
fn schneider(seller: &Seller<'_>, dice: &mut Dice, given: &mut Given) -> DemoCustomer {
    let mut lines: Vec<DemoLine> = Vec::new();
    lines.extend(fixed_line(seller, dice, ("fixed-unlimited", SCHNEIDER), given));
    lines.extend(mobile(seller, dice, ("mobile-20", "Anne Schneider".to_owned()), given));
    lines.extend(mobile(seller, dice, ("mobile-80", "Paul Schneider".to_owned()), given));
    let spain =
        Trip { network: "21407", first: seller.today - 47.days(), last: seller.today - 39.days(), daily_bytes: 420_000_000 };
    for line in &mut lines {
        let Habits { calls, abroad, messages, .. } = &mut line.habits;
        (*calls, *abroad, *messages) = (2_400, 90, 1_500);
        settle(seller, line);
    }
    if let [_, anne, paul] = &mut lines[..] {
        anne.capping = Capping::Capped;
        anne.habits.reaches = Some(92);
        anne.habits.slices = 2_000;
        anne.habits.trips.clear();
        paul.habits.reaches = None;
        paul.habits.slices = 1_600;
        paul.habits.trips = vec![spain];
        let amount = Money::from_micros(20_000_000);
        paul.spend_caps.push(DemoSpendCap { period: DemoPeriod::Month, amount, at_cap: DemoAtCap::Tell });
    }
    customer(SCHNEIDER, "Famille Schneider".into(), "67600".into(), lines)
}

/// Makes a line an old and working one, whatever the dice said.
pub(crate) fn settle(seller: &Seller<'_>, line: &mut DemoLine) {
    let bought = seller.today - 400.days();
    line.state = LineState::Active;
    line.bought = seller.at(bought, 10);
    line.started = Some(seller.at(bought + 1.day(), 9));
    line.ended = None;
}
