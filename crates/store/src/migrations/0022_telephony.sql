-- What users set of their telephones. A line that nobody touched has no row.

-- `services` is a document of the room `telephony`; `source` is from where it was changed last: a page, the telephone, the switch.
CREATE TABLE line_telephony (
    line_id BIGINT PRIMARY KEY REFERENCES line (id),
    services TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    source TEXT NOT NULL
);
