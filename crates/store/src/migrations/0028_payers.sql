-- Who asked for a payment and is told of it by mail: their login, the brand whose host they came by, and where its links lead to.
ALTER TABLE payment ADD COLUMN login_id BIGINT REFERENCES login (id);
ALTER TABLE payment ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN site TEXT NOT NULL DEFAULT '';
CREATE INDEX payment_of_login ON payment (login_id) WHERE login_id IS NOT NULL;
