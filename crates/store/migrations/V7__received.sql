-- Packages that came from outside: whole and verified, or refused with what is wrong.

CREATE TABLE received (
    package TEXT PRIMARY KEY,
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    file_name TEXT NOT NULL,
    package_json BLOB NOT NULL,
    declaration_json BLOB NOT NULL,
    received_at TEXT NOT NULL,
    received_by TEXT NOT NULL REFERENCES account (id),
    UNIQUE (declaration, revision)
) STRICT;
CREATE TRIGGER received_is_immutable BEFORE UPDATE ON received
BEGIN SELECT RAISE(ABORT, 'a received package is immutable'); END;

CREATE TABLE received_blob (
    package TEXT NOT NULL REFERENCES received (package),
    blob INTEGER NOT NULL REFERENCES blob (id),
    PRIMARY KEY (package, blob)
) STRICT;
CREATE INDEX received_blob_by_blob ON received_blob (blob);

CREATE TABLE refused_package (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    seen_by TEXT NOT NULL REFERENCES account (id),
    -- JSON: sentences
    faults TEXT NOT NULL
) STRICT;
