-- Clause 二（一）, once only: what the endpoint told of achievements that it already received.
-- Empty in a classified vault, which asks nobody.
CREATE TABLE elsewhere (
    declaration TEXT PRIMARY KEY REFERENCES declaration (id),
    asked_at TEXT NOT NULL,
    -- what was asked and what came back, JSON
    answer TEXT NOT NULL
) STRICT;

-- The steps that can be undone, as the window has them. They belong to one saved version: any
-- other writer of the form leaves them behind.
CREATE TABLE undo_history (
    declaration TEXT PRIMARY KEY REFERENCES declaration (id),
    version INTEGER NOT NULL,
    steps TEXT NOT NULL
) STRICT;

-- Annex 3: the responsible persons, as they are printed. One row.
CREATE TABLE liaison (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    officers TEXT NOT NULL
) STRICT;
