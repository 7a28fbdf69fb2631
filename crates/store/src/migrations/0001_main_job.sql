-- The main job: who there is, what they have, what they used. `{identity}` is the engine's own numbered key.
-- Instants are microseconds since 1970 in UTC, amounts millionths of the currency, months numbers such as 202611.

CREATE TABLE operator (
    id {identity},
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);

CREATE TABLE reseller (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (operator_id, slug)
);

CREATE TABLE brand (
    host TEXT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    contact TEXT NOT NULL
);

CREATE TABLE customer (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    business SMALLINT NOT NULL CHECK (business IN (0, 1)),
    postcode TEXT NOT NULL,
    UNIQUE (operator_id, reference)
);

CREATE TABLE billing_account (
    id {identity},
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL,
    UNIQUE (customer_id, name)
);

-- Operator, reseller and customer stand on the line itself, so that each scope reads one index.
CREATE TABLE line (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    number TEXT NOT NULL,
    service TEXT NOT NULL,
    network TEXT NOT NULL,
    offer TEXT NOT NULL,
    bought BIGINT NOT NULL,
    capped SMALLINT NOT NULL CHECK (capped IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('activating', 'active', 'suspended', 'ended')),
    started BIGINT,
    ended BIGINT,
    user_name TEXT NOT NULL,
    iccid TEXT
);
CREATE UNIQUE INDEX line_number ON line (operator_id, number) WHERE ended IS NULL;
CREATE INDEX line_of_operator ON line (operator_id, state);
CREATE INDEX line_of_reseller ON line (reseller_id, state);
CREATE INDEX line_of_customer ON line (customer_id, state);
-- The list of lines by number, and how many lines each offer has, without reading the lines themselves.
CREATE INDEX line_number_of_operator ON line (operator_id, number);
CREATE INDEX line_number_of_reseller ON line (reseller_id, number);
CREATE INDEX line_number_of_customer ON line (customer_id, number);
CREATE INDEX line_offer_of_operator ON line (operator_id, offer, state);
CREATE INDEX line_offer_of_reseller ON line (reseller_id, offer, state);
CREATE INDEX line_offer_of_customer ON line (customer_id, offer, state);

-- Every way in which a usage file may name a line.
CREATE TABLE line_identity (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    identity TEXT NOT NULL,
    line_id BIGINT NOT NULL REFERENCES line (id),
    PRIMARY KEY (operator_id, identity)
);

CREATE TABLE line_option (
    line_id BIGINT NOT NULL REFERENCES line (id),
    option TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (line_id, option, since)
);

CREATE TABLE line_recharge (
    id {identity},
    line_id BIGINT NOT NULL REFERENCES line (id),
    recharge TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX line_recharge_of_line ON line_recharge (line_id);

CREATE TABLE line_cutoff (
    line_id BIGINT NOT NULL REFERENCES line (id),
    cutoff TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (line_id, cutoff)
);

-- `period` is `day` or `month`; `at_cap` is `tell`, `slow` or `stop`.
CREATE TABLE line_spend_cap (
    line_id BIGINT NOT NULL REFERENCES line (id),
    period TEXT NOT NULL CHECK (period IN ('day', 'month')),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    at_cap TEXT NOT NULL CHECK (at_cap IN ('tell', 'slow', 'stop')),
    PRIMARY KEY (line_id, period)
);

CREATE TABLE group_pack (
    id {identity},
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    pack TEXT NOT NULL,
    bought BIGINT NOT NULL
);

CREATE TABLE line_pack (
    line_id BIGINT NOT NULL REFERENCES line (id),
    pack_id BIGINT NOT NULL REFERENCES group_pack (id),
    PRIMARY KEY (line_id, pack_id)
);

CREATE TABLE login (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT REFERENCES customer (id),
    identifier TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('subscriber', 'fleet_manager', 'reseller_agent', 'operator_agent')),
    name TEXT NOT NULL,
    UNIQUE (operator_id, identifier)
);

-- Of a session's token only the hash is kept.
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    login_id BIGINT NOT NULL REFERENCES login (id),
    started BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

CREATE TABLE usage_file (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    layout TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'done', 'broken')),
    started BIGINT NOT NULL,
    finished BIGINT,
    checkpoint TEXT,
    taken BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    set_aside BIGINT NOT NULL,
    problem TEXT,
    UNIQUE (operator_id, digest)
);

CREATE TABLE usage_set_aside (
    file_id BIGINT NOT NULL REFERENCES usage_file (id),
    row_number BIGINT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    raw TEXT NOT NULL,
    PRIMARY KEY (file_id, row_number, reason)
);

-- Counters of a line in a month: what lists show in columns, and all that rating remembers in `state`.
CREATE TABLE line_month (
    line_id BIGINT NOT NULL,
    month INTEGER NOT NULL,
    data_bytes BIGINT NOT NULL,
    data_included BIGINT,
    data_drawn BIGINT NOT NULL,
    voice_s BIGINT NOT NULL,
    special_s BIGINT NOT NULL,
    sms BIGINT NOT NULL,
    mms BIGINT NOT NULL,
    out_of_bundle BIGINT NOT NULL,
    records BIGINT NOT NULL,
    latest BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (line_id, month)
);

CREATE TABLE pack_month (
    pack_id BIGINT NOT NULL,
    month INTEGER NOT NULL,
    used BIGINT NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY (pack_id, month)
);

-- A customer's usage by day: what the charts of a fleet add up. `day` is a number such as 20261121.
CREATE TABLE customer_day (
    customer_id BIGINT NOT NULL,
    day INTEGER NOT NULL,
    data_bytes BIGINT NOT NULL,
    voice_s BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    out_of_bundle BIGINT NOT NULL,
    PRIMARY KEY (customer_id, day)
);

-- What happened to a line while its usage was rated. `sequence` counts within the record.
CREATE TABLE line_event (
    line_id BIGINT NOT NULL,
    month INTEGER NOT NULL,
    at BIGINT NOT NULL,
    record_key BIGINT NOT NULL,
    sequence INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (line_id, month, at, record_key, sequence)
);

-- What is to be carried out after the transaction that decided it.
CREATE TABLE outbox (
    id {identity},
    operator_id BIGINT NOT NULL,
    line_id BIGINT NOT NULL,
    created BIGINT NOT NULL,
    message TEXT NOT NULL,
    carried_out BIGINT
);

-- Who may write the counters of an operator: one importer at a time. `fence` grows with each holder.
CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    fence BIGINT NOT NULL,
    until BIGINT NOT NULL
);
