-- How far the mails of a kept run's invoices are: the last invoice that was told, and when all of them were. Runs of before are told.
ALTER TABLE bill_run ADD COLUMN told_after BIGINT NOT NULL DEFAULT 0;
ALTER TABLE bill_run ADD COLUMN told BIGINT;
UPDATE bill_run SET told = ended WHERE state = 'kept';
