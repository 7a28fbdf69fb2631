-- A bill run that somebody stopped rests until somebody has it go on.
ALTER TABLE bill_run ADD COLUMN stopped BIGINT;
ALTER TABLE bill_run ADD COLUMN stopped_by TEXT NOT NULL DEFAULT '';

-- What somebody said of something that a payment provider told and that counts nothing: then it waits no more.
ALTER TABLE payment_callback ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE payment_callback ADD COLUMN settled BIGINT;
ALTER TABLE payment_callback ADD COLUMN settled_by TEXT NOT NULL DEFAULT '';
CREATE INDEX payment_callback_waits ON payment_callback (operator_id, taken) WHERE problem IS NOT NULL AND settled IS NULL;

-- The booking that an item is, or is a part of: a bank may tell it as a whole and with its details. None of what was taken before this.
ALTER TABLE bank_item ADD COLUMN booking TEXT;
CREATE INDEX bank_item_of_booking ON bank_item (operator_id, booking) WHERE booking IS NOT NULL;
