-- What somebody shows besides a password, or instead of it: one-time codes with their recovery codes, and passkeys.

-- `seed` is sealed. Codes count once `confirmed`; a code of `last_step` (30 seconds each, since 1970) or before was used.
CREATE TABLE one_time_code (
    login_id BIGINT PRIMARY KEY REFERENCES login (id),
    seed TEXT NOT NULL,
    begun BIGINT NOT NULL,
    confirmed BIGINT,
    last_step BIGINT NOT NULL DEFAULT 0
);

-- Of a recovery code only the hash is kept.
CREATE TABLE recovery_code (
    login_id BIGINT NOT NULL REFERENCES login (id),
    code_hash TEXT NOT NULL,
    used BIGINT,
    PRIMARY KEY (login_id, code_hash)
);

-- Whose password was right and whose code is waited for: no session yet. Of the browser's token only the hash is kept.
CREATE TABLE pending_sign_in (
    token_hash TEXT PRIMARY KEY,
    login_id BIGINT NOT NULL REFERENCES login (id),
    expires BIGINT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX pending_sign_in_of_login ON pending_sign_in (login_id);

-- A passkey is of one host name. `credential` is its public key with what is checked of it, as JSON; `user_handle` is by what it names
-- its login.
CREATE TABLE passkey (
    id {identity},
    login_id BIGINT NOT NULL REFERENCES login (id),
    host TEXT NOT NULL,
    credential_id TEXT NOT NULL,
    user_handle TEXT NOT NULL,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    made BIGINT NOT NULL,
    used BIGINT,
    UNIQUE (host, credential_id)
);
CREATE INDEX passkey_of_login ON passkey (login_id);

-- What a passkey has to answer, once: of the challenge and of the browser that asked only hashes are kept.
CREATE TABLE passkey_challenge (
    challenge_hash TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('adding', 'sign_in', 'proof')),
    host TEXT NOT NULL,
    login_id BIGINT REFERENCES login (id),
    state TEXT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_expires ON passkey_challenge (expires);
