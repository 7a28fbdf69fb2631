//! What strangers try about somebody's way in: it tells them nothing, and holds nobody up but them.

use crate::identity::{OTHER, PASSWORD, from, letters, links, mails, town, try_it};
use operations::{
    House,
    first_access::{self, Answer, Asked},
    humanity::{self, Answered},
    sign_in::{Door, Origin, Outcome},
};
use store::Scope;

/// Who answers the question as a person does.
pub(crate) fn a_person(house: &House) -> Answered {
    let question = humanity::ask(house, "browser").unwrap();
    let sum = question.numbers.0 + question.numbers.1;
    humanity::answered(house, "browser", (&question.nonce, &sum.to_string())).expect("the sum")
}

async fn ask(house: &House, door: Door, (identifier, proof): (&str, &str), address: &str) -> Answer {
    let origin = Origin { address, agent: "Firefox", device: None, language: "fr" };
    let asked = Asked { identifier, proof, language: "fr", answered: &a_person(house) };
    first_access::ask(house, door, asked, origin, links()).await.unwrap()
}

/// Mails are written after the answer: waits until there are so many, or until an entry of the journal can be counted on.
async fn wait_for_mails(house: &House, door: Door, so_many: usize) {
    while mails(house, door.operator).await.len() < so_many {
        tokio::task::yield_now().await;
    }
}

/// CUS-01, RES-27, PLT-04: who tries proofs waits at their own address, the same whether anybody is known by that name; the owner, elsewhere, is sent
/// a link whatever strangers tried. Where many tried, nothing of an address is shown to anybody, right or wrong.
#[tokio::test(flavor = "multi_thread")]
async fn strangers_hold_up_nobody_but_themselves() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        for identifier in ["V100000", "V999999"] {
            for stranger in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"] {
                let mut said = Vec::new();
                for _ in 0..4 {
                    said.push(match ask(&house, door, (identifier, "99999"), stranger).await {
                        Answer::Sent(masked) => masked.contains('@'),
                        Answer::Wait(1) => false,
                        other => panic!("{other:?}"),
                    });
                }
                // Of the last stranger's tries one was the tenth of all.
                let expected = if stranger == "192.0.2.4" { [true, false, false, false] } else { [true, true, true, false] };
                assert_eq!(said, expected, "{identifier} from {stranger}");
            }
            assert_eq!(ask(&house, door, (identifier, "99999"), "192.0.2.5").await, Answer::Sent(String::new()), "{identifier}");
        }
        assert_eq!(mails(&house, door.operator).await, [], "nobody proved anything");
        assert_eq!(ask(&house, door, ("V100000", "67000"), "192.0.2.9").await, Answer::Sent(String::new()));
        wait_for_mails(&house, door, 1).await;
        assert_eq!(mails(&house, door.operator).await, [("famille0@example.fr".to_owned(), "forgotten-password".to_owned())]);
    }
}

/// PLT-04, PLT-06: whoever can say what the contract knows gets no more than three mails at once to its owner, of whose links the last is good; the
/// journal says that somebody asked who was not signed in.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_flooded_with_links() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        for (place, address) in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"].into_iter().enumerate() {
            assert!(matches!(ask(&house, door, ("V100000", "67000"), address).await, Answer::Sent(_)));
            if place < 3 {
                wait_for_mails(&house, door, place + 1).await;
            }
        }
        // What comes after it is counted after it: another person's mail is the mark that it was done.
        assert!(matches!(ask(&house, door, ("V100001", "67000"), "192.0.2.6").await, Answer::Sent(_)));
        wait_for_mails(&house, door, 4).await;
        let told = mails(&house, door.operator).await;
        assert_eq!(told.iter().filter(|(to, _)| to == "famille0@example.fr").count(), 3, "{told:?}");
        let links = letters(&house).await;
        let opens = async |link: &str| {
            let (_, token) = link.rsplit_once("/access/").expect("a link");
            first_access::link(&house, door, token).await.unwrap().is_some()
        };
        assert!(!opens(&links[1]).await && opens(&links[2]).await, "the last of them");
        let entries = house.store.scoped(Scope::operator(door.operator)).journal(None, None, 10).await.unwrap();
        let asked: Vec<_> = entries.iter().filter(|entry| entry.action == "link_asked").collect();
        assert_eq!(asked.len(), 4);
        for entry in asked {
            assert_eq!((entry.by.login, entry.by.name.as_str(), entry.by.role.as_str()), (None, "", ""), "nobody knows who");
            assert!(entry.by.address.starts_with("192.0.2.") && entry.object == "login", "{entry:?}");
        }
    }
}

/// CUS-01, RES-27: the answer to a question is good once, on whichever node, for the browser that was asked, for an hour; a question that was made up
/// elsewhere is none of ours.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_good_once() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let question = humanity::ask(&house, "browser").unwrap();
        let sum = (question.numbers.0 + question.numbers.1).to_string();
        let answered = |browser: &str, nonce: &str, answer: &str| humanity::answered(&house, browser, (nonce, answer));
        assert!(answered("browser", &question.nonce, "1").is_none(), "no sum of two such numbers");
        for answer in (4..=18).map(|sum: u8| sum.to_string()) {
            assert!(answered("another", &question.nonce, &answer).is_none(), "another browser's");
            assert!(answered("browser", &question.nonce.replacen('1', "2", 1), &answer).is_none(), "a later end");
            assert!(answered("browser", "9999999999.0000000000000000.0", &answer).is_none(), "made up");
        }
        let mut said = Vec::new();
        for address in ["192.0.2.1", "192.0.2.2", "192.0.2.2"] {
            let right = answered("browser", &question.nonce, &format!(" {sum} ")).expect("the sum");
            let asked = Asked { identifier: "V999999", proof: "67000", language: "fr", answered: &right };
            said.push(first_access::ask(&house, door, asked, from(address, None), links()).await.unwrap());
        }
        assert!(matches!(&said[..], [Answer::Sent(_), Answer::Repeated, Answer::Repeated]), "{said:?}");
        house.clock.set(house.clock.now().plus_seconds(3_600));
        assert!(answered("browser", &question.nonce, &sum).is_none(), "over");
    }
}

/// PLT-03: a browser's token that a login does not know is not believed: who signs in gets one of ours, beside the one by which somebody else of the
/// same browser is known.
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_known_by_a_token_of_ours() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let device = async |brought: Option<&'static str>| {
            let Outcome::In { device, .. } = try_it(&house, door, ("V100000", PASSWORD), from("192.0.2.1", brought)).await else {
                panic!("the right password lets in")
            };
            let device: &'static str = Box::leak(device.as_str().to_owned().into_boxed_str());
            device
        };
        let planted: &'static str = Box::leak("0".repeat(64).into_boxed_str());
        let ours = device(Some(planted)).await;
        assert_ne!(ours, planted, "it may be known to who put it there");
        assert_eq!(device(Some(ours)).await, ours);
        let both: &'static str = Box::leak(format!("{planted}.{ours}").into_boxed_str());
        assert_eq!(device(Some(both)).await, ours, "a browser that two use");
        for _ in 0..7 {
            try_it(&house, door, ("V100000", OTHER), from("192.0.2.2", Some(planted))).await;
        }
        let right = ("V100000", PASSWORD);
        assert!(matches!(try_it(&house, door, right, from("192.0.2.3", Some(planted))).await, Outcome::Wait(_)), "as a stranger");
        assert!(matches!(try_it(&house, door, right, from("192.0.2.3", Some(both))).await, Outcome::In { .. }));
    }
}
