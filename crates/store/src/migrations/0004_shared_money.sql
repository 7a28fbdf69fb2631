-- What lines spend together, times at which a cap is higher, and of what somebody wants to be told (RAT-15, RAT-16, FLT-12).

-- The lines of a billing account, or of a customer where no account is named, share caps in money. `steps` are per cent at which somebody
-- is told, ascending, with blanks between; empty: those of the operator.
CREATE TABLE shared_spend (
    id {identity},
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    billing_account_id BIGINT REFERENCES billing_account (id),
    steps TEXT NOT NULL
);
CREATE UNIQUE INDEX shared_spend_of ON shared_spend (customer_id, COALESCE(billing_account_id, 0));

CREATE TABLE shared_spend_cap (
    spend_id BIGINT NOT NULL REFERENCES shared_spend (id),
    period TEXT NOT NULL CHECK (period IN ('day', 'month')),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    at_cap TEXT NOT NULL CHECK (at_cap IN ('tell', 'slow', 'stop')),
    PRIMARY KEY (spend_id, period)
);

CREATE TABLE shared_spend_raise (
    spend_id BIGINT NOT NULL REFERENCES shared_spend (id),
    period TEXT NOT NULL CHECK (period IN ('day', 'month')),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    since BIGINT NOT NULL,
    until BIGINT NOT NULL CHECK (until > since),
    PRIMARY KEY (spend_id, period, since)
);

-- Counters of what was spent together in a month: all that rating remembers. A month that is not here is added up from its usage.
CREATE TABLE shared_spend_month (
    spend_id BIGINT NOT NULL,
    month INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (spend_id, month)
);

CREATE TABLE line_spend_raise (
    line_id BIGINT NOT NULL REFERENCES line (id),
    period TEXT NOT NULL CHECK (period IN ('day', 'month')),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    since BIGINT NOT NULL,
    until BIGINT NOT NULL CHECK (until > since),
    PRIMARY KEY (line_id, period, since)
);
ALTER TABLE line ADD COLUMN spend_steps TEXT NOT NULL DEFAULT '';

-- What a call of the line may cost at most, a minute and to connect; NULL for no limit of its own.
ALTER TABLE line ADD COLUMN guard_per_minute BIGINT;
ALTER TABLE line ADD COLUMN guard_fee BIGINT;

-- Amounts a month beyond what is included at which somebody is told: `user`, `managers`, or an address of e-mail. It may be switched off
-- and kept.
CREATE TABLE line_notice (
    line_id BIGINT NOT NULL REFERENCES line (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    active SMALLINT NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (line_id, amount, recipient)
);

-- The same for what lines pay beyond a group pack.
CREATE TABLE pack_notice (
    pack_id BIGINT NOT NULL REFERENCES group_pack (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    active SMALLINT NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (pack_id, amount, recipient)
);
ALTER TABLE pack_month ADD COLUMN charged BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pack_month ADD COLUMN charged_told BIGINT NOT NULL DEFAULT 0;
