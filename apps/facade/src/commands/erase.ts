import { ask } from "@install-summary/command-line/ask";
import { exitCodes, UserError } from "@install-summary/command-line/errors";
import type { TenantSize } from "@install-summary/core/service";
import { createLog } from "../log/log.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { cleanFile } from "../store/sqlite/clean-file.ts";
import type { CommandContext } from "./command-context.ts";
import { copiesOf } from "./copies-of.ts";
import { currentUser } from "./current-user.ts";
import { count } from "./describe-content.ts";
import { describeStore } from "./describe-store.ts";
import { noSuchTenant } from "./no-such-tenant.ts";
import { openExistingStore } from "./open-existing-store.ts";
import { parseTenant } from "./parse-tenant.ts";
import type { SharedFlags } from "./setting-flags.ts";
import { tellStoreFaults } from "./tell-store-faults.ts";

/** The options as they were given. */
export interface EraseFlags extends SharedFlags {
  readonly tenant?: string;
  readonly yes?: boolean;
}

/** Erases a tenant after a question, cleans the store's file, and writes what was done as a line of the log. */
export async function erase(
  context: CommandContext,
  { tenant, yes = false, ...flags }: EraseFlags,
): Promise<void> {
  const { env, folder, process, stopSignal } = context;
  const tenantId = parseTenant(tenant);
  if (tenantId === undefined) throw new UserError("--tenant is missing. Name the tenant to erase.");
  const settings = readSettings({ options: flags, env, folder });
  await tellStoreFaults(settings, stopSignal, () => eraseRows(context, settings, { tenantId, yes }));
  if (settings.store.kind === "postgres") {
    process.stdout.write(
      "The server keeps deleted rows until it has vacuumed their tables, and its backups keep them for as long as they last.\n",
    );
    return;
  }
  const { file } = settings.store;
  const { isLeft, isElsewhere } = await cleanFile(file, tenantId, stopSignal()).catch((error: unknown) => {
    throw error instanceof UserError ? notCleaned(error, file) : error;
  });
  if (isLeft) throw stillThere(file);
  process.stdout.write(
    isElsewhere
      ? `The file ${file} holds nothing of the tenant. Its id is a text in rows of other tenants, which stay as they are.\n`
      : `The file ${file} no longer holds the tenant's id.\n`,
  );
  for (const copy of copiesOf(file)) {
    process.stdout.write(
      `The copy ${copy} still holds what it held. Delete it when you no longer need it.\n`,
    );
  }
}

/** Erases the tenant from the store, and says so. */
async function eraseRows(
  context: CommandContext,
  settings: Settings,
  { tenantId, yes }: { readonly tenantId: string; readonly yes: boolean },
): Promise<void> {
  const { process, noteDone, stopSignal } = context;
  const name = describeStore(settings.store);
  let isMoved = false;
  const onMoved = (): void => {
    isMoved = true;
  };
  const store = await openExistingStore(settings, { onMoved });
  try {
    const opened = store.open({ tenantId, actor: "erase", origin: "command" });
    const tenants = await store.listTenants();
    const isThere = tenants.includes(tenantId);
    // Of a tenant that was erased the store knows how far its log had come: erasing it can be run again. After a restore a
    // store takes every tenant for one that may have been erased.
    if (!isThere && (await opened.readLastSequence()) === 0) throw noSuchTenant(name, tenantId, tenants);
    const size = await opened.measure();
    if (!yes) await confirm(`Erase ${describe(size)} of tenant ${tenantId} from ${name} for good?`, context);
    const signal = stopSignal();
    const erased = await opened.erase(signal).catch(async (error: unknown) => {
      if (isMoved) throw moved(name);
      throw signal.aborted ? stopped(signal.reason, tenantId, await opened.measure()) : error;
    });
    noteDone(`The tenant ${tenantId} was erased: ${describe(erased)}.`);
    const log = createLog(settings, process.stdout);
    log.info({ tenant: tenantId, ...erased, store: name, user: currentUser() }, "tenant erased");
    if (!isThere)
      process.stdout.write(
        `Nothing of the tenant ${tenantId} was left: it was erased before, or never there.\n`,
      );
  } finally {
    await store.close();
  }
}

async function confirm(question: string, { stdin, stderr }: CommandContext): Promise<void> {
  const reply = await ask(question, { stdin: stdin(), stderr });
  if (reply === true) return;
  const why = reply === undefined ? "without a terminal it needs --yes." : "the reply was not yes.";
  throw new UserError(`Nothing was erased: ${why}`);
}

function describe({ apps, changes }: TenantSize): string {
  return `${count(apps, "app")} and ${count(changes, "change")}`;
}

function stopped(reason: unknown, tenantId: string, left: TenantSize): UserError {
  const [why, exit] =
    reason instanceof UserError ? [reason.message, reason.exit] : ["It was stopped.", exitCodes.unavailable];
  return new UserError(
    `${why} The tenant ${tenantId} is erased in part: ${describe(left)} are left. Run the command again to erase them.`,
    { exit, code: "Stopped" },
  );
}

function moved(name: string): UserError {
  return new UserError(
    `The store ${name} was moved or replaced meanwhile. What is there now may hold the tenant: run the command again.`,
    { exit: exitCodes.unavailable },
  );
}

function notCleaned({ message, exit, code, cause }: UserError, file: string): UserError {
  return new UserError(
    `${message} The tenant is erased, and the file ${file} may still hold its id. Run the command again.`,
    code === "Stopped" ? { exit, code } : { exit: exitCodes.unavailable, cause },
  );
}

function stillThere(file: string): UserError {
  return new UserError(
    `The tenant is erased, and the file ${file} still holds its id, because another program reads or writes it, or the ` +
      "tenant has got new apps. Run the command again.",
    { exit: exitCodes.unavailable },
  );
}
