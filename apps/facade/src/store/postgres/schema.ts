import { counterMaximum } from "@install-summary/core";
import { counterColumns } from "../sql/columns.ts";
import { isShortName } from "./dialect.ts";
import { textKeyColumns } from "./text-keys.ts";

/** The table whose one row says how many steps the schema has taken. */
export const storeTable = "install_summary_store";

const counterDefinitions = counterColumns
  .map((column) => `${column} integer NOT NULL CHECK (${column} BETWEEN 0 AND ${counterMaximum})`)
  .join(",\n    ");

/** A text that is compared by its bytes, which is the order of code points, whatever the order of the database is. */
const bytes = 'text COLLATE "C"';

const keyDefinitions = textKeyColumns.map((column) => `${column} ${bytes}`).join(",\n    ");

/**
 * The schema as steps forward, with the tables and columns of a SQLite store. A released step never changes. Every key
 * begins with the tenant, so that a database which is spread over servers can keep a tenant on one of them.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE mobile_app (
    tenant_id ${bytes} NOT NULL,
    id ${bytes} NOT NULL,
    odata_type ${bytes} NOT NULL,
    display_name ${bytes},
    name_key ${bytes} NOT NULL,
    description ${bytes},
    publisher ${bytes},
    publisher_key ${bytes} NOT NULL,
    created_at ${bytes} NOT NULL,
    modified_at ${bytes} NOT NULL,
    is_featured integer NOT NULL CHECK (is_featured IN (0, 1)),
    privacy_information_url ${bytes},
    information_url ${bytes},
    owner ${bytes},
    developer ${bytes},
    notes ${bytes},
    publishing_state ${bytes} NOT NULL CHECK (publishing_state IN ('notPublished', 'processing', 'published')),
    is_assigned integer NOT NULL CHECK (is_assigned IN (0, 1)),
    ${keyDefinitions},
    PRIMARY KEY (tenant_id, id)
  );
  -- A row of an index has 2,704 bytes at most, and a name can be longer.
  CREATE INDEX mobile_app_by_name ON mobile_app (tenant_id, name_key, id) WHERE ${isShortName("name_key")};
  CREATE INDEX mobile_app_by_long_name ON mobile_app (tenant_id, id) WHERE NOT ${isShortName("name_key")};

  CREATE TABLE install_summary (
    tenant_id ${bytes} NOT NULL,
    app_id ${bytes} NOT NULL,
    ${counterDefinitions},
    version bigint NOT NULL CHECK (version >= 1),
    change_sequence bigint,
    modified_at ${bytes} NOT NULL,
    modified_by ${bytes} NOT NULL,
    PRIMARY KEY (tenant_id, app_id)
  );

  CREATE TABLE install_summary_change (
    tenant_id ${bytes} NOT NULL,
    sequence bigint NOT NULL,
    previous_sequence bigint,
    app_id ${bytes} NOT NULL,
    version bigint NOT NULL,
    changed_at ${bytes} NOT NULL,
    actor ${bytes} NOT NULL,
    origin ${bytes} NOT NULL,
    request_id ${bytes} NOT NULL,
    client_request_id ${bytes},
    before ${bytes} NOT NULL,
    after ${bytes} NOT NULL,
    PRIMARY KEY (tenant_id, sequence)
  );

  CREATE TABLE change_feed (
    tenant_id ${bytes} NOT NULL PRIMARY KEY,
    last bigint NOT NULL,
    removed bigint NOT NULL,
    erased_version bigint NOT NULL
  );

  CREATE TABLE erased_tenant (
    digest ${bytes} NOT NULL PRIMARY KEY,
    last bigint NOT NULL,
    erased_version bigint NOT NULL
  );`,
];
