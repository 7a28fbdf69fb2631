//! One page of a long list.

use std::num::NonZeroU32;

/// How many rows a page shows (RES-20).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageSize {
    /// 10
    Ten,
    /// 25
    #[default]
    TwentyFive,
    /// 50
    Fifty,
}

impl PageSize {
    /// Every size, ascending.
    pub const ALL: [PageSize; 3] = [PageSize::Ten, PageSize::TwentyFive, PageSize::Fifty];

    /// In rows.
    pub const fn rows(self) -> u32 {
        match self {
            Self::Ten => 10,
            Self::TwentyFive => 25,
            Self::Fifty => 50,
        }
    }

    /// From its number of rows, `None` for another number.
    pub fn from_rows(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.rows().to_string() == text)
    }
}

/// Where in a list a page stands.
#[derive(Clone, Copy, Debug)]
pub struct Pages {
    /// This page, from 1 on.
    pub current: NonZeroU32,
    /// Rows on a page.
    pub size: PageSize,
    /// Rows in the whole list.
    pub total: u64,
}

/// What a list of page numbers shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageLink {
    /// A page.
    Number(u32),
    /// Some that are left out.
    Gap,
}

impl Pages {
    /// The number of the last page, at least 1.
    pub fn last(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(self.size.rows()))).unwrap_or(u32::MAX).max(1)
    }

    /// The number of the first row shown, from 1 on; 0 when there is none.
    pub fn first_row(&self) -> i64 {
        let before = i64::from(self.current.get() - 1) * i64::from(self.size.rows());
        if self.total == 0 { 0 } else { before + 1 }
    }

    /// The number of the last row shown.
    pub fn last_row(&self) -> i64 {
        let end = i64::from(self.current.get()) * i64::from(self.size.rows());
        end.min(self.total_rows())
    }

    /// Rows in the whole list, as a signed number.
    pub fn total_rows(&self) -> i64 {
        i64::try_from(self.total).unwrap_or(i64::MAX)
    }

    /// The page before, if there is one.
    pub fn previous(&self) -> Option<u32> {
        Some(self.current.get() - 1).filter(|&page| page > 0)
    }

    /// The page after, if there is one.
    pub fn next(&self) -> Option<u32> {
        Some(self.current.get()).filter(|&page| page < self.last()).map(|page| page + 1)
    }

    /// Is this the page shown?
    pub fn is_current(&self, page: &u32) -> bool {
        self.current.get() == *page
    }

    /// The first and the last page and those around the current one; a gap stands for at least two.
    pub fn links(&self) -> Vec<PageLink> {
        let (current, last) = (self.current.get(), self.last());
        let shown = |page: u32| page == 1 || page == last || page.abs_diff(current) <= 1;
        let mut links = Vec::new();
        let mut page = 1;
        while page <= last {
            let hidden_until = if shown(page) { page } else { (page..=last).find(|&p| shown(p)).unwrap_or(last) };
            if hidden_until > page + 1 {
                links.push(PageLink::Gap);
                page = hidden_until;
            } else {
                links.push(PageLink::Number(page));
                page += 1;
            }
        }
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(current: u32, total: u64) -> String {
        let pages = Pages { current: NonZeroU32::new(current).unwrap(), size: PageSize::Ten, total };
        let words = pages.links().into_iter().map(|link| match link {
            PageLink::Number(page) if pages.is_current(&page) => format!("[{page}]"),
            PageLink::Number(page) => page.to_string(),
            PageLink::Gap => "…".into(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// RES-20: 10, 25, 50 a page.
    #[test]
    fn a_long_list_shows_its_ends_and_what_is_near() {
        assert_eq!(shown(1, 0), "[1]");
        assert_eq!(shown(1, 25), "[1] 2 3");
        assert_eq!(shown(1, 1_500), "[1] 2 … 150");
        assert_eq!(shown(4, 1_500), "1 2 3 [4] 5 … 150");
        assert_eq!(shown(75, 1_500), "1 … 74 [75] 76 … 150");
        assert_eq!(shown(150, 1_500), "1 … 149 [150]");
    }
}
