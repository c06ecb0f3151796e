CREATE TABLE approvals (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    round INTEGER NOT NULL,
    requester TEXT NOT NULL,
    requester_name TEXT NOT NULL,
    credential TEXT NOT NULL,
    client TEXT NOT NULL,
    address TEXT NOT NULL,
    tool TEXT NOT NULL,
    account TEXT NOT NULL,
    target TEXT NOT NULL,
    subject TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    roles TEXT NOT NULL,
    users TEXT NOT NULL,
    required INTEGER NOT NULL,
    sealed TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

CREATE INDEX approvals_by_digest ON approvals (digest);

CREATE INDEX approvals_by_requester ON approvals (requester, state);

CREATE INDEX approvals_by_state ON approvals (state, expires);

CREATE TABLE approval_votes (
    approval TEXT NOT NULL REFERENCES approvals (id) ON DELETE CASCADE,
    approver TEXT NOT NULL,
    name TEXT NOT NULL,
    granted INTEGER NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (approval, approver)
);
