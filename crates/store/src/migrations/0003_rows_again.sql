-- Rows that were set aside, taken again: what has to stand before a row, and which files are rows of another.

-- The header as it stands in the file; of a file that is no text, its head in hexadecimal digits.
ALTER TABLE usage_file ADD COLUMN header TEXT;
-- The file whose rows this one takes again.
ALTER TABLE usage_file ADD COLUMN again_of BIGINT REFERENCES usage_file (id);
