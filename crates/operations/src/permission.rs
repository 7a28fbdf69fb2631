//! Who may do what: one table, roles across, permissions down (PLT-02). What somebody may do it to, the scope says.

/// As what somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The holder of a household's account.
    Subscriber,
    /// Who uses one line of a customer.
    Member,
    /// Who looks after a business's lines.
    FleetManager,
    /// Somebody of a reseller.
    ResellerAgent,
    /// Who looks after a reseller's own people and brand.
    ResellerAdmin,
    /// The operator's people who care for customers.
    OperatorAgent,
    /// Who looks after the operator's own people and catalogue.
    OperatorAdmin,
    /// The operator's people who care for its money.
    Accounting,
    /// Who reads everything of the operator and changes nothing.
    Auditor,
}

/// Whose people somebody belongs to, from the leaves of the tree to its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// A household or a company.
    Customer,
    /// A reseller.
    Reseller,
    /// The operator.
    Operator,
}

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See lines, what they used and what each record cost.
    SeeLines,
    /// See a household's consumption on one page.
    SeeConsumption,
    /// See what lines would have cost on other offers.
    CompareOffers,
    /// See what a draft of the catalogue would earn or cost.
    CompareDraft,
    /// See which usage files came and what was set aside.
    SeeUsageFiles,
    /// Hand usage files in, correct rows, take them again.
    TakeUsageIn,
    /// See which mails were written to whom.
    SeeMails,
    /// Send a mail again that failed.
    SendMails,
    /// See who did what.
    SeeJournal,
    /// See who has access.
    SeePeople,
    /// Ask people of a customer in, change and take away their access.
    ChangeCustomerPeople,
    /// The same of a reseller's own people.
    ChangeResellerPeople,
    /// The same of the operator's own people.
    ChangeOperatorPeople,
    /// Look after the people of one's own party, whatever it is.
    ChangeOwnPeople,
    /// Renew the way in of people of the parties below: address, identifier, a link to a new password.
    RenewAccess,
    /// Give lines of one's household access of their own.
    SplitLines,
    /// Change how a brand looks and speaks.
    ChangeBrand,
    /// See the SIM cards, eSIM profiles and numbers of the inventory.
    SeeSims,
    /// See in which batches they came.
    SeeSimBatches,
    /// Take a maker's batch or a range of numbers in.
    TakeSimsIn,
    /// Give SIMs and numbers to customers and resellers, and take them back.
    GiveSims,
    /// See what unlocks a SIM, after a fresh proof.
    SeePuk,
    /// Suspend a line and reactivate it: who lost a telephone waits for nobody.
    SuspendLines,
    /// Change plans, options, cut-offs and SIMs of lines, and end them.
    ChangeLines,
    /// Change what is known of who uses a line, as far as that is not the user's alone.
    ChangeUsers,
    /// Put somebody else in the place of who uses a line.
    ReplaceUsers,
    /// Say that what is known of oneself as a line's user is right.
    ConfirmUser,
    /// Set the services of a line's telephone: forwards, ring time, voicemail, hiding of the number.
    ChangeTelephony,
    /// Lift the cap of a capped plan from next month on, or put it back: what goes beyond is paid by the account.
    LiftCap,
    /// Have a fixed line ring with a mobile one of the account, for the price of the option.
    Converge,
    /// Hear the messages of a line's voicemail, and change what is set of it: its user's alone, whoever looks after the line.
    UseVoicemail,
    /// See what was ordered, and what became of it.
    SeeOrders,
    /// Order lines.
    OrderLines,
    /// See what networks are asked for, and what they answer.
    SeeWorkOrders,
    /// Have networks asked again, or no more.
    RunWorkOrders,
    /// Say whether a host name is a reseller's to have.
    ConfirmHosts,
    /// See invoices, and what accounts owe.
    SeeInvoices,
    /// See what months were billed, and what they came to.
    SeeBillRuns,
    /// Preview a month's bills, and issue its invoices.
    RunBills,
    /// See which accounts do not pay, and what comes of it.
    SeeDunning,
    /// Put an account on hold, note that an invoice is disputed, and take a fee back.
    HoldDunning,
    /// Pay what an account owes: whoever owes it, and who looks after them, in their name.
    PayInvoices,
    /// Give money back that was paid by card.
    RefundPayments,
    /// Note that an invoice was paid where no provider and no bank tells of it.
    NotePayments,
    /// See what payment providers told that counts nothing, and has to be looked at.
    SeePaymentProblems,
    /// Change how an account pays, whom its invoices are told to, and where they go: whoever owes it, and who looks after them.
    ChangeBillingAccounts,
    /// See what was collected, and what banks sent.
    SeeBankFiles,
    /// Make files of direct debits, take what banks send, and say whose money is.
    TakeBankFiles,
    /// See what the operator earned, collected and is owed, month by month.
    SeeRevenue,
    /// Ask for the numbers of others whole on statements: the subscriber of a line, or who does it in their name.
    AskWholeNumbers,
    /// Give back what an invoice asked for, by a credit note.
    CreditInvoices,
    /// Set what a reseller asks of its customers, and who it is on its invoices.
    SetPrices,
    /// See the resellers, and what they are billed.
    SeeResellers,
    /// Say which company pays for a reseller's lines.
    ChangeResellers,
}

const X: bool = true;
const O: bool = false;

/// A role's permissions stand in its column.
#[rustfmt::skip]
const TABLE: [(Permission, [bool; Role::ALL.len()]); Permission::COUNT] = {
    use Permission as May;
    //                   subscriber  member  fleet      reseller      operator         accounting  auditor
    //                                       manager   agent  admin   agent  admin
    [
        (May::SeeLines,       [X,      X,      X,        X,     X,      X,     X,          X,         X]),
        (May::SeeConsumption, [X,      X,      O,        O,     O,      O,     O,          O,         O]),
        (May::CompareOffers,  [X,      X,      X,        X,     X,      X,     X,          X,         X]),
        (May::CompareDraft,   [O,      O,      O,        O,     O,      X,     X,          X,         O]),
        (May::SeeUsageFiles,  [O,      O,      O,        O,     O,      X,     X,          X,         X]),
        (May::TakeUsageIn,    [O,      O,      O,        O,     O,      X,     X,          O,         O]),
        (May::SeeMails,       [O,      O,      O,        O,     O,      X,     X,          O,         X]),
        (May::SendMails,      [O,      O,      O,        O,     O,      X,     X,          O,         O]),
        (May::SeeJournal,     [O,      O,      X,        O,     X,      O,     X,          O,         X]),
        (May::SeePeople,      [O,      O,      X,        X,     X,      X,     X,          O,         X]),
        (May::ChangeCustomerPeople,
                              [O,      O,      X,        X,     X,      X,     X,          O,         O]),
        (May::ChangeResellerPeople,
                              [O,      O,      O,        O,     X,      O,     X,          O,         O]),
        (May::ChangeOperatorPeople,
                              [O,      O,      O,        O,     O,      O,     X,          O,         O]),
        (May::ChangeOwnPeople,[O,      O,      X,        O,     X,      O,     X,          O,         O]),
        (May::RenewAccess,    [O,      O,      O,        X,     X,      X,     X,          O,         O]),
        (May::SplitLines,     [X,      O,      O,        O,     O,      O,     O,          O,         O]),
        (May::ChangeBrand,    [O,      O,      O,        O,     X,      O,     X,          O,         O]),
        (May::SeeSims,        [O,      O,      X,        X,     X,      X,     X,          O,         X]),
        (May::SeeSimBatches,  [O,      O,      O,        O,     O,      X,     X,          O,         X]),
        (May::TakeSimsIn,     [O,      O,      O,        O,     O,      X,     X,          O,         O]),
        (May::GiveSims,       [O,      O,      O,        X,     X,      X,     X,          O,         O]),
        (May::SeePuk,         [X,      X,      X,        X,     X,      X,     X,          O,         O]),
        (May::SuspendLines,   [X,      X,      X,        X,     X,      X,     X,          O,         O]),
        (May::ChangeLines,    [O,      O,      X,        X,     X,      X,     X,          O,         O]),
        (May::ChangeUsers,    [X,      X,      X,        X,     X,      X,     X,          O,         O]),
        (May::ReplaceUsers,   [X,      O,      X,        X,     X,      X,     X,          O,         O]),
        (May::ConfirmUser,    [O,      X,      O,        O,     O,      O,     O,          O,         O]),
        (May::ChangeTelephony,[X,      X,      X,        X,     X,      X,     X,          O,         O]),
        (May::LiftCap,        [X,      O,      X,        X,     X,      X,     X,          O,         O]),
        (May::Converge,       [X,      O,      X,        X,     X,      X,     X,          O,         O]),
        (May::UseVoicemail,   [X,      X,      O,        O,     O,      O,     O,          O,         O]),
        (May::SeeOrders,      [O,      O,      X,        X,     X,      X,     X,          O,         X]),
        (May::OrderLines,     [O,      O,      X,        X,     X,      X,     X,          O,         O]),
        (May::SeeWorkOrders,  [O,      O,      O,        O,     O,      X,     X,          O,         X]),
        (May::RunWorkOrders,  [O,      O,      O,        O,     O,      X,     X,          O,         O]),
        (May::ConfirmHosts,   [O,      O,      O,        O,     O,      O,     X,          O,         O]),
        (May::SeeInvoices,    [X,      X,      X,        X,     X,      X,     X,          X,         X]),
        (May::SeeBillRuns,    [O,      O,      O,        O,     X,      X,     X,          X,         X]),
        (May::RunBills,       [O,      O,      O,        O,     X,      O,     X,          X,         O]),
        (May::SeeDunning,     [O,      O,      O,        O,     O,      X,     X,          X,         X]),
        (May::HoldDunning,    [O,      O,      O,        O,     O,      X,     X,          X,         O]),
        (May::PayInvoices,    [X,      X,      X,        X,     X,      X,     X,          X,         O]),
        (May::RefundPayments, [O,      O,      O,        O,     O,      O,     X,          X,         O]),
        (May::NotePayments,   [O,      O,      O,        O,     X,      O,     X,          X,         O]),
        (May::SeePaymentProblems, [O,  O,      O,        O,     O,      X,     X,          X,         X]),
        (May::ChangeBillingAccounts,
                              [X,      X,      X,        X,     X,      X,     X,          X,         O]),
        (May::SeeBankFiles,   [O,      O,      O,        O,     O,      O,     X,          X,         X]),
        (May::TakeBankFiles,  [O,      O,      O,        O,     O,      O,     X,          X,         O]),
        (May::SeeRevenue,     [O,      O,      O,        O,     O,      O,     X,          X,         X]),
        (May::AskWholeNumbers,[X,      X,      O,        X,     X,      X,     X,          O,         O]),
        (May::CreditInvoices, [O,      O,      O,        O,     X,      O,     X,          X,         O]),
        (May::SetPrices,      [O,      O,      O,        O,     X,      O,     O,          O,         O]),
        (May::SeeResellers,   [O,      O,      O,        O,     O,      X,     X,          X,         X]),
        (May::ChangeResellers,[O,      O,      O,        O,     O,      O,     X,          X,         O]),
    ]
};

impl Permission {
    const COUNT: usize = Self::ChangeResellers as usize + 1;
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Subscriber,
        Self::Member,
        Self::FleetManager,
        Self::ResellerAgent,
        Self::ResellerAdmin,
        Self::OperatorAgent,
        Self::OperatorAdmin,
        Self::Accounting,
        Self::Auditor,
    ];

    /// May somebody in this role do it?
    pub const fn may(self, permission: Permission) -> bool {
        TABLE[permission as usize].1[self as usize]
    }

    /// Whose people these are: a customer's, a reseller's, the operator's.
    pub const fn rank(self) -> Rank {
        match self {
            Self::Subscriber | Self::Member | Self::FleetManager => Rank::Customer,
            Self::ResellerAgent | Self::ResellerAdmin => Rank::Reseller,
            Self::OperatorAgent | Self::OperatorAdmin | Self::Accounting | Self::Auditor => Rank::Operator,
        }
    }

    /// The word that is kept of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subscriber => "subscriber",
            Self::Member => "member",
            Self::FleetManager => "fleet_manager",
            Self::ResellerAgent => "reseller_agent",
            Self::ResellerAdmin => "reseller_admin",
            Self::OperatorAgent => "operator_agent",
            Self::OperatorAdmin => "operator_admin",
            Self::Accounting => "accounting",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-02: the table is read by position: each permission and each role stands in its own row and column.
    #[test]
    fn every_permission_and_role_stands_in_its_place() {
        for (place, (permission, _)) in TABLE.iter().enumerate() {
            assert_eq!(*permission as usize, place, "{permission:?}");
        }
        for (place, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, place, "{role:?}");
            assert_eq!(Role::named(role.as_str()), Some(role));
        }
        assert_eq!(Role::named("root"), None);
    }

    /// PLT-02: an auditor reads all that the operator's people read, and changes nothing; who uses a line sees no more than it.
    #[test]
    fn an_auditor_reads_and_changes_nothing() {
        assert!(Role::Auditor.may(Permission::SeeJournal) && Role::Auditor.may(Permission::SeeUsageFiles));
        assert!(!Role::Auditor.may(Permission::TakeUsageIn) && !Role::Auditor.may(Permission::CompareDraft));
        assert!(Role::Member.may(Permission::SeeLines) && !Role::Member.may(Permission::SeeJournal));
    }
}
