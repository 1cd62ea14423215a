import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { startFault } from "../../files/file-fault.ts";
import { isDamage } from "../../files/sqlite-codes.ts";
import { whenFree } from "../../files/when-free.ts";
import { startLogCheck } from "../sql/check-change-log.ts";
import { textOf, wholeOf } from "../sql/row-values.ts";
import { feedOfRow } from "../sql/feed.ts";
import {
  contentOfRow,
  createFaultList,
  selectContent,
  unpaired,
  type FaultList,
  type StoreContent,
  type StoreReport,
} from "../sql/store-report.ts";
import { logRowOf, selectChanges, selectSummaries, summaryEndOf } from "../sql/history-rows.ts";
import { checkPages } from "./check-pages.ts";
import { faultBehind } from "./fault-behind.ts";
import { readFaults } from "./read-faults.ts";
import { refuseJournal } from "./refuse-journal.ts";
import { takeToRead } from "./refuse-other-log.ts";
import { applicationId, migrations } from "./schema.ts";
import { schemaFaults } from "./schema-faults.ts";
import { prepareStatements } from "./statements.ts";

/** How many rows are read between two pauses, in which signals are heard. */
const rowsAtOnce = 2000;

/**
 * Reads a whole store and checks its pages and its change log, in one transaction that changes nothing, beside a facade
 * that serves it, as soon as no other program keeps it from that. Throws `UserError` for a file that cannot be read as a store.
 */
export function inspectStore(file: string): Promise<StoreReport> {
  return openAndInspect(file, { kind: "store", file });
}

/** What messages say is read, where it is a draft in its place. */
export interface ReadAs {
  readonly kind: "store" | "backup";
  readonly file: string;
}

/**
 * The same for a draft that no one else has open, until the signal is aborted: it then throws the signal's reason. A fault of its
 * disk is thrown as it is.
 */
export async function inspectStoreUntil(file: string, signal: AbortSignal, as: ReadAs): Promise<StoreReport> {
  const found = await checkPages(file, signal).catch(async (error: unknown) => {
    throw await readFault(error, as, { file, signal });
  });
  return openAndInspect(file, as, { found, signal });
}

async function openAndInspect(
  file: string,
  as: ReadAs,
  { found, signal }: { readonly found?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<StoreReport> {
  try {
    const status = statSync(file);
    if (!status.isFile() || status.size === 0) throw notAStore(as);
    refuseJournal(file);
    using database = await whenFree(() => takeToRead(file, { before: "BEGIN;" }), { signal });
    const schema = readSchema(database, as);
    using steps = inspect(database, schema, found ?? readFaults(database));
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await setImmediate();
      signal?.throwIfAborted();
    }
  } catch (error) {
    throw await readFault(error, as, { file, signal });
  }
}

/**
 * How a fault of a file that was read is told; who has made a draft tells what its disk has failed at. Its connections must be closed.
 * Gives the signal's reason where it ends the look at it.
 */
export async function readFault(
  error: unknown,
  as: ReadAs,
  { file, signal }: { readonly file: string; readonly signal: AbortSignal | undefined },
): Promise<unknown> {
  const fault = await faultBehind(error, file, signal);
  if (isDamage(fault)) return damagedFile(as, fault);
  return as.file === file ? startFault(`The ${as.kind} ${file}`, fault, file) : fault;
}

/** The schema of a store. Throws `UserError` for the file of another program, or of a newer version. */
export function readSchema(database: DatabaseSync, as: ReadAs): number {
  if (readPragma(database, "application_id") !== applicationId) throw notAStore(as);
  const schema = readPragma(database, "user_version");
  if (schema > migrations.length) throw newerSchema(as, schema);
  return schema;
}

function* inspect(
  database: DatabaseSync,
  schema: number,
  damage: readonly string[],
): Generator<undefined, StoreReport> {
  const isOlder = schema < migrations.length;
  const list = createFaultList();
  for (const found of damage) list.add(`The file is damaged: ${found}.`);
  // What is read of damaged pages would only repeat it.
  if (list.found().faultCount > 0) return { isOlder, ...unread, ...list.found() };
  if (!isOlder) prepareStatements(database);
  for (const fault of schemaFaults(database, schema)) list.add(fault);
  if (list.found().faultCount > 0) return { isOlder, ...unread, ...list.found() };
  yield;
  if (!isOlder) yield* checkRows(database, list);
  const content = contentOfRow(database.prepare(selectContent).get() ?? {});
  return { isOlder, ...content, ...list.found() };
}

const unread: StoreContent = { tenants: 0, apps: 0, changes: 0, changedAt: undefined };

function* checkRows(database: DatabaseSync, list: FaultList): Generator<undefined> {
  for (const { query, fault } of unpaired) {
    for (const row of database.prepare(query).iterate()) list.add(fault(row));
  }
  const feeds = database.prepare("SELECT * FROM change_feed").all();
  const check = startLogCheck(new Map(feeds.map((row) => [textOf(row, "tenant_id"), feedOfRow(row)])));
  let rows = 0;
  for (const row of database.prepare(selectChanges).iterate()) {
    for (const fault of check.change(logRowOf(row))) list.add(fault);
    rows += 1;
    if (rows % rowsAtOnce === 0) yield;
  }
  for (const row of database.prepare(selectSummaries).iterate()) {
    for (const fault of check.summary(summaryEndOf(row))) list.add(fault);
    rows += 1;
    if (rows % rowsAtOnce === 0) yield;
  }
  for (const fault of check.end()) list.add(fault);
}

function readPragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return wholeOf(database.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}

/** What to do about a file that is not whole, and how a command ends then. */
const advice = {
  store: { text: "Restore it from a backup.", exit: exitCodes.unavailable },
  backup: { text: "Restore another one.", exit: exitCodes.refused },
} as const;

function notAStore({ kind, file }: ReadAs): UserError {
  const { text, exit } = advice[kind];
  return new UserError(`The file ${file} is not a store of Install Summary. ${text}`, { exit });
}

/** What is told of a file whose content cannot be read. */
function damagedFile({ kind, file }: ReadAs, cause: unknown): UserError {
  const { text, exit } = advice[kind];
  return new UserError(`The ${kind} ${file} is not a SQLite file, or is damaged. ${text}`, { exit, cause });
}

function newerSchema({ kind, file }: ReadAs, schema: number): UserError {
  return new UserError(
    `The ${kind} ${file} was written by a newer version (its schema is ${schema}, this version knows ` +
      `${migrations.length}). Use the newer version.`,
  );
}
