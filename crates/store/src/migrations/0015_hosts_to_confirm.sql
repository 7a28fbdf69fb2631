-- Host names that a reseller's people want for their brand. One serves once the operator's people confirmed it, and stands in `brand_host`
-- from then on; until then it is nobody's, so that what somebody merely wants keeps no rightful owner from it.
CREATE TABLE brand_host_asked (
    brand_id BIGINT NOT NULL REFERENCES brand (id),
    host TEXT NOT NULL,
    PRIMARY KEY (brand_id, host)
);
