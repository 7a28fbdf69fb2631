//! Brands by host: what is read before anybody is known.

use crate::{Row, Store, StoreError};
use vocabulary::{OperatorId, ResellerId};

/// A host name and whose it is.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The host name, without port.
    pub host: String,
    /// Whose it is.
    pub operator: OperatorId,
    /// The name of that operator's catalogue folder.
    pub slug: String,
    /// The reseller whose brand it is.
    pub reseller: Option<ResellerId>,
    /// What the pages call themselves.
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    /// Where questions go.
    pub contact: String,
}

impl Store {
    /// Every host name.
    pub async fn brands(&self) -> Result<Vec<Brand>, StoreError> {
        let sql = "SELECT b.host, b.operator_id, o.slug, b.reseller_id, b.name, b.colour, b.contact FROM brand b \
                   JOIN operator o ON o.id = b.operator_id ORDER BY b.host";
        self.rows("list the brands", sql, vec![]).await?.iter().map(brand).collect()
    }

    /// The brand of a host name in small letters, without port.
    pub async fn brand_by_host(&self, host: &str) -> Result<Option<Brand>, StoreError> {
        let sql = "SELECT b.host, b.operator_id, o.slug, b.reseller_id, b.name, b.colour, b.contact FROM brand b \
                   JOIN operator o ON o.id = b.operator_id WHERE b.host = $1";
        self.row("find a brand", sql, vec![host.into()]).await?.as_ref().map(brand).transpose()
    }
}

fn brand(row: &Row) -> Result<Brand, StoreError> {
    Ok(Brand {
        host: row.get("host")?,
        operator: OperatorId(row.get("operator_id")?),
        slug: row.get("slug")?,
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
        name: row.get("name")?,
        colour: row.get("colour")?,
        contact: row.get("contact")?,
    })
}
