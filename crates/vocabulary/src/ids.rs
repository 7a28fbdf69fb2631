//! One type an id, so that a line cannot be taken for a customer.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// The company that runs Cadran for its customers: the tenant.
    OperatorId,
    /// A partner that sells an operator's offers under its own brand.
    ResellerId,
    /// How an operator or a reseller looks and speaks on its host names.
    BrandId,
    /// Who signs and pays: a household or a business.
    CustomerId,
    /// One payer's account of a customer.
    BillingAccountId,
    /// One subscription to a service.
    LineId,
    /// A shared allowance of a business.
    PackId,
    /// What the lines of a billing account or a customer spend together.
    SpendId,
    /// Somebody who can sign in.
    LoginId,
    /// Somebody signed in with one browser.
    SessionId,
    /// A key that somebody signs in with instead of a password.
    PasskeyId,
    /// A usage file that was taken in.
    FileId,
    /// One purchase of a recharge.
    RechargeId,
    /// A direct debit of such a file.
    DebitId,
    /// A file that a bank sent.
    BankFileId,
    /// Something that such a file says.
    BankItemId,
    /// A mail, from being written to being sent.
    MailId,
    /// A text message, from being written to being sent.
    TextMessageId,
    /// A change with which a login could be taken over.
    IdentityChangeId,
    /// A SIM card or an eSIM profile of the inventory.
    SimId,
    /// SIM cards that came together.
    SimBatchId,
    /// A telephone number of the inventory.
    NumberId,
    /// Blank SIM cards on their way to a customer.
    SimDeliveryId,
    /// What a customer asked for: one line or many.
    OrderId,
    /// What a network has to do.
    WorkOrderId,
    /// A change that takes effect later.
    ScheduledChangeId,
    /// A number on its way to us or away from us.
    PortingId,
    /// A change that was asked for many lines at once.
    BulkChangeId,
    /// A message of a voicemail.
    VoicemailMessageId,
    /// A bill run of an operator or a reseller.
    BillRunId,
    /// An invoice or a credit note.
    InvoiceId,
    /// Money that came, or went back.
    PaymentId,
    /// The authorisation of a billing account for SEPA direct debits.
    MandateId,
    /// A file of direct debits for the bank.
    CollectionId,
    /// What an employer pays of its lines.
    SplitProfileId,
}
