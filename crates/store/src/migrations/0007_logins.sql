-- Who may sign in: several identifiers a login, more roles, an address to write to, sessions that know their device. Everybody signs
-- in again after this.

DROP TABLE session;
ALTER TABLE login RENAME TO login_before;

-- `password_hash` is NULL until somebody chose a password.
CREATE TABLE login (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT REFERENCES customer (id),
    line_id BIGINT REFERENCES line (id),
    role TEXT NOT NULL CHECK (role IN ('subscriber', 'member', 'fleet_manager', 'reseller_agent', 'reseller_admin', 'operator_agent',
                                       'operator_admin', 'accounting', 'auditor')),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('invited', 'validated', 'blocked')),
    password_hash TEXT,
    before_id BIGINT
);
INSERT INTO login (operator_id, reseller_id, customer_id, role, name, email, language, state, password_hash, before_id)
    SELECT operator_id, reseller_id, customer_id, role, name, CASE WHEN identifier LIKE '%@%' THEN identifier ELSE '' END, '',
    'validated', password_hash, id FROM login_before ORDER BY id;

-- What a login is known by, in small letters. `bare` is what remains of a reference without its leading letter.
CREATE TABLE login_identifier (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    identifier TEXT NOT NULL,
    bare TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reference', 'own', 'number', 'email')),
    login_id BIGINT NOT NULL REFERENCES login (id),
    PRIMARY KEY (operator_id, identifier)
);
INSERT INTO login_identifier (operator_id, identifier, bare, kind, login_id)
    SELECT b.operator_id, LOWER(b.identifier),
    CASE WHEN LOWER(SUBSTR(b.identifier, 1, 1)) BETWEEN 'a' AND 'z' AND TRIM(SUBSTR(b.identifier, 2), '0123456789') = ''
        THEN SUBSTR(b.identifier, 2) ELSE '' END,
    CASE WHEN b.identifier LIKE '%@%' THEN 'email' WHEN TRIM(b.identifier, '+0123456789') = '' THEN 'number'
        WHEN TRIM(SUBSTR(b.identifier, 2), '0123456789') = '' THEN 'reference' ELSE 'own' END,
    n.id FROM login_before b JOIN login n ON n.before_id = b.id;
ALTER TABLE login DROP COLUMN before_id;
DROP TABLE login_before;
CREATE INDEX login_identifier_bare ON login_identifier (operator_id, bare);
CREATE INDEX login_identifier_of_login ON login_identifier (login_id);
CREATE INDEX login_of_operator ON login (operator_id);
CREATE INDEX login_of_reseller ON login (reseller_id);
CREATE INDEX login_of_customer ON login (customer_id);

-- Of a session's token only the hash is kept. `device` is what the browser says that it is.
CREATE TABLE session (
    id {identity},
    token_hash TEXT NOT NULL UNIQUE,
    login_id BIGINT NOT NULL REFERENCES login (id),
    started BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    address TEXT NOT NULL,
    device TEXT NOT NULL
);
CREATE INDEX session_of_login ON session (login_id);

-- Browsers that somebody signed in with before: a cookie of theirs, of which the hash is kept.
CREATE TABLE login_device (
    login_id BIGINT NOT NULL REFERENCES login (id),
    device_hash TEXT NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (login_id, device_hash)
);

-- Tries that failed, by the hash of whom or from where: how many since the last that did not, and until when the next has to wait.
CREATE TABLE sign_in_try (
    subject TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    latest BIGINT NOT NULL
);

-- Links that were mailed. Of the token only the hash is kept; `value` is what the link confirms, such as a new address.
CREATE TABLE login_link (
    token_hash TEXT PRIMARY KEY,
    login_id BIGINT NOT NULL REFERENCES login (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('first_access', 'password', 'invitation', 'email')),
    value TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT
);
CREATE INDEX login_link_of_login ON login_link (login_id, purpose);
