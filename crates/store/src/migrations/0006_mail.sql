-- Mails: written in the transaction of what they tell of, sent afterwards by whoever claims them. `arguments` is sealed (it holds links) and
-- erased once sent. A mail is `waiting` until it is handed to its server, claimed or not; from then on it is `sending`, until the
-- server's answer is noted. Who claimed it has the fence until `held_until`.

CREATE TABLE mail (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    host TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    template TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    arguments TEXT,
    created BIGINT NOT NULL,
    due BIGINT NOT NULL,
    useful_until BIGINT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
    attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT,
    fence BIGINT NOT NULL DEFAULT 0,
    held_until BIGINT,
    problem TEXT,
    sent BIGINT
);
CREATE INDEX mail_waiting ON mail (due, id) WHERE state = 'waiting';
CREATE INDEX mail_sending ON mail (held_until) WHERE state = 'sending';
CREATE INDEX mail_of_operator ON mail (operator_id, id);
