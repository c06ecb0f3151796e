CREATE TABLE audit_subjects (
    subject TEXT PRIMARY KEY,
    sealed TEXT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE audit_index (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    caller TEXT NOT NULL,
    client TEXT NOT NULL,
    tool TEXT NOT NULL,
    outcome TEXT NOT NULL,
    decision TEXT NOT NULL,
    rule TEXT NOT NULL,
    address TEXT NOT NULL,
    account TEXT NOT NULL,
    db TEXT NOT NULL,
    approval TEXT NOT NULL,
    words TEXT NOT NULL,
    file TEXT NOT NULL,
    place BIGINT NOT NULL
);

CREATE INDEX audit_index_by_time ON audit_index (at);
CREATE INDEX audit_index_by_event ON audit_index (event, seq);
CREATE INDEX audit_index_by_caller ON audit_index (caller, seq);
CREATE INDEX audit_index_by_tool ON audit_index (tool, seq);
