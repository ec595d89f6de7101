/** What arrives from outside instead of being fetched. */
export const sql = `-- Rows of files that a person imports and messages that another system sends wait here until a pull has
-- taken them; what cannot be read stays, with why. Everything in it is durable before its sender hears so.
CREATE TABLE inbox (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- the cursor of who reads it: never given twice
  connection  INTEGER NOT NULL REFERENCES connections(n),
  import      TEXT,                       -- the import it came with; NULL for a message
  place       TEXT NOT NULL,              -- "line 7", or a message's own id
  received_at INTEGER NOT NULL,
  field       TEXT,                       -- what of it could not be read
  problem     TEXT,                       -- why it was kept aside; NULL while it can be taken
  body        TEXT NOT NULL
) STRICT;
CREATE INDEX inbox_waiting ON inbox(connection, id, import) WHERE problem IS NULL;
CREATE INDEX inbox_aside ON inbox(connection, id, import) WHERE problem IS NOT NULL;

-- Messages that were taken, by their own ids, so that one sent again is not taken twice.
CREATE TABLE inbox_seen (
  connection INTEGER NOT NULL REFERENCES connections(n),
  key        TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (connection, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_seen_by_time ON inbox_seen(at);

-- Entries that ever came: kept, not recounted.
CREATE TABLE inbox_totals (connection INTEGER PRIMARY KEY REFERENCES connections(n), entries INTEGER NOT NULL) STRICT;

CREATE TABLE imports (
  id         TEXT PRIMARY KEY,
  connection INTEGER REFERENCES connections(n), -- NULL until it is committed to one
  name       TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  state      TEXT NOT NULL,               -- uploading, reading, read, failed
  format     TEXT,                        -- JSON of contract/imports' FileFormat
  rows       INTEGER NOT NULL DEFAULT 0,  -- rows that are in the inbox: reading goes on after them
  read       INTEGER NOT NULL DEFAULT 0,  -- bytes of the file that those took
  said       TEXT,
  begun_at   INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_connection ON imports(connection, begun_at);
`;
