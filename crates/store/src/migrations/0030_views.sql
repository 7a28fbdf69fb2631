-- What moved between accounts of the ledger, added up when it is written, so that no page adds up the ledger: by the quarter of an hour
-- (since 1970, UTC), which no zone's month cuts. What is of an invoice counts at noon of its day of issue, which is that day everywhere
-- from 11 hours before UTC to 11 after. What customers owe is one account here.
CREATE TABLE ledger_sum (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    quarter BIGINT NOT NULL,
    issuer BIGINT NOT NULL,
    kind TEXT NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (operator_id, quarter, issuer, kind, debit, credit)
);

-- The same of all time: what was before a while is this less the while.
CREATE TABLE ledger_total (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    issuer BIGINT NOT NULL,
    kind TEXT NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (operator_id, issuer, kind, debit, credit)
);

-- What invoices and credit notes asked for, without VAT, by the month of their issue and what it is for. `item` is the offer, option or pack
-- by its id, empty for what has none; `pieces` is how many charges.
CREATE TABLE earned (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    month INTEGER NOT NULL,
    issuer BIGINT NOT NULL,
    revenue TEXT NOT NULL,
    sort TEXT NOT NULL CHECK (sort IN ('plan', 'option', 'pack', '')),
    item TEXT NOT NULL,
    pieces BIGINT NOT NULL,
    net BIGINT NOT NULL,
    PRIMARY KEY (operator_id, month, issuer, revenue, sort, item)
);

-- {sqlite}
INSERT INTO ledger_sum SELECT e.operator_id,
    COALESCE(CAST(strftime('%s', i.issued) AS INTEGER) / 900 + 48, e.at / 900000000) AS quarter, e.issuer, e.kind,
    CASE WHEN t.debit LIKE 'receivable/%' THEN 'receivable' ELSE t.debit END AS debited,
    CASE WHEN t.credit LIKE 'receivable/%' THEN 'receivable' ELSE t.credit END AS credited, SUM(t.amount)
    FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
    LEFT JOIN invoice i ON i.id = e.invoice_id AND e.kind IN ('invoice', 'credit_note')
    GROUP BY e.operator_id, quarter, e.issuer, e.kind, debited, credited;
-- {postgres}
INSERT INTO ledger_sum SELECT operator_id, quarter, issuer, kind, debited, credited, SUM(amount) FROM (SELECT e.operator_id,
    COALESCE(CAST(EXTRACT(EPOCH FROM CAST(i.issued AS TIMESTAMP)) AS BIGINT) / 900 + 48, e.at / 900000000) AS quarter, e.issuer, e.kind,
    CASE WHEN t.debit LIKE 'receivable/%' THEN 'receivable' ELSE t.debit END AS debited,
    CASE WHEN t.credit LIKE 'receivable/%' THEN 'receivable' ELSE t.credit END AS credited, t.amount
    FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
    LEFT JOIN invoice i ON i.id = e.invoice_id AND e.kind IN ('invoice', 'credit_note')) moved
    GROUP BY operator_id, quarter, issuer, kind, debited, credited;
INSERT INTO ledger_total SELECT operator_id, issuer, kind, debit, credit, SUM(amount) FROM ledger_sum
    GROUP BY operator_id, issuer, kind, debit, credit;

-- {sqlite}
INSERT INTO earned SELECT operator_id, month, issuer, revenue, sort, item, SUM(pieces), SUM(net) FROM (
    SELECT i.operator_id, CAST(substr(i.issued, 1, 4) || substr(i.issued, 6, 2) AS INTEGER) AS month, i.issuer,
    CASE json_extract(l.value, '$.item.item') WHEN 'plan' THEN 'plans' WHEN 'pack' THEN 'plans' WHEN 'minimum' THEN 'plans'
        WHEN 'line_option' THEN 'options' WHEN 'usage' THEN 'usage' WHEN 'correction' THEN 'usage' WHEN 'bundle' THEN 'discounts'
        ELSE 'one_off' END AS revenue,
    CASE json_extract(l.value, '$.item.item') WHEN 'plan' THEN 'plan' WHEN 'pack' THEN 'pack' WHEN 'line_option' THEN 'option' ELSE '' END AS sort,
    CASE WHEN json_extract(l.value, '$.item.item') IN ('plan', 'pack', 'line_option') THEN json_extract(l.value, '$.item.id') ELSE '' END AS item,
    CASE i.kind WHEN 'invoice' THEN 1 ELSE -1 END AS pieces,
    CASE i.kind WHEN 'invoice' THEN 1 ELSE -1 END * json_extract(l.value, '$.net') AS net
    FROM invoice i CROSS JOIN json_each(i.facts, '$.lines') l
    UNION ALL
    SELECT i.operator_id, CAST(substr(i.issued, 1, 4) || substr(i.issued, 6, 2) AS INTEGER) AS month, i.issuer, 'discounts', '', '',
    CASE i.kind WHEN 'invoice' THEN 1 ELSE -1 END, CASE i.kind WHEN 'invoice' THEN -1 ELSE 1 END * json_extract(d.value, '$.amount')
    FROM invoice i CROSS JOIN json_each(i.facts, '$.discounts') d) charged
    GROUP BY operator_id, month, issuer, revenue, sort, item;
-- {postgres}
INSERT INTO earned SELECT operator_id, month, issuer, revenue, sort, item, SUM(pieces), SUM(net) FROM (
    SELECT i.operator_id, CAST(substr(i.issued, 1, 4) || substr(i.issued, 6, 2) AS INTEGER) AS month, i.issuer,
    CASE l.value #>> '{item,item}' WHEN 'plan' THEN 'plans' WHEN 'pack' THEN 'plans' WHEN 'minimum' THEN 'plans'
        WHEN 'line_option' THEN 'options' WHEN 'usage' THEN 'usage' WHEN 'correction' THEN 'usage' WHEN 'bundle' THEN 'discounts'
        ELSE 'one_off' END AS revenue,
    CASE l.value #>> '{item,item}' WHEN 'plan' THEN 'plan' WHEN 'pack' THEN 'pack' WHEN 'line_option' THEN 'option' ELSE '' END AS sort,
    CASE WHEN l.value #>> '{item,item}' IN ('plan', 'pack', 'line_option') THEN l.value #>> '{item,id}' ELSE '' END AS item,
    CASE i.kind WHEN 'invoice' THEN 1 ELSE -1 END AS pieces,
    CASE i.kind WHEN 'invoice' THEN 1 ELSE -1 END * CAST(l.value ->> 'net' AS BIGINT) AS net
    FROM invoice i CROSS JOIN jsonb_array_elements(CAST(i.facts AS JSONB) -> 'lines') l
    UNION ALL
    SELECT i.operator_id, CAST(substr(i.issued, 1, 4) || substr(i.issued, 6, 2) AS INTEGER) AS month, i.issuer, 'discounts', '', '',
    CASE i.kind WHEN 'invoice' THEN 1 ELSE -1 END, CASE i.kind WHEN 'invoice' THEN -1 ELSE 1 END * CAST(d.value ->> 'amount' AS BIGINT)
    FROM invoice i CROSS JOIN jsonb_array_elements(CAST(i.facts AS JSONB) -> 'discounts') d) charged
    GROUP BY operator_id, month, issuer, revenue, sort, item;

-- Lines whose subscriber asked for the numbers of others whole on statements and annexes; of all others the last four digits are hidden.
CREATE TABLE whole_numbers (
    line_id BIGINT PRIMARY KEY REFERENCES line (id),
    since BIGINT NOT NULL,
    asked_by TEXT NOT NULL
);

-- Forms that asked for a credit note, each by its token: sent twice, it is one.
CREATE TABLE credit_form (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    token TEXT NOT NULL CHECK (token <> ''),
    invoice_id BIGINT NOT NULL REFERENCES invoice (id),
    PRIMARY KEY (operator_id, token)
);
