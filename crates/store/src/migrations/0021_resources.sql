-- Numbers with their network, what they are for and who was given them; blank SIM cards on their way to customers.

-- `network` and `kind` (a service of the catalogue) are what a number is for, NULL for whatever the operator sells. `given_to` is the
-- customer to whom it was given; `customer_id` is the same until a line has it.
ALTER TABLE inventory_number ADD COLUMN network TEXT;
ALTER TABLE inventory_number ADD COLUMN kind TEXT;
ALTER TABLE inventory_number ADD COLUMN given_to BIGINT REFERENCES customer (id);
UPDATE inventory_number SET
    network = (SELECT l.network FROM line l WHERE l.id = inventory_number.line_id),
    kind = (SELECT l.service FROM line l WHERE l.id = inventory_number.line_id)
    WHERE line_id IS NOT NULL;
CREATE INDEX number_by_state ON inventory_number (operator_id, state, number);
CREATE INDEX number_of_reseller ON inventory_number (reseller_id, number);
CREATE INDEX number_of_customer ON inventory_number (customer_id, number);
CREATE INDEX number_of_network ON inventory_number (operator_id, network, number);
CREATE INDEX number_of_kind ON inventory_number (operator_id, kind, number);
CREATE INDEX number_given ON inventory_number (operator_id, number) WHERE given_to IS NOT NULL AND line_id IS NULL;
-- The digits from the last to the first: what ends alike stands together.
CREATE INDEX number_backwards ON inventory_number (operator_id, (
    SUBSTR(number, 16, 1) || SUBSTR(number, 15, 1) || SUBSTR(number, 14, 1) || SUBSTR(number, 13, 1) || SUBSTR(number, 12,
    1) || SUBSTR(number, 11, 1) || SUBSTR(number, 10, 1) || SUBSTR(number, 9, 1) || SUBSTR(number, 8, 1) || SUBSTR(number,
    7, 1) || SUBSTR(number, 6, 1) || SUBSTR(number, 5, 1) || SUBSTR(number, 4, 1) || SUBSTR(number, 3, 1) || SUBSTR(number,
    2, 1)));

-- Blank SIM cards that a customer ordered (FLT-16). `first_iccid` and `last_iccid` are those that were sent. `promised` is a day.
CREATE TABLE sim_delivery (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    reseller_id BIGINT REFERENCES reseller (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    token TEXT NOT NULL,
    network TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('card_with_pin', 'card_without_pin')),
    cards BIGINT NOT NULL,
    recipient TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_login BIGINT REFERENCES login (id),
    promised TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ordered', 'sent', 'arrived', 'cancelled')),
    since BIGINT NOT NULL,
    sent BIGINT,
    first_iccid TEXT,
    last_iccid TEXT,
    version BIGINT NOT NULL DEFAULT 0,
    UNIQUE (operator_id, token),
    CHECK (state NOT IN ('sent', 'arrived') OR (sent IS NOT NULL AND first_iccid IS NOT NULL AND last_iccid IS NOT NULL))
);
CREATE INDEX sim_delivery_of_operator ON sim_delivery (operator_id, state, id);
CREATE INDEX sim_delivery_of_reseller ON sim_delivery (reseller_id, id);
CREATE INDEX sim_delivery_of_customer ON sim_delivery (customer_id, id);

-- By when a line that was ordered was promised (MOB-63), as it was told then.
ALTER TABLE line ADD COLUMN promised BIGINT;

-- Cards in a parcel that is on its way: free still, and nobody else's to have.
ALTER TABLE sim ADD COLUMN delivery_id BIGINT REFERENCES sim_delivery (id);
CREATE INDEX sim_on_its_way ON sim (delivery_id) WHERE delivery_id IS NOT NULL;
