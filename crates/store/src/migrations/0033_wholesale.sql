-- A reseller's company: the operator's customer that pays for the lines of the reseller's customers. Without one they are not billed.
ALTER TABLE reseller ADD COLUMN customer_id BIGINT REFERENCES customer (id);
CREATE UNIQUE INDEX reseller_of_company ON reseller (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX customer_of_reseller ON customer (reseller_id, id) WHERE reseller_id IS NOT NULL;

-- The resellers whose lines a run did not bill because they have no company, and how many lines that were.
CREATE TABLE bill_without_company (
    run_id BIGINT NOT NULL REFERENCES bill_run (id),
    reseller_id BIGINT NOT NULL REFERENCES reseller (id),
    lines BIGINT NOT NULL CHECK (lines > 0),
    PRIMARY KEY (run_id, reseller_id)
);
