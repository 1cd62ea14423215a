import { counterMaximum } from "@install-summary/core";
import { counterColumns } from "../sql/columns.ts";

/** Marks a SQLite file as a store of this program ("ISum"). */
export const applicationId = 0x49_53_75_6d;

const counterDefinitions = counterColumns
  .map((column) => `${column} INTEGER NOT NULL CHECK (${column} BETWEEN 0 AND ${counterMaximum})`)
  .join(",\n    ");

/**
 * The schema as steps forward. The number of steps that a file has taken is its `user_version`; a released step never
 * changes.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE mobile_app (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    odata_type TEXT NOT NULL,
    display_name TEXT,
    name_key TEXT NOT NULL,
    description TEXT,
    publisher TEXT,
    publisher_key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    is_featured INTEGER NOT NULL CHECK (is_featured IN (0, 1)),
    privacy_information_url TEXT,
    information_url TEXT,
    owner TEXT,
    developer TEXT,
    notes TEXT,
    publishing_state TEXT NOT NULL CHECK (publishing_state IN ('notPublished', 'processing', 'published')),
    is_assigned INTEGER NOT NULL CHECK (is_assigned IN (0, 1)),
    PRIMARY KEY (tenant_id, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX mobile_app_by_name ON mobile_app (tenant_id, name_key, id);

  CREATE TABLE install_summary (
    tenant_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    ${counterDefinitions},
    version INTEGER NOT NULL CHECK (version >= 1),
    modified_at TEXT NOT NULL,
    modified_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, app_id)
  ) STRICT, WITHOUT ROWID;

  -- With rowids on purpose: without them SQLite ignores the second key until ANALYZE and reads the whole log.
  CREATE TABLE install_summary_change (
    tenant_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    app_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    request_id TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    UNIQUE (tenant_id, sequence),
    UNIQUE (tenant_id, app_id, version)
  ) STRICT;

  CREATE TABLE change_feed (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`,

  // The id that a caller gave its request, so that a client whose response was lost can find its own change.
  "ALTER TABLE install_summary_change ADD COLUMN client_request_id TEXT;",

  // A key by app would scatter the log over as many pages as a commit has apps, and make it twice as dear. Instead each
  // change names the one before it of its app, and the summary the latest. No key is left to tell that an erased app
  // was here, so that is kept by itself.
  `ALTER TABLE install_summary ADD COLUMN change_sequence INTEGER;
  UPDATE install_summary AS s SET change_sequence = (
    SELECT c.sequence FROM install_summary_change c WHERE c.tenant_id = s.tenant_id AND c.app_id = s.app_id
    ORDER BY c.version DESC LIMIT 1
  );

  CREATE TABLE erased_app (
    tenant_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    change_sequence INTEGER,
    PRIMARY KEY (tenant_id, app_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO erased_app
  SELECT c.tenant_id, c.app_id, max(c.version), c.sequence FROM install_summary_change c
  WHERE NOT EXISTS (SELECT 1 FROM install_summary s WHERE s.tenant_id = c.tenant_id AND s.app_id = c.app_id)
  GROUP BY c.tenant_id, c.app_id;

  CREATE TABLE chained_change (
    tenant_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    previous_sequence INTEGER,
    app_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    request_id TEXT NOT NULL,
    client_request_id TEXT,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (tenant_id, sequence)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO chained_change
  SELECT tenant_id, sequence, (
      SELECT p.sequence FROM install_summary_change p
      WHERE p.tenant_id = c.tenant_id AND p.app_id = c.app_id AND p.version < c.version
      ORDER BY p.version DESC LIMIT 1
    ), app_id, version, changed_at, actor, origin, request_id, client_request_id, before, after
  FROM install_summary_change c ORDER BY tenant_id, sequence;
  DROP TABLE install_summary_change;
  ALTER TABLE chained_change RENAME TO install_summary_change;`,

  // What was removed from a log is remembered, so that a cursor from before is told from one of today. A tenant that was
  // erased leaves no name and no app behind: a digest of its id leads to the numbers above which it goes on counting.
  `ALTER TABLE change_feed ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE change_feed ADD COLUMN erased_version INTEGER NOT NULL DEFAULT 0;
  UPDATE change_feed AS f SET erased_version = coalesce(
    (SELECT max(e.version) FROM erased_app e WHERE e.tenant_id = f.tenant_id), 0
  );
  DROP TABLE erased_app;

  CREATE TABLE erased_tenant (
    digest TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL,
    erased_version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`,
];
