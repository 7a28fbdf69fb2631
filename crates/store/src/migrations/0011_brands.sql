-- Brands as data that their owners change: several host names a brand, colours for both themes, where questions go, who writes mails,
-- languages, logos and legal pages. `version` grows with each change: who read an older one writes nothing.

ALTER TABLE brand RENAME TO brand_before;

-- `languages` has the tags with spaces between, the one that a page begins with first; empty for all that the operator speaks.
-- `colour_on_dark` is empty where it is made from `colour`.
CREATE TABLE brand (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    colour_on_dark TEXT NOT NULL,
    telephone TEXT NOT NULL,
    email TEXT NOT NULL,
    postal_address TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    sender_address TEXT NOT NULL,
    languages TEXT NOT NULL,
    version BIGINT NOT NULL,
    before_host TEXT
);
INSERT INTO brand (operator_id, reseller_id, name, colour, colour_on_dark, telephone, email, postal_address, sender_name,
                   sender_address, languages, version, before_host)
    SELECT operator_id, reseller_id, name, colour, '', CASE WHEN contact LIKE '%@%' THEN '' ELSE contact END,
    CASE WHEN contact LIKE '%@%' THEN contact ELSE '' END, '', '', '', '', 1, LOWER(host) FROM brand_before ORDER BY host;

-- A host name in small letters belongs to one brand of all operators. `given` is 1 for one that the operator gave, which only the
-- operator's people take away.
CREATE TABLE brand_host (
    host TEXT PRIMARY KEY,
    brand_id BIGINT NOT NULL REFERENCES brand (id),
    given SMALLINT NOT NULL CHECK (given IN (0, 1))
);
INSERT INTO brand_host (host, brand_id, given) SELECT before_host, id, 1 FROM brand;
ALTER TABLE brand DROP COLUMN before_host;
DROP TABLE brand_before;
CREATE INDEX brand_host_of_brand ON brand_host (brand_id);
CREATE INDEX brand_of_operator ON brand (operator_id);

-- A logo as pixels: for light or dark ground, once in the size of the page (1) and once in twice that (2).
CREATE TABLE brand_logo (
    brand_id BIGINT NOT NULL REFERENCES brand (id),
    ground TEXT NOT NULL CHECK (ground IN ('light', 'dark')),
    density SMALLINT NOT NULL CHECK (density IN (1, 2)),
    hash TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (brand_id, ground, density)
);
CREATE INDEX brand_logo_of_hash ON brand_logo (hash);

CREATE TABLE brand_text (
    brand_id BIGINT NOT NULL REFERENCES brand (id),
    page TEXT NOT NULL CHECK (page IN ('notice', 'terms', 'privacy')),
    language TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (brand_id, page, language)
);
