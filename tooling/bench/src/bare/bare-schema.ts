import { counterMaximum, counterNames } from "@install-summary/core";

const counters = counterNames
  .map((name) => `${name} INTEGER NOT NULL CHECK (${name} BETWEEN 0 AND ${counterMaximum})`)
  .join(", ");

/** The properties of an app in the order of its table's columns. */
export const bareAppColumns = [
  "id",
  "odataType",
  "displayName",
  "nameKey",
  "description",
  "publisher",
  "publisherKey",
  "createdDateTime",
  "lastModifiedDateTime",
  "isFeatured",
  "privacyInformationUrl",
  "informationUrl",
  "owner",
  "developer",
  "notes",
  "publishingState",
  "isAssigned",
] as const;

/**
 * The three tables of the product's store with their keys: what any store of this contract has to keep. Each change
 * names the one before it of its app, and the summary the latest, so that a log has no second key.
 */
export const bareSchema = `
  CREATE TABLE IF NOT EXISTS mobile_app (
    tenantId TEXT NOT NULL, id TEXT NOT NULL, odataType TEXT NOT NULL, displayName TEXT, nameKey TEXT NOT NULL,
    description TEXT, publisher TEXT, publisherKey TEXT NOT NULL, createdDateTime TEXT NOT NULL,
    lastModifiedDateTime TEXT NOT NULL, isFeatured INTEGER NOT NULL, privacyInformationUrl TEXT, informationUrl TEXT,
    owner TEXT, developer TEXT, notes TEXT, publishingState TEXT NOT NULL, isAssigned INTEGER NOT NULL,
    PRIMARY KEY (tenantId, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS mobile_app_by_name ON mobile_app (tenantId, nameKey, id);
  CREATE TABLE IF NOT EXISTS install_summary (
    tenantId TEXT NOT NULL, appId TEXT NOT NULL, ${counters}, version INTEGER NOT NULL, changeSequence INTEGER,
    modifiedAt TEXT NOT NULL, modifiedBy TEXT NOT NULL, PRIMARY KEY (tenantId, appId)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS install_summary_change (
    tenantId TEXT NOT NULL, sequence INTEGER NOT NULL, previousSequence INTEGER, appId TEXT NOT NULL,
    version INTEGER NOT NULL, changedAt TEXT NOT NULL, actor TEXT NOT NULL, origin TEXT NOT NULL,
    requestId TEXT NOT NULL, clientRequestId TEXT, before TEXT NOT NULL, after TEXT NOT NULL,
    PRIMARY KEY (tenantId, sequence)
  ) STRICT, WITHOUT ROWID;`;
