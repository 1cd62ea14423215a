import { once } from "node:events";
import { readSettings } from "../settings/config.ts";
import { createFacade } from "../facade.ts";
import { createLog } from "../log/log.ts";
import type { CommandContext } from "./command-context.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** The options as they were given. */
export interface ServeFlags extends SharedFlags {
  readonly host?: string;
  readonly port?: string;
  readonly readOnly?: boolean;
  readonly log?: string;
}

/** Serves until the process is asked to end. */
export async function serve({ env, folder, stopSignal }: CommandContext, flags: ServeFlags): Promise<void> {
  const settings = readSettings({ flags, env, folder });
  const log = createLog(settings);
  const stopped = once(stopSignal(), "abort");
  const facade = await createFacade({ settings, log });
  log.info({ url: `${facade.url}/beta`, readOnly: settings.policy.readOnly || undefined }, "serving");
  await stopped;
  log.info("stopping");
  await facade.close();
  log.info("stopped");
}
