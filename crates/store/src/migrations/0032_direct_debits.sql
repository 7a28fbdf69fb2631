-- The day of the month on which an account wishes to be debited; NULL is the first that its operator offers.
ALTER TABLE billing_account ADD COLUMN debit_day SMALLINT CHECK (debit_day BETWEEN 1 AND 28);

-- Are new invoices of an account told by mail? Where `invoice_email` is empty, to the customer's own people.
ALTER TABLE billing_account ADD COLUMN invoices_told SMALLINT NOT NULL DEFAULT 1 CHECK (invoices_told IN (0, 1));

-- Mandates of direct debits, of which an account has one at most that is not ended. `iban` is sealed; `masked` is what of it may be shown. `since` is
-- the day on which it was blocked or ended.
CREATE TABLE mandate (
    reference TEXT PRIMARY KEY CHECK (reference <> ''),
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    place INTEGER NOT NULL CHECK (place > 0),
    iban TEXT NOT NULL CHECK (iban <> ''),
    masked TEXT NOT NULL CHECK (masked <> ''),
    bic TEXT NOT NULL DEFAULT '',
    holder TEXT NOT NULL CHECK (holder <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('recurrent', 'one_off')),
    signed TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'blocked', 'ended')),
    since TEXT,
    why TEXT CHECK (why IN ('revoked', 'iban_changed', 'bank')),
    first_used TEXT,
    last_used TEXT,
    UNIQUE (billing_account_id, place),
    CHECK ((state = 'active') = (since IS NULL)),
    CHECK ((state = 'ended') = (why IS NOT NULL)),
    CHECK ((first_used IS NULL) = (last_used IS NULL))
);
CREATE UNIQUE INDEX mandate_in_use ON mandate (billing_account_id) WHERE state <> 'ended';

-- What a customer was told: that an invoice is collected on a day under a mandate. The last one of an invoice holds; `told_by` is empty where the
-- invoice itself said so.
CREATE TABLE debit_notice (
    invoice_id BIGINT NOT NULL REFERENCES invoice (id),
    place SMALLINT NOT NULL CHECK (place > 0),
    mandate TEXT NOT NULL REFERENCES mandate (reference),
    day TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    told BIGINT NOT NULL,
    told_by TEXT NOT NULL,
    PRIMARY KEY (invoice_id, place)
);

-- Invoices that are not collected any more, and why: the customer pays them otherwise.
CREATE TABLE debit_stop (
    invoice_id BIGINT PRIMARY KEY REFERENCES invoice (id),
    at BIGINT NOT NULL,
    stopped_by TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('person', 'returned'))
);

-- Files of direct debits that were made for a bank. What stands in them is made of these rows, the same bytes each time. `creditor` is JSON.
CREATE TABLE collection_file (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    message TEXT NOT NULL CHECK (message <> ''),
    made BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    last_day TEXT NOT NULL,
    debits BIGINT NOT NULL CHECK (debits > 0),
    amount BIGINT NOT NULL CHECK (amount > 0),
    creditor TEXT NOT NULL,
    UNIQUE (operator_id, message)
);
CREATE TABLE debit (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    file_id BIGINT NOT NULL REFERENCES collection_file (id),
    end_to_end TEXT NOT NULL CHECK (end_to_end <> ''),
    block TEXT NOT NULL CHECK (block <> ''),
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    mandate TEXT NOT NULL REFERENCES mandate (reference),
    sequence TEXT NOT NULL CHECK (sequence IN ('FRST', 'RCUR', 'FNAL', 'OOFF')),
    day TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    tries SMALLINT NOT NULL CHECK (tries > 0),
    address TEXT NOT NULL,
    said TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('under_way', 'settled', 'rejected', 'returned')),
    settled TEXT,
    came_back TEXT,
    reason TEXT,
    UNIQUE (operator_id, end_to_end),
    CHECK ((state IN ('rejected', 'returned')) = (came_back IS NOT NULL))
);
CREATE INDEX debit_of_file ON debit (file_id, id);
CREATE INDEX debit_of_block ON debit (operator_id, block);
CREATE INDEX debit_of_account ON debit (billing_account_id, id);
CREATE TABLE debit_part (
    debit_id BIGINT NOT NULL REFERENCES debit (id),
    place SMALLINT NOT NULL,
    invoice_id BIGINT NOT NULL REFERENCES invoice (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    under_way SMALLINT NOT NULL CHECK (under_way IN (0, 1)),
    payment_id BIGINT REFERENCES payment (id),
    PRIMARY KEY (debit_id, place)
);
-- An invoice is with the bank once at a time.
CREATE UNIQUE INDEX debit_part_under_way ON debit_part (invoice_id) WHERE under_way = 1;
CREATE INDEX debit_part_of_invoice ON debit_part (invoice_id);

-- Files that a bank sent, each once by the hash of its bytes.
CREATE TABLE bank_file (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'statements')),
    taken BIGINT NOT NULL,
    taken_by TEXT NOT NULL,
    UNIQUE (operator_id, hash)
);

-- What such a file says, one row each: an answer to debits, or something that was booked, which is known by `key` in whatever file it comes.
-- `outcome` is JSON: what became of it. Whoever has yet to look at it finds it where `waits` is 1.
CREATE TABLE bank_item (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    file_id BIGINT NOT NULL REFERENCES bank_file (id),
    key TEXT,
    amount BIGINT,
    currency TEXT NOT NULL DEFAULT '',
    booked TEXT,
    party TEXT NOT NULL DEFAULT '',
    said TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL,
    waits SMALLINT NOT NULL CHECK (waits IN (0, 1)),
    decided BIGINT,
    decided_by TEXT NOT NULL DEFAULT '',
    UNIQUE (operator_id, key)
);
CREATE INDEX bank_item_of_file ON bank_item (file_id, id);
CREATE INDEX bank_item_that_waits ON bank_item (operator_id, id) WHERE waits = 1;
