-- What the endpoint gave this authority to review and what of it has arrived. Pieces are kept
-- until the package is whole and verified; then it is taken in like one from a file.

CREATE TABLE pull (
    package TEXT PRIMARY KEY,
    -- the receipt's number
    number TEXT NOT NULL,
    manifest TEXT NOT NULL,
    -- server time at which the endpoint had every byte
    received_at TEXT NOT NULL,
    -- a sentence; absent while nothing stands in the way
    wait_message TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT
) STRICT;

CREATE TABLE pull_piece (
    id INTEGER PRIMARY KEY,
    package TEXT NOT NULL REFERENCES pull (package),
    sha256 TEXT NOT NULL,
    -- where it begins in the content
    offset INTEGER NOT NULL CHECK (offset >= 0),
    size INTEGER NOT NULL CHECK (size > 0),
    bytes BLOB NOT NULL,
    UNIQUE (package, sha256, offset)
) STRICT;

ALTER TABLE endpoint ADD COLUMN authority INTEGER NOT NULL DEFAULT 0 CHECK (authority IN (0, 1));
-- the place up to which the endpoint's list of assigned packages is known here
ALTER TABLE endpoint ADD COLUMN assigned_after INTEGER NOT NULL DEFAULT 0;
