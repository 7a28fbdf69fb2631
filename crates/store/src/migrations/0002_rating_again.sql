-- Rating again: the order in which records came, months that are closed, late records, corrections, rows taken again.
-- `{usage}` is each table of usage that there is.

-- In which order the records of an operator were rated: rated again in the same order, a month comes out the same.
ALTER TABLE {usage} ADD COLUMN arrival BIGINT NOT NULL DEFAULT 0;
-- How many records of the operator came so far; counted up by the holder of the lease.
ALTER TABLE lease ADD COLUMN arrivals BIGINT NOT NULL DEFAULT 0;

-- Is data slowed (1) or stopped (2)? What lists show and filter by.
ALTER TABLE line_month ADD COLUMN data_hold SMALLINT NOT NULL DEFAULT 0;
UPDATE line_month SET data_hold = CASE WHEN state LIKE '%"s":"data","h":"stopped"%' THEN 2
    WHEN state LIKE '%"s":"data","h":"slowed"%' THEN 1 ELSE 0 END;

-- When a row that was set aside was taken after all, corrected or as it was.
ALTER TABLE usage_set_aside ADD COLUMN taken_again BIGINT;

-- Months whose bills were made: their usage is not rewritten.
CREATE TABLE closed_month (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    month INTEGER NOT NULL,
    closed BIGINT NOT NULL,
    PRIMARY KEY (operator_id, month)
);

-- Records that came after their month was closed: they stand with their month and are billed with a later one.
CREATE TABLE late_usage (
    line_id BIGINT NOT NULL,
    bill_month INTEGER NOT NULL,
    month INTEGER NOT NULL,
    started BIGINT NOT NULL,
    record_key BIGINT NOT NULL,
    price BIGINT NOT NULL,
    PRIMARY KEY (line_id, bill_month, month, started, record_key)
);

-- What rating a closed month again would have changed: charged or given back with a later bill.
CREATE TABLE usage_correction (
    id {identity},
    line_id BIGINT NOT NULL REFERENCES line (id),
    month INTEGER NOT NULL,
    bill_month INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    reason TEXT NOT NULL,
    made BIGINT NOT NULL
);
CREATE INDEX usage_correction_of_line ON usage_correction (line_id, bill_month);
