import { exitCodes, UserError, type ExitCode } from "@install-summary/command-line/errors";
import { checkDevelopmentKey } from "../data-folder/development-key.ts";
import { checkCanMake, prepareFolder } from "../data-folder/prepare-folder.ts";
import { isServed, isStoreServed } from "../data-folder/take-locks.ts";
import { isThere } from "../files/look.ts";
import type { Settings } from "../settings/settings.ts";
import type { PostgresLocation } from "../store/postgres-location.ts";
import type { StoreReport } from "../store/sql/store-report.ts";
import { logBytes } from "../store/sqlite/check-whole.ts";
import { inspectStore } from "../store/sqlite/inspect-store.ts";
import { removeEmptyLog } from "../store/sqlite/refuse-other-log.ts";
import { checkCertificate } from "./check-certificate.ts";
import { checkEntra } from "./check-entra.ts";
import { checkMetricsPort, checkPort } from "./check-ports.ts";
import { checkMissingStore } from "./check-missing-store.ts";
import { checkSpace } from "./check-space.ts";

/** What one check found. */
export interface Finding {
  /** What was checked, in a word or two. */
  readonly check: string;
  /** 0 where it is in order. */
  readonly exit: ExitCode;
  /** What is there, or what is wrong and what to do about it, one line each. */
  readonly lines: readonly string[];
}

/**
 * Checks everything that a facade with these settings needs, one after the other. What it tries to write to a store in
 * PostgreSQL is rolled back, so nothing is changed.
 */
export async function* diagnose(settings: Settings, now: () => number = Date.now): AsyncGenerator<Finding> {
  const { data, store, tenants } = settings;
  let served = false;
  let report: StoreReport | undefined;

  yield judge("data folder", () => {
    if (!isThere(data)) {
      checkCanMake(data);
      return `${data} is not there yet; import and serve make it`;
    }
    prepareFolder(data);
    return `${data} can be written, and by its owner alone`;
  });
  yield judge("lock", () => {
    served = isServed(data);
    return served ? "a facade serves the data folder" : "no facade serves the data folder";
  });
  yield judge("store", async () => {
    if (store.kind === "postgres") {
      const found = await readDatabase(store, settings.storePooled);
      report = found.report;
      refuseFaults(`in the database ${store.database}`, report);
      return report.isOlder
        ? found.description
        : `${found.description}; the ${report.changes} changes of the store come to its summaries`;
    }
    const { file } = store;
    if (!isThere(file)) {
      checkMissingStore(file, data);
      return `${file} is not there yet; import and serve make it`;
    }
    try {
      report = await inspectStore(file);
    } finally {
      removeEmptyLog(file);
    }
    refuseFaults(file, report);
    return report.isOlder
      ? `${file} is whole; it is of an older version, and serve migrates it`
      : `${file} is whole, and its ${report.changes} changes come to its summaries${describeLog(file)}`;
  });
  const file = store.kind === "sqlite" ? store.file : undefined;
  yield judge("disk", () => checkSpace({ data, file, needsMigration: report?.isOlder === true }));
  yield judge("clock", () => describeClock(report?.changedAt, now()));
  yield judge("tokens", () => (tenants.length === 0 ? describeDevelopmentKey(data) : checkEntra(settings)));
  yield judge("certificate", () => checkCertificate(settings, new Date(now())));
  yield judge("port", () => checkPort(settings, served));
  yield judge("metrics", () => checkMetricsPort(settings, served));
}

/** Only a write would tell whether the log of a process that was killed is on the disk. */
function describeLog(file: string): string {
  return logBytes(file) === 0 || isStoreServed(file)
    ? ""
    : `; its log may hold changes that are not on the disk yet, and serve writes them anew when it starts`;
}

async function judge(check: string, look: () => string | Promise<string>): Promise<Finding> {
  try {
    return { check, exit: exitCodes.done, lines: [await look()] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { check, exit: error.exit, lines: error.message.split("\n") };
  }
}

function refuseFaults(name: string, { faults, faultCount }: StoreReport): void {
  if (faultCount === 0) return;
  const more = faultCount - faults.length;
  const rest = more > 0 ? [`Further faults: ${more}`] : [];
  const todo = `The store ${name} is not whole. Restore it from a backup.`;
  throw new UserError([todo, ...faults, ...rest].join("\n"), { exit: exitCodes.unavailable });
}

/** Loaded on demand, as the store itself is. */
async function readDatabase(
  location: PostgresLocation,
  isPooled: boolean,
): Promise<{ readonly description: string; readonly report: StoreReport }> {
  const [{ describePostgresStore }, { inspectDatabase }] = await Promise.all([
    import("../store/postgres/describe-store.ts"),
    import("../store/postgres/inspect-database.ts"),
  ]);
  const description = await describePostgresStore(location, isPooled);
  return { description, report: await inspectDatabase(location, isPooled) };
}

/** How far the clocks of two machines may be apart, in milliseconds. */
const skew = 60_000;

/** Tokens expire by the clock, and a log whose times run backwards misleads its readers. */
function describeClock(changedAt: string | undefined, now: number): string {
  const time = new Date(now).toISOString();
  if (changedAt === undefined) return `it is ${time}; no change of the store was read to compare it with`;
  if (Date.parse(changedAt) > now + skew) {
    throw new UserError(
      `The clock says ${time}, and the last change of the store was made at ${changedAt}. Set the clock.`,
    );
  }
  return `it is ${time}, not before the last change of the store`;
}

async function describeDevelopmentKey(data: string): Promise<string> {
  const hasKey = await checkDevelopmentKey(data);
  const key = hasKey ? "their key can be used" : "their key is made when it is first needed";
  return `development tokens alone are accepted, for this machine; ${key}`;
}
