//! Mails from a change to their server, with a server that does as it is told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use crate::stage::{at, house};
use operations::{
    House, NewBrand, NewOperator, Scope, keys,
    mail::{
        Addressed, Delivery, HandOver, Letter, MailPort, MailRenderer, MailWords, NotSent, Post, ReadyMail, RenderedMail, Round,
        Work, post, send_again, written,
    },
    provision,
    seal::Seal,
    sign_in::Brand,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use store::Store;
use tokio::sync::Notify;
use vocabulary::{Clock, MailId, OperatorId};

/// What the server does with the next mail; without an order it takes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    RefuseRecipient,
    BusyBefore,
    RefuseAfter,
    BusyAfter,
    /// Never answers: the worker hangs while it prepares, before and after the server has the mail.
    HangBefore,
    HangInside,
    HangAfter,
    LoseAnswer,
}

/// A server that keeps what it took, by mail.
#[derive(Default)]
struct Server {
    orders: Mutex<Vec<Order>>,
    taken: Mutex<HashMap<MailId, Vec<RenderedMail>>>,
    hangs: Notify,
}

impl Server {
    fn ordered(orders: &[Order]) -> Arc<Self> {
        let server = Self::default();
        *server.orders.lock().unwrap() = orders.iter().rev().copied().collect();
        Arc::new(server)
    }

    fn copies(&self, mail: MailId) -> usize {
        self.taken.lock().unwrap().get(&mail).map_or(0, Vec::len)
    }

    async fn hang(&self) {
        self.hangs.notify_one();
        std::future::pending().await
    }

    fn take(&self, mail: RenderedMail) {
        self.taken.lock().unwrap().entry(mail.id).or_default().push(mail);
    }
}

struct Port(Arc<Server>);

struct Ready(Arc<Server>, RenderedMail, Option<Order>);

impl MailPort for Port {
    fn prepare(&self, mail: RenderedMail) -> Work<'_, Result<Box<dyn ReadyMail>, NotSent>> {
        Box::pin(async move {
            let order = self.0.orders.lock().unwrap().pop();
            match order {
                Some(Order::RefuseRecipient) => return Err(NotSent::Never("550 no such user".into())),
                Some(Order::BusyBefore) => return Err(NotSent::Later("451 busy".into())),
                Some(Order::HangBefore) => self.0.hang().await,
                _ => {}
            }
            Ok(Box::new(Ready(self.0.clone(), mail, order)) as Box<dyn ReadyMail>)
        })
    }
}

impl ReadyMail for Ready {
    fn hand_over(self: Box<Self>) -> Work<'static, HandOver> {
        Box::pin(async move {
            let Self(server, mail, order) = *self;
            match order {
                Some(Order::RefuseAfter) => return HandOver::NotSent(NotSent::Never("554 spam".into())),
                Some(Order::BusyAfter) => return HandOver::NotSent(NotSent::Later("452 full".into())),
                Some(Order::HangInside) => server.hang().await,
                _ => {}
            }
            server.take(mail);
            match order {
                Some(Order::HangAfter) => server.hang().await,
                Some(Order::LoseAnswer) => return HandOver::Unknown("the connection was lost".into()),
                _ => {}
            }
            HandOver::Taken
        })
    }
}

struct Plain;

impl MailRenderer for Plain {
    fn render(&self, brand: &Brand, mail: Addressed<'_>) -> Result<MailWords, String> {
        let text = format!("{} {} {}", mail.name, mail.language, mail.letter.word());
        Ok(MailWords { subject: brand.look.name.clone(), text, html: String::new(), qr: None })
    }
}

/// A town hall with one brand, and a clock to be moved.
struct Town {
    house: House,
    clock: Clock,
    operator: OperatorId,
    _database: testkit::TestDatabase,
}

async fn towns() -> Vec<Town> {
    let mut towns = Vec::new();
    for database in testkit::databases() {
        let seal = Seal::read(&Seal::fresh_line(Some("one")).unwrap()).unwrap();
        let house = house(database.url(), "2026-11-21T10:00:00Z").await.with_seal(seal);
        let clock = house.clock.clone();
        let brand = NewBrand {
            host: "vallee.localhost".into(),
            reseller: None,
            name: "Vallée".into(),
            colour: "#0b6e4f".into(),
            contact: "bonjour@vallee.example".into(),
        };
        let new = NewOperator { slug: "vallee".into(), name: "Vallée".into(), brands: vec![brand], ..NewOperator::default() };
        let operator = provision(&house, &new).await.unwrap();
        towns.push(Town { house, clock, operator, _database: database });
    }
    towns
}

impl Town {
    fn letter(&self) -> Post<'static> {
        Post {
            operator: self.operator,
            host: "vallee.localhost",
            recipient: "claire@example.org",
            name: "Claire Muller",
            language: "fr",
            letter: Letter::FirstAccess { link: "https://vallee.localhost/access/s3cr3t".into(), minutes: 15 },
            useful_until: None,
        }
    }

    async fn post(&self) -> MailId {
        post(&self.house, self.letter()).await.unwrap()
    }

    fn worker(&self, server: &Arc<Server>) -> Delivery {
        Delivery::new(self.house.clone(), Arc::new(Port(server.clone())), Arc::new(Plain)).unwrap()
    }

    async fn round(&self, server: &Arc<Server>) -> Round {
        self.worker(server).round().await.unwrap()
    }

    /// A worker that ends in the middle of its work, as a program that is killed: nothing of what it would do next is done.
    async fn killed(&self, server: &Arc<Server>) {
        let worker = self.worker(server);
        let task = tokio::spawn(async move { worker.round().await });
        server.hangs.notified().await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }

    async fn state(&self, mail: MailId) -> String {
        self.house.store.mail(mail).await.unwrap().unwrap().state
    }

    fn later(&self, seconds: i64) {
        self.clock.set(self.clock.now().plus_seconds(seconds));
    }
}

const DAY: i64 = 86_400;

/// PLT-07: a mail goes out with its brand's name and sender, what it said is sealed while it waits, and erased once it was sent.
#[tokio::test]
async fn a_mail_is_sealed_until_it_is_sent_and_forgotten_then() {
    for town in towns().await {
        let row = written(&town.house, town.letter()).unwrap();
        assert!(row.arguments.starts_with("v1.one.") && !row.arguments.contains("s3cr3t"));
        assert!(!format!("{:?}", town.letter()).contains("s3cr3t"), "a link is not printed");
        let server = Server::ordered(&[]);
        let id = town.post().await;
        assert_eq!(town.round(&server).await, Round { claimed: 1, sent: 1, ..Round::default() });
        let mail = server.taken.lock().unwrap()[&id][0].clone();
        assert_eq!((mail.from_name.as_str(), mail.from.as_str()), ("Vallée", "bonjour@vallee.example"));
        assert_eq!((mail.to.as_str(), mail.words.text.as_str()), ("claire@example.org", "Claire Muller fr first-access"));
        assert_eq!(mail.written, at("2026-11-21T10:00:00Z"));
        let kept = town.house.store.mail(id).await.unwrap().unwrap();
        assert_eq!((kept.state.as_str(), kept.is_whole), ("sent", false));
        assert_eq!(town.round(&server).await, Round::default());
    }
}

/// PLT-07: a worker that is killed in any phase of a sending loses no mail, and none is sent twice by itself.
#[tokio::test]
async fn killed_in_any_phase_nothing_is_lost_or_sent_twice() {
    for town in towns().await {
        // Before anything was handed over: another worker takes it when the lease ends, and not sooner.
        let (server, id) = (Server::ordered(&[Order::HangBefore]), town.post().await);
        town.killed(&server).await;
        assert_eq!(town.round(&server).await, Round::default());
        town.later(200);
        assert_eq!(town.round(&server).await.sent, 1);
        assert_eq!((town.state(id).await.as_str(), server.copies(id)), ("sent", 1));
        // While it was handed over, whether the server had it or not: nobody knows, and only a person sends it again.
        for (order, copies) in [(Order::HangInside, 0), (Order::HangAfter, 1)] {
            let (server, id) = (Server::ordered(&[order]), town.post().await);
            town.killed(&server).await;
            assert_eq!((town.state(id).await.as_str(), server.copies(id)), ("sending", copies));
            town.later(300);
            assert_eq!(town.round(&server).await, Round::default(), "an answer may still come");
            town.later(400);
            assert_eq!(town.round(&server).await, Round { uncertain: 1, ..Round::default() });
            town.later(30 * DAY);
            assert_eq!(town.round(&server).await, Round::default());
            assert_eq!((town.state(id).await.as_str(), server.copies(id)), ("uncertain", copies));
            let scope = Scope::operator(town.operator);
            assert!(send_again(&town.house, scope, id).await.unwrap());
            assert_eq!(town.round(&server).await.sent, 1);
            assert_eq!((town.state(id).await.as_str(), server.copies(id)), ("sent", copies + 1));
            assert!(!send_again(&town.house, scope, id).await.unwrap(), "it is sent");
            let sent = server.taken.lock().unwrap()[&id].clone();
            assert!(sent.iter().all(|mail| mail.message_id == sent[0].message_id), "a reader's program knows it for the same");
        }
        // The answer was lost on its way.
        let (server, id) = (Server::ordered(&[Order::LoseAnswer]), town.post().await);
        assert_eq!(town.round(&server).await.uncertain, 1);
        town.later(30 * DAY);
        assert_eq!((town.round(&server).await, server.copies(id)), (Round::default(), 1));
    }
}

/// PLT-07: a mail that did not leave is tried again, later each time and not for ever; one that is refused for good is not.
#[tokio::test]
async fn tries_grow_apart_and_end() {
    for town in towns().await {
        let (server, id) = (Server::ordered(&[Order::BusyBefore, Order::BusyAfter]), town.post().await);
        assert_eq!(town.round(&server).await.later, 1);
        town.later(59);
        assert_eq!(town.round(&server).await.claimed, 0);
        town.later(1);
        assert_eq!(town.round(&server).await.later, 1);
        town.later(299);
        assert_eq!(town.round(&server).await.claimed, 0);
        town.later(1);
        assert_eq!((town.round(&server).await.sent, server.copies(id)), (1, 1));
        for order in [Order::RefuseRecipient, Order::RefuseAfter] {
            let (server, id) = (Server::ordered(&[order]), town.post().await);
            assert_eq!(town.round(&server).await.failed, 1);
            let kept = town.house.store.mail(id).await.unwrap().unwrap();
            assert_eq!((kept.state.as_str(), &kept.problem.unwrap()[..2]), ("failed", "55"));
        }
        let (server, id) = (Server::ordered(&[Order::BusyBefore; 20]), town.post().await);
        let mut tries = 0;
        while town.state(id).await == "waiting" {
            tries += town.round(&server).await.claimed;
            town.later(DAY);
        }
        assert_eq!((tries, town.state(id).await.as_str(), server.copies(id)), (9, "failed", 0));
    }
}

/// PLT-07: a link that is over is not sent, and is not tried for later than it lasts.
#[tokio::test]
async fn what_is_of_no_use_any_more_is_not_sent() {
    for town in towns().await {
        let until = town.clock.now().plus_seconds(900);
        let letter = || Post { useful_until: Some(until), ..town.letter() };
        let server = Server::ordered(&[Order::BusyBefore, Order::BusyBefore, Order::BusyBefore]);
        let id = post(&town.house, letter()).await.unwrap();
        assert_eq!(town.round(&server).await.later, 1);
        town.later(60);
        assert_eq!(town.round(&server).await.later, 1);
        town.later(600);
        let round = town.round(&server).await;
        assert_eq!((round.failed, town.state(id).await.as_str()), (1, "failed"), "the next try would come too late");
        town.later(600);
        let late = post(&town.house, letter()).await.unwrap();
        assert_eq!(town.round(&server).await.failed, 1);
        town.round(&server).await;
        for id in [id, late] {
            assert!(!town.house.store.mail(id).await.unwrap().unwrap().is_whole, "a link that is over is erased");
        }
    }
}

/// PLT-07, PLT-14: several workers deliver many mails, each once.
#[tokio::test(flavor = "multi_thread")]
async fn several_workers_deliver_each_mail_once() {
    for town in towns().await {
        let mut posted = Vec::new();
        for _ in 0..30 {
            posted.push(town.post().await);
        }
        let server = Server::ordered(&[]);
        while posted.iter().any(|id| server.copies(*id) == 0) {
            let workers: Vec<_> = (0..4).map(|_| town.worker(&server)).collect();
            let rounds = workers.into_iter().map(|worker| tokio::spawn(async move { worker.round().await.unwrap() }));
            for round in rounds.collect::<Vec<_>>() {
                round.await.unwrap();
            }
        }
        assert!(posted.iter().all(|id| server.copies(*id) == 1));
    }
}

/// PLT-07: what is posted in this program is sent at once, and what is on its way when the program is to end is waited for.
#[tokio::test]
async fn the_postman_wakes_at_once_and_ends_in_order() {
    for town in towns().await {
        let server = Server::ordered(&[]);
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let worker = town.worker(&server);
        let task = tokio::spawn(worker.run(async move { drop(stopped.await) }));
        let id = town.post().await;
        while town.state(id).await != "sent" {
            tokio::task::yield_now().await;
        }
        stop.send(()).unwrap();
        task.await.unwrap();
        let left = town.post().await;
        assert_eq!((server.copies(id), town.state(left).await.as_str()), (1, "waiting"));
    }
}

/// PLT-16: everything is sealed anew with a newer key, the older one is not needed any more, and a key that is missing is named.
#[tokio::test]
async fn keys_are_changed_while_mails_wait() {
    for town in towns().await {
        let old = Seal::fresh_line(Some("old")).unwrap();
        let new = Seal::fresh_line(Some("new")).unwrap();
        let with = |house: &House, text: &str| house.clone().with_seal(Seal::read(text).unwrap());
        let before = with(&town.house, &old);
        let mut ids = Vec::new();
        for _ in 0..250 {
            ids.push(post(&before, town.letter()).await.unwrap());
        }
        let only_new = with(&town.house, &new);
        let error = keys::check(&only_new).await.unwrap_err().to_string();
        assert!(error.contains("key `old`"), "{error}");
        let error = keys::rotate(&only_new, &|_| {}).await.unwrap_err().to_string();
        assert!(error.contains("key `old`"), "{error}");
        let both = with(&town.house, &format!("{}\n{}", new.as_str(), old.as_str()));
        keys::check(&both).await.unwrap();
        assert_eq!(keys::rotate(&both, &|_| {}).await.unwrap(), 250);
        assert_eq!(keys::rotate(&both, &|_| {}).await.unwrap(), 0);
        keys::check(&only_new).await.unwrap();
        assert!(keys::check(&town.house.clone().with_seal(Seal::default())).await.is_err());
        let server = Server::ordered(&[]);
        let worker = Delivery::new(only_new, Arc::new(Port(server.clone())), Arc::new(Plain)).unwrap();
        while worker.round().await.unwrap().claimed > 0 {}
        assert!(ids.iter().all(|id| server.copies(*id) == 1));
        // Without its key a mail waits for somebody to bring it back.
        let id = post(&before, town.letter()).await.unwrap();
        let worker = Delivery::new(town.house.clone(), Arc::new(Port(server.clone())), Arc::new(Plain)).unwrap();
        assert_eq!(worker.round().await.unwrap().later, 1);
        let problem = town.house.store.mail(id).await.unwrap().unwrap().problem.unwrap();
        assert!(problem.contains("key `old`"), "{problem}");
    }
}

/// PLT-16: a house without keys posts nothing that would have to be sealed, and says what to do.
#[tokio::test]
async fn without_keys_nothing_is_written_in_clear() {
    for town in towns().await {
        let house = town.house.clone().with_seal(Seal::default());
        let error = post(&house, town.letter()).await.unwrap_err().to_string();
        assert!(error.contains("cadran keys new"), "{error}");
        let store: &Store = &house.store;
        assert!(store.mail(MailId(1)).await.unwrap().is_none());
        keys::check(&house).await.unwrap();
    }
}
