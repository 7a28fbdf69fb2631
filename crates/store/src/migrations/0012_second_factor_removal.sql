-- When a passkey was last shown in a session, by signing in or as a proof; NULL: never.
ALTER TABLE session ADD COLUMN passkey_shown BIGINT;

-- Somebody's second factor may be taken away by who helps them: a kind of change more. What a column may say is not changed in place.
ALTER TABLE identity_change ADD COLUMN what TEXT NOT NULL DEFAULT 'email' CHECK (what IN ('email', 'password', 'identifier', 'second_factor'));
UPDATE identity_change SET what = kind;
ALTER TABLE identity_change DROP COLUMN kind;
ALTER TABLE identity_change RENAME COLUMN what TO kind;
