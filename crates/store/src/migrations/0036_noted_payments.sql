-- What somebody said of a payment that they noted by hand: the number of a cheque, the words of a transfer.
ALTER TABLE payment ADD COLUMN remark TEXT NOT NULL DEFAULT '';

-- What resellers ask for usage is read with every line that is rated or shown.
CREATE INDEX retail_price_of_kind ON retail_price (reseller_id, kind, id);
