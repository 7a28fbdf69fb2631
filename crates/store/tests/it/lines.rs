use crate::town::{Town, operator, towns};
use store::{LineQuery, LineSort, Reach, Scope, SortOrder};
use vocabulary::{CustomerId, Month, OperatorId, ResellerId};

pub(crate) fn everything() -> LineQuery {
    LineQuery {
        month: Month::from_number(202_611).unwrap(),
        number: String::new(),
        state: None,
        user: String::new(),
        customer: String::new(),
        offer: String::new(),
        out_of_bundle: None,
        sort: LineSort::Number,
        order: SortOrder::Ascending,
        limit: 50,
        offset: 0,
    }
}

impl Town {
    async fn numbers(&self, scope: Scope, query: &LineQuery) -> Vec<String> {
        let scoped = self.store.scoped(scope);
        let rows = scoped.lines(query).await.unwrap();
        assert_eq!(scoped.count_lines(query).await.unwrap(), rows.len() as u64, "{query:?}");
        rows.into_iter().map(|row| row.number).collect()
    }

    /// The reseller and the customer of a customer's login, by position.
    async fn party(&self, operator: OperatorId, index: usize) -> (Option<ResellerId>, CustomerId) {
        let identifier = store::Identifier { writings: vec![format!("c10{index}")], after_letter: String::new() };
        let found = self.store.login_by_identifier(operator, None, &identifier).await.unwrap();
        (found[0].1.reseller, found[0].1.customer.unwrap())
    }
}

/// PLT-01: an operator, a reseller and a customer each see their own lines and none of anybody else's, whatever they ask for.
#[tokio::test]
async fn nobody_sees_a_line_of_somebody_else() {
    for town in towns().await {
        for (operator, prefix) in [(town.one, "+3361"), (town.other, "+3362")] {
            let all = town.numbers(Scope::operator(operator), &everything()).await;
            assert_eq!(all.len(), 9);
            assert!(all.iter().all(|number| number.starts_with(prefix)), "{all:?}");
            for (index, lines) in all.chunks(3).enumerate() {
                let (reseller, customer) = town.party(operator, index).await;
                let own = Scope { operator, reach: Reach::Customer(customer) };
                assert_eq!(town.numbers(own, &everything()).await, lines);
                assert_eq!(town.store.scoped(own).lines_by_offer().await.unwrap(), [("m30".to_owned(), 3)]);
                if let Some(reseller) = reseller {
                    let scope = Scope { operator, reach: Reach::Reseller(reseller) };
                    assert_eq!(town.numbers(scope, &everything()).await, lines);
                }
                for other in (0..3).filter(|other| *other != index) {
                    let asked = LineQuery { number: all[other * 3].trim_start_matches('+').to_owned(), ..everything() };
                    assert!(town.numbers(own, &asked).await.is_empty());
                }
            }
        }
    }
}

/// RES-20: each filter and each order, and what somebody types is never read as a sign of the database.
#[tokio::test]
async fn lines_are_filtered_sorted_and_cut() {
    for town in towns().await {
        let scope = Scope::operator(town.one);
        let count = async |query: LineQuery| town.numbers(scope, &query).await.len();
        assert_eq!(count(LineQuery { state: Some("suspended"), ..everything() }).await, 3);
        assert_eq!(count(LineQuery { user: "uSER 4".to_owned(), ..everything() }).await, 1);
        assert_eq!(count(LineQuery { customer: "ZE".to_owned(), ..everything() }).await, 3);
        assert_eq!(count(LineQuery { customer: "0 %_o".to_owned(), ..everything() }).await, 3);
        assert_eq!(count(LineQuery { customer: "%".to_owned(), ..everything() }).await, 3);
        assert_eq!(count(LineQuery { user: "'; DROP TABLE line; --".to_owned(), ..everything() }).await, 0);
        assert_eq!(count(LineQuery { offer: "m30".to_owned(), ..everything() }).await, 9);
        assert_eq!(count(LineQuery { out_of_bundle: Some(true), ..everything() }).await, 0);
        assert_eq!(count(LineQuery { out_of_bundle: Some(false), ..everything() }).await, 9);
        for sort in [
            LineSort::Number,
            LineSort::State,
            LineSort::Started,
            LineSort::User,
            LineSort::Customer,
            LineSort::Offer,
            LineSort::Data,
            LineSort::OutOfBundle,
        ] {
            for order in [SortOrder::Ascending, SortOrder::Descending] {
                assert_eq!(count(LineQuery { sort, order, ..everything() }).await, 9);
            }
        }
        let last = LineQuery { order: SortOrder::Descending, limit: 2, offset: 8, ..everything() };
        let rows = town.store.scoped(scope).lines(&last).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["+33610000000"]);
        let mut states = town.store.scoped(scope).lines_by_state().await.unwrap();
        states.sort();
        assert_eq!(states, [("active".to_owned(), 6), ("suspended".to_owned(), 3)]);
    }
}

/// RES-20: the offers to filter by are those of the reader's own lines that are not over, each once.
#[tokio::test]
async fn offers_to_filter_by_are_those_of_ones_own_lines() {
    for town in towns().await {
        let mut third = operator("third", "+3363000000");
        for (customer, lines) in [(0, [("b", "active"), ("a", "ended"), ("a", "active")]), (1, [("c", "ended"); 3])] {
            for (line, (offer, state)) in third.customers[customer].lines.iter_mut().zip(lines) {
                (line.offer, line.state) = (offer.to_owned(), state.to_owned());
            }
        }
        let third = town.store.provision(&third).await.unwrap();
        let held = async |scope| town.store.scoped(scope).offers_held().await.unwrap();
        assert_eq!(held(Scope::operator(third)).await, ["a", "b", "m30"]);
        assert_eq!(held(Scope::operator(town.one)).await, ["m30"]);
        for (index, offers) in [vec!["a", "b"], Vec::new(), vec!["m30"]].into_iter().enumerate() {
            let (reseller, customer) = town.party(third, index).await;
            assert_eq!(held(Scope { operator: third, reach: Reach::Customer(customer) }).await, offers);
            if let Some(reseller) = reseller {
                assert_eq!(held(Scope { operator: third, reach: Reach::Reseller(reseller) }).await, offers);
            }
        }
        let nobody = Scope { operator: third, reach: Reach::Customer(CustomerId(-1)) };
        assert!(held(nobody).await.is_empty());
    }
}

/// RES-20: a first page without any usage yet.
#[tokio::test]
async fn nothing_needs_attention_before_anything_was_used() {
    for town in towns().await {
        let month = everything().month;
        for scope in [Scope::operator(town.one), Scope { operator: town.one, reach: Reach::Customer(CustomerId(1)) }] {
            let scoped = town.store.scoped(scope);
            let attention = scoped.attention(month, 10).await.unwrap();
            assert_eq!((attention.total, attention.most_urgent.len()), (0, 0));
            assert!(scoped.days(month.previous(), month).await.unwrap().is_empty());
            assert_eq!(scoped.last_import().await.unwrap(), None);
        }
    }
}
