//! A line in service, for tests that read as sentences.

use crate::stage::at;
use catalog::{Capping, Catalog};
use compact_str::CompactString;
use lines::{
    Change, Ground, Life, LineRequest, NewLine, Number, NumberRequest, NumberSource, NumberState, Preview, Refusal, Reply, Sim,
    SimKind, SimRequest, SimState, When, WorkEvent, check,
};
use vocabulary::{CustomerId, E164, Iccid, LineId, OrderId, ScheduledChangeId, SimId, Timestamp, WorkOrderId};

pub(crate) const CUSTOMER: CustomerId = CustomerId(7);

/// A line and the hour.
pub(crate) struct Story {
    pub(crate) life: Life,
    pub(crate) catalog: &'static Catalog,
    pub(crate) now: Timestamp,
    ids: i64,
}

pub(crate) fn request(network: &str, offer: &str, capping: Option<Capping>) -> LineRequest {
    LineRequest {
        network: network.into(),
        offer: offer.into(),
        capping,
        options: Vec::new(),
        cutoffs: Vec::new(),
        sim: SimRequest::Any(SimKind::CardWithPin),
        number: NumberRequest::Any,
        begins: When::Soonest,
    }
}

pub(crate) fn sim(id: i64, kind: SimKind, network: &str) -> Sim {
    let iccid = Iccid::from_serial(893_301_000_000_000_000 + u128::try_from(id).unwrap()).unwrap();
    Sim { id: SimId(id), iccid, kind, network: network.into(), state: SimState::Given { customer: CUSTOMER } }
}

impl Story {
    /// A line that is ordered at an hour of the operator's own time.
    pub(crate) fn ordered(catalog: &'static Catalog, request: &LineRequest, local: &str) -> Story {
        let now = at(catalog, local);
        let quote = check(request, &Ground::at(catalog, now)).unwrap();
        let number: E164 = "+33639980011".parse().unwrap();
        let new = NewLine {
            id: LineId(1),
            customer: CUSTOMER,
            order: OrderId(1),
            network: request.network.clone(),
            service: quote.service,
            begins: quote.begins,
        };
        let number = NumberSource::Ours(Number { number, state: NumberState::Free });
        let life = Life::ordered(new, sim(1, SimKind::CardWithPin, &request.network), number).unwrap();
        Story { life, catalog, now, ids: 100 }
    }

    /// One that is active.
    pub(crate) fn active(catalog: &'static Catalog, network: &str, offer: &str, capping: Option<Capping>) -> Story {
        let mut asked = request(network, offer, capping);
        if network == "bouygues" {
            asked.cutoffs = [("data-europe-euros", 50_000_000), ("data-world-euros", 0)]
                .into_iter()
                .filter(|(id, _)| {
                    let version = &catalog.versions()[0];
                    let (offer, network) = (version.offers.find(offer).unwrap(), version.networks.find("bouygues").unwrap());
                    version.cutoffs_of(offer, network).any(|(ix, _)| version.cutoffs.id(ix) == *id)
                })
                .map(|(id, value)| (id.into(), value))
                .collect();
        }
        let mut story = Story::ordered(catalog, &asked, "2026-11-02 10:00");
        story.hour();
        story.hour();
        story.done();
        assert_eq!(story.state(), "active");
        story
    }

    pub(crate) fn ground(&self) -> Ground<'static> {
        Ground::at(self.catalog, self.now)
    }

    pub(crate) fn is(&mut self, local: &str) -> &mut Self {
        self.now = at(self.catalog, local);
        self
    }

    pub(crate) fn state(&self) -> &'static str {
        self.life.line.state.as_str()
    }

    pub(crate) fn next(&mut self) -> i64 {
        self.ids += 1;
        self.ids
    }

    /// Time alone.
    pub(crate) fn hour(&mut self) {
        let (id, ground) = (WorkOrderId(self.next()), self.ground());
        self.life.hour(id, 1, &ground).unwrap();
    }

    /// The network answers.
    pub(crate) fn answer(&mut self, reply: Reply) {
        let ground = self.ground();
        self.life.answer(&WorkEvent::Answer(reply), 1, &ground).unwrap().unwrap();
    }

    /// What is underway is sent and done.
    pub(crate) fn done(&mut self) {
        self.hour();
        self.answer(Reply::Done { number: None });
    }

    pub(crate) fn preview(&self, change: Change) -> Result<Preview, Refusal> {
        self.life.preview(&change, When::Soonest, &self.ground())
    }

    pub(crate) fn ask(&mut self, change: Change) -> Result<(), Refusal> {
        self.ask_on(change, When::Soonest)
    }

    pub(crate) fn ask_on(&mut self, change: Change, when: When) -> Result<(), Refusal> {
        let ids = (WorkOrderId(self.next()), ScheduledChangeId(self.next()));
        let ground = self.ground();
        self.life.ask((change, when), ids, &ground).map(|_| ())
    }

    /// Asked for and done.
    pub(crate) fn with(mut self, change: Change) -> Story {
        self.ask(change).unwrap();
        if self.life.line.underway.is_some() {
            self.done();
        }
        self
    }
}

pub(crate) fn plan(offer: &str) -> Change {
    Change::Plan { offer: offer.into() }
}

pub(crate) fn add(option: &str) -> Change {
    Change::AddOption { option: option.into() }
}

pub(crate) fn replace(from: &str, to: &str) -> Change {
    Change::ReplaceOption { from: from.into(), to: to.into() }
}

pub(crate) fn end(option: &str) -> Change {
    Change::EndOption { option: option.into() }
}

pub(crate) fn cutoff(cutoff: &str, value: i64) -> Change {
    Change::Cutoff { cutoff: CompactString::from(cutoff), value }
}
