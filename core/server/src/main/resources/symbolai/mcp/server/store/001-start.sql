CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    lookup TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    hash TEXT NOT NULL,
    tools TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT NOT NULL,
    revoked BIGINT NOT NULL
);

CREATE INDEX api_keys_by_user ON api_keys (user_id);

CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    tool TEXT NOT NULL,
    status TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    json TEXT NOT NULL
);

CREATE INDEX tasks_by_expiry ON tasks (expires);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    ended INTEGER NOT NULL,
    log_level TEXT NOT NULL,
    subscriptions TEXT NOT NULL,
    expires BIGINT NOT NULL
);

CREATE INDEX sessions_by_expiry ON sessions (expires);

CREATE TABLE key_values (
    plugin TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (plugin, name)
);
