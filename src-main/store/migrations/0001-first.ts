/** Docket's first schema. */
export const sql = `-- Docket's first schema. Migrations are immutable once landed: a test holds their hashes.
-- Times are ms since the epoch. Remote ids are TEXT, always. A subject's key outside this machine is
-- platform:instance:type:remoteId; inside, rows name each other by integer.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- the action log
-- Immutable and hash-chained. public is canonical JSON without personal data (verbs, ids, keys);
-- what is personal (note text, reasons, messages, names, snapshots) sits in event_payloads and enters
-- the chain by its salted hash only, so that it can be erased while the chain stays whole.
CREATE TABLE events (
  seq          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  actor        TEXT NOT NULL,
  device       TEXT NOT NULL,
  at           INTEGER NOT NULL,          -- wall clock of the hybrid logical clock
  counter      INTEGER NOT NULL,          -- its logical part
  kind         TEXT NOT NULL,
  source       TEXT NOT NULL,
  subjects     TEXT NOT NULL,             -- JSON array of keys
  public       TEXT NOT NULL,
  payload_hash TEXT,
  previous     TEXT NOT NULL,             -- hash of the event before; 64 zeros for the first
  hash         TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_actor ON events(actor);   -- and seq, which every index carries
CREATE INDEX events_by_kind ON events(kind);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;

CREATE TABLE event_payloads (
  event INTEGER PRIMARY KEY REFERENCES events(seq),
  salt  TEXT NOT NULL,
  body  TEXT NOT NULL                     -- canonical JSON
) STRICT;
CREATE TRIGGER event_payloads_no_update BEFORE UPDATE ON event_payloads BEGIN SELECT RAISE(ABORT, 'payloads are immutable; they can only be erased'); END;

-- ---------------------------------------------------------------- projections of the log
-- Folded by domain/fold in the same transaction as the event; a replay gives the same rows.
CREATE TABLE connections (
  n           INTEGER PRIMARY KEY,        -- in order of their first event
  id          TEXT NOT NULL UNIQUE,
  platform    TEXT NOT NULL,
  title       TEXT NOT NULL,
  instance    TEXT NOT NULL,
  settings    TEXT NOT NULL,              -- JSON without secrets
  settings_event INTEGER NOT NULL DEFAULT 0, -- the event they came with, for its erasure
  paused      INTEGER NOT NULL DEFAULT 0,
  provisioned INTEGER NOT NULL DEFAULT 0,
  removed     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE decisions (
  id                TEXT PRIMARY KEY,
  event             INTEGER NOT NULL,
  at                INTEGER NOT NULL,
  actor             TEXT NOT NULL,
  device            TEXT NOT NULL,
  source            TEXT NOT NULL,
  actions           TEXT NOT NULL,        -- JSON
  guideline_id      TEXT,
  guideline_version INTEGER,
  reason            TEXT,                 -- NULL once erased
  message           TEXT,
  undone_by         TEXT,                 -- event id of the undo
  undone_seq        INTEGER,              -- and its place in the log
  redo_of           TEXT,                 -- the undone decision that this one repeats
  redone_by         TEXT                  -- the decision that repeats this one
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_undone ON decisions(actor, undone_seq) WHERE undone_by IS NOT NULL AND redone_by IS NULL;
CREATE INDEX decisions_by_actor ON decisions(actor, event);

CREATE TABLE decision_subjects (
  decision_id TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  author_key  TEXT,
  kept_at     INTEGER,                    -- when a conflict over it ended with the platform's state kept
  PRIMARY KEY (subject_key, decision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_subjects_by_decision ON decision_subjects(decision_id);
CREATE INDEX decision_subjects_by_author ON decision_subjects(author_key) WHERE author_key IS NOT NULL;

-- What people decided about a subject, latest standing decision only.
CREATE TABLE item_marks (
  subject_key   TEXT PRIMARY KEY,
  state         TEXT,                     -- decided, escalated, snoozed, handled (theirs kept) or NULL
  outcome       TEXT,                     -- upheld, dismissed or NULL
  decision_id   TEXT,
  marked_at     INTEGER,
  snoozed_until INTEGER,
  claimed_by    TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE strikes (
  decision_id  TEXT NOT NULL,
  member_key   TEXT NOT NULL,
  guideline_id TEXT,
  at           INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  PRIMARY KEY (member_key, decision_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id         TEXT PRIMARY KEY,
  about_kind TEXT NOT NULL,               -- item, member, case
  about_key  TEXT NOT NULL,               -- subject or member key, or the case's id
  text       TEXT,                        -- NULL once erased
  audience   TEXT NOT NULL,
  author     TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  revised_at INTEGER,
  revision   INTEGER NOT NULL,
  expires_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_by_about ON notes(about_kind, about_key, written_at);

CREATE TABLE note_revisions (
  note_id  TEXT NOT NULL,
  revision INTEGER NOT NULL,
  text     TEXT,
  author   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  event    INTEGER NOT NULL,
  PRIMARY KEY (note_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
  id           TEXT PRIMARY KEY,
  number       INTEGER NOT NULL,
  title        TEXT,                      -- NULL once erased
  title_event  INTEGER NOT NULL,
  stage        TEXT NOT NULL,
  audience     TEXT NOT NULL,
  opened_at    INTEGER NOT NULL,
  opened_by    TEXT NOT NULL,
  follow_up_at INTEGER,
  version      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_number ON cases(number);
CREATE INDEX cases_due ON cases(follow_up_at) WHERE follow_up_at IS NOT NULL AND stage <> 'closed';

CREATE TABLE case_parties (
  case_id    TEXT NOT NULL,
  id         TEXT NOT NULL,
  role       TEXT NOT NULL,
  member_key TEXT,
  name       TEXT,
  event      INTEGER NOT NULL,
  PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_items (
  case_id     TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  linked_at   INTEGER NOT NULL,
  author_key  TEXT,
  kept        TEXT,                       -- the text as it was when linked
  event       INTEGER NOT NULL,
  PRIMARY KEY (case_id, subject_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_items_by_key ON case_items(subject_key);

CREATE TABLE guidelines (
  id            TEXT PRIMARY KEY,
  version       INTEGER NOT NULL,
  retired       INTEGER NOT NULL DEFAULT 0,
  connection_id TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE guideline_versions (
  id           TEXT NOT NULL,
  version      INTEGER NOT NULL,
  number       TEXT NOT NULL,
  title        TEXT NOT NULL,
  body         TEXT NOT NULL,
  categories   TEXT NOT NULL,             -- JSON array
  ladder       TEXT NOT NULL,             -- JSON array
  strike_days  INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE member_links (
  member_key TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX member_links_by_person ON member_links(person_id);

-- What an event touched, for the history's filters: keys of subjects and members as they are, and
-- "case:<id>", "note:<id>", "guideline:<id>", "connection:<id>", "platform:<id>", "verb:<verb>", and "decision:<id>" for what became of it.
CREATE TABLE event_tags (
  tag TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (tag, seq)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- what the platforms say
CREATE TABLE sync_state (
  connection   INTEGER PRIMARY KEY REFERENCES connections(n),
  cursor       TEXT,
  account      TEXT,                      -- JSON of connectors' Account
  pulled       INTEGER NOT NULL DEFAULT 0,
  total        INTEGER,
  caught_up    INTEGER NOT NULL DEFAULT 0,
  last_sync_at INTEGER,
  problem      TEXT,
  problem_kind TEXT,
  trace_id     TEXT
) STRICT;

CREATE TABLE members (
  id         INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL REFERENCES connections(n),
  remote_id  TEXT NOT NULL,
  name       TEXT NOT NULL,
  handle     TEXT NOT NULL,
  joined_at  INTEGER,
  post_count INTEGER,
  standing   TEXT NOT NULL DEFAULT '[]',
  url        TEXT,
  reports_judged INTEGER NOT NULL DEFAULT 0,  -- how this member's own reports ended: kept, not recounted
  reports_upheld INTEGER NOT NULL DEFAULT 0,
  UNIQUE (connection, remote_id)
) STRICT;

-- The long columns come last, so that a list never reads their overflow pages.
CREATE TABLE subjects (
  id         INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL REFERENCES connections(n),
  type       TEXT NOT NULL,
  remote_id  TEXT NOT NULL,
  author     INTEGER REFERENCES members(id),
  created_at INTEGER,
  edited_at  INTEGER,
  deleted_at INTEGER,
  removed    INTEGER NOT NULL DEFAULT 0,
  language   TEXT,
  place      TEXT,
  media_count INTEGER NOT NULL DEFAULT 0,
  revision   TEXT,
  url        TEXT,
  extra      TEXT NOT NULL DEFAULT '{}',
  media      TEXT NOT NULL DEFAULT '[]',
  text       TEXT NOT NULL,
  rich       TEXT,
  UNIQUE (connection, type, remote_id)
) STRICT;
CREATE INDEX subjects_by_author ON subjects(author, created_at);

-- What a subject said before it was edited.
CREATE TABLE subject_edits (
  subject INTEGER NOT NULL REFERENCES subjects(id),
  seen_at INTEGER NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (subject, seen_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  id              INTEGER PRIMARY KEY,
  connection      INTEGER NOT NULL REFERENCES connections(n),
  remote_id       TEXT NOT NULL,
  subject         INTEGER NOT NULL REFERENCES subjects(id),
  reporter        INTEGER REFERENCES members(id),
  category        TEXT NOT NULL,
  remote_category TEXT,
  comment         TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  open            INTEGER NOT NULL,
  outcome         TEXT,                   -- how it ended here: upheld, dismissed or NULL
  UNIQUE (connection, remote_id)
) STRICT;
CREATE INDEX reports_by_subject ON reports(subject, created_at);

CREATE TABLE resolutions (
  id       INTEGER PRIMARY KEY,
  subject  INTEGER NOT NULL REFERENCES subjects(id),
  by       TEXT,
  what     TEXT NOT NULL,
  at       INTEGER,
  order_id TEXT,
  closes   INTEGER NOT NULL,
  seen_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX resolutions_by_subject ON resolutions(subject, at);

CREATE TABLE contexts (
  subject    INTEGER PRIMARY KEY REFERENCES subjects(id),
  fetched_at INTEGER NOT NULL,
  body       TEXT NOT NULL                -- JSON: before, after, recent (subject ids), record
) STRICT;

CREATE TABLE media (
  url        TEXT PRIMARY KEY,
  connection INTEGER NOT NULL,
  hash       TEXT,                        -- SHA-256 of the bytes; NULL where it could not be had
  mime       TEXT,
  bytes      INTEGER,
  fetched_at INTEGER NOT NULL,
  problem    TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_hash ON media(hash) WHERE hash IS NOT NULL;

-- ---------------------------------------------------------------- the queue: reports and marks together
-- One row a reported subject. state is domain/lifecycle's answer from its reports, mark, resolutions
-- and deliveries; everything here can be rebuilt.
CREATE TABLE items (
  subject         INTEGER PRIMARY KEY REFERENCES subjects(id),
  connection      INTEGER NOT NULL,
  state           TEXT NOT NULL,
  bucket          TEXT NOT NULL GENERATED ALWAYS AS (iif(state = 'conflict', 'open', state)) VIRTUAL,
  version         INTEGER NOT NULL,
  priority        INTEGER NOT NULL,
  severity        INTEGER NOT NULL,
  category        TEXT NOT NULL,
  report_count    INTEGER NOT NULL,
  first_report_at INTEGER NOT NULL,
  last_report_at  INTEGER NOT NULL,
  due_at          INTEGER,
  arrival         INTEGER NOT NULL,       -- grows whenever an item enters another bucket
  reopened        INTEGER NOT NULL DEFAULT 0,
  strikes         INTEGER NOT NULL DEFAULT 0,
  snoozed_until   INTEGER,
  claimed_by      TEXT,
  outcome         TEXT,
  snippet         TEXT NOT NULL
) STRICT;
-- What filters ask for stands behind the key, so that a rare category is found without visiting the table.
CREATE INDEX items_by_priority ON items(bucket, priority DESC, subject DESC, severity, category);
CREATE INDEX items_by_time ON items(bucket, last_report_at DESC, subject DESC, severity, category, connection);
CREATE INDEX items_by_connection ON items(connection, bucket, priority DESC, subject DESC);
CREATE INDEX items_by_arrival ON items(bucket, arrival);
CREATE INDEX items_due ON items(due_at) WHERE state IN ('open', 'conflict');
CREATE INDEX items_snoozed ON items(snoozed_until) WHERE state = 'snoozed';

CREATE TABLE counts (
  connection INTEGER NOT NULL,
  state      TEXT NOT NULL,
  n          INTEGER NOT NULL,
  PRIMARY KEY (connection, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER items_count_insert AFTER INSERT ON items BEGIN
  INSERT INTO counts VALUES (new.connection, new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER items_count_update AFTER UPDATE OF state ON items WHEN old.state <> new.state BEGIN
  UPDATE counts SET n = n - 1 WHERE connection = old.connection AND state = old.state;
  INSERT INTO counts VALUES (new.connection, new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER items_count_delete AFTER DELETE ON items BEGIN
  UPDATE counts SET n = n - 1 WHERE connection = old.connection AND state = old.state;
END;

-- ---------------------------------------------------------------- the outbox
CREATE TABLE deliveries (
  id          TEXT PRIMARY KEY,           -- the order's idempotency key
  seq         INTEGER NOT NULL UNIQUE,    -- order of decisions; a subject's deliveries go out in it
  decision_id TEXT NOT NULL,
  subject     INTEGER NOT NULL REFERENCES subjects(id),
  connection  INTEGER NOT NULL,
  verb        TEXT NOT NULL,
  reverse     INTEGER NOT NULL DEFAULT 0,
  reverses    TEXT,                       -- id of the delivery it takes back
  body        TEXT NOT NULL,              -- JSON: durationMs, labels, reason, guideline, message, expected, decidedAt
  state       TEXT NOT NULL,
  force       INTEGER NOT NULL DEFAULT 0,
  due_at      INTEGER,
  attempts    INTEGER NOT NULL DEFAULT 0,
  said        TEXT,
  remote_id   TEXT,
  theirs      TEXT,                       -- JSON: by, what, at
  sent_at     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries(connection, due_at) WHERE state IN ('held', 'pending');
CREATE INDEX deliveries_by_decision ON deliveries(decision_id);
CREATE INDEX deliveries_by_subject ON deliveries(subject, seq);
CREATE INDEX deliveries_attention ON deliveries(state, seq) WHERE state IN ('conflict', 'refused', 'failed');

-- ---------------------------------------------------------------- search and drafts
-- Normalised text (domain/normalise): words segmented and case-folded, skeleton only where it differs.
-- Marks are letters' parts (Hindi, Thai vowels), so they count as token characters. No positions are kept: nobody asks for phrases.
CREATE VIRTUAL TABLE search_items USING fts5(words, skeleton, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'");
-- Members by name and address: appending to it costs a batch far fewer pages than two more ordered indexes.
CREATE VIRTUAL TABLE search_members USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'");
CREATE VIRTUAL TABLE search_work USING fts5(kind UNINDEXED, id UNINDEXED, words, skeleton, detail=none, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'");

CREATE TABLE drafts (box TEXT PRIMARY KEY, text TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;
