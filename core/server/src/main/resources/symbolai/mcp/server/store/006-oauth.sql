CREATE TABLE oauth_clients (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    secret TEXT NOT NULL,
    method TEXT NOT NULL,
    redirects TEXT NOT NULL,
    user_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created BIGINT NOT NULL,
    used BIGINT NOT NULL
);

CREATE TABLE oauth_grants (
    id TEXT PRIMARY KEY,
    client TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    revoked BIGINT NOT NULL
);

CREATE INDEX oauth_grants_by_user ON oauth_grants (user_id);

CREATE INDEX oauth_grants_by_client ON oauth_grants (client);

CREATE INDEX oauth_grants_by_expiry ON oauth_grants (expires);

CREATE TABLE oauth_tokens (
    hash TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    parent TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT NOT NULL
);

CREATE INDEX oauth_tokens_by_grant ON oauth_tokens (grant_id);

CREATE INDEX oauth_tokens_by_parent ON oauth_tokens (parent);

CREATE INDEX oauth_tokens_by_expiry ON oauth_tokens (expires);

CREATE TABLE oauth_codes (
    hash TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL,
    client TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    redirect TEXT NOT NULL,
    resource TEXT NOT NULL,
    scopes TEXT NOT NULL,
    challenge TEXT NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT NOT NULL
);

CREATE INDEX oauth_codes_by_user ON oauth_codes (user_id);

CREATE INDEX oauth_codes_by_expiry ON oauth_codes (expires);

CREATE TABLE oauth_consents (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client TEXT NOT NULL,
    host TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (user_id, client, host)
);

CREATE TABLE oauth_devices (
    hash TEXT PRIMARY KEY,
    user_code TEXT NOT NULL UNIQUE,
    client TEXT NOT NULL,
    resource TEXT NOT NULL,
    scopes TEXT NOT NULL,
    status TEXT NOT NULL,
    user_id TEXT NOT NULL,
    polled BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

CREATE INDEX oauth_devices_by_expiry ON oauth_devices (expires);
