-- The endpoint's records. Bytes are files under blobs/ and uploads/.

CREATE TABLE IF NOT EXISTS meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS unit (
    name TEXT PRIMARY KEY,
    city TEXT NOT NULL,
    direct_reporting INTEGER NOT NULL
) STRICT;

-- A unit that reviews what others report: a city bureau, or the department.
CREATE TABLE IF NOT EXISTS authority (
    name TEXT PRIMARY KEY REFERENCES unit (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS account (
    name TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (name),
    salt BLOB NOT NULL,
    password BLOB NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS token (
    digest TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    expires_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS package (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (name),
    account TEXT NOT NULL,
    manifest TEXT NOT NULL,
    manifest_digest TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    number TEXT UNIQUE,
    receipt TEXT,
    signature TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS package_content (
    package TEXT NOT NULL REFERENCES package (id),
    sha256 TEXT NOT NULL,
    sm3 TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (package, sha256)
) STRICT;

CREATE INDEX IF NOT EXISTS package_content_by_digest ON package_content (sha256);

-- Prints of what was received, for duplicates (clause 二（一）).
CREATE TABLE IF NOT EXISTS print (
    package TEXT NOT NULL REFERENCES package (id),
    kind TEXT NOT NULL CHECK (kind IN ('right', 'project', 'name', 'mark')),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (package, kind, digest)
) STRICT, WITHOUT ROWID;

-- Whose prints are kept; a package received by an older endpoint gets here at the next start.
CREATE TABLE IF NOT EXISTS printed (
    package TEXT PRIMARY KEY REFERENCES package (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS print_by_digest ON print (kind, digest);

-- Who reviews what was received, in the order it was received.
CREATE TABLE IF NOT EXISTS assignment (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    package TEXT NOT NULL UNIQUE REFERENCES package (id),
    authority TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS assignment_by_authority ON assignment (authority, place);

-- Rulings of authorities as they were signed; append-only.
CREATE TABLE IF NOT EXISTS ruling (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    package TEXT NOT NULL REFERENCES package (id),
    declaration TEXT NOT NULL,
    -- 1: in force; 0: something else was there first
    applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
    record TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS ruling_by_package ON ruling (package, place);
CREATE TRIGGER IF NOT EXISTS ruling_is_immutable BEFORE UPDATE ON ruling
BEGIN SELECT RAISE(ABORT, 'a ruling is immutable'); END;
CREATE TRIGGER IF NOT EXISTS ruling_is_kept BEFORE DELETE ON ruling
BEGIN SELECT RAISE(ABORT, 'a ruling is kept'); END;

CREATE INDEX IF NOT EXISTS package_by_declaration
    ON package (json_extract(manifest, '$.declaration_id'));

CREATE TABLE IF NOT EXISTS upload (
    id TEXT PRIMARY KEY,
    unit TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sm3 TEXT NOT NULL,
    size INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    account TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER IF NOT EXISTS audit_is_immutable BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
