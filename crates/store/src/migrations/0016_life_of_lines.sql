-- The life of lines: where each is, what its network is asked for, what is planned, its orders and its portings.

-- What one form ordered: a token of the form is one order, however often it is sent. `monthly` and `once` are what was told before.
CREATE TABLE customer_order (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    token TEXT NOT NULL,
    placed BIGINT NOT NULL,
    placed_by TEXT NOT NULL,
    lines BIGINT NOT NULL,
    monthly BIGINT NOT NULL,
    once BIGINT NOT NULL,
    UNIQUE (operator_id, token)
);
CREATE INDEX order_of_customer ON customer_order (customer_id, id);
CREATE INDEX order_of_reseller ON customer_order (reseller_id, id);

-- What a network has to do. `state` is the word of `progress`, and `progress` and `action` are what the room `lines` keeps of it.
CREATE TABLE work_order (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    line_id BIGINT NOT NULL REFERENCES line (id),
    network TEXT NOT NULL,
    work TEXT NOT NULL,
    action TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'ready', 'sent', 'accepted', 'withdrawing', 'done', 'refused', 'unanswered', 'cancelled')),
    progress TEXT NOT NULL,
    begun BIGINT NOT NULL,
    changed BIGINT NOT NULL
);
CREATE INDEX work_order_of_line ON work_order (line_id, id);
CREATE INDEX work_order_of_operator ON work_order (operator_id, state, id);

-- What a network is still to be told. A row goes when it was told: dying in between, it is told twice, which its key makes harmless.
CREATE TABLE network_letter (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    network TEXT NOT NULL,
    work_order_id BIGINT NOT NULL REFERENCES work_order (id),
    kind TEXT NOT NULL CHECK (kind IN ('request', 'withdrawal')),
    taken_until BIGINT
);

CREATE TABLE scheduled_change (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    line_id BIGINT NOT NULL REFERENCES line (id),
    change TEXT NOT NULL,
    due BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'taken_back', 'begun', 'done', 'dropped')),
    progress TEXT NOT NULL,
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL
);
CREATE INDEX scheduled_change_of_line ON scheduled_change (line_id, state);
CREATE INDEX scheduled_change_due ON scheduled_change (operator_id, due) WHERE state = 'planned';

-- A change that was asked for many lines at once, and what came of it for each: a work order, or a planned change. A token of the form is
-- one change, however often it is sent.
CREATE TABLE bulk_change (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT REFERENCES customer (id),
    token TEXT NOT NULL,
    change TEXT NOT NULL,
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    UNIQUE (operator_id, token)
);
CREATE TABLE bulk_change_line (
    bulk_id BIGINT NOT NULL REFERENCES bulk_change (id),
    line_id BIGINT NOT NULL REFERENCES line (id),
    work_order_id BIGINT,
    scheduled_change_id BIGINT,
    PRIMARY KEY (bulk_id, line_id)
);

CREATE TABLE porting (
    id BIGINT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    line_id BIGINT NOT NULL REFERENCES line (id),
    number TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    state TEXT NOT NULL CHECK (state IN ('requested', 'eligible', 'ineligible', 'dated', 'ported', 'cancelled', 'reversed')),
    progress TEXT NOT NULL,
    proof TEXT NOT NULL DEFAULT '',
    asked BIGINT NOT NULL
);
-- A number is ported once at a time.
CREATE UNIQUE INDEX porting_open ON porting (operator_id, number) WHERE state IN ('requested', 'eligible', 'dated');
CREATE INDEX porting_of_operator ON porting (operator_id, state, id);
CREATE INDEX porting_of_line ON porting (line_id, id);

-- The plans that a line had before the one that its row has, each until when: usage of a month that is rated late has the plan of its month.
CREATE TABLE line_past_plan (
    line_id BIGINT NOT NULL REFERENCES line (id),
    until BIGINT NOT NULL,
    offer TEXT NOT NULL,
    bought BIGINT NOT NULL,
    capped SMALLINT NOT NULL CHECK (capped IN (0, 1)),
    monthly BIGINT NOT NULL,
    PRIMARY KEY (line_id, until)
);

-- Ids that are known before their rows are there.
CREATE TABLE next_id (
    name TEXT PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO next_id (name, next) VALUES ('life', 1);

-- `version` grows with each change, and tells that somebody was faster; `progress` is what the room `lines` keeps of the state; `due` is
-- when time alone moves the line on; `monthly` is at what price the offer was bought, NULL for what the catalogue of that day says.
ALTER TABLE line ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE line ADD COLUMN progress TEXT;
ALTER TABLE line ADD COLUMN monthly BIGINT;
ALTER TABLE line ADD COLUMN order_id BIGINT REFERENCES customer_order (id);
ALTER TABLE line ADD COLUMN sim_id BIGINT REFERENCES sim (id);
ALTER TABLE line ADD COLUMN underway BIGINT REFERENCES work_order (id);
ALTER TABLE line ADD COLUMN porting_id BIGINT REFERENCES porting (id);
ALTER TABLE line ADD COLUMN due BIGINT;
ALTER TABLE line ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
ALTER TABLE line ADD COLUMN contact_number TEXT NOT NULL DEFAULT '';
ALTER TABLE line_option ADD COLUMN monthly BIGINT;
-- {postgres}
ALTER TABLE line DROP CONSTRAINT line_state_check;
-- {postgres}
ALTER TABLE line ADD CONSTRAINT line_state_check
    CHECK (state IN ('ordered', 'activating', 'active', 'suspended', 'ending', 'ended'));
-- SQLite's way to another CHECK of the same rows is to write it into the text of the table.
-- {sqlite}
PRAGMA writable_schema = ON;
-- {sqlite}
UPDATE sqlite_schema SET sql = replace(sql, '''activating'', ''active'', ''suspended'', ''ended''',
    '''ordered'', ''activating'', ''active'', ''suspended'', ''ending'', ''ended''') WHERE type = 'table' AND name = 'line';
-- {sqlite}
PRAGMA writable_schema = RESET;
-- Lines that have no number yet have no name that two could share.
DROP INDEX line_number;
CREATE UNIQUE INDEX line_number ON line (operator_id, number) WHERE ended IS NULL AND number <> '';
CREATE INDEX line_due ON line (due) WHERE due IS NOT NULL;
CREATE INDEX line_of_order ON line (order_id) WHERE order_id IS NOT NULL;

-- A line that was on its way when nobody kept orders waits for somebody to look.
UPDATE line SET
    state = CASE state WHEN 'activating' THEN 'ordered' ELSE state END,
    progress = CASE state
        WHEN 'activating' THEN '{"state":"ordered","order":0,"begins":null}'
        WHEN 'active' THEN '{"state":"active","since":' || COALESCE(started, bought) || '}'
        WHEN 'suspended' THEN '{"state":"suspended","since":' || COALESCE(started, bought) || '}'
        ELSE '{"state":"ended","at":' || COALESCE(ended, 0) || ',"cause":"asked"}' END,
    sim_id = (SELECT s.id FROM sim s WHERE s.operator_id = line.operator_id AND s.iccid = line.iccid AND s.line_id = line.id);
