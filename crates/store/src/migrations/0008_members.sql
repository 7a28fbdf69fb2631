-- Who has access for whom: invitations, changes by others, and lines whose users have access of their own.

-- `invited` is when the login was last asked in by mail. `version` grows with each change by somebody else: a form that was shown before
-- one is stale.
ALTER TABLE login ADD COLUMN invited BIGINT;
ALTER TABLE login ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

-- Among the people of one party an address is one person's.
CREATE UNIQUE INDEX login_address ON login (operator_id, COALESCE(reseller_id, 0), COALESCE(customer_id, 0), LOWER(email))
    WHERE email <> '';

-- Lines of a household whose user has access of their own (TEL-07): a line has one, a login is of one. `accepted` is when its holder
-- chose a password: from then on nobody else of the household sees what the line uses. `number_of` is the login that was known by the
-- line's number before.
CREATE TABLE line_access (
    line_id BIGINT PRIMARY KEY REFERENCES line (id),
    login_id BIGINT NOT NULL UNIQUE REFERENCES login (id),
    given BIGINT NOT NULL,
    accepted BIGINT,
    number_of BIGINT
);
