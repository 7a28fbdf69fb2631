-- Who uses a line, and from when on another billing account pays for it.

-- Beside the name that lists show (`line.user_name`) and where messages go (`line.contact_email`, `line.contact_number`), written with them.
-- `confirmed` is when the user said that these are right, NULL for never; `version` grows with each change.
CREATE TABLE line_user (
    line_id BIGINT PRIMARY KEY REFERENCES line (id),
    description TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title IN ('', 'ms', 'mr')),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    born TEXT NOT NULL,
    language TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    town TEXT NOT NULL,
    confirmed BIGINT,
    version BIGINT NOT NULL
);

-- The account that pays from an instant on, the beginning of a month: `applied` is when it came to stand in `line.billing_account_id`, NULL
-- while that is to come. `before_id` is the one before.
CREATE TABLE line_account (
    line_id BIGINT NOT NULL REFERENCES line (id),
    since BIGINT NOT NULL,
    billing_account_id BIGINT NOT NULL REFERENCES billing_account (id),
    before_id BIGINT NOT NULL REFERENCES billing_account (id),
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    applied BIGINT,
    PRIMARY KEY (line_id, since)
);
CREATE INDEX line_account_due ON line_account (since) WHERE applied IS NULL;
