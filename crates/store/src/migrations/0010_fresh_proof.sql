-- When somebody last proved in a session that they are its owner; NULL: when they signed in.
ALTER TABLE session ADD COLUMN proved BIGINT;

-- Numbers at which a person can be reached, besides those of their lines.
CREATE TABLE login_number (
    login_id BIGINT NOT NULL REFERENCES login (id),
    kind TEXT NOT NULL CHECK (kind IN ('mobile', 'home', 'other')),
    number TEXT NOT NULL,
    PRIMARY KEY (login_id, kind)
);

-- Changes with which a login could be taken over. One that has to be confirmed is `asked` until then, one that waits for its hour is `held`;
-- another of the same kind that is asked for later replaces both. `before` and `after` are addresses or identifiers, empty for passwords. Until
-- `regret_until`, who was told may take the change back. `site` is where links lead, `host` the brand that writes.
CREATE TABLE identity_change (
    id {identity},
    login_id BIGINT NOT NULL REFERENCES login (id),
    kind TEXT NOT NULL CHECK (kind IN ('email', 'password', 'identifier')),
    state TEXT NOT NULL CHECK (state IN ('asked', 'held', 'done', 'replaced', 'taken_back')),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    host TEXT NOT NULL,
    site TEXT NOT NULL,
    asked BIGINT NOT NULL,
    due BIGINT,
    done BIGINT,
    regret_until BIGINT NOT NULL
);
CREATE INDEX identity_change_of_login ON identity_change (login_id, id);
CREATE INDEX identity_change_due ON identity_change (due) WHERE state = 'held';

-- Links that say "this was not me", by the hash of their token: one a mail that told of the change.
CREATE TABLE identity_change_regret (
    token_hash TEXT PRIMARY KEY,
    change_id BIGINT NOT NULL REFERENCES identity_change (id)
);
CREATE INDEX identity_change_regret_of_change ON identity_change_regret (change_id);

-- Text messages, as mails: written with what they tell of, sent by whoever claims them. What one says holds no secret and no link;
-- it is erased once sent.
CREATE TABLE text_message (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    host TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    template TEXT NOT NULL,
    arguments TEXT,
    created BIGINT NOT NULL,
    due BIGINT NOT NULL,
    useful_until BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
    attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT,
    fence BIGINT NOT NULL DEFAULT 0,
    held_until BIGINT,
    problem TEXT,
    sent BIGINT
);
CREATE INDEX text_message_waiting ON text_message (due, id) WHERE state = 'waiting';
CREATE INDEX text_message_sending ON text_message (held_until) WHERE state = 'sending';
CREATE INDEX text_message_of_operator ON text_message (operator_id, id);
