-- Numbers to reach a person, one-time codes and passkeys can be taken back too by who was told of them. What a column may say is not changed in place.
ALTER TABLE identity_change ADD COLUMN what TEXT NOT NULL DEFAULT 'email'
    CHECK (what IN ('email', 'password', 'identifier', 'second_factor', 'numbers', 'codes', 'passkey'));
UPDATE identity_change SET what = kind;
ALTER TABLE identity_change DROP COLUMN kind;
ALTER TABLE identity_change RENAME COLUMN what TO kind;

-- The journal of some days.
CREATE INDEX journal_at ON journal (operator_id, at);
