-- The inventory: SIM cards and eSIM profiles with the batches in which they came, and telephone numbers.

-- A maker's file that was taken in; the same bytes once an operator.
CREATE TABLE sim_batch (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    network TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('card_with_pin', 'card_without_pin', 'esim')),
    cards BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    UNIQUE (operator_id, digest)
);

-- `reseller_id` is in whose stock a SIM is, NULL for the operator's own; `customer_id` to whom it is given or whose line has it; `line_id`
-- the one line that has it, or had it last. `ended` is when it was over for ever: what ended has no other state any more. `version`
-- grows with each change.
CREATE TABLE sim (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    iccid TEXT NOT NULL,
    imsi TEXT,
    network TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('card_with_pin', 'card_without_pin', 'esim')),
    state TEXT NOT NULL CHECK (state IN ('free', 'given', 'reserved', 'in_use', 'ended')),
    batch_id BIGINT REFERENCES sim_batch (id),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT REFERENCES customer (id),
    line_id BIGINT REFERENCES line (id),
    ended BIGINT,
    version BIGINT NOT NULL DEFAULT 0,
    UNIQUE (operator_id, iccid),
    UNIQUE (operator_id, imsi),
    CHECK ((state = 'ended') = (ended IS NOT NULL)),
    CHECK (state <> 'free' OR (customer_id IS NULL AND line_id IS NULL)),
    CHECK (state <> 'given' OR (customer_id IS NOT NULL AND line_id IS NULL)),
    CHECK (state NOT IN ('reserved', 'in_use') OR line_id IS NOT NULL)
);
-- A line has one SIM at a time; another may be reserved for it.
CREATE UNIQUE INDEX sim_in_use ON sim (line_id) WHERE state = 'in_use';
CREATE INDEX sim_of_operator ON sim (operator_id, state);
CREATE INDEX sim_of_reseller ON sim (reseller_id, state);
CREATE INDEX sim_of_customer ON sim (customer_id, state);
CREATE INDEX sim_of_line ON sim (line_id);
CREATE INDEX sim_of_batch ON sim (batch_id);

-- What unlocks a SIM, sealed. `name` is OPERATOR/ICCID: what a sealed value is bound to never changes.
CREATE TABLE sim_secret (
    name TEXT PRIMARY KEY,
    sim_id BIGINT NOT NULL UNIQUE REFERENCES sim (id),
    pin1 TEXT,
    puk1 TEXT,
    pin2 TEXT,
    puk2 TEXT
);

-- `rest_until` is until when nobody gets a number whose line ended. What ended is free again only when somebody says so by clearing
-- `ended`, as an operator's catalogue may; otherwise it is used by no other line.
CREATE TABLE inventory_number (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    number TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('free', 'reserved', 'in_use', 'porting_in', 'porting_out', 'quarantined', 'gone')),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT REFERENCES customer (id),
    line_id BIGINT REFERENCES line (id),
    rest_until BIGINT,
    ended BIGINT,
    version BIGINT NOT NULL DEFAULT 0,
    UNIQUE (operator_id, number),
    CHECK (state IN ('quarantined', 'gone') OR ended IS NULL),
    CHECK ((state = 'quarantined') = (rest_until IS NOT NULL)),
    CHECK (state NOT IN ('reserved', 'in_use', 'porting_in', 'porting_out') OR line_id IS NOT NULL),
    CHECK (state <> 'free' OR line_id IS NULL)
);
CREATE UNIQUE INDEX number_in_use ON inventory_number (line_id) WHERE state IN ('in_use', 'porting_out');

-- What the lines have so far: of a SIM or a number that two lines name, the line in service has it.
INSERT INTO sim (operator_id, iccid, network, kind, state, reseller_id, customer_id, line_id, ended)
    SELECT operator_id, iccid, network, 'card_with_pin',
    CASE state WHEN 'ended' THEN 'ended' WHEN 'activating' THEN 'reserved' ELSE 'in_use' END,
    reseller_id, customer_id, id, CASE state WHEN 'ended' THEN COALESCE(ended, 0) END
    FROM (SELECT l.*, ROW_NUMBER() OVER (PARTITION BY l.operator_id, l.iccid
        ORDER BY CASE l.state WHEN 'ended' THEN 1 ELSE 0 END, l.id DESC) AS place
        FROM line l WHERE l.iccid IS NOT NULL AND l.iccid <> '') named WHERE place = 1;
INSERT INTO inventory_number (operator_id, number, state, reseller_id, customer_id, line_id, ended)
    SELECT operator_id, number,
    CASE state WHEN 'ended' THEN 'gone' WHEN 'activating' THEN 'reserved' ELSE 'in_use' END,
    reseller_id, customer_id, id, CASE state WHEN 'ended' THEN COALESCE(ended, 0) END
    FROM (SELECT l.*, ROW_NUMBER() OVER (PARTITION BY l.operator_id, l.number
        ORDER BY CASE l.state WHEN 'ended' THEN 1 ELSE 0 END, l.id DESC) AS place
        FROM line l WHERE l.number LIKE '+%') named WHERE place = 1;
