import { ask } from "@install-summary/command-line/ask";
import { exitCodes, UserError } from "@install-summary/command-line/errors";
import type { TenantSize } from "@install-summary/core/service";
import { createLog } from "../log/log.ts";
import { readSettings } from "../settings/read-settings.ts";
import { cleanFile } from "../store/sqlite/clean-file.ts";
import { findCopies } from "../store/sqlite/keep-copy.ts";
import type { CommandContext } from "./command-context.ts";
import { currentUser } from "./current-user.ts";
import { count } from "./describe-content.ts";
import { describeStore } from "./describe-store.ts";
import { openExistingStore } from "./open-existing-store.ts";
import { parseTenant } from "./parse-tenant.ts";
import type { SharedFlags } from "./setting-flags.ts";

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
  const { env, folder, process, noteDone } = context;
  const tenantId = parseTenant(tenant);
  if (tenantId === undefined) throw new UserError("--tenant is missing. Name the tenant to erase.");
  const settings = readSettings({ options: flags, env, folder });
  const name = describeStore(settings.store);
  const store = await openExistingStore(settings);
  try {
    const opened = store.open({ tenantId, actor: "erase", origin: "command" });
    const size = await opened.measure();
    if (!yes) await confirm(`Erase ${describe(size)} of tenant ${tenantId} from ${name} for good?`, context);
    const erased = await opened.erase();
    noteDone(`The tenant ${tenantId} was erased: ${describe(erased)}.`);
    const log = createLog(settings, process.stdout);
    log.info({ tenant: tenantId, ...erased, store: name, user: currentUser() }, "tenant erased");
  } finally {
    await store.close();
  }
  if (settings.store.kind === "postgres") {
    process.stdout.write(
      "The server keeps deleted rows until it has vacuumed their tables, and its backups keep them for as long as they last.\n",
    );
    return;
  }
  const { file } = settings.store;
  const { traces } = await cleanFile(file, tenantId);
  if (traces > 0) throw stillThere(file, traces);
  process.stdout.write(`The file ${file} no longer holds the tenant's id.\n`);
  for (const copy of findCopies(file)) {
    process.stdout.write(
      `The copy ${copy} still holds what it held. Delete it when you no longer need it.\n`,
    );
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

function stillThere(file: string, traces: number): UserError {
  return new UserError(
    `The tenant is erased, and the file ${file} still holds its id in ${count(traces, "place")}, because another program ` +
      "reads or writes it, or the tenant has got new apps. Run the command again.",
    { exit: exitCodes.unavailable },
  );
}
