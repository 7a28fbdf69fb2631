-- Payments, and what is given back of them. Amounts are cents. `token` is of the form that asked: sent twice, it is one payment. `reference` is
-- the provider's own name for it, NULL until it has answered; `page` is where the browser goes. `gives_back` is the payment that a refund is of.
CREATE TABLE payment (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    invoice_id BIGINT REFERENCES invoice (id),
    provider TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('card', 'transfer', 'direct_debit', 'refund')),
    state TEXT NOT NULL CHECK (state IN ('asked', 'under_way', 'succeeded', 'refused', 'expired')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL CHECK (LENGTH(currency) = 3),
    token TEXT NOT NULL CHECK (token <> ''),
    reference TEXT,
    page TEXT,
    gives_back BIGINT REFERENCES payment (id),
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    changed BIGINT NOT NULL,
    looked BIGINT NOT NULL,
    problem TEXT,
    UNIQUE (operator_id, token),
    UNIQUE (operator_id, provider, reference),
    CHECK ((kind = 'refund') = (gives_back IS NOT NULL))
);
CREATE INDEX payment_of_account ON payment (billing_account_id, id);
CREATE INDEX payment_of_customer ON payment (customer_id, id);
CREATE INDEX payment_given_back ON payment (gives_back) WHERE gives_back IS NOT NULL;
CREATE INDEX payment_that_hangs ON payment (looked) WHERE state IN ('asked', 'under_way');

-- What providers told, each by its own name for it: the second time is nothing. `problem` says why somebody has to look at it.
CREATE TABLE payment_callback (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    provider TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event <> ''),
    payment_id BIGINT,
    taken BIGINT NOT NULL,
    problem TEXT,
    PRIMARY KEY (operator_id, provider, event)
);
CREATE INDEX payment_callback_aside ON payment_callback (operator_id, taken) WHERE problem IS NOT NULL;

-- A payment is entered in the ledger once.
CREATE UNIQUE INDEX ledger_entry_of_payment ON ledger_entry (payment_id, kind) WHERE payment_id IS NOT NULL;
