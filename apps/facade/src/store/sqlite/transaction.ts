import { diff, type InstallSummary, type MobileApp, type VersionedSummary } from "@install-summary/core";
import type { AppKey, ChangeSource, StoredApp } from "../store.ts";
import { appValues, counterValues, whole } from "./columns.ts";
import { readApp, readSummary } from "./read.ts";
import type { Statements } from "./statements.ts";

/** What the writes of one group do inside their transaction; each sees what those before it did. */
export interface Transaction {
  readSummary(key: AppKey): VersionedSummary | undefined;
  readApp(key: AppKey): StoredApp | undefined;
  /** Writes a summary's new version, with the change that leads to it. */
  change(key: AppKey, from: InstallSummary, to: VersionedSummary, source: ChangeSource): void;
  /** Writes an app as it shall be, with a change where its counters differ or where it is new. */
  writeApp(tenantId: string, current: StoredApp | undefined, next: NextApp, source: ChangeSource): void;
  /** Writes what is written once per group; nothing comes after it. */
  finish(): void;
}

interface NextApp {
  readonly app: MobileApp;
  readonly summary: InstallSummary;
}

export function createTransaction(statements: Statements): Transaction {
  const time = new Date().toISOString();
  // The last sequence number that was given out, of each tenant that this transaction changes.
  const feeds = new Map<string, number>();

  const nextSequence = (tenantId: string): number => {
    const last = feeds.get(tenantId) ?? whole(statements.readFeed.get(tenantId) ?? { last: 0 }, "last");
    feeds.set(tenantId, last + 1);
    return last + 1;
  };

  const append = (
    { tenantId, appId }: AppKey,
    before: object,
    after: object,
    { summary, version }: VersionedSummary,
    { actor, origin, requestId }: ChangeSource,
  ): void => {
    const sequence = nextSequence(tenantId);
    const [from, to] = [JSON.stringify(before), JSON.stringify(after)];
    const key = [tenantId, sequence, appId, version] as const;
    statements.insertChange.run(...key, time, actor, origin, requestId, from, to);
    statements.writeSummary.run(tenantId, appId, ...counterValues(summary), version, time, actor);
  };

  const change: Transaction["change"] = (key, from, to, source) => {
    append(key, diff(to.summary, from), diff(from, to.summary), to, source);
  };

  return {
    readSummary: (key) => readSummary(statements, key),
    readApp: (key) => readApp(statements, key),
    change,
    writeApp(tenantId, current, { app, summary }, source) {
      const key = { tenantId, appId: app.id };
      if (current === undefined) {
        // An app that was here before counts on, so that no ETag comes to stand for other values.
        const version = whole(statements.readLastVersion.get(tenantId, app.id) ?? {}, "version") + 1;
        statements.writeApp.run(tenantId, ...appValues(app));
        const { id: _, ...counters } = summary;
        append(key, {}, counters, { summary, version }, source);
        return;
      }
      if (app !== current.app) statements.writeApp.run(tenantId, ...appValues(app));
      const altered = Object.keys(diff(current.summary, summary)).length > 0;
      if (altered) change(key, current.summary, { summary, version: current.version + 1 }, source);
    },
    finish() {
      for (const [tenantId, last] of feeds) statements.writeFeed.run(tenantId, last);
    },
  };
}
