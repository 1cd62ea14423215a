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
];
