//! What has to hold after every step of the year, and when all is quiet.

use super::Year;
use gateways::simulated_network::SubscriptionState;
use lines::{EndCause, LineState, NumberState, SimState, Stage};
use operations::work_orders::{self, WorkState};
use std::collections::HashMap;
use store::{KeptLife, LivesAsked, WorkAsked};
use vocabulary::LineId;

impl Year {
    async fn all(&self) -> Vec<KeptLife> {
        let lines: Vec<LineId> = self.lines.iter().copied().collect();
        let mut lives = self.lives(LivesAsked::Lines(&lines)).await;
        lives.sort_by_key(|kept| kept.life.line.id);
        assert_eq!(lives.len(), lines.len(), "seed {}: a line is gone", self.seed);
        lives
    }

    /// No SIM or number twice; each line has what it is said to have; nothing is forgotten.
    pub(super) async fn check(&self) {
        let (mut sims, mut numbers) = (HashMap::new(), HashMap::new());
        for kept in self.all().await {
            let (life, line) = (&kept.life, &kept.life.line);
            let (id, stage, at) = (line.id, line.state.stage(), self.now());
            let told = |what: &str| format!("seed {} at {at}: line {id} is {stage:?} {what}", self.seed);
            if stage != Stage::Ended {
                for sim in [&life.sim, &life.next_sim].into_iter().flatten() {
                    assert_eq!(sims.insert(sim.id, id), None, "{}", told("with the SIM of another"));
                }
                if let Some(number) = line.number {
                    assert_eq!(numbers.insert(number, id), None, "{}", told("with the number of another"));
                }
            }
            let sim = life.sim.as_ref().map(|sim| sim.state);
            let has_sim = match (stage, sim) {
                (Stage::Ordered | Stage::Activating, Some(SimState::Reserved { line, .. })) => line == id,
                (Stage::Active | Stage::Suspended | Stage::Ending, Some(SimState::InUse { line, .. })) => line == id,
                (Stage::Ended, Some(SimState::Ended { .. }) | None) => true,
                _ => false,
            };
            assert!(has_sim, "{}", told(&format!("with a SIM that is {sim:?}")));
            let number = life.number.as_ref().map(|number| number.state);
            let has_number = match (stage, number) {
                (
                    Stage::Ordered | Stage::Activating,
                    Some(NumberState::Reserved { line } | NumberState::PortingIn { line, .. }),
                ) => line == id,
                (Stage::Ordered | Stage::Activating, None) => line.number.is_none(),
                (Stage::Active | Stage::Suspended | Stage::Ending, Some(NumberState::InUse { line })) => line == id,
                (Stage::Ended, _) => true,
                _ => false,
            };
            assert!(has_number, "{}", told(&format!("with a number that is {number:?}")));
            let work = life.work.as_ref().filter(|work| Some(work.id) == line.underway);
            assert_eq!(work.is_some(), line.underway.is_some(), "{}", told("and waits for a work order that is not there"));
            assert!(
                work.is_none_or(|work| work.line == id && !work.state.is_over()),
                "{}",
                told("and waits for one that is over")
            );
            let needs = matches!(stage, Stage::Activating | Stage::Ending);
            assert!(!needs || work.is_some(), "{}", told("and nothing is underway"));
            let is_kept =
                work.is_none_or(|work| work.state.due().is_some() || matches!(work.state, WorkState::Unanswered { .. }));
            assert!(is_kept, "{}", told("and its work order is forgotten"));
        }
    }

    /// When all is quiet: the networks' view and ours, and what they did beside what we know of it.
    pub(super) async fn agree(&self) {
        let seed = self.seed;
        let mut known = 0;
        for kept in self.all().await {
            let line = &kept.life.line;
            let (_, network) = self.networks.iter().find(|(name, _)| *name == line.network).expect("its network");
            let there = network.view(line.id);
            known += usize::from(there.is_some());
            let expected = match line.state {
                LineState::Active { .. } => Some(SubscriptionState::Active),
                LineState::Suspended { .. } => Some(SubscriptionState::Suspended),
                LineState::Ended { cause: EndCause::GivenUp, .. } => None,
                LineState::Ended { .. } => Some(SubscriptionState::Ended),
                other => panic!("seed {seed}: line {} is still {other:?}, {:?}", line.id, kept.life.porting),
            };
            assert_eq!(there.as_ref().map(|there| there.state), expected, "seed {seed}: line {}", line.id);
            let Some(there) = there.filter(|_| line.state.stage() != Stage::Ended) else { continue };
            let sim = kept.life.sim.as_ref().map(|sim| sim.iccid);
            assert_eq!((there.iccid(), there.number), (sim, line.number), "seed {seed}: line {}", line.id);
            assert_eq!(there.offer, line.service.offer, "seed {seed}: line {}", line.id);
            let mut options = [there.options, line.service.options.iter().map(|held| held.option.clone()).collect()];
            options.iter_mut().for_each(|options| options.sort_unstable());
            assert_eq!(options[0], options[1], "seed {seed}: line {}", line.id);
        }
        let there: usize = self.networks.iter().map(|(_, network)| network.views().len()).sum();
        assert_eq!(known, there, "seed {seed}: a network knows a line that we do not");
        let waiting = self.house.store.waiting(self.now()).await.unwrap();
        assert!(
            !waiting.letters && self.house.store.next_due().await.unwrap().is_none(),
            "seed {seed}: something was left undone"
        );
        let works = |asked| work_orders::list(&self.house, &self.staff, asked, (0, 100_000));
        assert!(works(WorkAsked::Open).await.unwrap().unwrap().is_empty(), "seed {seed}: a work order is not over");
        let over = works(WorkAsked::Over).await.unwrap().unwrap();
        let done = over.iter().filter(|work| matches!(work.state, WorkState::Done { .. })).count();
        let deeds: u64 = self.networks.iter().map(|(_, network)| network.deeds()).sum();
        assert_eq!(done as u64, deeds, "seed {seed}: what the networks did and what we know of it");
        self.nothing_is_held_for_nobody().await;
    }

    /// Every SIM and number that is reserved or in use is that of a line that knows of it.
    async fn nothing_is_held_for_nobody(&self) {
        let (mut sims, mut numbers) = (0, 0);
        for kept in self.all().await.iter().filter(|kept| kept.life.line.state.stage() != Stage::Ended) {
            sims += [&kept.life.sim, &kept.life.next_sim].map(|sim| i64::from(sim.is_some())).iter().sum::<i64>();
            numbers += i64::from(kept.life.line.number.is_some());
        }
        let held = self.held().await;
        let before = self.held_before;
        assert_eq!(held, [before[0] + sims, before[1] + numbers], "seed {}: SIMs or numbers are held for nobody", self.seed);
    }

    /// How many SIMs and numbers are reserved or in use.
    pub(super) async fn held(&self) -> [i64; 2] {
        let sims = "SELECT COUNT(*) FROM sim WHERE state IN ('reserved', 'in_use')";
        let numbers = "SELECT COUNT(*) FROM inventory_number WHERE state IN ('reserved', 'in_use', 'porting_in', 'porting_out')";
        [testkit::raw::count(&self.url, sims).await, testkit::raw::count(&self.url, numbers).await]
    }
}
