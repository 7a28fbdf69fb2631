-- What people want to be told of by mail, each kind by itself: who chose nothing is told nothing. `host` is the brand that writes, `site` where
-- links lead: the door at which they chose.
CREATE TABLE notification (
    login_id BIGINT NOT NULL REFERENCES login (id),
    kind TEXT NOT NULL,
    host TEXT NOT NULL,
    site TEXT NOT NULL,
    PRIMARY KEY (login_id, kind)
);
CREATE INDEX notification_of_kind ON notification (kind);

-- When people were told that all lines of an order were there or given up, and that one could not be had: each once.
ALTER TABLE customer_order ADD COLUMN told_done BIGINT;
ALTER TABLE customer_order ADD COLUMN told_failed BIGINT;
