-- eSIM profiles on their way to a telephone: what is wanted of each, how far its server is, and what it was released with.

-- `wish` and `standing` are what the room `lines` keeps of the order, `state` how far the profile is on its way. `round` counts the orders of
-- one profile, `calls` what its server answered, which names the next call, and `tries` how often a step was tried. `due` is when the server is asked
-- next, NULL where there is nothing to ask; `version` grows with each change. `matching_id` and `confirmation_code` are sealed; `name`,
-- OPERATOR/ICCID, is what they are bound to.
CREATE TABLE esim_profile (
    sim_id BIGINT PRIMARY KEY REFERENCES sim (id),
    name TEXT NOT NULL UNIQUE,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    line_id BIGINT NOT NULL REFERENCES line (id),
    wish TEXT NOT NULL CHECK (wish IN ('ready', 'anew', 'gone')),
    standing TEXT NOT NULL CHECK (standing IN ('new', 'asked', 'ordered', 'confirmed', 'ready')),
    state TEXT CHECK (state IN ('released', 'downloaded', 'installed', 'enabled', 'disabled', 'deleted')),
    round BIGINT NOT NULL DEFAULT 0,
    calls BIGINT NOT NULL DEFAULT 0,
    tries BIGINT NOT NULL DEFAULT 0,
    due BIGINT,
    version BIGINT NOT NULL DEFAULT 0,
    problem TEXT,
    sm_dp TEXT,
    matching_id TEXT,
    confirmation_code TEXT,
    wrong_codes BIGINT NOT NULL DEFAULT 0,
    changed BIGINT NOT NULL
);
CREATE INDEX esim_profile_due ON esim_profile (due) WHERE due IS NOT NULL;
CREATE INDEX esim_profile_of_line ON esim_profile (line_id);
CREATE INDEX esim_profile_with_problem ON esim_profile (operator_id) WHERE problem IS NOT NULL;
