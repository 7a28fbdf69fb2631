//! Every address is asked by everybody with the ids of everybody (PLT-01, PLT-02).

use crate::{
    client::{Answer, Client},
    known::{self, Filled, Form, Known, Whose, fill, known},
    tenants::{Marker, Owned, PASSWORD, Tenants, refused_name},
};
use aho_corasick::AhoCorasick;
use axum::{
    Router,
    http::{Method, StatusCode},
};
use portal::addresses::Address;
use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
};
use tokio::sync::Semaphore;

/// Queries that no page writes.
const HOSTILE: [&str; 8] = [
    "page=-1&size=0&month=2026-13&before=-1",
    "page=99999999999999999999&month=9999-99&before=9223372036854775808&size=1000000",
    "page=1&page=2&sort=%27+OR+1%3D1+--&order=sideways&month=%00&before=%00&number=%00&user=%00&customer=%00&q=%00",
    "user=%25%27%3B+DROP+TABLE+line%3B--&customer=%5C&q=%5C%25_&kind=%3Cscript%3E&state=%F0%9F%92%A5&reason=%00&action=%00&person=%00",
    "user=%FF%FE&customer=%E2%80%AE&number=%2B%2B%2B&q=%ED%A0%80&from=0000-00-00&to=99999-12-31&received=%00&again=1-2-3",
    "from=2026-11-01&to=1900-01-01&day=-5&offer=%00&reason=none&show=taken&again=99999999999999999999-0-0",
    "&&&===&%&%1&%zz",
    "next=https%3A%2F%2Fevil.example&back=%2F%2Fevil.example",
];
/// Parameters by which pages search.
const SEARCHES: [&str; 8] = ["number", "user", "customer", "q", "reason", "received", "person", "search"];

/// PLT-01, PLT-02: nobody gets a byte of what belongs to somebody else, whatever address, id, query or form is asked for; what one may
/// not do, and what is not one's own, answers like what is not there; a form without its reader's token changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_reaches_what_belongs_to_somebody_else() {
    // A fault is shown to people as a reference; whoever reads this test's output wants to know what it was.
    let logged = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_writer(std::io::stderr).try_init();
    logged.expect("nobody else listens");
    let hash = operations::sign_in::hash_password(PASSWORD.into()).await.expect("a hash");
    let databases = testkit::databases();
    let crawls = databases.iter().map(|database| {
        let (url, hash) = (database.url().to_owned(), hash.clone());
        tokio::spawn(async move { Arc::new(Crawl::on(&url, &hash).await).walk().await })
    });
    for crawl in crawls.collect::<Vec<_>>() {
        crawl.await.expect("the crawl finds nothing");
    }
}

struct Crawl {
    tenants: Tenants,
    router: Router,
    addresses: Vec<Address>,
    /// The markers that are words.
    words: Searched,
    /// Those that are digits.
    digits: Searched,
}

/// Markers to look for, all at once: the crawl reads more text than anything else here.
struct Searched {
    machine: AhoCorasick,
    /// The place of each.
    places: Vec<usize>,
}

impl Searched {
    fn new<'m>(markers: impl Iterator<Item = (usize, &'m Marker)>) -> Self {
        let (places, texts): (Vec<usize>, Vec<&str>) = markers.map(|(place, marker)| (place, marker.text.as_str())).unzip();
        Self { machine: AhoCorasick::new(texts).expect("few texts"), places }
    }

    /// The places of those that stand in a text, and where.
    fn within<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, Range<usize>)> + 't {
        self.machine.find_overlapping_iter(text).map(|found| (self.places[found.pattern().as_usize()], found.range()))
    }
}

/// Somebody signed in.
struct Walker {
    place: usize,
    client: Client,
    csrf: String,
    /// What an address answers that is not there, by method.
    nothing: HashMap<Method, Answer>,
    /// Which markers came into sight.
    seen: BTreeSet<usize>,
}

/// So many look at pages at once.
const AT_ONCE: usize = 3;
const NOWHERE: &str = "/zz/nothing/here";

impl Crawl {
    async fn on(url: &str, hash: &str) -> Self {
        let tenants = Tenants::on(url, hash).await.with_work().await.with_bills().await;
        let router = portal::server::routes(tenants.app.clone());
        let addresses = portal::addresses::all(tenants.app.clone());
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let markers = || tenants.markers.iter().enumerate();
        let words = Searched::new(markers().filter(|(_, marker)| !is_number(&marker.text)));
        let digits = Searched::new(markers().filter(|(_, marker)| is_number(&marker.text)));
        let texts: BTreeSet<&str> = markers().map(|(_, marker)| marker.text.as_str()).collect();
        assert_eq!(texts.len(), tenants.markers.len(), "each marker is one thing's");
        Self { router, addresses, words, digits, tenants }
    }

    async fn walk(self: &Arc<Self>) {
        for address in &self.addresses {
            known(address);
        }
        assert_eq!(self.addresses.len(), known::count(), "KNOWN has an address that is not there any more");
        self.visit_unknown().await;
        let mut walkers = Vec::new();
        for place in 0..self.tenants.people.len() {
            walkers.push(self.walker(place).await);
        }
        self.replay(&walkers).await;
        let tokens: Vec<_> = walkers.iter().map(|walker| walker.csrf.clone()).collect();
        let journals: Vec<_> = self.states().await;
        let mut walkers = self.look_at_once(walkers).await;
        for walker in &mut walkers {
            self.search(walker).await;
        }
        for walker in &mut walkers {
            let stranger = &tokens[(walker.place + 7) % tokens.len()];
            self.forge(walker, stranger).await;
            self.change(walker).await;
            self.look_around(walker).await;
            self.has_seen_own(walker);
        }
        for walker in walkers {
            self.leave(walker).await;
        }
        for (state, before) in self.states().await.iter().zip(&journals) {
            let sums = |text: &str| text.lines().next().map(str::to_owned);
            assert_eq!(sums(state), sums(before));
        }
    }

    /// What changes nothing is done by some at once: a page mostly waits for its database. Only what compares two answers is not: the
    /// journal tells of what others were refused meanwhile.
    async fn look_at_once(self: &Arc<Self>, walkers: Vec<Walker>) -> Vec<Walker> {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        let looking = walkers.into_iter().map(|mut walker| {
            let (crawl, turns) = (self.clone(), turns.clone());
            tokio::spawn(async move {
                let _turn = turns.acquire().await.expect("it stays open");
                crawl.look(&mut walker).await;
                crawl.ask_amiss(&mut walker).await;
                walker
            })
        });
        let mut back = Vec::new();
        for looking in looking.collect::<Vec<_>>() {
            back.push(looking.await.expect("who looks finds nothing"));
        }
        back
    }

    async fn states(&self) -> Vec<String> {
        let mut states = Vec::new();
        for operator in 0..self.tenants.operators.len() {
            states.push(self.tenants.state_of(operator).await);
        }
        states
    }

    async fn walker(&self, place: usize) -> Walker {
        let person = &self.tenants.people[place];
        let mut client = Client::new(&self.router, &person.host);
        let answer = client.sign_in(&person.identifier, PASSWORD).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{person:?}");
        let nothing = client.get(NOWHERE).await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
        let csrf = nothing.csrf().expect("a frame with a form");
        let posted = client.form(NOWHERE, &[("csrf", &csrf)]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND);
        let nothing = HashMap::from([(Method::GET, nothing), (Method::POST, posted)]);
        Walker { place, client, csrf, nothing, seen: BTreeSet::new() }
    }

    /// Which markers stand in an answer.
    fn markers_in(&self, answer: &Answer) -> BTreeSet<usize> {
        let text = answer.everything();
        let goes_on = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric);
        let is_whole = |range: &Range<usize>| !goes_on(range.start.checked_sub(1)) && !goes_on(Some(range.end));
        let words = self.words.within(text.as_bytes()).filter(|(_, range)| is_whole(range));
        let mut found: BTreeSet<usize> = words.map(|(place, _)| place).collect();
        // Numbers as people write them: digits with signs between, of which the last are the bytes of spaces that do not break.
        let mut digits = Vec::with_capacity(text.len());
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => digits.push(byte),
                b' ' | b'.' | b'-' | b'/' | b'(' | b')' | b'+' | 0xc2 | 0xa0 | 0xe2 | 0x80 | 0xaf => {}
                _ if digits.last() == Some(&b' ') => {}
                _ => digits.push(b' '),
            }
        }
        found.extend(self.digits.within(&digits).map(|(place, _)| place));
        found
    }

    /// Nothing of anybody else, and no fault. `typed` is what the reader sent: it may come back.
    fn check(&self, walker: &mut Walker, what: &str, typed: &str, answer: &Answer) {
        let person = &self.tenants.people[walker.place];
        assert!(!answer.status.is_server_error(), "{what} as {person:?}: {} {}", answer.status, answer.body);
        let found = self.markers_in(answer);
        for place in &found {
            let marker = &self.tenants.markers[*place];
            let may = person.may_read(walker.place, marker, &walker.client.host);
            assert!(may || typed.to_lowercase().contains(&marker.text), "{what} as {person:?} shows {marker:?}");
        }
        walker.seen.extend(found);
    }

    fn is_nothing(&self, walker: &Walker, method: &Method, path: &str, answer: &Answer) {
        let person = &self.tenants.people[walker.place];
        let escaped = path.replace('&', "&#38;");
        let (told, nothing) = (answer.without(&[path, &escaped]), walker.nothing[method].without(&[NOWHERE, path]));
        let differing = told.lines().zip(nothing.lines()).find(|(one, other)| one != other);
        assert_eq!(differing, None, "{method} {path} as {person:?} tells that it is there");
        assert_eq!(told.lines().count(), nothing.lines().count(), "{method} {path} as {person:?}");
    }

    /// May the walker ask this?
    fn may(&self, walker: &Walker, known: &Known, filled: &Filled) -> bool {
        let person = &self.tenants.people[walker.place];
        let is_own = match filled.whose {
            Whose::NoId => true,
            Whose::Owner(owner) => person.sees(owner),
            Whose::Person(other) => {
                let other = &self.tenants.people[other];
                let renews = ["/email", "/identifier", "/link"].iter().any(|end| known.path.ends_with(end));
                person.looks_after(other, known.form) && !(renews && person.is_of_one_party_with(other))
            }
            Whose::Nobody => false,
        };
        known.who.may(person.role) && is_own
    }

    fn asked(&self, method: &Method) -> Vec<(&'static Known, Filled)> {
        let addresses = self.addresses.iter().filter(|address| address.method == *method && address.path != "/sign-out");
        addresses
            .flat_map(|address| {
                fill(&address.method, address.path, &self.tenants).into_iter().map(|filled| (known(address), filled))
            })
            .collect()
    }

    /// Every page with everybody's ids.
    async fn look(&self, walker: &mut Walker) {
        for (known, filled) in self.asked(&Method::GET) {
            let answer = walker.client.get(&filled.path).await;
            self.check(walker, &filled.path, "", &answer);
            if self.may(walker, known, &filled) {
                let person = &self.tenants.people[walker.place];
                let is_there = [StatusCode::OK, StatusCode::SEE_OTHER, gone(known)].contains(&answer.status);
                assert!(is_there, "{} as {person:?}: {}", filled.path, answer.status);
            } else {
                self.is_nothing(walker, &Method::GET, &filled.path, &answer);
            }
        }
    }

    /// The pages without ids, once more: what forms did shows there.
    async fn look_around(&self, walker: &mut Walker) {
        for (_, filled) in self.asked(&Method::GET).iter().filter(|(_, filled)| matches!(filled.whose, Whose::NoId)) {
            let answer = walker.client.get(&filled.path).await;
            self.check(walker, &filled.path, "", &answer);
        }
    }

    /// Hostile queries: who is first in a role tries them for all.
    async fn ask_amiss(&self, walker: &mut Walker) {
        let person = &self.tenants.people[walker.place];
        if self.tenants.people.iter().position(|other| other.role == person.role) != Some(walker.place) {
            return;
        }
        for filled in self.searchable(walker) {
            for query in HOSTILE {
                let path = format!("{}?{query}", filled.path);
                let answer = walker.client.get(&path).await;
                self.check(walker, &path, &path, &answer);
                assert!(!answer.location().contains("evil"), "{path} leads to {}", answer.location());
            }
        }
    }

    /// The pages of the walker's own that may answer a question.
    fn searchable(&self, walker: &Walker) -> Vec<Filled> {
        let person = &self.tenants.people[walker.place];
        let mut paths: Vec<_> = self.asked(&Method::GET).into_iter().map(|(_, filled)| filled).collect();
        paths.retain(|filled| match filled.whose {
            Whose::NoId => true,
            Whose::Owner(owner) => {
                person.sees(owner)
                    && owner.line.is_none_or(|line| line == 0)
                    && owner.customer.is_none_or(|c| Some(c) == person.owner.customer)
            }
            Whose::Person(other) => other == walker.place && person.looks_after(person, Form::None),
            Whose::Nobody => false,
        });
        // A document answers no question, and takes its time.
        paths.retain(|filled| !filled.path.ends_with("/pdf") && !filled.path.ends_with("/usage"));
        paths
    }

    /// A search for what is somebody else's answers like a search for what is not there.
    async fn search(&self, walker: &mut Walker) {
        let person = self.tenants.people[walker.place].clone();
        let foreign = self.tenants.lines.iter().find(|line| !person.sees(line.owner)).expect("somebody else's line");
        let customer = self.tenants.customers.iter().find(|customer| !person.sees(customer.owner)).expect("somebody else");
        // The question of a form is another one each time.
        let same = |filled: &&Filled| matches!(filled.whose, Whose::NoId) && filled.path != "/access";
        for filled in self.searchable(walker).iter().filter(same) {
            for (theirs, nobodys) in
                [(&foreign.number, "98765432"), (&foreign.user, "Nobodyhere"), (&customer.name, "Nobodyhere")]
            {
                let query = |text: &str| SEARCHES.map(|name| format!("{name}={text}")).join("&");
                let mut answers = Vec::new();
                for text in [theirs.as_str(), nobodys] {
                    let path = format!("{}?{}", filled.path, query(text));
                    let answer = walker.client.get(&path).await;
                    self.check(walker, &path, &path, &answer);
                    answers.push(answer.without(&[text]));
                }
                let differing = answers[0].lines().zip(answers[1].lines()).find(|(one, other)| one != other);
                assert_eq!(differing, None, "{} as {person:?} tells that {theirs} is there", filled.path);
            }
        }
    }

    async fn send(&self, walker: &mut Walker, known: &Known, path: &str, csrf: Option<&str>) -> Answer {
        let mut sent: Vec<(&str, &str)> = csrf.map(|csrf| ("csrf", csrf)).into_iter().collect();
        match known.form {
            Form::None => panic!("{path}: KNOWN says nothing of its form"),
            Form::Fields(fields) => {
                sent.extend(fields);
                walker.client.form(path, &sent).await
            }
            Form::FileIn(place, name) => walker.client.file_in(place, path, &sent, (name, "a,b\n1,2\n")).await,
            Form::File(fields, name) => {
                sent.extend(fields);
                walker.client.files(path, &sent, (name, "a,b\n1,2\n")).await
            }
        }
    }

    /// Every form without its token, with a wrong one and with somebody else's.
    async fn forge(&self, walker: &mut Walker, stranger: &str) {
        let before = self.states().await;
        let mut asked = self.asked(&Method::POST);
        asked.dedup_by_key(|(known, _)| known.path);
        for (known, filled) in asked {
            for csrf in [None, Some("0".repeat(64).as_str()), Some(stranger)] {
                let answer = self.send(walker, known, &filled.path, csrf).await;
                self.check(walker, &filled.path, "", &answer);
                if known.who.may(self.tenants.people[walker.place].role) {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} with the token {csrf:?}", filled.path);
                } else {
                    self.is_nothing(walker, &Method::POST, &filled.path, &answer);
                }
            }
        }
        let answer = walker.client.form("/sign-out", &[("csrf", stranger)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        is_same(&self.states().await, &before, "a forged form");
    }

    /// Every form as it is meant: it changes what is the walker's own at most.
    async fn change(&self, walker: &mut Walker) {
        let person = self.tenants.people[walker.place].clone();
        let before = self.states().await;
        let csrf = walker.csrf.clone();
        for (known, filled) in self.asked(&Method::POST) {
            let answer = self.send(walker, known, &filled.path, Some(&csrf)).await;
            self.check(walker, &filled.path, "", &answer);
            if self.may(walker, known, &filled) {
                assert_ne!(answer.status, StatusCode::FORBIDDEN, "{} as {person:?}", filled.path);
            } else {
                self.is_nothing(walker, &Method::POST, &filled.path, &answer);
            }
        }
        let other = 1 - person.owner.operator;
        let name = refused_name(other);
        let fields = [("csrf", csrf.as_str()), ("layout", "mobile"), ("name", &name)];
        let answer = walker.client.form("/usage-files/dismissed", &fields).await;
        self.is_nothing(walker, &Method::POST, "/usage-files/dismissed", &answer);
        let foreign = self.tenants.customers.iter().filter(|customer| !person.sees(customer.owner));
        for customer in foreign.enumerate().filter(|(place, _)| place % 3 == 0).map(|(_, customer)| customer) {
            let mut answers = Vec::new();
            for text in [customer.reference.as_str(), customer.name.as_str(), "Nobodyhere"] {
                let answer = walker.client.form("/comparison", &[("csrf", &csrf), ("customer", text)]).await;
                self.check(walker, "/comparison", text, &answer);
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text} as {person:?}");
                answers.push(answer.without(&[text]));
            }
            assert!(answers[0] == answers[2] && answers[1] == answers[2], "{customer:?} is there for {person:?}");
        }
        let after = self.states().await;
        is_same(&after[other..=other], &before[other..=other], &format!("{person:?}, of another operator"));
        if !self.tenants.people[walker.place].owner.staff {
            let own = person.owner.operator;
            is_same(&after[own..=own], &before[own..=own], &format!("{person:?}, of the operator"));
        }
    }

    /// What is the walker's own came into sight: the crawl was at the right places.
    fn has_seen_own(&self, walker: &Walker) {
        let person = &self.tenants.people[walker.place];
        for line in self.tenants.lines.iter().filter(|line| person.sees(line.owner)) {
            for text in [line.number.to_lowercase(), line.user.to_lowercase()] {
                let place = self.tenants.markers.iter().position(|marker| marker.text == text).expect("a marker");
                assert!(walker.seen.contains(&place), "{person:?} did not see {text}");
            }
        }
        let files = self.tenants.markers.iter().enumerate();
        for (place, marker) in files.filter(|(_, marker)| marker.text.starts_with("wq") || marker.text.starts_with("fq")) {
            let Owned::By(owner) = marker.whose else { panic!("{marker:?}") };
            assert_eq!(walker.seen.contains(&place), person.sees(owner), "{person:?} and {marker:?}");
        }
    }

    /// A session is one of its own house only: at another's it is nobody's.
    async fn replay(&self, walkers: &[Walker]) {
        for walker in walkers {
            let person = &self.tenants.people[walker.place];
            for (host, operator, reseller) in &self.tenants.hosts {
                let mut client = Client { host: host.clone(), ..walker.client.clone() };
                let answer = client.get("/lines").await;
                let at_home = *operator == person.owner.operator && (reseller.is_none() || *reseller == person.owner.reseller);
                if at_home {
                    assert_eq!(answer.status, StatusCode::OK, "{person:?} at {host}");
                } else {
                    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Flines"), "{host}");
                    let sent = client.form("/usage-files/dismissed", &[("csrf", &walker.csrf)]).await;
                    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fusage-files"), "{host}");
                }
            }
        }
    }

    /// Somebody who is not signed in is led to the sign-in page, whatever is there.
    async fn visit_unknown(&self) {
        for (host, ..) in &self.tenants.hosts {
            for (address, filled) in self.addresses.iter().flat_map(|address| {
                fill(&address.method, address.path, &self.tenants).into_iter().map(move |filled| (address, filled))
            }) {
                let mut client = Client::new(&self.router, host);
                let answer = match address.method {
                    Method::GET => client.get(&filled.path).await,
                    _ => client.form(&filled.path, &[("csrf", "x"), ("identifier", "x")]).await,
                };
                let found = self.markers_in(&answer);
                let is_of_host =
                    |place: &usize| matches!(&self.tenants.markers[*place].whose, Owned::Host(own, _) if own == host);
                assert!(found.iter().all(is_of_host), "{} shows a visitor {found:?}", filled.path);
                match (known(address).who, &address.method) {
                    (known::Who::Anyone, &Method::GET) => assert_eq!(answer.status, gone(known(address)), "{}", filled.path),
                    (known::Who::Demonstration, _) => assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", filled.path),
                    (known::Who::Anyone, _) => assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", filled.path),
                    _ => {
                        let way = answer.location();
                        assert!(answer.status == StatusCode::SEE_OTHER && way.starts_with("/sign-in"), "{}: {way}", filled.path);
                    }
                }
            }
        }
    }

    /// Signing out ends the session for whoever kept its cookie.
    async fn leave(&self, mut walker: Walker) {
        let mut kept = walker.client.clone();
        let answer = walker.client.form("/sign-out", &[("csrf", &walker.csrf)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in"));
        assert_eq!(kept.get("/lines").await.status, StatusCode::SEE_OTHER, "the session goes on");
    }
}

/// Says of two states which lines differ.
fn is_same(after: &[String], before: &[String], whose: &str) {
    for (line, was) in after.iter().zip(before).flat_map(|(after, before)| after.lines().zip(before.lines())) {
        assert_eq!(line, was, "{whose} changed something");
    }
    assert_eq!(after.len(), before.len());
}

/// What a page answers that is there for anybody: a link that nobody was sent is over.
fn gone(known: &Known) -> StatusCode {
    match known.path {
        "/access/{token}" | "/not-me/{token}" | "/account/email/{token}" => StatusCode::GONE,
        // Without a password that was right, no code is waited for; the icon is the brand's.
        "/sign-in/code" | "/favicon.ico" => StatusCode::SEE_OTHER,
        _ => StatusCode::OK,
    }
}
