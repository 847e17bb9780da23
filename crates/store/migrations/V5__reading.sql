-- Reading: marks, what became of each claim, answers to marks, and where a person was in a content.
-- A declaration here may also be another unit's that came as a package: no key to this vault's own.

CREATE TABLE mark (
    id TEXT PRIMARY KEY,
    declaration TEXT NOT NULL,
    -- the revision that was read
    revision INTEGER NOT NULL CHECK (revision > 0),
    author TEXT NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    -- 1: goes into the decision; 0: seen by its author alone
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    -- JSON: a field, a claim, a page or its region
    place TEXT NOT NULL,
    words TEXT NOT NULL CHECK (words <> '')
) STRICT;
CREATE INDEX mark_by_declaration ON mark (declaration, author);
CREATE TRIGGER mark_stays_where_it_was_made BEFORE UPDATE OF id, declaration, revision, author, made_at ON mark
BEGIN SELECT RAISE(ABORT, 'a mark keeps its revision and its author'); END;

CREATE TABLE tick (
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    author TEXT NOT NULL REFERENCES account (id),
    claim TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('proved', 'not_proved', 'unclear')),
    ticked_at TEXT NOT NULL,
    PRIMARY KEY (declaration, revision, author, claim)
) STRICT;

-- What the preparer did about the marks of a return, until it is frozen in the next revision.
CREATE TABLE mark_answer (
    declaration TEXT NOT NULL REFERENCES declaration (id),
    mark TEXT NOT NULL,
    words TEXT NOT NULL CHECK (words <> ''),
    answered_at TEXT NOT NULL,
    PRIMARY KEY (declaration, mark)
) STRICT;

CREATE TABLE reading_place (
    account TEXT NOT NULL REFERENCES account (id),
    sha256 TEXT NOT NULL,
    -- JSON as the window has it: page, position, size, turn
    place TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (account, sha256)
) STRICT;
