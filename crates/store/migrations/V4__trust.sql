-- Officers' roles, the ages of passphrases and the policy; the recycle bin; the audit chain in SM3
-- with its signed heads; search; imports that can go on.

-- Roles. A wider set of words needs a new table.
CREATE TABLE account_role_4 (
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('preparer', 'unit-reviewer', 'system-administrator',
        'security-officer', 'auditor')),
    PRIMARY KEY (account, role)
) STRICT;
INSERT INTO account_role_4 SELECT account, role FROM account_role;
DROP TABLE account_role;
ALTER TABLE account_role_4 RENAME TO account_role;

-- Who made the vault looked after its people until now.
INSERT INTO account_role
SELECT id, 'system-administrator' FROM account ORDER BY created_at, id LIMIT 1;

CREATE TRIGGER auditor_holds_no_other_role BEFORE INSERT ON account_role
WHEN EXISTS (SELECT 1 FROM account_role
             WHERE account = NEW.account AND (role = 'auditor') <> (NEW.role = 'auditor'))
BEGIN SELECT RAISE(ABORT, 'an auditor holds no other role'); END;
CREATE TRIGGER administrator_is_no_security_officer BEFORE INSERT ON account_role
WHEN EXISTS (SELECT 1 FROM account_role
             WHERE account = NEW.account
               AND ((role = 'system-administrator' AND NEW.role = 'security-officer')
                 OR (role = 'security-officer' AND NEW.role = 'system-administrator')))
BEGIN SELECT RAISE(ABORT, 'an administrator is no security officer'); END;
CREATE TRIGGER account_role_is_not_rewritten BEFORE UPDATE ON account_role
BEGIN SELECT RAISE(ABORT, 'a role is given and taken, never rewritten'); END;

-- Clause 二（二）: who prepared a revision does not decide on it; `prepared_by` is the revision's.
CREATE TRIGGER decision_names_the_preparer BEFORE INSERT ON decision
WHEN NEW.prepared_by IS NOT (SELECT prepared_by FROM revision
                             WHERE declaration = NEW.declaration AND number = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'a decision names the preparer of its revision'); END;

ALTER TABLE account ADD COLUMN disabled_at TEXT;
-- 1: somebody else knows the passphrase, so it is changed before anything else
ALTER TABLE account ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));

-- Argon2id of each passphrase under a salt of its own: to refuse one that was used before.
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
CREATE INDEX passphrase_by_account ON passphrase (account, seq);

CREATE TABLE policy (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    passphrases TEXT NOT NULL CHECK (passphrases IN ('composed', 'long')),
    idle_minutes INTEGER NOT NULL CHECK (idle_minutes BETWEEN 1 AND 15),
    backup_days INTEGER NOT NULL CHECK (backup_days BETWEEN 1 AND 90),
    recovery_sheet_at TEXT
) STRICT;
INSERT INTO policy VALUES (1, 'composed', 15, 7, NULL);

-- The recycle bin.
ALTER TABLE declaration ADD COLUMN discarded_at TEXT;
ALTER TABLE evidence ADD COLUMN discarded_at TEXT;
CREATE INDEX declaration_discarded ON declaration (discarded_at) WHERE discarded_at IS NOT NULL;
CREATE INDEX evidence_discarded ON evidence (discarded_at) WHERE discarded_at IS NOT NULL;
-- 1: nothing refers to it any more; its chunks go step by step
ALTER TABLE blob ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1));

DROP TRIGGER evidence_history_is_kept;
CREATE TRIGGER evidence_history_is_kept BEFORE DELETE ON evidence_history
WHEN (SELECT discarded_at IS NULL OR revisions > 0 FROM declaration WHERE id = OLD.declaration)
BEGIN SELECT RAISE(ABORT, 'the history of evidence is append-only'); END;

-- The chain goes on in SM3 from here; older records keep their digest.
ALTER TABLE audit ADD COLUMN algorithm TEXT NOT NULL DEFAULT 'sha256'
    CHECK (algorithm IN ('sha256', 'sm3'));
CREATE TABLE audit_tip (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_tip
SELECT 1, ifnull(max(seq), 0),
       ifnull((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1),
              '0000000000000000000000000000000000000000000000000000000000000000')
FROM audit;

CREATE TABLE signing_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    private_pem TEXT NOT NULL,
    certificate_pem TEXT NOT NULL
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
CREATE TRIGGER signed_head_is_immutable BEFORE UPDATE ON signed_head
BEGIN SELECT RAISE(ABORT, 'a signed head is immutable'); END;
CREATE TRIGGER signed_head_is_kept BEFORE DELETE ON signed_head
BEGIN SELECT RAISE(ABORT, 'a signed head is kept'); END;

CREATE TABLE backup (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    head TEXT NOT NULL
) STRICT;

-- Search. The words stand in the declarations; the index holds tokens only.
CREATE TABLE search_row (
    id INTEGER PRIMARY KEY,
    declaration TEXT NOT NULL UNIQUE REFERENCES declaration (id),
    -- which way of splitting made the tokens
    splitter INTEGER NOT NULL,
    field TEXT NOT NULL,
    type TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5 (
    name, summary, units, people, numbers, evidence, sound,
    content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0",
    -- numbers and pinyin while they are typed
    prefix = '3 4 5 6'
);

-- Files that a person chose as evidence and that are not in yet.
CREATE TABLE pending_import (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    declaration TEXT NOT NULL REFERENCES declaration (id),
    path TEXT NOT NULL,
    claims TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
