-- Answers with which host networks called back, as far as something followed from them: the same one again changes nothing.

-- `answer` is the network's own name for it. What is older than a month is struck out: no network calls back so late.
CREATE TABLE network_answer (
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    network TEXT NOT NULL,
    answer TEXT NOT NULL,
    work_order_id BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    PRIMARY KEY (operator_id, network, answer)
);
CREATE INDEX network_answer_taken ON network_answer (taken);

-- Whose rest is over is looked for with each round.
CREATE INDEX inventory_number_resting ON inventory_number (rest_until) WHERE rest_until IS NOT NULL;
