//! Writes an operator with its brands, customers, lines and logins in one transaction.

mod life;
mod money;

pub use money::{NewNotice, NewSpend, NoticeTo};
pub(crate) use money::{read_period, read_spend_cap, read_steps};

use crate::{Company, IdentifierKind, Store, StoreError, Value, brand, inventory, store::Transaction};
use catalog::Guard;
use rating::{CapRaise, SpendCap};
use vocabulary::{CustomerId, LineId, LoginId, Money, OperatorId, PackId, ResellerId, Timestamp};

/// An operator to be set up.
#[derive(Clone, Debug, Default)]
pub struct NewOperator {
    /// The name of its catalogue's folder.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// Its partners.
    pub resellers: Vec<NewReseller>,
    /// Their companies, each with the position of its reseller.
    pub companies: Vec<(usize, Company)>,
    /// Its hosts.
    pub brands: Vec<NewBrand>,
    /// Who buys from it or from its partners.
    pub customers: Vec<NewCustomer>,
    /// Who may sign in.
    pub logins: Vec<NewLogin>,
}

/// A partner.
#[derive(Clone, Debug)]
pub struct NewReseller {
    /// Its short name.
    pub slug: String,
    /// What people call it.
    pub name: String,
}

/// How a host looks.
#[derive(Clone, Debug)]
pub struct NewBrand {
    /// The host name, without port.
    pub host: String,
    /// The reseller whose brand it is, by position.
    pub reseller: Option<usize>,
    /// What the page calls itself.
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    /// Where questions go.
    pub contact: String,
}

/// A household or business.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// The reseller it belongs to, by position.
    pub reseller: Option<usize>,
    /// What it is known by.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// A business, or a household.
    pub business: bool,
    /// Of its contract.
    pub postcode: String,
    /// Who it is on paper.
    pub paper: NewPaper,
    /// Its payers' accounts.
    pub billing_accounts: Vec<String>,
    /// Group packs.
    pub packs: Vec<NewPack>,
    /// What its lines, or those of one account, may spend together.
    pub spends: Vec<NewSpend>,
    /// Its lines.
    pub lines: Vec<NewLine>,
}

/// Who a customer is on paper: what its invoices say. All may be empty.
#[derive(Clone, Debug, Default)]
pub struct NewPaper {
    /// Street and number.
    pub street: String,
    /// Town.
    pub town: String,
    /// Its country's code; empty: the operator's.
    pub country: String,
    /// Its number in a register of companies.
    pub legal_id: String,
    /// Its VAT number.
    pub vat_number: String,
    /// The language of its invoices; empty: the operator's first.
    pub language: String,
}

/// A group pack.
#[derive(Clone, Debug)]
pub struct NewPack {
    /// Which pack of the catalogue.
    pub pack: String,
    /// Since when.
    pub bought: Timestamp,
    /// Amounts beyond it at which somebody is told.
    pub notices: Vec<NewNotice>,
}

/// A line.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// With a plus, or a name for lines without number.
    pub number: String,
    /// Other ways in which usage files name it.
    pub identities: Vec<String>,
    /// Which of the customer's accounts pays, by position.
    pub billing_account: usize,
    /// What it is for, by the catalogue's word.
    pub service: String,
    /// Its host network.
    pub network: String,
    /// Its offer.
    pub offer: String,
    /// Since when it has that offer.
    pub bought: Timestamp,
    /// Does it stop at its allowance?
    pub capping: catalog::Capping,
    /// `activating`, `active`, `suspended`, `ended`.
    pub state: String,
    /// Since when it is in service.
    pub started: Option<Timestamp>,
    /// Until when it was.
    pub ended: Option<Timestamp>,
    /// Who uses it.
    pub user: String,
    /// Its SIM.
    pub iccid: Option<String>,
    /// Options: which, since, until.
    pub options: Vec<(String, Timestamp, Option<Timestamp>)>,
    /// Recharges: which, and when.
    pub recharges: Vec<(String, Timestamp)>,
    /// Cut-offs and their values.
    pub cutoffs: Vec<(String, i64)>,
    /// Ceilings in money over everything.
    pub spend_caps: Vec<SpendCap>,
    /// Times at which they are higher.
    pub cap_raises: Vec<CapRaise>,
    /// Per cent of them at which somebody is told, ascending; empty: those of the operator.
    pub spend_steps: Vec<u8>,
    /// Amounts beyond what is included at which somebody is told.
    pub notices: Vec<NewNotice>,
    /// What a call may cost at most, besides what the family says.
    pub guard: Guard,
    /// Does it draw on the customer's group packs?
    pub in_packs: bool,
}

impl NewCustomer {
    /// A household with one payer, for these lines.
    pub fn household(reference: &str, name: &str, lines: Vec<NewLine>) -> Self {
        Self {
            reseller: None,
            reference: reference.to_owned(),
            name: name.to_owned(),
            business: false,
            postcode: String::new(),
            paper: NewPaper::default(),
            billing_accounts: vec!["main".to_owned()],
            packs: Vec::new(),
            spends: Vec::new(),
            lines,
        }
    }
}

impl NewLine {
    /// A line in service since an instant, without user, options, recharges or ceilings.
    pub fn in_service(number: &str, (service, network, offer): (&str, &str, &str), since: Timestamp) -> Self {
        Self {
            number: number.to_owned(),
            identities: Vec::new(),
            billing_account: 0,
            service: service.to_owned(),
            network: network.to_owned(),
            offer: offer.to_owned(),
            bought: since,
            capping: catalog::Capping::Uncapped,
            state: "active".to_owned(),
            started: Some(since),
            ended: None,
            user: String::new(),
            iccid: None,
            options: Vec::new(),
            recharges: Vec::new(),
            cutoffs: Vec::new(),
            spend_caps: Vec::new(),
            cap_raises: Vec::new(),
            spend_steps: Vec::new(),
            notices: Vec::new(),
            guard: Guard::default(),
            in_packs: false,
        }
    }
}

/// Somebody who may sign in.
#[derive(Clone, Debug)]
pub struct NewLogin {
    /// What is typed to be known: of each kind what it is.
    pub identifiers: Vec<(IdentifierKind, String)>,
    /// Where mails go; empty for nowhere.
    pub email: String,
    /// Argon2id, in PHC form; without one, the login is invited to choose a password.
    pub password_hash: Option<String>,
    /// The word of its role.
    pub role: String,
    /// The person.
    pub name: String,
    /// The reseller it acts for, by position.
    pub reseller: Option<usize>,
    /// The customer it acts for, by position.
    pub customer: Option<usize>,
    /// The one line of that customer that it sees, by position, of who uses one.
    pub line: Option<usize>,
}

/// The reseller and the customer whose a login is, if any.
pub type LoginOwner = (Option<ResellerId>, Option<CustomerId>);

/// An operator that was written.
#[derive(Clone, Debug)]
pub struct Provisioned {
    /// Which.
    pub operator: OperatorId,
    /// Its logins in their order, each with the reseller and the customer whose it is.
    pub logins: Vec<(LoginId, LoginOwner)>,
}

impl Store {
    /// The operator whose catalogue has that name.
    pub async fn operator_by_slug(&self, slug: &str) -> Result<Option<OperatorId>, StoreError> {
        let row = self.row("find an operator", "SELECT id FROM operator WHERE slug = $1", vec![slug.into()]).await?;
        row.map(|row| row.get("id").map(OperatorId)).transpose()
    }

    /// Writes an operator whole, or not at all.
    ///
    /// # Errors
    /// When an operator of that name is there already, a number or reference stands twice, or the database fails.
    pub async fn provision(&self, new: &NewOperator) -> Result<OperatorId, StoreError> {
        let transaction = self.begin().await?;
        let Provisioned { operator, .. } = transaction.provision(new, Timestamp::EPOCH).await?;
        transaction.commit().await?;
        Ok(operator)
    }
}

impl Transaction {
    /// Writes an operator whole; `at` is when its lines got access of their own, of those that have it.
    ///
    /// # Errors
    /// When an operator of that name is there already, a number or reference stands twice, or the database fails.
    pub async fn provision(&self, new: &NewOperator, at: Timestamp) -> Result<Provisioned, StoreError> {
        let transaction = self;
        let operator = OperatorId(
            insert(
                transaction,
                "INSERT INTO operator (slug, name) VALUES ($1, $2) RETURNING id",
                vec![new.slug.as_str().into(), new.name.as_str().into()],
            )
            .await?,
        );
        let mut resellers = Vec::new();
        for reseller in &new.resellers {
            let values = vec![operator.0.into(), reseller.slug.as_str().into(), reseller.name.as_str().into()];
            let sql = "INSERT INTO reseller (operator_id, slug, name) VALUES ($1, $2, $3) RETURNING id";
            resellers.push(ResellerId(insert(transaction, sql, values).await?));
        }
        for (index, company) in &new.companies {
            transaction.set_company((operator, resellers[*index]), company).await?;
        }
        for brand in &new.brands {
            let reseller = brand.reseller.map(|index| resellers[index]);
            brand::write_new(transaction, (operator, reseller), brand).await?;
        }
        let mut customers = Vec::new();
        for customer in &new.customers {
            let reseller = customer.reseller.map(|index| resellers[index]);
            customers.push(write_customer(transaction, operator, reseller, customer).await?);
        }
        let mut logins = Vec::new();
        for login in &new.logins {
            let customer = login.customer.map(|index| &customers[index]);
            let line = customer.zip(login.line).map(|((_, lines), index)| lines[index]);
            let reseller = login.reseller.map(|index| resellers[index]);
            let customer = customer.map(|(id, _)| *id);
            let id = write_login(transaction, operator, (reseller, customer, line), login).await?;
            let household = login.customer.is_some_and(|index| !new.customers[index].business);
            if let Some(line) = line.filter(|_| household) {
                transaction.split_line(line, id, at).await?;
            }
            let of_customer = login.customer.and_then(|index| new.customers[index].reseller).map(|index| resellers[index]);
            logins.push((id, (reseller.or(of_customer), customer)));
        }
        Ok(Provisioned { operator, logins })
    }
}

pub(crate) async fn insert(transaction: &Transaction, sql: &str, values: Vec<Value>) -> Result<i64, StoreError> {
    let rows = transaction.rows("write a row", sql, values).await?;
    rows.first().ok_or(StoreError::Corrupt { column: "id", value: "no row".to_owned() })?.get("id")
}

async fn write_customer(
    transaction: &Transaction,
    operator: OperatorId,
    reseller: Option<ResellerId>,
    new: &NewCustomer,
) -> Result<(CustomerId, Vec<LineId>), StoreError> {
    let values = vec![
        operator.0.into(),
        reseller.map(|id| id.0).into(),
        new.reference.as_str().into(),
        new.name.as_str().into(),
        i16::from(new.business).into(),
        new.postcode.as_str().into(),
        new.paper.street.as_str().into(),
        new.paper.town.as_str().into(),
        new.paper.country.as_str().into(),
        new.paper.legal_id.as_str().into(),
        new.paper.vat_number.as_str().into(),
        new.paper.language.as_str().into(),
    ];
    let sql = "INSERT INTO customer (operator_id, reseller_id, reference, name, business, postcode, street, town, country, legal_id, \
               vat_number, language) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id";
    let customer = CustomerId(insert(transaction, sql, values).await?);
    let mut accounts = Vec::new();
    for name in &new.billing_accounts {
        let values = vec![customer.0.into(), name.as_str().into()];
        accounts.push(
            insert(transaction, "INSERT INTO billing_account (customer_id, name) VALUES ($1, $2) RETURNING id", values).await?,
        );
    }
    let mut packs = Vec::new();
    for pack in &new.packs {
        let values = vec![customer.0.into(), pack.pack.as_str().into(), pack.bought.into()];
        let sql = "INSERT INTO group_pack (customer_id, pack, bought) VALUES ($1, $2, $3) RETURNING id";
        let id = PackId(insert(transaction, sql, values).await?);
        money::write_pack_notices(transaction, id, &pack.notices).await?;
        packs.push(id);
    }
    for spend in &new.spends {
        let account = spend.billing_account.map(|position| accounts[position]);
        money::write_spend(transaction, (customer.0.into(), account), spend).await?;
    }
    let mut lines = Vec::new();
    for line in &new.lines {
        let owner =
            [Value::from(operator.0), reseller.map(|id| id.0).into(), customer.0.into(), accounts[line.billing_account].into()];
        let id = write_line(transaction, owner, line).await?;
        lines.push(id);
        write_holdings(transaction, operator, id, line).await?;
        write_resources(transaction, (operator, reseller, customer), id, line).await?;
        life::write(transaction, (operator, reseller, customer), id, line).await?;
        for pack in packs.iter().filter(|_| line.in_packs) {
            let values = vec![id.0.into(), pack.0.into()];
            transaction.execute("put a line into a pack", "INSERT INTO line_pack VALUES ($1, $2)", values).await?;
        }
    }
    Ok((customer, lines))
}

async fn write_login(
    transaction: &Transaction,
    operator: OperatorId,
    (reseller, customer, line): (Option<ResellerId>, Option<CustomerId>, Option<LineId>),
    new: &NewLogin,
) -> Result<LoginId, StoreError> {
    let state = if new.password_hash.is_some() { "validated" } else { "invited" };
    let values = vec![
        operator.0.into(),
        reseller.map(|id| id.0).into(),
        customer.map(|id| id.0).into(),
        line.map(|id| id.0).into(),
        new.role.as_str().into(),
        new.name.as_str().into(),
        new.email.as_str().into(),
        state.into(),
        new.password_hash.clone().into(),
    ];
    let sql = "INSERT INTO login (operator_id, reseller_id, customer_id, line_id, role, name, email, language, state, password_hash) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9) RETURNING id";
    let login = LoginId(insert(transaction, sql, values).await?);
    for (kind, identifier) in &new.identifiers {
        transaction.add_identifier(operator, login, (*kind, identifier)).await?;
    }
    Ok(login)
}

async fn write_line(transaction: &Transaction, owner: [Value; 4], line: &NewLine) -> Result<LineId, StoreError> {
    let mut values = owner.to_vec();
    values.extend([
        line.number.as_str().into(),
        line.service.as_str().into(),
        line.network.as_str().into(),
        line.offer.as_str().into(),
        line.bought.into(),
        i16::from(line.capping == catalog::Capping::Capped).into(),
        life::state(line).as_str().into(),
        line.started.map(Timestamp::micros).into(),
        line.ended.map(Timestamp::micros).into(),
        line.user.as_str().into(),
        line.iccid.clone().into(),
        money::steps_text(&line.spend_steps).into(),
        line.guard.per_minute.map(Money::micros).into(),
        line.guard.fee.map(Money::micros).into(),
    ]);
    let sql = "INSERT INTO line (operator_id, reseller_id, customer_id, billing_account_id, number, service, network, offer, bought, \
               capped, state, started, ended, user_name, iccid, spend_steps, guard_per_minute, guard_fee) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING id";
    Ok(LineId(insert(transaction, sql, values).await?))
}

async fn write_holdings(transaction: &Transaction, operator: OperatorId, id: LineId, line: &NewLine) -> Result<(), StoreError> {
    for identity in std::iter::once(&line.number).chain(&line.identities) {
        let values = vec![operator.0.into(), identity.as_str().into(), id.0.into()];
        transaction.execute("write a line's identity", "INSERT INTO line_identity VALUES ($1, $2, $3)", values).await?;
    }
    for (option, since, until) in &line.options {
        let values = vec![id.0.into(), option.as_str().into(), (*since).into(), until.map(Timestamp::micros).into()];
        transaction
            .execute(
                "write a line's option",
                "INSERT INTO line_option (line_id, option, since, until) VALUES ($1, $2, $3, $4)",
                values,
            )
            .await?;
    }
    for (recharge, at) in &line.recharges {
        let values = vec![id.0.into(), recharge.as_str().into(), (*at).into()];
        let sql = "INSERT INTO line_recharge (line_id, recharge, at) VALUES ($1, $2, $3)";
        transaction.execute("write a line's recharge", sql, values).await?;
    }
    for (cutoff, value) in &line.cutoffs {
        let values = vec![id.0.into(), cutoff.as_str().into(), (*value).into()];
        transaction.execute("write a line's cut-off", "INSERT INTO line_cutoff VALUES ($1, $2, $3)", values).await?;
    }
    money::write_line_money(transaction, id, line).await
}

/// What a line has of the inventory: its SIM and its number.
async fn write_resources(
    transaction: &Transaction,
    (operator, reseller, customer): (OperatorId, Option<ResellerId>, CustomerId),
    id: LineId,
    line: &NewLine,
) -> Result<(), StoreError> {
    let of_line = inventory::OfLine { operator, reseller, customer, line: id };
    let ended = (line.state == "ended").then(|| line.ended.unwrap_or(line.bought));
    if let Some(iccid) = &line.iccid {
        transaction.put_sim_in(&of_line, (iccid, &line.network), (&line.state, ended)).await?;
    }
    if line.number.starts_with('+') {
        transaction.put_number_in(&of_line, &line.number, (&line.state, ended)).await?;
    }
    Ok(())
}
