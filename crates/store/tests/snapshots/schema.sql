CREATE UNIQUE INDEX blob_chunk_position ON blob_chunk (blob, position);

CREATE INDEX blob_incomplete ON blob (id) WHERE complete = 0;

CREATE INDEX decision_by_declaration ON decision (declaration, seq);

CREATE INDEX declaration_by_change ON declaration (changed_at);

CREATE INDEX evidence_by_blob ON evidence (blob);

CREATE INDEX evidence_by_declaration ON evidence (declaration, position);

CREATE INDEX evidence_history_by_blob ON evidence_history (blob);

CREATE INDEX evidence_history_by_evidence ON evidence_history (evidence, seq);

CREATE INDEX revision_evidence_by_blob ON revision_evidence (blob);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE account_role (
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('preparer', 'unit-reviewer')),
    PRIMARY KEY (account, role)
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

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    sha256 TEXT UNIQUE,
    sm3 TEXT,
    size INTEGER NOT NULL,
    -- 0 while its bytes come in; swept when the vault is opened after a crash
    complete INTEGER NOT NULL CHECK (complete IN (0, 1))
) STRICT;

CREATE TABLE blob_chunk (
    id INTEGER PRIMARY KEY,
    blob INTEGER NOT NULL REFERENCES blob (id),
    position INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE decision (
    seq INTEGER PRIMARY KEY,
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL,
    content TEXT NOT NULL,
    prepared_by TEXT NOT NULL REFERENCES account (id),
    decided_by TEXT NOT NULL REFERENCES account (id),
    -- Clause 二（二）: who prepared it does not decide on it.
    CHECK (prepared_by <> decided_by),
    FOREIGN KEY (declaration, revision) REFERENCES revision (declaration, number)
) STRICT;

CREATE TABLE declaration (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    form TEXT NOT NULL,
    answers TEXT NOT NULL,
    completeness INTEGER NOT NULL,
    prepared_by TEXT NOT NULL REFERENCES account (id),
    revisions INTEGER NOT NULL DEFAULT 0,
    return_reason TEXT,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
, merged_into TEXT REFERENCES declaration (id)) STRICT;

CREATE TABLE elsewhere (
    declaration TEXT PRIMARY KEY REFERENCES declaration (id),
    asked_at TEXT NOT NULL,
    -- what was asked and what came back, JSON
    answer TEXT NOT NULL
) STRICT;

CREATE TABLE endpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    url TEXT NOT NULL,
    account TEXT NOT NULL,
    certificate_pem TEXT NOT NULL,
    epoch TEXT NOT NULL,
    token TEXT,
    token_expires TEXT
) STRICT;

CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    declaration TEXT NOT NULL REFERENCES declaration (id),
    blob INTEGER NOT NULL REFERENCES blob (id),
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    claims TEXT NOT NULL,
    position INTEGER NOT NULL,
    added_at TEXT NOT NULL
, kind TEXT, pages_from INTEGER CHECK (pages_from >= 1), pages_to INTEGER CHECK (pages_to >= pages_from)) STRICT;

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

CREATE TABLE liaison (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    officers TEXT NOT NULL
) STRICT;

CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    vault_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('open', 'classified')),
    created_at TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    unit_direct_reporting INTEGER NOT NULL CHECK (unit_direct_reporting IN (0, 1)),
    unit_city TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
    package TEXT PRIMARY KEY REFERENCES package (id),
    step TEXT NOT NULL CHECK (step IN ('frozen', 'announced', 'uploading', 'committed', 'receipt_verified')),
    sent INTEGER NOT NULL DEFAULT 0,
    wait_code TEXT,
    wait_message TEXT,
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE outbox_upload (
    package TEXT NOT NULL REFERENCES outbox (package),
    sha256 TEXT NOT NULL,
    url TEXT NOT NULL,
    offset INTEGER NOT NULL,
    PRIMARY KEY (package, sha256)
) STRICT;

CREATE TABLE package (
    id TEXT PRIMARY KEY,
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    package_json BLOB NOT NULL,
    declaration_json BLOB NOT NULL,
    total INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (declaration, revision),
    FOREIGN KEY (declaration, revision) REFERENCES revision (declaration, number)
) STRICT;

CREATE TABLE receipt (
    package TEXT PRIMARY KEY REFERENCES package (id),
    receipt TEXT NOT NULL,
    signature TEXT NOT NULL,
    certificate_pem TEXT NOT NULL,
    stored_at TEXT NOT NULL
) STRICT;

CREATE TABLE revision (
    declaration TEXT NOT NULL REFERENCES declaration (id),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    prepared_by TEXT NOT NULL REFERENCES account (id),
    submitted_at TEXT NOT NULL,
    PRIMARY KEY (declaration, number)
) STRICT;

CREATE TABLE revision_evidence (
    declaration TEXT NOT NULL,
    number INTEGER NOT NULL,
    blob INTEGER NOT NULL REFERENCES blob (id),
    PRIMARY KEY (declaration, number, blob),
    FOREIGN KEY (declaration, number) REFERENCES revision (declaration, number)
) STRICT;

CREATE TABLE undo_history (
    declaration TEXT PRIMARY KEY REFERENCES declaration (id),
    version INTEGER NOT NULL,
    steps TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_immutable BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER decision_is_immutable BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is kept'); END;

CREATE TRIGGER evidence_history_is_immutable BEFORE UPDATE ON evidence_history
BEGIN SELECT RAISE(ABORT, 'the history of evidence is append-only'); END;

CREATE TRIGGER evidence_history_is_kept BEFORE DELETE ON evidence_history
BEGIN SELECT RAISE(ABORT, 'the history of evidence is append-only'); END;

CREATE TRIGGER meta_kind_is_fixed BEFORE UPDATE OF vault_id, kind ON meta
BEGIN SELECT RAISE(ABORT, 'identity and kind of a vault are fixed'); END;

CREATE TRIGGER package_is_frozen BEFORE UPDATE ON package
BEGIN SELECT RAISE(ABORT, 'a package is frozen'); END;

CREATE TRIGGER receipt_is_immutable BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is immutable'); END;

CREATE TRIGGER revision_is_immutable BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'a submitted revision is immutable'); END;

CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'a submitted revision is kept'); END;
