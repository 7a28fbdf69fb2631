//! Things of one kind by their id, and short indexes to them.

use crate::{
    fault::{FaultLog, Place},
    fields::Located,
};
use std::{collections::HashMap, marker::PhantomData};

/// Where a thing of kind `T` stands in its version's register.
pub struct Ix<T>(u16, PhantomData<fn() -> T>);

impl<T> Ix<T> {
    pub(crate) fn new(index: usize) -> Self {
        Self(u16::try_from(index).expect("a register holds fewer than 65,536 things"), PhantomData)
    }

    /// Its position, from 0.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

// Derived implementations would ask the same of `T`.
impl<T> Clone for Ix<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Ix<T> {}
impl<T> PartialEq for Ix<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Ix<T> {}
impl<T> PartialOrd for Ix<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ix<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for Ix<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> std::fmt::Debug for Ix<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Things of one kind, in the order of their file, found by id.
#[derive(Clone, Debug)]
pub struct Register<T> {
    items: Vec<T>,
    ids: Vec<String>,
    places: Vec<Place>,
    by_id: HashMap<String, u16>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ids: Vec::new(), places: Vec::new(), by_id: HashMap::new() }
    }
}

impl<T> Register<T> {
    /// Adds a thing; a second one of the same id is logged and left out.
    pub(crate) fn add(&mut self, id: &Located, item: T, log: &FaultLog) {
        if self.by_id.contains_key(&id.text) {
            log.add(&id.place, "id", format!("`{}` stands twice", id.text));
        } else if self.items.len() >= usize::from(u16::MAX) {
            log.add(&id.place, "id", "is one too many: 65,535 is the most of a kind");
        } else {
            self.by_id.insert(id.text.clone(), Ix::<T>::new(self.items.len()).0);
            self.ids.push(id.text.clone());
            self.places.push(id.place.clone());
            self.items.push(item);
        }
    }

    /// The thing of that id.
    pub fn find(&self, id: &str) -> Option<Ix<T>> {
        self.by_id.get(id).map(|&index| Ix(index, PhantomData))
    }

    /// The thing of that id, or a logged mistake that lists the ids there are.
    pub(crate) fn resolve(&self, id: &str, place: &Place, field: &str, log: &FaultLog) -> Option<Ix<T>> {
        let found = self.find(id);
        if found.is_none() {
            log.add(place, field, format!("`{id}` is not one of {}", self.listed()));
        }
        found
    }

    pub(crate) fn resolve_all(&self, ids: &[Located], field: &str, log: &FaultLog) -> Among<T> {
        if ids.is_empty() {
            return Among::all();
        }
        Among(Some(ids.iter().filter_map(|id| self.resolve(&id.text, &id.place, field, log)).collect()))
    }

    fn listed(&self) -> String {
        const MOST: usize = 30;
        let mut list = self.ids.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
        if self.ids.len() > MOST {
            list.push_str(", …");
        }
        if list.is_empty() { "those there are (none)".to_owned() } else { list }
    }

    /// The thing at an index of this register.
    pub fn get(&self, ix: Ix<T>) -> &T {
        &self.items[ix.index()]
    }

    /// Its id.
    pub fn id(&self, ix: Ix<T>) -> &str {
        &self.ids[ix.index()]
    }

    /// Where its id stands.
    pub(crate) fn place(&self, ix: Ix<T>) -> &Place {
        &self.places[ix.index()]
    }

    /// All, in the order of their file.
    pub fn iter(&self) -> impl Iterator<Item = (Ix<T>, &T)> {
        self.items.iter().enumerate().map(|(index, item)| (Ix::new(index), item))
    }

    /// Changes each thing, told by its id.
    pub(crate) fn change_each(&mut self, mut change: impl FnMut(&str, &mut T)) {
        self.ids.iter().zip(&mut self.items).for_each(|(id, item)| change(id, item));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// Some things of a kind, or all of them.
#[derive(Debug)]
pub struct Among<T>(pub(crate) Option<Vec<Ix<T>>>);

impl<T> Clone for Among<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Among<T> {
    fn default() -> Self {
        Self::all()
    }
}

impl<T> Among<T> {
    /// All of them.
    pub const fn all() -> Self {
        Self(None)
    }

    /// Is it one of them?
    pub fn holds(&self, ix: Ix<T>) -> bool {
        self.0.as_ref().is_none_or(|some| some.contains(&ix))
    }
}
