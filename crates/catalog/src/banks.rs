//! Which BIC belongs to an account: `world/banks.csv`.

use crate::{fault::FaultLog, files::CatalogFiles, table::read_rows};
use std::collections::BTreeMap;
use vocabulary::{Bic, CountryCode, Iban};

/// The banks that are known by the code that an account number begins with. Who is not among them is asked for the BIC, or left out:
/// within SEPA the IBAN is enough.
#[derive(Clone, Debug, Default)]
pub struct Banks(BTreeMap<CountryCode, Vec<Codes>>);

/// Neighbouring codes of one bank.
#[derive(Clone, Debug)]
struct Codes {
    first: String,
    last: String,
    bic: Bic,
}

impl Banks {
    pub(crate) fn read(files: &CatalogFiles, log: &FaultLog) -> Banks {
        const FILE: &str = "world/banks.csv";
        let Some(text) = files.expect(FILE, log) else { return Banks::default() };
        let mut banks: BTreeMap<CountryCode, Vec<Codes>> = BTreeMap::new();
        for row in read_rows(FILE, text, &["country", "first", "last", "bic"], log) {
            let (first, last) = (row.required("first"), row.required("last"));
            row.required("bic");
            let (Some(country), Some(bic)) = (row.parsed("country"), row.parsed("bic")) else { continue };
            let codes = banks.entry(country).or_default();
            if first.len() != last.len() || first > last {
                row.fault("last", format!("`{last}` is not a code of as many signs as `{first}` and not before it"));
            } else if codes.last().is_some_and(|before| before.last.as_str() >= first) {
                row.fault(
                    "first",
                    format!("`{first}` does not come after the codes of the row before: they stand in order and once"),
                );
            } else {
                codes.push(Codes { first: first.to_owned(), last: last.to_owned(), bic });
            }
        }
        Banks(banks)
    }

    /// The BIC of the bank that keeps the account, where it is known.
    pub fn bic(&self, iban: &Iban) -> Option<Bic> {
        let codes = self.0.get(&iban.country())?;
        let after = codes.partition_point(|codes| codes.first.as_str() <= iban.national());
        let found = codes.get(after.checked_sub(1)?)?;
        let code = iban.national().get(..found.last.len())?;
        (code <= found.last.as_str()).then_some(found.bic)
    }
}
