-- What a piece of evidence is and which pages prove it; what it replaced; the address book.

ALTER TABLE evidence ADD COLUMN kind TEXT;
ALTER TABLE evidence ADD COLUMN pages_from INTEGER CHECK (pages_from >= 1);
ALTER TABLE evidence ADD COLUMN pages_to INTEGER CHECK (pages_to >= pages_from);

-- Replacing keeps what was there before.
CREATE TABLE evidence_history (
    seq INTEGER PRIMARY KEY,
    declaration TEXT NOT NULL REFERENCES declaration (id),
    evidence TEXT NOT NULL,
    blob INTEGER NOT NULL REFERENCES blob (id),
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    replaced_by TEXT NOT NULL REFERENCES account (id)
) STRICT;

CREATE INDEX evidence_history_by_evidence ON evidence_history (evidence, seq);
CREATE INDEX evidence_history_by_blob ON evidence_history (blob);

CREATE TRIGGER evidence_history_is_immutable BEFORE UPDATE ON evidence_history
BEGIN SELECT RAISE(ABORT, 'the history of evidence is append-only'); END;
CREATE TRIGGER evidence_history_is_kept BEFORE DELETE ON evidence_history
BEGIN SELECT RAISE(ABORT, 'the history of evidence is append-only'); END;

-- Clause 二（一）, once only: a form that turned out to be another one's twin is kept, not listed.
ALTER TABLE declaration ADD COLUMN merged_into TEXT REFERENCES declaration (id);

CREATE TABLE address_unit (
    id TEXT PRIMARY KEY,
    -- the name without spaces, upper case: one entry a unit
    folded TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    -- name, full pinyin and initials, for finding it while typing
    search TEXT NOT NULL,
    used INTEGER NOT NULL,
    used_at TEXT NOT NULL
) STRICT;

CREATE TABLE address_person (
    id TEXT PRIMARY KEY,
    -- name and unit
    folded TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    search TEXT NOT NULL,
    used INTEGER NOT NULL,
    used_at TEXT NOT NULL
) STRICT;
