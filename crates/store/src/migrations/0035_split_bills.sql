-- Whose own account it is: who uses this line pays its part of a split bill with it. Nobody else of the customer sees it, and whoever comes to use the
-- line after them does not either: then it is NULL.
ALTER TABLE billing_account ADD COLUMN line_id BIGINT REFERENCES line (id);
CREATE INDEX billing_account_of_line ON billing_account (line_id);

-- Who shares the bill of a line from a month on, which that of a later month follows. Without a profile nobody does any more.
DROP TABLE line_split;
CREATE TABLE line_split (
    line_id BIGINT NOT NULL REFERENCES line (id),
    since INTEGER NOT NULL,
    profile_id BIGINT REFERENCES split_profile (id),
    billing_account_id BIGINT REFERENCES billing_account (id),
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    PRIMARY KEY (line_id, since),
    CHECK ((profile_id IS NULL) = (billing_account_id IS NULL))
);
CREATE INDEX line_split_of_profile ON line_split (profile_id);

-- A profile that is offered no more goes on where it is used.
ALTER TABLE split_profile ADD COLUMN ended BIGINT;
