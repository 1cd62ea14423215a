import { once } from "node:events";
import { readSettings } from "../settings/read-settings.ts";
import { createFacade } from "../facade.ts";
import { createLog } from "../log/log.ts";
import { blockedPortWarning } from "../server/blocked-ports.ts";
import { keepTickShape } from "../server/keep-tick-shape.ts";
import type { CommandContext } from "./command-context.ts";

/** Settings by their keys, as they were typed. */
export type ServeFlags = Readonly<Record<string, string | boolean | undefined>>;

/** Serves until the process is asked to end. Throws `UserError` where the data folder or the store was moved meanwhile. */
export async function serve({ env, folder, stopSignal }: CommandContext, flags: ServeFlags): Promise<void> {
  keepTickShape();
  const settings = readSettings({ options: flags, env, folder });
  const log = createLog(settings);
  const stopped = once(stopSignal(), "abort");
  const facade = await createFacade({ settings, log });
  const { url, authorityFile, metricsUrl } = facade;
  log.info(
    {
      url: `${url}/beta`,
      metrics: metricsUrl,
      authority: authorityFile,
      readOnly: settings.policy.readOnly || undefined,
    },
    "serving",
  );
  const blocked = blockedPortWarning(settings.port);
  if (blocked !== undefined) log.warn({}, blocked);
  const failure = await Promise.race([facade.lost, stopped.then(() => undefined)]);
  if (failure !== undefined) log.error({}, failure.message);
  log.info({}, "stopping");
  await facade.close();
  log.info({}, "stopped");
  if (failure !== undefined) throw failure;
}
