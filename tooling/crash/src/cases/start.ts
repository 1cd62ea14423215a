import { copyFile, cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { StoreEnd } from "../check/end.ts";
import { readEnd } from "../check/read-end.ts";
import { beginFacade, startFacade } from "../processes/facade.ts";
import { noStrace, withStrace, withTrace } from "../processes/strace.ts";
import { diagnose } from "../site/diagnose.ts";
import { issueToken, openSite, type Site } from "../site/site.ts";
import { anyBetween, type Case } from "./case.ts";

/** The calls that change a disk. */
const calls =
  "pwrite64,fsync,fdatasync,ftruncate,copy_file_range,?unlink,?unlinkat,?rename,?renameat,?renameat2,?link,?linkat";

/** The tenant in the stores of older versions. */
const oldTenant = "00000000-0000-4000-8000-000000000001";
const schemas = [1, 2, 3];

/** The facade is killed before it serves: at any step of making a store, recovering it, and migrating it. */
export const start: Case = {
  name: "start",
  promise: "a facade that is killed at any step of its start starts the next time, with all that was there",
  rounds: { short: 5, long: 300 },
  missing: noStrace,
  async run(rounds) {
    await using site = await openSite();
    const origins = [await newStore(site), await killedStore(site)];
    const isLong = rounds > start.rounds.short;
    for (const schema of isLong ? schemas : schemas.slice(-1)) origins.push(await oldStore(site, schema));
    const faults: string[] = [];
    let kills = 0;
    for (let round = 0; round < rounds; round += 1) {
      const origin = origins[round % origins.length];
      const step = origin?.steps[anyBetween(0, origin.steps.length - 1)];
      if (origin === undefined || step === undefined) throw new Error("A start changes nothing on the disk.");
      const where = `${origin.name}, killed at ${step}`;
      const { isKilled, faults: found } = await killAt(site, origin, step);
      if (isKilled) kills += 1;
      faults.push(...found.map((fault) => `${where}: ${fault}`));
    }
    const told = origins.map(({ name, steps }) => `${steps.length} steps of ${name}`).join(", ");
    return { faults, told: `${kills} kills; ${told}` };
  },
};

/** A data folder from which a facade starts. */
interface Origin {
  readonly name: string;
  readonly data: string;
  readonly token: string;
  /** What a start does to the disk, each as the call and its number: `fsync:3`. */
  readonly steps: readonly string[];
  /** What is served after a start that nothing disturbs. */
  readonly end: StoreEnd;
}

async function newStore(site: Site): Promise<Origin> {
  const data = join(site.folder, "new");
  return watchStart(site, { name: "a new store", data, token: await issueToken({ data }) });
}

async function killedStore(site: Site): Promise<Origin> {
  const { data } = site.place;
  await site.start();
  const load = await site.load();
  await load.acknowledged(300);
  await site.facade().end("SIGKILL");
  await load.abandon();
  return watchStart(site, { name: "a store whose facade was killed", data, token: site.token });
}

async function oldStore(site: Site, schema: number): Promise<Origin> {
  const data = join(site.folder, `schema-${schema}`);
  await mkdir(data, { mode: 0o700 });
  const facade = import.meta.resolve("@install-summary/facade/package.json");
  const store = fileURLToPath(new URL(`test/fixtures/store-schema-${schema}.db`, facade));
  await copyFile(store, join(data, "install-summary.db"));
  const token = await issueToken({ data }, "--tenant", oldTenant);
  return watchStart(site, { name: `a store of schema ${schema}`, data, token });
}

async function watchStart(site: Site, origin: Pick<Origin, "name" | "data" | "token">): Promise<Origin> {
  const data = join(site.folder, "watched");
  await cp(origin.data, data, { recursive: true });
  const output = join(site.folder, "steps");
  const facade = await startFacade({ data, within: withTrace(calls, output) });
  const end = await readEnd({ origin: facade.origin, token: origin.token });
  await facade.end("SIGKILL");
  const steps = stepsOf(await readFile(output, "utf8"));
  await Promise.all([rm(data, { recursive: true }), rm(output)]);
  return { ...origin, steps, end };
}

/** The calls of the first thread, numbered by their names. */
function stepsOf(trace: string): readonly string[] {
  const counts = new Map<string, number>();
  const lines = trace.split("\n").map((line) => /^([0-9]+) +([a-z0-9_]+)\(/.exec(line));
  const [first] = lines;
  return lines.flatMap((found) => {
    if (found === null || found[1] !== first?.[1]) return [];
    const [, , name = ""] = found;
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return [`${name}:${number}`];
  });
}

async function killAt(
  site: Site,
  { data: from, token, end }: Origin,
  step: string,
): Promise<{ readonly isKilled: boolean; readonly faults: readonly string[] }> {
  const data = join(site.folder, "killed");
  await cp(from, data, { recursive: true });
  const [name, number] = step.split(":");
  const within = withStrace([`${name}:signal=SIGKILL:when=${number}`]);
  const starting = beginFacade({ data, within });
  // Threads may take turns in another order than before: then it serves, and is killed there.
  const isKilled = (await starting.origin) === undefined;
  await starting.end("SIGKILL");
  const facade = await startFacade({ data });
  const faults = isDeepStrictEqual(await readEnd({ origin: facade.origin, token }), end)
    ? []
    : ["it serves something else than after a start that nothing disturbs."];
  await facade.end("SIGTERM");
  faults.push(...(await diagnose({ data })));
  await rm(data, { recursive: true });
  return { isKilled, faults };
}
