-- The voicemail of lines. Sounds are files in a folder by operator; a row names its file.

-- A line that nobody touched has no row. `code_hash` is Argon2id in PHC form, NULL until a code is set; `greeting` is a file, NULL for the
-- operator's own words. `language` is that of mails with its messages, empty where nobody chose.
CREATE TABLE voicemail_box (
    line_id BIGINT PRIMARY KEY REFERENCES line (id),
    code_hash TEXT,
    language TEXT NOT NULL DEFAULT '',
    greeting TEXT UNIQUE,
    greeting_format TEXT CHECK (greeting_format IN ('wav', 'opus')),
    greeting_size_bytes BIGINT,
    greeting_length_ms BIGINT,
    greeting_since BIGINT,
    CHECK (greeting IS NULL OR (greeting_format IS NOT NULL AND greeting_size_bytes IS NOT NULL
        AND greeting_length_ms IS NOT NULL AND greeting_since IS NOT NULL))
);

-- `caller` is a number with its plus, empty where it was hidden.
CREATE TABLE voicemail_message (
    id {identity},
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    line_id BIGINT NOT NULL REFERENCES line (id),
    caller TEXT NOT NULL,
    arrived BIGINT NOT NULL,
    length_ms BIGINT NOT NULL CHECK (length_ms > 0),
    format TEXT NOT NULL CHECK (format IN ('wav', 'opus')),
    size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
    file TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('new', 'kept'))
);
CREATE INDEX voicemail_message_of_line ON voicemail_message (line_id, arrived);
CREATE INDEX voicemail_message_by_age ON voicemail_message (operator_id, arrived);

-- Files that belong to nobody from `due` on: named before they are written and after their row went, so that whoever ends in between leaves
-- nothing behind.
CREATE TABLE voicemail_leftover (
    file TEXT PRIMARY KEY,
    operator_id BIGINT NOT NULL REFERENCES operator (id),
    due BIGINT NOT NULL
);
CREATE INDEX voicemail_leftover_due ON voicemail_leftover (operator_id, due);
