CREATE UNIQUE INDEX blob_chunk_position ON blob_chunk (blob, position);

CREATE INDEX blob_incomplete ON blob (id) WHERE complete = 0;

CREATE INDEX classification_by_declaration ON classification (declaration, seq);

CREATE UNIQUE INDEX classification_pending ON classification (declaration) WHERE verdict IS NULL;

CREATE INDEX decision_by_declaration ON decision (declaration, seq);

CREATE INDEX declaration_by_change ON declaration (changed_at);

CREATE INDEX declaration_discarded ON declaration (discarded_at) WHERE discarded_at IS NOT NULL;

CREATE INDEX evidence_by_blob ON evidence (blob);

CREATE INDEX evidence_by_declaration ON evidence (declaration, position);

CREATE INDEX evidence_discarded ON evidence (discarded_at) WHERE discarded_at IS NOT NULL;

CREATE INDEX evidence_history_by_blob ON evidence_history (blob);

CREATE INDEX evidence_history_by_evidence ON evidence_history (evidence, seq);

CREATE INDEX mark_by_declaration ON mark (declaration, author);

CREATE INDEX passphrase_by_account ON passphrase (account, seq);

CREATE INDEX received_blob_by_blob ON received_blob (blob);

CREATE INDEX revision_evidence_by_blob ON revision_evidence (blob);

CREATE INDEX ruling_by_declaration ON ruling (declaration, seq);

CREATE INDEX scan_page_by_declaration ON scan_page (declaration, position);

CREATE INDEX sealed_step_by_package ON sealed_step (package, seq);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
, disabled_at TEXT, must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1))) STRICT;

CREATE TABLE "account_role" (
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('preparer', 'unit-reviewer', 'system-administrator',
        'security-officer', 'auditor', 'classification-officer', 'results-officer')),
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

CREATE TABLE approved_machine (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    content TEXT NOT NULL
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
, algorithm TEXT NOT NULL DEFAULT 'sha256'
    CHECK (algorithm IN ('sha256', 'sm3'))) STRICT;

CREATE TABLE audit_tip (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE backup (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    head TEXT NOT NULL
) STRICT;

CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    sha256 TEXT UNIQUE,
    sm3 TEXT,
    size INTEGER NOT NULL,
    -- 0 while its bytes come in; swept when the vault is opened after a crash
    complete INTEGER NOT NULL CHECK (complete IN (0, 1))
, dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1))) STRICT;

CREATE TABLE blob_chunk (
    id INTEGER PRIMARY KEY,
    blob INTEGER NOT NULL REFERENCES blob (id),
    position INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE card (
    fingerprint TEXT PRIMARY KEY,
    certificate BLOB NOT NULL,
    authority INTEGER NOT NULL CHECK (authority IN (0, 1)),
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    -- how its fingerprint was compared
    compared TEXT NOT NULL,
    taken_by TEXT NOT NULL REFERENCES account (id),
    taken_at TEXT NOT NULL,
    -- why it is void; absent while it is not
    void TEXT,
    voided_at TEXT
) STRICT;

CREATE TABLE classification (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    declaration TEXT NOT NULL REFERENCES declaration (id),
    -- JSON, as it was proposed
    content TEXT NOT NULL,
    proposed_by TEXT NOT NULL REFERENCES account (id),
    -- JSON; absent while it waits
    verdict TEXT,
    decided_by TEXT REFERENCES account (id),
    approved INTEGER CHECK (approved IN (0, 1)),
    CHECK ((verdict IS NULL) = (decided_by IS NULL)),
    CHECK ((verdict IS NULL) = (approved IS NULL)),
    -- Art. 16: the handler proposes, the 定密责任人 decides.
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT;

CREATE TABLE copy_number (
    subject TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999),
    purpose TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (subject, number)
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
, merged_into TEXT REFERENCES declaration (id), discarded_at TEXT) STRICT;

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
, authority INTEGER NOT NULL DEFAULT 0 CHECK (authority IN (0, 1)), assigned_after INTEGER NOT NULL DEFAULT 0, rulings_after INTEGER NOT NULL DEFAULT 0, unit TEXT NOT NULL DEFAULT '') STRICT;

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
, kind TEXT, pages_from INTEGER CHECK (pages_from >= 1), pages_to INTEGER CHECK (pages_to >= pages_from), discarded_at TEXT) STRICT;

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

CREATE TABLE knower (
    seq INTEGER PRIMARY KEY,
    declaration TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    first_at TEXT NOT NULL,
    how TEXT NOT NULL,
    UNIQUE (declaration, name, unit)
) STRICT;

CREATE TABLE liaison (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    officers TEXT NOT NULL
) STRICT;

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

CREATE TABLE mark_answer (
    declaration TEXT NOT NULL REFERENCES declaration (id),
    mark TEXT NOT NULL,
    words TEXT NOT NULL CHECK (words <> ''),
    answered_at TEXT NOT NULL,
    PRIMARY KEY (declaration, mark)
) STRICT;

CREATE TABLE may_know (
    declaration TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (declaration, account)
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

CREATE TABLE passphrase (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    salt BLOB NOT NULL,
    verifier BLOB NOT NULL,
    memory_kib INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    lanes INTEGER NOT NULL,
    set_at TEXT NOT NULL
) STRICT;

CREATE TABLE pending_import (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    declaration TEXT NOT NULL REFERENCES declaration (id),
    path TEXT NOT NULL,
    claims TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE policy (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    passphrases TEXT NOT NULL CHECK (passphrases IN ('composed', 'long')),
    idle_minutes INTEGER NOT NULL CHECK (idle_minutes BETWEEN 1 AND 15),
    backup_days INTEGER NOT NULL CHECK (backup_days BETWEEN 1 AND 90),
    recovery_sheet_at TEXT
) STRICT;

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

CREATE TABLE reading_place (
    account TEXT NOT NULL REFERENCES account (id),
    sha256 TEXT NOT NULL,
    -- JSON as the window has it: page, position, size, turn
    place TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (account, sha256)
) STRICT;

CREATE TABLE receipt (
    package TEXT PRIMARY KEY REFERENCES package (id),
    receipt TEXT NOT NULL,
    signature TEXT NOT NULL,
    certificate_pem TEXT NOT NULL,
    stored_at TEXT NOT NULL
) STRICT;

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

CREATE TABLE received_blob (
    package TEXT NOT NULL REFERENCES received (package),
    blob INTEGER NOT NULL REFERENCES blob (id),
    PRIMARY KEY (package, blob)
) STRICT;

CREATE TABLE received_mark (
    package TEXT PRIMARY KEY REFERENCES received (package),
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL,
    -- JSON, as the sender's 定密责任人 decided it
    content TEXT NOT NULL
) STRICT;

CREATE TABLE refused_package (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    seen_by TEXT NOT NULL REFERENCES account (id),
    -- JSON: sentences
    faults TEXT NOT NULL
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

CREATE TABLE ruling (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    package TEXT NOT NULL,
    -- JSON, as it was made
    content TEXT NOT NULL,
    -- absent for one that the endpoint told of
    made_by TEXT REFERENCES account (id),
    -- the endpoint's record exactly as it was signed; absent while it is on its way
    record TEXT,
    signature TEXT,
    certificate_pem TEXT,
    -- 1: in force; 0: something else was there first
    applied INTEGER CHECK (applied IN (0, 1)),
    -- where the achievement stands after it, as the endpoint says
    stands TEXT,
    -- its place in the endpoint's list
    place INTEGER,
    -- a sentence; absent while nothing stands in the way
    wait_message TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT,
    -- 1: it does not go on before somebody acts
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    CHECK ((record IS NULL) = (applied IS NULL))
) STRICT;

CREATE TABLE scan_folder (
    account TEXT PRIMARY KEY REFERENCES account (id),
    path TEXT NOT NULL,
    -- files that were there before are not offered
    since TEXT NOT NULL
) STRICT;

CREATE TABLE scan_page (
    id TEXT PRIMARY KEY,
    declaration TEXT NOT NULL REFERENCES declaration (id),
    position INTEGER NOT NULL,
    -- quarter turns clockwise
    turn INTEGER NOT NULL DEFAULT 0 CHECK (turn BETWEEN 0 AND 3),
    -- JSON: left, top, width, height in ten-thousandths of the page as it was scanned
    crop TEXT,
    -- dots an inch; 0 when nobody knows
    resolution INTEGER NOT NULL CHECK (resolution BETWEEN 0 AND 9600),
    scanned_at TEXT NOT NULL,
    picture BLOB NOT NULL
) STRICT;

CREATE TABLE seal_key (
    fingerprint TEXT PRIMARY KEY,
    -- PKCS#8, DER; the vault is encrypted as a whole
    private_key BLOB NOT NULL,
    certificate BLOB NOT NULL,
    escrow TEXT NOT NULL REFERENCES card (fingerprint),
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    retired TEXT
) STRICT;

CREATE TABLE sealed (
    package TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    year INTEGER NOT NULL,
    outgoing INTEGER NOT NULL CHECK (outgoing IN (0, 1)),
    digest TEXT NOT NULL,
    marking TEXT NOT NULL,
    -- JSON: recipients or sender, medium, contents in numbers
    content TEXT NOT NULL,
    officer TEXT NOT NULL,
    -- the second person; empty for one that came in
    approver TEXT NOT NULL,
    at TEXT NOT NULL,
    -- JSON: card → receipt code of one that went out; the own code of one that came in
    codes TEXT NOT NULL,
    CHECK (outgoing = 0 OR (approver <> '' AND approver <> officer))
) STRICT;

CREATE TABLE sealed_item (
    package TEXT NOT NULL REFERENCES sealed (package),
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL,
    -- rulings that go back, not the declaration itself
    reply INTEGER NOT NULL CHECK (reply IN (0, 1)),
    PRIMARY KEY (package, declaration, reply)
) STRICT;

CREATE TABLE sealed_step (
    seq INTEGER PRIMARY KEY,
    package TEXT NOT NULL REFERENCES sealed (package),
    step TEXT NOT NULL,
    words TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (
    name, summary, units, people, numbers, evidence, sound,
    content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0",
    -- numbers and pinyin while they are typed
    prefix = '3 4 5 6'
);

CREATE TABLE 'search_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'search_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'search_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'search_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE search_row (
    id INTEGER PRIMARY KEY,
    declaration TEXT NOT NULL UNIQUE REFERENCES declaration (id),
    -- which way of splitting made the tokens
    splitter INTEGER NOT NULL,
    field TEXT NOT NULL,
    type TEXT NOT NULL
) STRICT;

CREATE TABLE signed_head (
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    occasion TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    certificate_pem TEXT NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (seq, occasion, subject)
) STRICT;

CREATE TABLE signing_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    private_pem TEXT NOT NULL,
    certificate_pem TEXT NOT NULL
) STRICT;

CREATE TABLE tick (
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    author TEXT NOT NULL REFERENCES account (id),
    claim TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('proved', 'not_proved', 'unclear')),
    ticked_at TEXT NOT NULL,
    PRIMARY KEY (declaration, revision, author, claim)
) STRICT;

CREATE TABLE undo_history (
    declaration TEXT PRIMARY KEY REFERENCES declaration (id),
    version INTEGER NOT NULL,
    steps TEXT NOT NULL
) STRICT;

CREATE TRIGGER account_role_is_not_rewritten BEFORE UPDATE ON account_role
BEGIN SELECT RAISE(ABORT, 'a role is given and taken, never rewritten'); END;

CREATE TRIGGER administrator_is_no_security_officer BEFORE INSERT ON account_role
WHEN EXISTS (SELECT 1 FROM account_role
             WHERE account = NEW.account
               AND ((role = 'system-administrator' AND NEW.role = 'security-officer')
                 OR (role = 'security-officer' AND NEW.role = 'system-administrator')))
BEGIN SELECT RAISE(ABORT, 'an administrator is no security officer'); END;

CREATE TRIGGER approved_machine_is_immutable BEFORE UPDATE ON approved_machine
BEGIN SELECT RAISE(ABORT, 'the record of the machine is immutable'); END;

CREATE TRIGGER approved_machine_is_kept BEFORE DELETE ON approved_machine
BEGIN SELECT RAISE(ABORT, 'the record of the machine is kept'); END;

CREATE TRIGGER audit_is_immutable BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER auditor_holds_no_other_role BEFORE INSERT ON account_role
WHEN EXISTS (SELECT 1 FROM account_role
             WHERE account = NEW.account AND (role = 'auditor') <> (NEW.role = 'auditor'))
BEGIN SELECT RAISE(ABORT, 'an auditor holds no other role'); END;

CREATE TRIGGER card_is_immutable
BEFORE UPDATE OF fingerprint, certificate, authority, unit, person, compared, taken_by, taken_at ON card
BEGIN SELECT RAISE(ABORT, 'a card that was compared is immutable'); END;

CREATE TRIGGER card_is_kept BEFORE DELETE ON card
BEGIN SELECT RAISE(ABORT, 'a card is kept'); END;

CREATE TRIGGER classification_is_for_classified_vaults BEFORE INSERT ON classification
WHEN (SELECT kind FROM meta) IS NOT 'classified'
BEGIN SELECT RAISE(ABORT, 'an open vault marks nothing'); END;

CREATE TRIGGER classification_is_kept BEFORE DELETE ON classification
BEGIN SELECT RAISE(ABORT, 'the history of marks is kept'); END;

CREATE TRIGGER classification_verdict_is_immutable
BEFORE UPDATE OF verdict, decided_by, approved ON classification WHEN OLD.verdict IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a decision on a mark is immutable'); END;

CREATE TRIGGER decision_is_immutable BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision is kept'); END;

CREATE TRIGGER decision_names_the_preparer BEFORE INSERT ON decision
WHEN NEW.prepared_by IS NOT (SELECT prepared_by FROM revision
                             WHERE declaration = NEW.declaration AND number = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'a decision names the preparer of its revision'); END;

CREATE TRIGGER evidence_history_is_immutable BEFORE UPDATE ON evidence_history
BEGIN SELECT RAISE(ABORT, 'the history of evidence is append-only'); END;

CREATE TRIGGER evidence_history_is_kept BEFORE DELETE ON evidence_history
WHEN (SELECT discarded_at IS NULL OR revisions > 0 FROM declaration WHERE id = OLD.declaration)
BEGIN SELECT RAISE(ABORT, 'the history of evidence is append-only'); END;

CREATE TRIGGER knower_is_immutable BEFORE UPDATE ON knower
BEGIN SELECT RAISE(ABORT, 'who knew is on record'); END;

CREATE TRIGGER knower_is_kept BEFORE DELETE ON knower
BEGIN SELECT RAISE(ABORT, 'who knew is on record'); END;

CREATE TRIGGER mark_stays_where_it_was_made BEFORE UPDATE OF id, declaration, revision, author, made_at ON mark
BEGIN SELECT RAISE(ABORT, 'a mark keeps its revision and its author'); END;

CREATE TRIGGER meta_kind_is_fixed BEFORE UPDATE OF vault_id, kind ON meta
BEGIN SELECT RAISE(ABORT, 'identity and kind of a vault are fixed'); END;

CREATE TRIGGER package_is_frozen BEFORE UPDATE ON package
BEGIN SELECT RAISE(ABORT, 'a package is frozen'); END;

CREATE TRIGGER proposal_is_immutable
BEFORE UPDATE OF seq, id, declaration, content, proposed_by ON classification
BEGIN SELECT RAISE(ABORT, 'a proposal is immutable'); END;

CREATE TRIGGER receipt_is_immutable BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is immutable'); END;

CREATE TRIGGER received_is_immutable BEFORE UPDATE ON received
BEGIN SELECT RAISE(ABORT, 'a received package is immutable'); END;

CREATE TRIGGER revision_is_immutable BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'a submitted revision is immutable'); END;

CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'a submitted revision is kept'); END;

CREATE TRIGGER ruling_is_immutable
BEFORE UPDATE OF id, declaration, revision, package, content, made_by ON ruling
BEGIN SELECT RAISE(ABORT, 'a ruling is immutable'); END;

CREATE TRIGGER ruling_is_kept BEFORE DELETE ON ruling
BEGIN SELECT RAISE(ABORT, 'a ruling is kept'); END;

CREATE TRIGGER ruling_record_is_immutable BEFORE UPDATE OF record, signature, applied ON ruling
WHEN OLD.record IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what became of a ruling is immutable'); END;

CREATE TRIGGER seal_key_is_for_classified_vaults BEFORE INSERT ON seal_key
WHEN (SELECT kind FROM meta) IS NOT 'classified'
BEGIN SELECT RAISE(ABORT, 'an open vault seals nothing'); END;

CREATE TRIGGER seal_key_is_kept BEFORE DELETE ON seal_key
BEGIN SELECT RAISE(ABORT, 'a key is kept: packages may have been sealed for it'); END;

CREATE TRIGGER sealed_is_for_classified_vaults BEFORE INSERT ON sealed
WHEN (SELECT kind FROM meta) IS NOT 'classified'
BEGIN SELECT RAISE(ABORT, 'an open vault has no register'); END;

CREATE TRIGGER sealed_is_immutable BEFORE UPDATE ON sealed
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;

CREATE TRIGGER sealed_is_kept BEFORE DELETE ON sealed
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;

CREATE TRIGGER sealed_step_is_immutable BEFORE UPDATE ON sealed_step
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;

CREATE TRIGGER sealed_step_is_kept BEFORE DELETE ON sealed_step
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;

CREATE TRIGGER signed_head_is_immutable BEFORE UPDATE ON signed_head
BEGIN SELECT RAISE(ABORT, 'a signed head is immutable'); END;

CREATE TRIGGER signed_head_is_kept BEFORE DELETE ON signed_head
BEGIN SELECT RAISE(ABORT, 'a signed head is kept'); END;

CREATE TRIGGER void_card_stays_void BEFORE UPDATE OF void, voided_at ON card WHEN OLD.void IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a void card stays void'); END;
