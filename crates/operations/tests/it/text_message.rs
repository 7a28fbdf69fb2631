//! Text messages from a change to their message centre, with one that does as it is told.

use crate::{
    identity::{PASSWORD, from, links, town, try_it},
    stage::at,
};
use operations::{
    House, Scope, account,
    mail::{HandOver, NotSent, Round, Window, Work},
    proof, sign_in,
    sign_in::{Brand, Door, Outcome},
    text_message::{KeptText, ReadyText, RenderedText, TextDelivery, TextNotice, TextPort, TextRenderer, send_again, texts},
};
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;
use vocabulary::ConfirmationCode;

/// What the message centre does with the next message; without an order it takes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Busy,
    Refuse,
    LoseAnswer,
    /// Never answers, once it has the message.
    Hang,
}

#[derive(Default)]
pub(crate) struct Centre {
    orders: Mutex<Vec<Order>>,
    pub(crate) taken: Mutex<Vec<(String, String)>>,
    hangs: Notify,
}

struct Port(Arc<Centre>);
struct Ready(Arc<Centre>, RenderedText, Option<Order>);

impl TextPort for Port {
    fn prepare(&self, text: RenderedText) -> Work<'_, Result<Box<dyn ReadyText>, NotSent>> {
        Box::pin(async move {
            let order = self.0.orders.lock().unwrap().pop();
            if order == Some(Order::Busy) {
                return Err(NotSent::Later("throttled".into()));
            }
            Ok(Box::new(Ready(self.0.clone(), text, order)) as Box<dyn ReadyText>)
        })
    }
}

impl ReadyText for Ready {
    fn hand_over(self: Box<Self>) -> Work<'static, HandOver> {
        Box::pin(async move {
            let Self(centre, text, order) = *self;
            if order == Some(Order::Refuse) {
                return HandOver::NotSent(NotSent::Never("invalid destination".into()));
            }
            centre.taken.lock().unwrap().push((text.to, text.text));
            match order {
                Some(Order::LoseAnswer) => HandOver::Unknown("the connection was lost".into()),
                Some(Order::Hang) => {
                    centre.hangs.notify_one();
                    std::future::pending().await
                }
                _ => HandOver::Taken,
            }
        })
    }
}

/// Writes the brand and the notice; as long as it is told to.
struct Plain(usize);

impl TextRenderer for Plain {
    fn render_text(&self, brand: &Brand, _language: &str, notice: TextNotice) -> String {
        format!("{} {}{}", brand.look.name, notice.word(), "!".repeat(self.0))
    }

    fn render_code(&self, brand: &Brand, _language: &str, code: &ConfirmationCode) -> String {
        format!("{} {}", brand.look.name, code.reveal())
    }
}

pub(crate) fn worker(house: &House, centre: &Arc<Centre>, length: usize) -> TextDelivery {
    TextDelivery::new(house.clone(), Arc::new(Port(centre.clone())), Arc::new(Plain(length))).unwrap()
}

async fn kept(house: &House, door: Door) -> Vec<KeptText> {
    texts(house, Scope::operator(door.operator), Window { offset: 0, rows: 100 }).await.unwrap().unwrap().0
}

/// Changes a password, of which the SIM is told.
async fn told(house: &House, door: Door, passwords: (&str, &str)) {
    let Outcome::In { session, .. } = try_it(house, door, ("V100000", passwords.0), from("192.0.2.1", None)).await else {
        panic!("the right password lets in")
    };
    let actor = sign_in::session(house, door, session.as_str(), "").await.unwrap().unwrap();
    let fresh = proof::asked(&actor, house.clock.now()).unwrap();
    account::change_password(house, fresh, passwords.1, &links()).await.unwrap().unwrap();
}

const OTHERS: [&str; 2] = ["quatre ramettes violettes", "trois lampes sous la pluie"];

/// PLT-07: a text message is handed over once, tried again while it certainly did not leave, and never again by itself when nobody knows.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_message_is_sent_once() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let centre = Arc::new(Centre::default());
        *centre.orders.lock().unwrap() = vec![Order::LoseAnswer, Order::Busy];
        let worker = worker(&house, &centre, 0);
        told(&house, door, (PASSWORD, OTHERS[0])).await;
        assert_eq!(worker.round().await.unwrap(), Round { claimed: 1, later: 1, ..Round::default() });
        let waits = kept(&house, door).await;
        assert_eq!((waits[0].state.as_str(), waits[0].problem.as_deref()), ("waiting", Some("throttled")));
        assert_eq!(worker.round().await.unwrap().claimed, 0, "not before its time");
        house.clock.set(house.clock.now().plus_seconds(60));
        worker.round().await.unwrap();
        assert_eq!(kept(&house, door).await[0].state, "uncertain");
        house.clock.set(house.clock.now().plus_seconds(3_600));
        assert_eq!(worker.round().await.unwrap().claimed, 0, "only a person sends it again");
        let id = kept(&house, door).await[0].id;
        assert!(send_again(&house, Scope::operator(door.operator), id).await.unwrap());
        assert_eq!(worker.round().await.unwrap(), Round { claimed: 1, sent: 1, ..Round::default() });
        assert!(
            !send_again(&house, Scope::operator(door.operator), id).await.unwrap(),
            "it was sent, and what it said is erased"
        );
        let sent = ("+33639980000".to_owned(), "Bellerive password-changed".to_owned());
        assert_eq!(*centre.taken.lock().unwrap(), [sent.clone(), sent]);
        let customers = Scope { reach: operations::Reach::Customer(vocabulary::CustomerId(1)), ..Scope::operator(door.operator) };
        assert!(texts(&house, customers, Window { offset: 0, rows: 9 }).await.unwrap().is_none());
        assert!(!send_again(&house, customers, id).await.unwrap());
    }
}

/// PLT-07: a program that is killed while it hands a text message over leaves one that is uncertain; one that is too long, refused or too late has
/// failed, and costs nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_broke_off_or_is_of_no_use_is_not_sent() {
    for database in testkit::databases() {
        let (house, door) = town(database.url()).await;
        let centre = Arc::new(Centre::default());
        *centre.orders.lock().unwrap() = vec![Order::Refuse, Order::Hang];
        told(&house, door, (PASSWORD, OTHERS[0])).await;
        let killed = worker(&house, &centre, 0);
        let killed = tokio::spawn(async move { killed.round().await });
        centre.hangs.notified().await;
        killed.abort();
        assert!(killed.await.unwrap_err().is_cancelled());
        let worker_after = worker(&house, &centre, 0);
        assert_eq!(worker_after.round().await.unwrap().claimed, 0, "somebody may still wait for its answer");
        house.clock.set(house.clock.now().plus_seconds(901));
        assert_eq!(worker_after.round().await.unwrap().claimed, 0);
        assert_eq!(kept(&house, door).await[0].state, "uncertain");
        assert_eq!(centre.taken.lock().unwrap().len(), 1);

        told(&house, door, (OTHERS[0], OTHERS[1])).await;
        worker_after.round().await.unwrap();
        told(&house, door, (OTHERS[1], PASSWORD)).await;
        worker(&house, &centre, 500).round().await.unwrap();
        told(&house, door, (PASSWORD, OTHERS[0])).await;
        house.clock.set(house.clock.now().plus_seconds(2 * 86_400));
        worker_after.round().await.unwrap();
        let problems: Vec<_> = kept(&house, door).await.into_iter().filter(|text| text.state == "failed").collect();
        let problems: Vec<_> = problems.into_iter().filter_map(|text| text.problem).collect();
        for said in ["invalid destination", "it is 4 messages long, and at most 3 are sent", "what it says is of no use any more"]
        {
            assert!(problems.iter().any(|problem| problem == said), "{problems:?}");
        }
        assert_eq!(centre.taken.lock().unwrap().len(), 1, "nothing of these left");
        assert!(house.clock.now() > at(crate::identity::NOW));
    }
}
