-- Classified vaults: marks decided by two persons, who may know and who knew, the approved machine,
-- keys and cards, the register of sealed packages. In an open vault all of it stays empty.

-- Two more roles; a wider set of words needs a new table.
CREATE TABLE account_role_10 (
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('preparer', 'unit-reviewer', 'system-administrator',
        'security-officer', 'auditor', 'classification-officer', 'results-officer')),
    PRIMARY KEY (account, role)
) STRICT;
INSERT INTO account_role_10 SELECT account, role FROM account_role;
DROP TABLE account_role;
ALTER TABLE account_role_10 RENAME TO account_role;
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

-- 定密: what was proposed and what was decided on it.
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
CREATE INDEX classification_by_declaration ON classification (declaration, seq);
CREATE UNIQUE INDEX classification_pending ON classification (declaration) WHERE verdict IS NULL;
CREATE TRIGGER classification_is_for_classified_vaults BEFORE INSERT ON classification
WHEN (SELECT kind FROM meta) IS NOT 'classified'
BEGIN SELECT RAISE(ABORT, 'an open vault marks nothing'); END;
CREATE TRIGGER proposal_is_immutable
BEFORE UPDATE OF seq, id, declaration, content, proposed_by ON classification
BEGIN SELECT RAISE(ABORT, 'a proposal is immutable'); END;
CREATE TRIGGER classification_verdict_is_immutable
BEFORE UPDATE OF verdict, decided_by, approved ON classification WHEN OLD.verdict IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a decision on a mark is immutable'); END;
CREATE TRIGGER classification_is_kept BEFORE DELETE ON classification
BEGIN SELECT RAISE(ABORT, 'the history of marks is kept'); END;

-- The mark that a received declaration came with.
CREATE TABLE received_mark (
    package TEXT PRIMARY KEY REFERENCES received (package),
    declaration TEXT NOT NULL,
    revision INTEGER NOT NULL,
    -- JSON, as the sender's 定密责任人 decided it
    content TEXT NOT NULL
) STRICT;

-- People of this vault within 知悉范围.
CREATE TABLE may_know (
    declaration TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (declaration, account)
) STRICT;

-- Who knew, and since when (实施条例 Art. 20).
CREATE TABLE knower (
    seq INTEGER PRIMARY KEY,
    declaration TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    first_at TEXT NOT NULL,
    how TEXT NOT NULL,
    UNIQUE (declaration, name, unit)
) STRICT;
CREATE TRIGGER knower_is_immutable BEFORE UPDATE ON knower
BEGIN SELECT RAISE(ABORT, 'who knew is on record'); END;
CREATE TRIGGER knower_is_kept BEFORE DELETE ON knower
BEGIN SELECT RAISE(ABORT, 'who knew is on record'); END;

-- 份号: each print and each medium is a copy with its number.
CREATE TABLE copy_number (
    subject TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999),
    purpose TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (subject, number)
) STRICT;

CREATE TABLE approved_machine (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    content TEXT NOT NULL
) STRICT;
CREATE TRIGGER approved_machine_is_immutable BEFORE UPDATE ON approved_machine
BEGIN SELECT RAISE(ABORT, 'the record of the machine is immutable'); END;
CREATE TRIGGER approved_machine_is_kept BEFORE DELETE ON approved_machine
BEGIN SELECT RAISE(ABORT, 'the record of the machine is kept'); END;

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
CREATE TRIGGER card_is_immutable
BEFORE UPDATE OF fingerprint, certificate, authority, unit, person, compared, taken_by, taken_at ON card
BEGIN SELECT RAISE(ABORT, 'a card that was compared is immutable'); END;
CREATE TRIGGER void_card_stays_void BEFORE UPDATE OF void, voided_at ON card WHEN OLD.void IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a void card stays void'); END;
CREATE TRIGGER card_is_kept BEFORE DELETE ON card
BEGIN SELECT RAISE(ABORT, 'a card is kept'); END;

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
CREATE TRIGGER seal_key_is_for_classified_vaults BEFORE INSERT ON seal_key
WHEN (SELECT kind FROM meta) IS NOT 'classified'
BEGIN SELECT RAISE(ABORT, 'an open vault seals nothing'); END;
CREATE TRIGGER seal_key_is_kept BEFORE DELETE ON seal_key
BEGIN SELECT RAISE(ABORT, 'a key is kept: packages may have been sealed for it'); END;

-- The register of sealed packages.
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
CREATE TRIGGER sealed_is_for_classified_vaults BEFORE INSERT ON sealed
WHEN (SELECT kind FROM meta) IS NOT 'classified'
BEGIN SELECT RAISE(ABORT, 'an open vault has no register'); END;
CREATE TRIGGER sealed_is_immutable BEFORE UPDATE ON sealed
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER sealed_is_kept BEFORE DELETE ON sealed
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
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
CREATE INDEX sealed_step_by_package ON sealed_step (package, seq);
CREATE TRIGGER sealed_step_is_immutable BEFORE UPDATE ON sealed_step
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER sealed_step_is_kept BEFORE DELETE ON sealed_step
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
