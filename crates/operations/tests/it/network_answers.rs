//! What a host network answers that cannot be.

use crate::orders::{request, stage};
use gateways::simulated_network::Manners;
use operations::{
    host_network::{Answer, AnswerId, Asked, HostNetwork, HostNetworks, NetworkRequest, Reply, TransportFault},
    mail::Work,
    network_delivery::round,
    order::LineRequest,
};
use std::sync::{Arc, Mutex};
use vocabulary::{E164, Timestamp, WorkOrderId};

/// A network that says what a test says, until it is acknowledged.
#[derive(Debug, Default)]
struct Scripted {
    asked: Mutex<Vec<WorkOrderId>>,
    says: Mutex<Vec<Answer>>,
}

impl HostNetwork for Scripted {
    fn send(&self, requests: Vec<NetworkRequest>, _now: Timestamp) -> Work<'_, Vec<Asked>> {
        self.asked.lock().unwrap().extend(requests.iter().map(|request| request.key));
        Box::pin(async move { requests.iter().map(|_| Asked::Later).collect() })
    }

    fn withdraw(&self, keys: Vec<WorkOrderId>, _now: Timestamp) -> Work<'_, Vec<Asked>> {
        Box::pin(async move { keys.iter().map(|_| Asked::Later).collect() })
    }

    fn answers(&self, _most: usize, _now: Timestamp) -> Work<'_, Result<Vec<Answer>, TransportFault>> {
        let says = self.says.lock().unwrap().clone();
        Box::pin(async move { Ok(says) })
    }

    fn acknowledge(&self, answers: Vec<AnswerId>) -> Work<'_, Result<(), TransportFault>> {
        self.says.lock().unwrap().retain(|answer| !answers.contains(&answer.id));
        Box::pin(async { Ok(()) })
    }
}

fn done(name: &str, key: WorkOrderId, number: E164) -> Answer {
    Answer { id: AnswerId(name.into()), key, reply: Reply::Done { number: Some(number) } }
}

/// PLT-12, MOB-10: a network that gives a line a number that another line has is not believed, and holds nobody up: the other answers are taken and
/// acknowledged, this one comes again, and is taken once it is right. About what nobody asked it is not heard.
#[tokio::test]
async fn a_number_that_another_line_has_holds_nobody_up() {
    for database in testkit::databases() {
        let stage = stage(database.url(), Manners::PROMPT).await;
        let first = stage.place(&stage.asked("first", vec![request("unlimited-5")])).await.unwrap();
        stage.rounds().await;
        let taken = stage.lives(first).await[0].life.line.number.expect("a number of the pool");
        let data = || LineRequest { offer: "data-10".into(), ..request("data-10") };
        let order = stage.place(&stage.asked("second", vec![data(), data()])).await.unwrap();
        let network = Arc::new(Scripted::default());
        let networks = HostNetworks::default().with(stage.operator, "orange", network.clone());
        while !round(&stage.house, &networks).await.unwrap().is_quiet() {}
        let [one, other] = network.asked.lock().unwrap()[..] else { panic!("two activations") };
        let fresh = |place: u64| E164::from_digits(33_700_000_000_000 + place).unwrap();
        let stranger = WorkOrderId(one.0 + 90_000);
        *network.says.lock().unwrap() =
            vec![done("wrong", one, taken), done("right", other, fresh(1)), done("stranger", stranger, fresh(2))];
        round(&stage.house, &networks).await.unwrap();
        let states = async || {
            let lives = stage.lives(order).await;
            lives.iter().map(|kept| (kept.life.line.state.as_str(), kept.life.line.number)).collect::<Vec<_>>()
        };
        let mut came = states().await;
        came.sort_unstable();
        assert_eq!(came, [("activating", None), ("active", Some(fresh(1)))]);
        let left: Vec<_> = network.says.lock().unwrap().iter().map(|answer| answer.id.0.to_string()).collect();
        assert_eq!(left, ["wrong"], "it comes again");
        *network.says.lock().unwrap() = vec![done("wrong", one, fresh(3))];
        round(&stage.house, &networks).await.unwrap();
        let mut came = states().await;
        came.sort_unstable();
        assert_eq!(came, [("active", Some(fresh(1))), ("active", Some(fresh(3)))]);
        assert!(network.says.lock().unwrap().is_empty());
    }
}
