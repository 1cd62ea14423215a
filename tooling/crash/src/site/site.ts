import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { History } from "../history/history.ts";
import { startLoad, type Load, type LoadOptions } from "../load/start-load.ts";
import { runFacade, startFacade, type Place, type RunningFacade } from "../processes/facade.ts";
import { judge } from "./judge.ts";

/** A folder with one facade after the other, a load on it, and a judgement at the end. All of it ends with the site. */
export interface Site extends AsyncDisposable {
  /** A folder that is gone with the site. */
  readonly folder: string;
  readonly place: Place;
  readonly token: string;
  /** The facade that serves now, or did last. */
  readonly facade: () => RunningFacade;
  /** Starts a facade, which the load goes to from now on. */
  start(changed?: Partial<Place>): Promise<RunningFacade>;
  load(options?: Omit<LoadOptions, "targets" | "token">): Promise<Load>;
  /** Compares a history with the store, which a facade must serve; that is ended. A sentence for each fault. */
  judge(history: History): Promise<readonly string[]>;
}

/** Opens a site, in a folder of its own unless one is named. */
export async function openSite(changed: Partial<Place> & { readonly folder?: string } = {}): Promise<Site> {
  const { folder = await newFolder(), ...rest } = changed;
  const place = { data: join(folder, "data"), ...rest };
  const token = await issueToken(place);
  let current: RunningFacade | undefined;
  const loads = new AsyncDisposableStack();
  const facade = (): RunningFacade => {
    if (current === undefined) throw new Error("The facade has not been started.");
    return current;
  };
  return {
    folder,
    place,
    token,
    facade,
    start: async (otherwise) => (current = await startFacade({ ...place, ...otherwise })),
    load: async (options) =>
      loads.use(await startLoad({ targets: () => [facade().origin], token, ...options })),
    judge: (history) => judge({ place, token, facade: facade() }, history),
    async [Symbol.asyncDispose]() {
      await current?.end();
      await loads.disposeAsync();
      await rm(folder, { recursive: true, force: true });
      folders.delete(folder);
    },
  };
}

/** A new folder for a site. It is gone with this process at the latest. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-crash-"));
  folders.add(folder);
  return folder;
}

const folders = new Set<string>();
process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A token that outlives every case. */
export async function issueToken(place: Place, ...options: readonly string[]): Promise<string> {
  const { exit, output } = await runFacade(place, "token", "--expires-in", "30d", ...options);
  if (exit !== 0) throw new Error(`There is no token: ${output}`);
  return output.trim();
}
