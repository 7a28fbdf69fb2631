-- Who did what to what: one chain of rows an operator, each with the hash of the one before it.

-- `object` and `object_id` say what was changed; customer and reseller whose it was, for who may read it. `before` and `after` are JSON.
CREATE TABLE journal (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    login_id BIGINT,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    customer_id BIGINT,
    reseller_id BIGINT,
    before TEXT,
    after TEXT,
    hash TEXT NOT NULL,
    PRIMARY KEY (operator_id, sequence)
);
CREATE INDEX journal_of_object ON journal (operator_id, object, object_id, sequence);
CREATE INDEX journal_of_reseller ON journal (reseller_id, sequence);
CREATE INDEX journal_of_customer ON journal (customer_id, sequence);

-- The end of each chain: whoever writes holds it until the change is kept.
CREATE TABLE journal_head (
    operator_id BIGINT PRIMARY KEY REFERENCES operator (id),
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);
