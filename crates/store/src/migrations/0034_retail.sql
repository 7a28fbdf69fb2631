-- What a reseller asks of its customers in place of the operator's prices (RES-11): only added to. Of two of the same item and day the later one
-- counts. `starts` is the first day; empty: also for all that was sold before.
CREATE TABLE retail_price (
    id {identity},
    reseller_id BIGINT NOT NULL REFERENCES reseller (id),
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    network TEXT NOT NULL,
    starts TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    entered BIGINT NOT NULL,
    entered_by TEXT NOT NULL
);
CREATE INDEX retail_price_of ON retail_price (reseller_id, id);

-- Who a reseller is on its invoices. No two of an operator begin their numbers alike.
CREATE TABLE letterhead (
    reseller_id BIGINT PRIMARY KEY REFERENCES reseller (id),
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    prefix TEXT NOT NULL CHECK (prefix <> ''),
    company TEXT NOT NULL CHECK (company <> ''),
    legal_form TEXT NOT NULL,
    legal_id TEXT NOT NULL,
    vat_number TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    town TEXT NOT NULL,
    iban TEXT NOT NULL CHECK (iban <> ''),
    bic TEXT NOT NULL,
    due_days SMALLINT NOT NULL CHECK (due_days BETWEEN 0 AND 90),
    mention TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (operator_id, prefix)
);
