CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    connector TEXT NOT NULL,
    sealed TEXT NOT NULL,
    expires BIGINT NOT NULL,
    verified BIGINT NOT NULL,
    active INTEGER NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (owner, name)
);

CREATE TABLE vault_checks (
    number INTEGER PRIMARY KEY,
    sealed TEXT NOT NULL
);

CREATE TABLE used_states (
    nonce TEXT PRIMARY KEY,
    expires BIGINT NOT NULL
);

CREATE INDEX used_states_by_expiry ON used_states (expires);
