CREATE TABLE sign_ins (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE,
    former TEXT NOT NULL,
    former_until BIGINT NOT NULL,
    role TEXT NOT NULL,
    created BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    proved BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);

CREATE INDEX sign_ins_by_user ON sign_ins (user_id);

CREATE INDEX sign_ins_by_former ON sign_ins (former);

CREATE TABLE setup_links (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires BIGINT NOT NULL
);

ALTER TABLE api_keys ADD COLUMN agent INTEGER NOT NULL DEFAULT 0;

ALTER TABLE api_keys ADD COLUMN addresses TEXT NOT NULL DEFAULT '';
