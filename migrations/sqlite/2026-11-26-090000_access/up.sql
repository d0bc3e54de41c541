-- Who may come in, and what happened at the door. These are no rows of the catalogue: they have no history, since the
-- audit log tells what became of them, and they are removed by nobody.

-- What there is one of: a number that goes up whenever somebody's rights change, so that instances know when to read them
-- anew.
CREATE TABLE access_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL DEFAULT 0
);
INSERT INTO access_state (id) VALUES (1);

-- Tokens for programs. A token itself is kept nowhere: `hash` is its SHA-256 in hexadecimal.
CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    hint TEXT NOT NULL,
    role TEXT NOT NULL,
    scopes TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TEXT,
    last_used_at TEXT,
    revoked_at TEXT,
    revoked_by TEXT
);
CREATE UNIQUE INDEX api_tokens_hash ON api_tokens (hash);
CREATE UNIQUE INDEX api_tokens_name_live ON api_tokens (name) WHERE revoked_at IS NULL;

-- What is no change of the catalogue, and must be known all the same: who came in, who was refused, who was given rights.
CREATE TABLE audit_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    channel TEXT,
    detail TEXT,
    request TEXT,
    address TEXT,
    alike BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX audit_events_moment ON audit_events (created_at, id);
