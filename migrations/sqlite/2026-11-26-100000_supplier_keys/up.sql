-- The keys that suppliers' APIs are called with, sealed; and the names of the master keys that they are sealed with.
-- Neither has a history: key material that was replaced or removed must not live on in one. Who did what to a key is for the
-- audit log to keep. So these tables have no triggers, and connections to the past don't have them.

-- Names of master keys, never the keys themselves. The newest row is what secrets are sealed with; deleted ones are retired.
CREATE TABLE master_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX master_keys_name ON master_keys (name) WHERE deleted_at IS NULL;

-- Keys of suppliers. `ciphertext` and `wrapped_key` open only together, in the row of this `identity` and supplier.
CREATE TABLE supplier_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    supplier_id BIGINT NOT NULL REFERENCES suppliers (id),
    identity TEXT NOT NULL,
    label TEXT NOT NULL,
    ciphertext BLOB NOT NULL,
    wrapped_key BLOB NOT NULL,
    master_key TEXT NOT NULL,
    hint TEXT,
    is_active BOOLEAN NOT NULL DEFAULT true,
    weight INTEGER NOT NULL DEFAULT 1,
    expires_at TEXT,
    last_used_at TEXT,
    rotated_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    version BIGINT NOT NULL DEFAULT 1
);
-- A key that was rotated out keeps its label until it is deleted.
CREATE UNIQUE INDEX supplier_keys_label ON supplier_keys (supplier_id, label) WHERE deleted_at IS NULL AND rotated_at IS NULL;
CREATE UNIQUE INDEX supplier_keys_identity ON supplier_keys (identity) WHERE deleted_at IS NULL;
CREATE INDEX supplier_keys_supplier ON supplier_keys (supplier_id, label, id);
CREATE INDEX supplier_keys_expiry ON supplier_keys (expires_at) WHERE deleted_at IS NULL;
CREATE INDEX supplier_keys_master ON supplier_keys (master_key, id);
