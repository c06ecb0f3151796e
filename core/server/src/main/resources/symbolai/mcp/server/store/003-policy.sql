CREATE TABLE policy (
  id INTEGER PRIMARY KEY,
  version BIGINT NOT NULL,
  read_only INTEGER NOT NULL
);
CREATE TABLE policy_rules (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  json TEXT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  author TEXT NOT NULL
);
CREATE TABLE policy_changes (
  version BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  author TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL
);
INSERT INTO policy (id, version, read_only) VALUES (1, 1, 0);
INSERT INTO policy_rules (id, position, json, created, updated, author) VALUES
  ('admins', 0, '{"id":"admins","effect":"allow","roles":["admin"],"note":"admins may call everything"}', 0, 0, ''),
  ('agents', 1, '{"id":"agents","effect":"approve","agents":true,"access":"write","note":"what an agent''s key writes needs an approval"}', 0, 0, '');
