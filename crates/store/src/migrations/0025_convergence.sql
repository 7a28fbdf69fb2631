-- Fixed lines that ring with a mobile line, found by its number. `bereft` is from when on one is to be looked at because that mobile line is over.
ALTER TABLE line_telephony ADD COLUMN rings_with TEXT;
ALTER TABLE line_telephony ADD COLUMN bereft BIGINT;
CREATE INDEX line_telephony_rings_with ON line_telephony (rings_with) WHERE rings_with IS NOT NULL;
CREATE INDEX line_telephony_bereft ON line_telephony (bereft) WHERE bereft IS NOT NULL;
