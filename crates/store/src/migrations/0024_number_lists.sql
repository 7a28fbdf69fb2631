-- Lists of a reseller's and of a customer's numbers by state, and the free numbers that a form offers: those of its network, its service and
-- its stock, without reading all others first. What is for any network, any service, or the operator's own stands under the empty value.
CREATE INDEX number_of_reseller_by_state ON inventory_number (reseller_id, state, number);
CREATE INDEX number_of_customer_by_state ON inventory_number (customer_id, state, number);
CREATE INDEX number_to_pick ON inventory_number (
    operator_id, (COALESCE(network, '')), (COALESCE(kind, '')), (COALESCE(reseller_id, 0)), number
) WHERE state = 'free' AND customer_id IS NULL;
