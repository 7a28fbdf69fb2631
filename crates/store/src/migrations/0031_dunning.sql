-- Accounts that do not pay: how far it went, and what comes next. Without a `step` an account is only on hold, or nobody of it can be told, which
-- `untold` says. `amount` is what was late at the last step, in cents; days are written `2026-12-17`. A hold ends with its day.
CREATE TABLE dunning (
    billing_account_id BIGINT PRIMARY KEY REFERENCES billing_account (id),
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    step TEXT CHECK (step IN ('reminder', 'second_reminder', 'restriction', 'suspension')),
    taken TEXT,
    amount BIGINT NOT NULL DEFAULT 0,
    next_step TEXT CHECK (next_step IN ('reminder', 'second_reminder', 'restriction', 'suspension')),
    next_day TEXT,
    untold SMALLINT NOT NULL DEFAULT 0 CHECK (untold IN (0, 1)),
    held_until TEXT,
    hold_reason TEXT NOT NULL DEFAULT '',
    held_by TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 0,
    CHECK ((step IS NULL) = (taken IS NULL)),
    CHECK ((held_until IS NULL) = (hold_reason = ''))
);
CREATE INDEX dunning_of_operator ON dunning (operator_id, billing_account_id);

-- How far an operator's accounts are looked through on a day.
CREATE TABLE dunning_day (
    operator_id BIGINT PRIMARY KEY REFERENCES operator (id),
    day TEXT NOT NULL,
    after_account BIGINT NOT NULL,
    is_done SMALLINT NOT NULL CHECK (is_done IN (0, 1))
);

-- Invoices that a customer disputes: nobody is reminded of them until that is settled.
CREATE TABLE invoice_dispute (
    invoice_id BIGINT PRIMARY KEY REFERENCES invoice (id),
    since BIGINT NOT NULL,
    noted_by TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> '')
);

-- Lines whose services are to be restricted or suspended because of what their account owes, or to be given back: the row goes once they are.
-- `ours` says that it was suspended for this, and is not somebody's own wish.
CREATE TABLE line_unpaid (
    line_id BIGINT PRIMARY KEY REFERENCES line (id),
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    wants TEXT NOT NULL CHECK (wants IN ('restricted', 'suspended', 'free')),
    ours SMALLINT NOT NULL DEFAULT 0 CHECK (ours IN (0, 1)),
    look BIGINT
);
CREATE INDEX line_unpaid_of_account ON line_unpaid (billing_account_id);
CREATE INDEX line_unpaid_to_look_at ON line_unpaid (operator_id, look) WHERE look IS NOT NULL;
