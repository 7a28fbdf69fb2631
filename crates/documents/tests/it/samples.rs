//! Invoices of every sort, as `billing` would have decided them: their sums are made here from their lines.

use crate::parties::{belgian_business, belgian_seller, foreign_business, french_business, french_seller, household};
use billing::{
    Count, Discount, Invoice, InvoiceKind, InvoiceLine, InvoiceNumber, Item, LegalId, MandateShown, Mentions, MonthTotal,
    PaymentMeans, Reach, Share, Subject, Totals, UsageCount, UsageGroup, VatCategory, VatRate, VatSubtotal, VatTerms,
};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use vocabulary::{Cents, Money, Month, UsageKind};

pub(crate) const ISSUED: Date = date(2026, 12, 1);
const FROM: Date = date(2026, 12, 1);
const TO: Date = date(2026, 12, 31);

pub(crate) fn taxed(hundredths: u16) -> VatTerms {
    VatTerms { category: VatCategory::Standard, rate: VatRate::new(hundredths).unwrap() }
}

pub(crate) fn untaxed(category: VatCategory) -> VatTerms {
    VatTerms { category, rate: VatRate::ZERO }
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn line(subject: Option<usize>, item: Item, name: &str, net: i64, vat: VatTerms) -> InvoiceLine {
    let count = Count::Month { each: Cents::new(net).money() };
    InvoiceLine { subject, item, name: name.into(), from: FROM, to: TO, count, share: None, net: Cents::new(net), vat }
}

pub(crate) fn usage(
    subject: usize,
    kind: UsageKind,
    reach: Reach,
    (records, units, net): (i64, i64, i64),
    vat: VatTerms,
) -> InvoiceLine {
    InvoiceLine {
        from: date(2026, 11, 1),
        to: date(2026, 11, 30),
        count: Count::Usage(UsageCount { records, units }),
        ..line(Some(subject), Item::Usage(UsageGroup { kind, reach }), "", net, vat)
    }
}

pub(crate) fn pieces(subject: Option<usize>, item: Item, name: &str, (pieces, each): (i64, i64), vat: VatTerms) -> InvoiceLine {
    let count = Count::Pieces { pieces, each: Cents::new(each).money() };
    InvoiceLine { count, from: ISSUED, to: ISSUED, ..line(subject, item, name, pieces * each, vat) }
}

fn days(subject: usize, name: &str, (days, of): (i8, i8), (each, net): (i64, i64), vat: VatTerms) -> InvoiceLine {
    let (from, to) = (date(2026, 11, 31 - days), date(2026, 11, 30));
    let count = Count::Days { days, of, each: Cents::new(each).money() };
    InvoiceLine { count, from, to, ..line(Some(subject), Item::Plan("plan".into()), name, net, vat) }
}

pub(crate) fn subject(number: &str, user: &str, offer: &str) -> Subject {
    Subject { line: vocabulary::LineId(1), number: number.into(), user: user.into(), offer: offer.into() }
}

pub(crate) fn mentions(business: bool) -> Mentions {
    let text = |text: &str| if business { text.to_owned() } else { String::new() };
    Mentions {
        recovery_fee: text("Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €."),
        late_penalty: text("Pénalités de retard : trois fois le taux d’intérêt légal, exigibles sans rappel."),
        early_discount: text("Pas d’escompte pour paiement anticipé."),
        others: vec![
            "TVA acquittée sur les débits.".into(),
            "Réclamations : service clients, 12 rue des Tanneurs, 68000 Colmar ; puis le médiateur des communications électroniques, BP 999, 75829 Paris Cedex 17.".into(),
        ],
    }
}

pub(crate) fn french_transfer(number: &str) -> PaymentMeans {
    PaymentMeans::Transfer { iban: "FR7630006000011234567890189".into(), bic: "AGRIFRPP".into(), reference: number.into() }
}

/// What the months before were billed, the present one last.
fn past(gross: Cents) -> Vec<MonthTotal> {
    let mut month = Month::of(date(2026, 1, 1));
    let percents = [82, 82, 86, 82, 84, 84, 119, 134, 84, 84, 91];
    let mut past = Vec::new();
    for gross in percents.map(|percent| gross.part(percent, 100)).into_iter().chain([gross]) {
        past.push(MonthTotal { month, gross });
        month = month.next();
    }
    past
}

/// An invoice with its sums, as the rules want them: VAT of each rate's sum, to the cent.
pub(crate) fn summed(mut invoice: Invoice) -> Invoice {
    let mut bases: BTreeMap<VatTerms, Cents> = BTreeMap::new();
    for line in &invoice.lines {
        let base = bases.entry(line.vat).or_default();
        *base = *base + line.net;
    }
    for discount in &invoice.discounts {
        let base = bases.entry(discount.vat).or_default();
        *base = *base - discount.amount;
    }
    let why = |terms: VatTerms| match (terms.category, invoice.language.as_str()) {
        (VatCategory::Standard, _) => "",
        (VatCategory::ReverseCharge, "fr") => "Autoliquidation par le preneur, article 283-2 du CGI.",
        (VatCategory::ReverseCharge, _) => {
            "Steuerschuldnerschaft des Leistungsempfängers, Artikel 196 der Richtlinie 2006/112/EG."
        }
        (VatCategory::Exempt, _) => "Exonéré, article 261 du CGI.",
        (VatCategory::OutOfScope, _) => "Outside the scope of French VAT, article 259-1 of the CGI.",
    };
    invoice.vat = bases
        .iter()
        .map(|(terms, base)| VatSubtotal { terms: *terms, base: *base, tax: terms.rate.of(*base), exemption: why(*terms).into() })
        .collect();
    let lines: Cents = invoice.lines.iter().map(|line| line.net).sum();
    let discounts: Cents = invoice.discounts.iter().map(|discount| discount.amount).sum();
    let vat: Cents = invoice.vat.iter().map(|part| part.tax).sum();
    let net = lines - discounts;
    invoice.totals = Totals { lines, discounts, net, vat, gross: net + vat };
    invoice.past = past(invoice.totals.gross);
    invoice
}

/// One line of telephone, little usage, paid by transfer.
pub(crate) fn for_household() -> Invoice {
    let vat = taxed(2000);
    summed(Invoice {
        number: "VA2026-000123".into(),
        kind: InvoiceKind::Invoice,
        issued: ISSUED,
        due: date(2026, 12, 15),
        month: Month::of(ISSUED),
        currency: "EUR".into(),
        language: "fr".into(),
        seller: french_seller(),
        buyer: household(),
        subjects: vec![
            subject("06 39 98 01 23", "Élise Schœn", "Mobile 80 Go"),
            subject("03 89 00 12 34", "", "Fibre et télévision"),
        ],
        summed_lines: 0,
        lines: vec![
            line(Some(0), Item::Plan("mobile-80".into()), "Mobile 80 Go", 1499, vat),
            usage(0, UsageKind::Voice, Reach::Abroad, (3, 1_514, 212), vat),
            usage(0, UsageKind::Data, Reach::Roaming, (5, 84_000_000, 168), vat),
            line(Some(1), Item::Plan("fibre".into()), "Fibre 2 Gbit/s et téléphone", 2999, vat),
            line(Some(1), Item::LineOption("tv".into()), "Bouquet Cinéma", 832, taxed(1000)),
        ],
        discounts: Vec::new(),
        vat: Vec::new(),
        totals: Totals { lines: Cents::ZERO, discounts: Cents::ZERO, net: Cents::ZERO, vat: Cents::ZERO, gross: Cents::ZERO },
        means: french_transfer("VA2026-000123"),
        mentions: mentions(false),
        past: Vec::new(),
    })
}

/// A few lines of a business, with all that an invoice can have: days, shares, pieces, discounts, what is given back.
pub(crate) fn for_business() -> Invoice {
    let vat = taxed(2000);
    let names = ["Jean Muller", "Ana Lopez", "Atelier", "Camion 4"];
    let subjects =
        names.iter().enumerate().map(|(at, name)| subject(&format!("06 39 98 02 {at:02}"), name, "Illimité 50 Go")).collect();
    let mut lines = vec![
        line(None, Item::Pack("pack".into()), "Volume partagé 200 Go", 12_000, vat),
        line(None, Item::Minimum, "", 350, vat),
        line(Some(0), Item::Plan("illimite".into()), "Illimité 50 Go", 1599, vat),
        usage(0, UsageKind::Voice, Reach::Special, (12, 3_840, 1_044), vat),
        days(1, "Illimité 50 Go", (19, 30), (1599, 1013), vat),
        pieces(Some(1), Item::Activation("illimite".into()), "Illimité 50 Go", (1, 1000), vat),
        pieces(Some(1), Item::Esim, "", (1, 500), vat),
        InvoiceLine {
            share: Some(Share { whole: Cents::new(1599) }),
            ..line(Some(2), Item::Plan("illimite".into()), "Illimité 50 Go", 1066, vat)
        },
        pieces(Some(2), Item::Recharge("1go".into()), "Recharge 1 Go", (3, 250), vat),
        line(Some(3), Item::Plan("illimite".into()), "Illimité 50 Go", 1599, vat),
        usage(3, UsageKind::Sms, Reach::Abroad, (41, 41, 410), vat),
        usage(3, UsageKind::Data, Reach::Roaming, (18, 2_450_000_000, 2_450), vat),
        pieces(Some(3), Item::Free, "Geste commercial : panne du 12 novembre", (1, -500), vat),
    ];
    lines[1].from = date(2026, 11, 1);
    lines[1].to = date(2026, 11, 30);
    summed(Invoice {
        number: "VA2026-000124".into(),
        buyer: french_business(),
        subjects,
        lines,
        discounts: vec![Discount { reason: "Remise de volume 5 %".into(), amount: Cents::new(1_150), vat }],
        means: french_transfer("VA2026-000124"),
        mentions: mentions(true),
        ..for_household()
    })
}

/// What gives back a part of the household's invoice.
pub(crate) fn credit_note() -> Invoice {
    let kind = InvoiceKind::CreditNote {
        of: "VA2026-000123".into(),
        issued: ISSUED,
        reason: "Le bouquet Cinéma a été facturé alors qu’il était résilié.".into(),
    };
    summed(Invoice {
        number: "VA2026-000130".into(),
        kind,
        issued: date(2026, 12, 9),
        due: date(2026, 12, 9),
        lines: vec![line(Some(1), Item::LineOption("tv".into()), "Bouquet Cinéma", 832, taxed(1000))],
        means: PaymentMeans::Nothing,
        ..for_household()
    })
}

/// The household's, collected.
pub(crate) fn by_direct_debit() -> Invoice {
    Invoice {
        means: PaymentMeans::DirectDebit(MandateShown {
            reference: "VA-000104233-01".into(),
            creditor: "FR12ZZZ123456".into(),
            iban: "FR•• •••• 0189".into(),
            day: date(2026, 12, 15),
        }),
        ..for_household()
    }
}

/// A Belgian business's, to be transferred with a structured communication.
pub(crate) fn belgian() -> Invoice {
    let vat = taxed(2100);
    let names = ["Jan Peeters", "Lotte Claes", "Magazijn"];
    let subjects: Vec<_> =
        names.iter().enumerate().map(|(at, name)| subject(&format!("0470 12 34 {at:02}"), name, "Business 20 GB")).collect();
    let plan = |at| line(Some(at), Item::Plan("business".into()), "Business 20 GB", 1653, vat);
    summed(Invoice {
        number: "ZE2026-000042".into(),
        language: "nl".into(),
        seller: belgian_seller(),
        buyer: belgian_business(),
        lines: vec![
            plan(0),
            usage(0, UsageKind::Voice, Reach::Roaming, (7, 5_200, 733), vat),
            plan(1),
            days(2, "Business 20 GB", (1, 30), (1653, 55), vat),
        ],
        subjects,
        means: PaymentMeans::Transfer {
            iban: "BE68539007547034".into(),
            bic: "GKCCBEBB".into(),
            reference: "+++090/9337/55493+++".into(),
        },
        mentions: Mentions {
            late_penalty: "Bij laattijdige betaling is een interest van 8 % per jaar verschuldigd.".into(),
            ..Mentions::default()
        },
        ..for_household()
    })
}

/// What an operator bills a reseller for a month of its customers' lines: put together, none of them named (RES-11).
pub(crate) fn wholesale() -> Invoice {
    let vat = taxed(2000);
    let all = |id: &str, name: &str, (lines, each): (i64, i64)| {
        let line = pieces(None, Item::Plan(id.into()), name, (lines, each), vat);
        InvoiceLine { from: FROM, to: TO, ..line }
    };
    let of_before = |item: Item, name: &str, (lines, each, net): (i64, Option<i64>, i64)| InvoiceLine {
        from: date(2026, 11, 4),
        to: date(2026, 11, 30),
        count: Count::Lines { lines, each: each.map(|each| Cents::new(each).money()) },
        ..line(None, item, name, net, vat)
    };
    let used = |kind, reach, count| InvoiceLine { subject: None, ..usage(0, kind, reach, count, vat) };
    summed(Invoice {
        number: "VA2026-000140".into(),
        subjects: Vec::new(),
        summed_lines: 1_234,
        lines: vec![
            all("illimite", "Illimité 50 Go", (1_180, 800)),
            of_before(Item::Plan("illimite".into()), "Illimité 50 Go", (12, Some(800), 4_387)),
            all("fibre", "Fibre 2 Gbit/s et téléphone", (42, 1_990)),
            InvoiceLine {
                from: FROM,
                to: TO,
                ..pieces(None, Item::LineOption("tv".into()), "Bouquet Cinéma", (31, 832), taxed(1000))
            },
            used(UsageKind::Voice, Reach::Special, (2_120, 381_600, 48_230)),
            used(UsageKind::Data, Reach::Roaming, (318, 62_450_000_000, 31_225)),
            pieces(None, Item::Recharge("1go".into()), "Recharge 1 Go", (87, 250), vat),
            pieces(None, Item::Esim, "", (19, 150), vat),
            of_before(Item::Plan("illimite".into()), "Illimité 50 Go", (3, None, -2_400)),
        ],
        discounts: vec![Discount { reason: "Duo internet et fixe".into(), amount: Cents::new(8_820), vat }],
        means: french_transfer("VA2026-000140"),
        ..for_business()
    })
}

/// The same from a Belgian operator to a Belgian reseller.
pub(crate) fn belgian_wholesale() -> Invoice {
    let at_home = |line: InvoiceLine| InvoiceLine { vat: taxed(2100), ..line };
    summed(Invoice {
        number: "ZE2026-000046".into(),
        subjects: Vec::new(),
        summed_lines: 1_234,
        lines: wholesale().lines.into_iter().map(at_home).collect(),
        ..belgian()
    })
}

/// The Belgian one, collected.
pub(crate) fn belgian_debit() -> Invoice {
    Invoice { number: "ZE2026-000043".into(), means: by_direct_debit().means, ..belgian() }
}

/// What gives back a part of the Belgian one.
pub(crate) fn belgian_credit_note() -> Invoice {
    let kind = InvoiceKind::CreditNote {
        of: "ZE2026-000042".into(),
        issued: ISSUED,
        reason: "Roaming ten onrechte aangerekend.".into(),
    };
    let lines = vec![usage(0, UsageKind::Voice, Reach::Roaming, (7, 5_200, 733), taxed(2100))];
    summed(Invoice { number: "ZE2026-000044".into(), kind, lines, means: PaymentMeans::Nothing, ..belgian() })
}

/// A business of the Union, which owes the tax itself.
pub(crate) fn reverse_charge() -> Invoice {
    let vat = untaxed(VatCategory::ReverseCharge);
    let mut invoice = for_business();
    invoice.lines.iter_mut().for_each(|line| line.vat = vat);
    invoice.discounts.iter_mut().for_each(|discount| discount.vat = vat);
    summed(Invoice {
        number: "VA2026-000125".into(),
        language: "de".into(),
        buyer: foreign_business("DE", Some("DE811128135"), ("9930", "DE811128135")),
        ..invoice
    })
}

/// A business outside the Union.
pub(crate) fn out_of_scope() -> Invoice {
    let vat = untaxed(VatCategory::OutOfScope);
    let lines = vec![line(Some(0), Item::Plan("mobile-80".into()), "Mobile 80 GB", 1499, vat)];
    summed(Invoice {
        number: "VA2026-000126".into(),
        language: "en".into(),
        lines,
        buyer: foreign_business("CH", None, ("0183", "CHE109322551")),
        mentions: mentions(true),
        ..for_household()
    })
}

/// An exempt charge beside taxed ones at three rates.
pub(crate) fn of_several_rates() -> Invoice {
    let mut invoice = for_business();
    invoice.lines.push(pieces(None, Item::Free, "Presse numérique", (1, 999), taxed(210)));
    invoice.lines.push(pieces(None, Item::Free, "Livre numérique", (1, 1_299), taxed(550)));
    invoice.lines.push(pieces(None, Item::Free, "Don à une association", (1, 500), untaxed(VatCategory::Exempt)));
    summed(Invoice { number: "VA2026-000127".into(), ..invoice })
}

/// More is given back than is asked for.
pub(crate) fn negative() -> Invoice {
    let vat = taxed(2000);
    let lines = vec![
        line(Some(0), Item::Plan("mobile-80".into()), "Mobile 80 Go", 1499, vat),
        pieces(Some(0), Item::Correction(Month::of(date(2026, 10, 1))), "", (1, -2_000), vat),
        line(Some(0), Item::LineOption("free".into()), "Option offerte", 0, vat),
    ];
    summed(Invoice { number: "VA2026-000128".into(), lines, means: PaymentMeans::Nothing, ..for_household() })
}

/// Nothing to pay at all.
pub(crate) fn of_nothing() -> Invoice {
    let lines = vec![line(Some(0), Item::Plan("mobile-80".into()), "Mobile 80 Go, mois offert", 0, taxed(2000))];
    summed(Invoice { number: "VA2026-000129".into(), lines, means: PaymentMeans::Nothing, ..for_household() })
}

/// A fleet of so many lines of charges.
pub(crate) fn of_lines(count: usize) -> Invoice {
    let vat = taxed(2000);
    let phones = count.div_ceil(3);
    let subjects = (0..phones).map(|at| {
        subject(
            &format!("07 00 {:02} {:02} {:02}", at / 10_000, at / 100 % 100, at % 100),
            &format!("Équipe {at}"),
            "Illimité 50 Go",
        )
    });
    let lines = (0..count).map(|at| match at % 3 {
        0 => line(Some(at / 3), Item::Plan("illimite".into()), "Illimité 50 Go", 1599, vat),
        1 => usage(at / 3, UsageKind::Voice, Reach::Abroad, (4, 900, 117 + i64::try_from(at % 50).unwrap()), vat),
        _ => usage(at / 3, UsageKind::Data, Reach::Roaming, (9, 120_000_000, 480), vat),
    });
    summed(Invoice { number: "VA2026-000131".into(), subjects: subjects.collect(), lines: lines.collect(), ..for_business() })
}

/// Charges of any amount and rate, some given back, with discounts: another mixture for each seed.
pub(crate) fn mixed(seed: i64) -> Invoice {
    let some = |place: i64, range: i64| (seed * 7_919 + place * 104_729 + seed * place * 31).rem_euclid(range);
    let rates = [2000, 2000, 1000, 550, 210].map(taxed);
    let vat = |place: i64| rates[usize::try_from(some(place, 5)).unwrap()];
    let lines = (0..1 + some(0, 12)).map(|place| match some(place, 4) {
        0 => line(Some(0), Item::Plan("plan".into()), "Forfait", some(place, 9_000), vat(place)),
        1 => pieces(None, Item::Free, "Divers", (1 + some(place, 5), some(place + 1, 4_001) - 1_500), vat(place)),
        2 => usage(0, UsageKind::Voice, Reach::Any, (3, 200, some(place, 777)), vat(place)),
        _ => days(1, "Forfait", (11, 30), (1_799, some(place, 1_799)), vat(place)),
    });
    let lines: Vec<InvoiceLine> = lines.collect();
    let discounts = (0..some(7, 3)).map(|place| Discount {
        reason: "Remise".into(),
        amount: Cents::new(1 + some(place, 400)),
        vat: lines[0].vat,
    });
    let discounts = discounts.collect();
    summed(Invoice { number: format!("VA2026-{seed:06}").as_str().into(), lines, discounts, ..for_business() })
}

/// Charges that are called by every sign of Unicode between two, sixty-four a charge.
pub(crate) fn of_signs(from: u32, to: u32) -> Invoice {
    let names = (from..to).step_by(64).map(|first| (first..first + 64).filter_map(char::from_u32).collect::<String>());
    let lines = names.map(|name| InvoiceLine { name, ..line(None, Item::Free, "", 100, taxed(2000)) });
    summed(Invoice { number: format!("VA2026-{from:06}").as_str().into(), lines: lines.collect(), ..for_household() })
}

/// A month in which more was given back than asked for: it corrects no other.
pub(crate) fn credit_of_a_month() -> Invoice {
    let number = InvoiceNumber::from("VA2026-000133");
    let kind = InvoiceKind::CreditNote { of: number.clone(), issued: ISSUED, reason: String::new() };
    let lines = vec![
        line(Some(0), Item::Bundle { bundle: "pack".into(), reduced: false }, "", 500, taxed(2000)),
        line(Some(0), Item::Plan("mobile-80".into()), "Mobile 80 Go", -199, taxed(2000)),
    ];
    summed(Invoice { number, kind, lines, means: PaymentMeans::Nothing, ..for_household() })
}

/// A business that is named by one of its places, and one that is in no register.
pub(crate) fn by_place_and_unregistered() -> [Invoice; 2] {
    let (mut place, mut unregistered) = (for_business(), for_business());
    place.number = "VA2026-000134".into();
    place.buyer.legal_id = place.buyer.legal_id.map(|id| LegalId { number: id.number + "00013", ..id });
    place.buyer.electronic = None;
    unregistered.number = "VA2026-000135".into();
    unregistered.buyer.name = "Les Amis de la Lauch".into();
    (unregistered.buyer.legal_id, unregistered.buyer.vat_number, unregistered.buyer.electronic) = (None, None, None);
    [place, unregistered]
}

/// A household abroad with signs that XML, PDF and four languages each have their own thoughts on.
pub(crate) fn with_signs() -> Invoice {
    let mut invoice = for_household();
    invoice.buyer.name = "Åsa «&» <Œuvre> \"Zoë\" Ăşçž €".into();
    invoice.buyer.address.lines = vec!["Ch. de l’Église 3 & 4 <fond de cour>".into()];
    invoice.lines[0].name = "Forfait « 5 € & plus » <50 Go>".into();
    invoice.subjects[0].user = "日本 🎉 عربي\u{0}\u{b}\u{feff}\u{85}".into();
    summed(Invoice { number: "VA2026-000132".into(), ..invoice })
}

/// Every sort, with its name.
pub(crate) fn all() -> Vec<(&'static str, Invoice)> {
    let [place, unregistered] = by_place_and_unregistered();
    vec![
        ("by-place", place),
        ("unregistered", unregistered),
        ("credit-of-a-month", credit_of_a_month()),
        ("household", for_household()),
        ("business", for_business()),
        ("credit-note", credit_note()),
        ("direct-debit", by_direct_debit()),
        ("belgian", belgian()),
        ("belgian-debit", belgian_debit()),
        ("belgian-credit-note", belgian_credit_note()),
        ("reverse-charge", reverse_charge()),
        ("out-of-scope", out_of_scope()),
        ("several-rates", of_several_rates()),
        ("negative", negative()),
        ("nothing", of_nothing()),
        ("wholesale", wholesale()),
        ("belgian-wholesale", belgian_wholesale()),
        ("thousand", of_lines(1_000)),
        ("signs", with_signs()),
    ]
}

/// A price finer than a cent.
pub(crate) fn price(text: &str) -> Money {
    money(text)
}
