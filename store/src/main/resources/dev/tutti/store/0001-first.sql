-- Instants are microseconds since 1970. Kinds, ids and states compare by code point.
CREATE TABLE document (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  parent TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  schema INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Does not change with the state, so a change of state costs one index entry, not two.
CREATE INDEX document_by_parent ON document (kind, parent) WHERE parent <> '';

CREATE INDEX document_by_state ON document (kind, state);

CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  owner_kind TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  data BLOB NOT NULL
);

CREATE TABLE command (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  owner_kind TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  lane TEXT NOT NULL,
  body BLOB NOT NULL,
  sent INTEGER NOT NULL
);

CREATE TABLE timer (
  owner_kind TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  name TEXT NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (owner_kind, owner_id, name)
) WITHOUT ROWID;
