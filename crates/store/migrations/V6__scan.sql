-- Scanning in: pages that wait to become one PDF, and the folder that an office scanner writes to.

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
CREATE INDEX scan_page_by_declaration ON scan_page (declaration, position);

CREATE TABLE scan_folder (
    account TEXT PRIMARY KEY REFERENCES account (id),
    path TEXT NOT NULL,
    -- files that were there before are not offered
    since TEXT NOT NULL
) STRICT;
