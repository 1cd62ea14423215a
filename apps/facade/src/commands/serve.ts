import { once } from "node:events";
import { readSettings } from "../settings/read-settings.ts";
import type { Facade } from "../facade-options.ts";
import { createFacade } from "../facade.ts";
import { untilStopped } from "../files/until-stopped.ts";
import { createLog } from "../log/log.ts";
import { blockedPortWarning } from "../server/blocked-ports.ts";
import { keepTickShape } from "../server/keep-tick-shape.ts";
import type { CommandContext } from "./command-context.ts";

/** Settings by their keys, as they were typed. */
export type ServeFlags = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Serves until the process is asked to end. Throws `UserError` where the data folder or the store was moved meanwhile, and where
 * it is asked to end before it serves.
 */
export async function serve({ env, folder, stopSignal }: CommandContext, flags: ServeFlags): Promise<void> {
  keepTickShape();
  const settings = readSettings({ options: flags, env, folder });
  const log = createLog(settings);
  const stop = stopSignal();
  const stopped = once(stop, "abort");
  const facade = await untilServing(createFacade({ settings, log }), stop);
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

/** A start may wait for a program that has the store locked, or for a server that is away. */
async function untilServing(starting: Promise<Facade>, stop: AbortSignal): Promise<Facade> {
  try {
    return await untilStopped(starting, stop);
  } catch (error) {
    // One that comes to its end all the same serves nothing.
    void starting.then(
      (facade) => facade.close(),
      () => undefined,
    );
    throw error;
  }
}
