-- Rulings of authorities: one's own on their way to the endpoint, and those that it told of.

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
CREATE INDEX ruling_by_declaration ON ruling (declaration, seq);
CREATE TRIGGER ruling_is_immutable
BEFORE UPDATE OF id, declaration, revision, package, content, made_by ON ruling
BEGIN SELECT RAISE(ABORT, 'a ruling is immutable'); END;
CREATE TRIGGER ruling_record_is_immutable BEFORE UPDATE OF record, signature, applied ON ruling
WHEN OLD.record IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what became of a ruling is immutable'); END;
CREATE TRIGGER ruling_is_kept BEFORE DELETE ON ruling
BEGIN SELECT RAISE(ABORT, 'a ruling is kept'); END;

-- the place up to which the endpoint's list of rulings is known here
ALTER TABLE endpoint ADD COLUMN rulings_after INTEGER NOT NULL DEFAULT 0;
-- the organisation of the account, as the endpoint calls it
ALTER TABLE endpoint ADD COLUMN unit TEXT NOT NULL DEFAULT '';
