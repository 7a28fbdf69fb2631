-- Who customers are on paper. An empty country is the operator's own.
ALTER TABLE customer ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN town TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN legal_id TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN vat_number TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- Who pays where it is somebody else than the customer, as an employee does within a split bill; an empty holder is the customer. New invoices are
-- told to `invoice_email`; empty for nobody.
ALTER TABLE billing_account ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE billing_account ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE billing_account ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE billing_account ADD COLUMN town TEXT NOT NULL DEFAULT '';
ALTER TABLE billing_account ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE billing_account ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE billing_account ADD COLUMN invoice_email TEXT NOT NULL DEFAULT '';

-- Who pays for a group pack; NULL is the customer's first account.
ALTER TABLE group_pack ADD COLUMN billing_account_id BIGINT REFERENCES billing_account (id);
CREATE INDEX group_pack_of_customer ON group_pack (customer_id);

-- What a line owes once. `item` is an item of a bill, as JSON.
CREATE TABLE line_fee (
    line_id BIGINT NOT NULL REFERENCES line (id),
    at BIGINT NOT NULL,
    item TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (line_id, at, item)
);

-- What employers pay, and who pays the rest of a line (FLT-20). `profile` is JSON.
CREATE TABLE split_profile (
    id {identity},
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL,
    profile TEXT NOT NULL,
    UNIQUE (customer_id, name)
);
CREATE TABLE line_split (
    line_id BIGINT PRIMARY KEY REFERENCES line (id),
    profile_id BIGINT NOT NULL REFERENCES split_profile (id),
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id)
);

-- What was granted to an account: hundredths of a per cent of what recurs, or so many cents a month.
CREATE TABLE account_grant (
    id {identity},
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    part SMALLINT CHECK (part BETWEEN 1 AND 10000),
    amount BIGINT CHECK (amount > 0),
    first_month INTEGER NOT NULL,
    last_month INTEGER,
    reason TEXT NOT NULL CHECK (reason <> ''),
    CHECK ((part IS NULL) <> (amount IS NULL))
);
CREATE INDEX account_grant_of ON account_grant (billing_account_id);

-- Bill runs: one of a month that is kept or being kept. `issuer` is 0 for the operator itself, else the reseller that bills its own customers.
-- `after_customer` is the last customer whose bills were written; `totals` is JSON.
CREATE TABLE bill_run (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    month INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('previewing', 'previewed', 'keeping', 'kept')),
    issued TEXT NOT NULL,
    begun BIGINT NOT NULL,
    begun_by TEXT NOT NULL,
    ended BIGINT,
    customers BIGINT NOT NULL,
    done BIGINT NOT NULL DEFAULT 0,
    after_customer BIGINT NOT NULL DEFAULT 0,
    totals TEXT NOT NULL,
    problem TEXT
);
CREATE UNIQUE INDEX bill_run_kept ON bill_run (operator_id, issuer, month) WHERE state IN ('keeping', 'kept');
CREATE UNIQUE INDEX bill_run_previewed ON bill_run (operator_id, issuer, month) WHERE state IN ('previewing', 'previewed');

-- Customers whose bills were put aside, and why.
CREATE TABLE bill_problem (
    run_id BIGINT NOT NULL REFERENCES bill_run (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    problem TEXT NOT NULL,
    PRIMARY KEY (run_id, customer_id)
);

-- Numbers of invoices: the last one of an issuer's year. Taken in the transaction that writes what bears them, so that none is lost.
CREATE TABLE invoice_series (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    year SMALLINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (operator_id, issuer, year)
);

-- Issued invoices and credit notes: never changed, never deleted. Amounts are cents; those of a credit note are what is given back. `facts` is
-- all that its documents show, as JSON.
CREATE TABLE invoice (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    run_id BIGINT REFERENCES bill_run (id),
    kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    year SMALLINT NOT NULL,
    place BIGINT NOT NULL CHECK (place > 0),
    number TEXT NOT NULL,
    month INTEGER NOT NULL,
    issued TEXT NOT NULL,
    due TEXT NOT NULL,
    net BIGINT NOT NULL CHECK (net >= 0),
    vat BIGINT NOT NULL CHECK (vat >= 0),
    gross BIGINT NOT NULL,
    facts TEXT NOT NULL,
    CHECK (gross = net + vat),
    UNIQUE (operator_id, issuer, year, place),
    UNIQUE (operator_id, number)
);
CREATE UNIQUE INDEX invoice_of_run ON invoice (run_id, billing_account_id) WHERE run_id IS NOT NULL;
CREATE INDEX invoice_of_account ON invoice (billing_account_id, month);
CREATE INDEX invoice_of_customer ON invoice (customer_id, id);
CREATE INDEX invoice_of_operator ON invoice (operator_id, issuer, month);

-- What was billed, without VAT and before it was shared: what the next run compares with. `line_id` is 0 for what is of the account.
CREATE TABLE billed (
    month INTEGER NOT NULL,
    billing_account_id BIGINT NOT NULL,
    line_id BIGINT NOT NULL,
    item TEXT NOT NULL,
    run_id BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (month, billing_account_id, line_id, item, run_id)
);

-- The ledger: entries, each of transfers from one account of the ledger to another, so that every entry balances. Append only.
CREATE TABLE ledger_entry (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'payment', 'refund', 'return', 'fee', 'write_off', 'settlement')),
    invoice_id BIGINT REFERENCES invoice (id),
    payment_id BIGINT
);
CREATE UNIQUE INDEX ledger_entry_of_invoice ON ledger_entry (invoice_id) WHERE kind IN ('invoice', 'credit_note');
CREATE INDEX ledger_entry_of_operator ON ledger_entry (operator_id, issuer, at);
CREATE TABLE ledger_transfer (
    entry_id BIGINT NOT NULL REFERENCES ledger_entry (id),
    place SMALLINT NOT NULL,
    debit TEXT NOT NULL CHECK (debit <> ''),
    credit TEXT NOT NULL CHECK (credit <> ''),
    amount BIGINT NOT NULL CHECK (amount > 0),
    billing_account_id BIGINT REFERENCES billing_account (id),
    PRIMARY KEY (entry_id, place),
    CHECK (debit <> credit)
);
CREATE INDEX ledger_transfer_of_account ON ledger_transfer (billing_account_id) WHERE billing_account_id IS NOT NULL;

INSERT INTO next_id (name, next) VALUES ('money', 1);

-- {sqlite}
CREATE TRIGGER invoice_stays BEFORE UPDATE ON invoice BEGIN SELECT RAISE(ABORT, 'an issued invoice does not change'); END;
-- {sqlite}
CREATE TRIGGER invoice_is_kept BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'an issued invoice is kept'); END;
-- {sqlite}
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
-- {sqlite}
CREATE TRIGGER ledger_entry_is_kept BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
-- {sqlite}
CREATE TRIGGER ledger_transfer_stays BEFORE UPDATE ON ledger_transfer BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
-- {sqlite}
CREATE TRIGGER ledger_transfer_is_kept BEFORE DELETE ON ledger_transfer BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
-- {postgres}
CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;
-- {postgres}
CREATE TRIGGER invoice_stays BEFORE UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION ledger_stays();
-- {postgres}
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_stays();
-- {postgres}
CREATE TRIGGER ledger_transfer_stays BEFORE UPDATE OR DELETE ON ledger_transfer FOR EACH ROW EXECUTE FUNCTION ledger_stays();
