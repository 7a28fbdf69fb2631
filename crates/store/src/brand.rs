//! Brands: what is read by host name before anybody is known, and what their owners change.

use crate::{NewBrand, Reach, Row, Scoped, Store, StoreError, Value, provisioning::insert, store::Transaction};
use std::collections::HashMap;
use vocabulary::{BrandId, OperatorId, ResellerId};

/// How a brand looks and speaks, without logos and legal pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrandLook {
    /// What the pages call themselves.
    pub name: String,
    /// On light ground and under white text, `#rrggbb`.
    pub colour: String,
    /// On dark ground; empty where it is made from the other.
    pub colour_on_dark: String,
    /// Where to call.
    pub telephone: String,
    /// Where to write.
    pub email: String,
    /// Where letters go, in lines.
    pub postal_address: String,
    /// Who mails are from; empty for the name.
    pub sender_name: String,
    /// The address that mails are from; empty where it is chosen from the others.
    pub sender_address: String,
    /// Tags, its own first; empty for all that the operator speaks.
    pub languages: Vec<String>,
}

/// A host name of a brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandHost {
    /// In small letters, without port.
    pub host: String,
    /// Did the operator give it? Then only the operator takes it away.
    pub is_given: bool,
}

/// What a logo stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// The light theme, and mails.
    Light,
    /// The dark theme.
    Dark,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A logo as it is kept; `content` is empty where it was not asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandLogo {
    /// For which theme.
    pub ground: Ground,
    /// How many of its pixels one pixel of the page takes, in a row: 1 or 2.
    pub density: i16,
    /// Of its content, in hexadecimal digits.
    pub hash: String,
    /// In pixels of its own.
    pub width: i32,
    /// In pixels of its own.
    pub height: i32,
    /// A PNG.
    pub content: Vec<u8>,
}

/// A legal page in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandText {
    /// `notice`, `terms` or `privacy`.
    pub page: String,
    /// The tag of its language.
    pub language: String,
    /// What it says.
    pub content: String,
}

/// A brand and whose it is.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The brand.
    pub id: BrandId,
    /// Its host names, those that the operator gave first.
    pub hosts: Vec<BrandHost>,
    /// Host names that it gets once the operator's people confirm them.
    pub asked: Vec<String>,
    /// Whose it is.
    pub operator: OperatorId,
    /// The name of that operator's catalogue folder.
    pub slug: String,
    /// The reseller whose brand it is.
    pub reseller: Option<ResellerId>,
    /// The name of whose it is.
    pub owner: String,
    /// How it looks and speaks.
    pub look: BrandLook,
    /// Its logos without their content.
    pub logos: Vec<BrandLogo>,
    /// Which change of it this is.
    pub version: i64,
}

/// A change of a brand.
#[derive(Clone, Debug)]
pub struct BrandChange<'a> {
    /// The version that was read before.
    pub version: i64,
    /// What it is from now on.
    pub look: &'a BrandLook,
    /// Its host names from now on.
    pub hosts: &'a [BrandHost],
    /// Host names that wait to be confirmed from now on.
    pub asked: &'a [String],
    /// The grounds whose logos are replaced, each with the new ones; none to have no logo.
    pub logos: &'a [(Ground, Vec<BrandLogo>)],
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrandOutcome {
    /// It is as asked.
    Changed,
    /// Somebody else changed the brand since that version was read.
    Stale,
    /// That host name is another brand's.
    HostTaken(String),
}

const COLUMNS: &str = "b.id, b.operator_id, o.slug, b.reseller_id, COALESCE(r.name, o.name) AS owner, b.name, b.colour, b.colour_on_dark, \
     b.telephone, b.email, b.postal_address, b.sender_name, b.sender_address, b.languages, b.version FROM brand b \
     JOIN operator o ON o.id = b.operator_id LEFT JOIN reseller r ON r.id = b.reseller_id";

impl Store {
    /// Every brand of every operator, the operator's own first.
    pub async fn brands(&self) -> Result<Vec<Brand>, StoreError> {
        self.brands_where("b.id > $1", 0.into()).await
    }

    /// What changes whenever a brand does: for who keeps brands in mind.
    pub async fn brands_state(&self) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT COUNT(*) AS brands, CAST(COALESCE(SUM(version), 0) AS BIGINT) AS versions FROM brand";
        let row = self.row("look for changed brands", sql, vec![]).await?;
        row.map_or(Ok((0, 0)), |row| Ok((row.get("brands")?, row.get("versions")?)))
    }

    /// The content of the logo with that hash.
    pub async fn brand_logo(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let row = self.row("read a logo", "SELECT content FROM brand_logo WHERE hash = $1", vec![hash.into()]).await?;
        row.map(|row| row.get("content")).transpose()
    }

    /// A brand's legal pages; those of every brand without one.
    pub async fn brand_texts(&self, brand: BrandId) -> Result<Vec<BrandText>, StoreError> {
        let sql = "SELECT page, language, content FROM brand_text WHERE brand_id = $1 ORDER BY page, language";
        let rows = self.rows("read legal pages", sql, vec![brand.0.into()]).await?;
        let text =
            |row: &Row| Ok(BrandText { page: row.get("page")?, language: row.get("language")?, content: row.get("content")? });
        rows.iter().map(text).collect()
    }

    /// Which legal pages there are of which brands.
    pub async fn brand_text_pages(&self) -> Result<Vec<(BrandId, String)>, StoreError> {
        let rows = self.rows("list legal pages", "SELECT DISTINCT brand_id, page FROM brand_text", vec![]).await?;
        rows.iter().map(|row| Ok((BrandId(row.get("brand_id")?), row.get("page")?))).collect()
    }

    /// Whose a host name is.
    pub async fn brand_by_host(&self, host: &str) -> Result<Option<BrandId>, StoreError> {
        let row = self.row("find a brand", "SELECT brand_id FROM brand_host WHERE host = $1", vec![host.into()]).await?;
        row.map(|row| row.get("brand_id").map(BrandId)).transpose()
    }

    async fn brands_where(&self, condition: &str, value: Value) -> Result<Vec<Brand>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} WHERE {condition} ORDER BY b.operator_id, CASE WHEN b.reseller_id IS NULL THEN 0 ELSE 1 END, b.name, b.id"
        );
        let mut brands =
            self.rows("list brands", &sql, vec![value.clone()]).await?.iter().map(brand).collect::<Result<Vec<_>, _>>()?;
        let places: HashMap<BrandId, usize> = brands.iter().enumerate().map(|(place, brand)| (brand.id, place)).collect();
        let sql = format!(
            "SELECT h.brand_id, h.host, h.given FROM brand_host h JOIN brand b ON b.id = h.brand_id WHERE {condition} \
             ORDER BY h.given DESC, h.host"
        );
        for row in self.rows("list host names", &sql, vec![value.clone()]).await? {
            if let Some(place) = places.get(&BrandId(row.get("brand_id")?)) {
                brands[*place].hosts.push(BrandHost { host: row.get("host")?, is_given: row.get::<i16>("given")? != 0 });
            }
        }
        let sql = format!(
            "SELECT a.brand_id, a.host FROM brand_host_asked a JOIN brand b ON b.id = a.brand_id WHERE {condition} ORDER BY a.host"
        );
        for row in self.rows("list host names to confirm", &sql, vec![value.clone()]).await? {
            if let Some(place) = places.get(&BrandId(row.get("brand_id")?)) {
                brands[*place].asked.push(row.get("host")?);
            }
        }
        let sql = format!(
            "SELECT l.brand_id, l.ground, l.density, l.hash, l.width, l.height FROM brand_logo l JOIN brand b ON b.id = l.brand_id \
             WHERE {condition} ORDER BY l.ground, l.density"
        );
        for row in self.rows("list logos", &sql, vec![value]).await? {
            if let Some(place) = places.get(&BrandId(row.get("brand_id")?)) {
                brands[*place].logos.push(logo(&row)?);
            }
        }
        Ok(brands)
    }
}

impl Scoped {
    /// The brands that the scope may change: the operator's with its resellers', or the reseller's own.
    pub async fn brands(&self) -> Result<Vec<Brand>, StoreError> {
        let (condition, id) = match self.scope.reach {
            Reach::Operator => ("b.operator_id = $1", self.scope.operator.0),
            Reach::Reseller(id) => ("b.reseller_id = $1", id.0),
            Reach::Customer(_) | Reach::Line(_) => return Ok(Vec::new()),
        };
        self.store.brands_where(condition, id.into()).await
    }
}

impl Transaction {
    /// Changes a brand; whoever gets another answer than that it is changed does not commit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_brand(&self, id: BrandId, change: &BrandChange<'_>) -> Result<BrandOutcome, StoreError> {
        let look = change.look;
        let sql = "UPDATE brand SET name = $3, colour = $4, colour_on_dark = $5, telephone = $6, email = $7, postal_address = $8, \
                   sender_name = $9, sender_address = $10, languages = $11, version = version + 1 WHERE id = $1 AND version = $2";
        let mut values = vec![id.0.into(), change.version.into()];
        values.extend(columns(look));
        if self.execute("change a brand", sql, values).await? == 0 {
            return Ok(BrandOutcome::Stale);
        }
        self.execute("change host names", "DELETE FROM brand_host WHERE brand_id = $1", vec![id.0.into()]).await?;
        for host in change.hosts {
            if !self.claim_host(id, host).await? {
                return Ok(BrandOutcome::HostTaken(host.host.clone()));
            }
        }
        self.execute("change host names", "DELETE FROM brand_host_asked WHERE brand_id = $1", vec![id.0.into()]).await?;
        for host in change.asked {
            let sql = "INSERT INTO brand_host_asked (brand_id, host) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            self.execute("ask for a host name", sql, vec![id.0.into(), host.as_str().into()]).await?;
        }
        for (ground, logos) in change.logos {
            let gone = "DELETE FROM brand_logo WHERE brand_id = $1 AND ground = $2";
            self.execute("change a logo", gone, vec![id.0.into(), ground.as_str().into()]).await?;
            for logo in logos {
                let sql = "INSERT INTO brand_logo (brand_id, ground, density, hash, width, height, content) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7)";
                let values = vec![
                    id.0.into(),
                    logo.ground.as_str().into(),
                    logo.density.into(),
                    logo.hash.as_str().into(),
                    logo.width.into(),
                    logo.height.into(),
                    logo.content.clone().into(),
                ];
                self.execute("keep a logo", sql, values).await?;
            }
        }
        Ok(BrandOutcome::Changed)
    }

    /// Replaces a brand's legal pages; `false` when somebody else changed the brand since that version was read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_brand_texts(&self, id: BrandId, version: i64, texts: &[BrandText]) -> Result<bool, StoreError> {
        let sql = "UPDATE brand SET version = version + 1 WHERE id = $1 AND version = $2";
        if self.execute("change legal pages", sql, vec![id.0.into(), version.into()]).await? == 0 {
            return Ok(false);
        }
        self.execute("change legal pages", "DELETE FROM brand_text WHERE brand_id = $1", vec![id.0.into()]).await?;
        for text in texts {
            let values =
                vec![id.0.into(), text.page.as_str().into(), text.language.as_str().into(), text.content.as_str().into()];
            let sql = "INSERT INTO brand_text (brand_id, page, language, content) VALUES ($1, $2, $3, $4)";
            self.execute("keep a legal page", sql, values).await?;
        }
        Ok(true)
    }

    /// Takes a host name from those that a brand waits for; was it one?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_asked_host(&self, id: BrandId, host: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM brand_host_asked WHERE brand_id = $1 AND host = $2";
        let was_asked = self.execute("answer for a host name", sql, vec![id.0.into(), host.into()]).await? > 0;
        if was_asked {
            let sql = "UPDATE brand SET version = version + 1 WHERE id = $1";
            self.execute("answer for a host name", sql, vec![id.0.into()]).await?;
        }
        Ok(was_asked)
    }

    /// Gives a brand a host name of its own that it waited for; `false` when it is another's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_asked_host(&self, id: BrandId, host: &str) -> Result<bool, StoreError> {
        self.claim_host(id, &BrandHost { host: host.to_owned(), is_given: false }).await
    }

    /// Gives a brand a host name; `false` when it is another's.
    async fn claim_host(&self, id: BrandId, host: &BrandHost) -> Result<bool, StoreError> {
        let sql = "INSERT INTO brand_host (host, brand_id, given) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let values = vec![host.host.as_str().into(), id.0.into(), i16::from(host.is_given).into()];
        Ok(self.execute("give a brand a host name", sql, values).await? > 0)
    }
}

/// Writes a brand as it is set up: its host is the operator's to give, its contact a telephone number or an address.
pub(crate) async fn write_new(
    transaction: &Transaction,
    (operator, reseller): (OperatorId, Option<ResellerId>),
    new: &NewBrand,
) -> Result<(), StoreError> {
    let mut look = BrandLook { name: new.name.clone(), colour: new.colour.clone(), ..BrandLook::default() };
    let contact = if new.contact.contains('@') { &mut look.email } else { &mut look.telephone };
    contact.clone_from(&new.contact);
    let sql = "INSERT INTO brand (operator_id, reseller_id, name, colour, colour_on_dark, telephone, email, postal_address, sender_name, \
               sender_address, languages, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) RETURNING id";
    let mut values = vec![operator.0.into(), reseller.map(|id| id.0).into()];
    values.extend(columns(&look));
    let id = BrandId(insert(transaction, sql, values).await?);
    let host = BrandHost { host: new.host.to_ascii_lowercase(), is_given: true };
    if transaction.claim_host(id, &host).await? {
        return Ok(());
    }
    Err(StoreError::Corrupt { column: "host", value: host.host })
}

fn columns(look: &BrandLook) -> [Value; 9] {
    [
        look.name.as_str().into(),
        look.colour.as_str().into(),
        look.colour_on_dark.as_str().into(),
        look.telephone.as_str().into(),
        look.email.as_str().into(),
        look.postal_address.as_str().into(),
        look.sender_name.as_str().into(),
        look.sender_address.as_str().into(),
        look.languages.join(" ").into(),
    ]
}

fn brand(row: &Row) -> Result<Brand, StoreError> {
    let languages: String = row.get("languages")?;
    Ok(Brand {
        id: BrandId(row.get("id")?),
        hosts: Vec::new(),
        asked: Vec::new(),
        operator: OperatorId(row.get("operator_id")?),
        slug: row.get("slug")?,
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
        owner: row.get("owner")?,
        look: BrandLook {
            name: row.get("name")?,
            colour: row.get("colour")?,
            colour_on_dark: row.get("colour_on_dark")?,
            telephone: row.get("telephone")?,
            email: row.get("email")?,
            postal_address: row.get("postal_address")?,
            sender_name: row.get("sender_name")?,
            sender_address: row.get("sender_address")?,
            languages: languages.split_whitespace().map(str::to_owned).collect(),
        },
        logos: Vec::new(),
        version: row.get("version")?,
    })
}

fn logo(row: &Row) -> Result<BrandLogo, StoreError> {
    let ground: String = row.get("ground")?;
    let found = Ground::ALL.into_iter().find(|known| known.as_str() == ground);
    Ok(BrandLogo {
        ground: found.ok_or(StoreError::Corrupt { column: "ground", value: ground })?,
        density: row.get("density")?,
        hash: row.get("hash")?,
        width: row.get("width")?,
        height: row.get("height")?,
        content: Vec::new(),
    })
}
