import { developmentTenantId } from "@install-summary/facade";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { checkHistory } from "../check/check-history.ts";
import { withoutResponse, type History } from "../history/history.ts";
import { noStrace, withTrace, type Injection } from "../processes/strace.ts";
import { prepareCuts, type CutDisk } from "../replay/cut-power.ts";
import { parseTrace } from "../replay/parse-trace.ts";
import { readStore } from "../replay/read-store.ts";
import { tracedCalls, type TraceEvent } from "../replay/trace-event.ts";
import { diagnose } from "../site/diagnose.ts";
import { openSite, type Site } from "../site/site.ts";
import { anyBetween, describeHistory, type Case } from "./case.ts";
import { until } from "./until.ts";

const storeName = "install-summary.db";
/** How often the power is cut in one recording. */
const cuts = 25;

interface Recorded {
  readonly apps: number;
  readonly changes: number;
  readonly injections: readonly Injection[];
  /** Whether the facade is killed as soon as it refuses changes, and another one, whose disk is sound, goes on. */
  readonly isKilledBetween?: boolean;
}

/** What is recorded, one after the other. */
const recordings = [
  { apps: 20, changes: 400, injections: [] },
  // An fsync fails now and then.
  { apps: 20, changes: 400, injections: ["fsync:error=EIO:when=25+40"] },
  // From some moment on all fail, and the facade is killed: the next one finds in the log what is not on the disk.
  { apps: 20, changes: 100, injections: ["fsync:error=EIO:when=60+"], isKilledBetween: true },
  // Enough for changes to be moved into the store's file meanwhile.
  { apps: 500, changes: 6000, injections: [] },
  { apps: 500, changes: 6000, injections: ["fsync:error=EIO:when=60+50"] },
] as const satisfies readonly Recorded[];

/**
 * A simulated power cut: the calls of the facade are recorded, and each cut makes its files anew as a disk may have kept them:
 * all that was synced, and of the rest any sectors.
 */
export const power: Case = {
  name: "power",
  promise: "every acknowledged change outlives a power cut, whatever a disk keeps of what was not synced",
  rounds: { short: 3, long: 40 },
  missing: noStrace,
  async run(rounds) {
    const faults = new Set<string>();
    let told = "";
    for (let round = 0; round < rounds; round += 1) {
      await using site = await openSite();
      const recording = await record(site, recordings[round % recordings.length] ?? recordings[0]);
      for (let number = 0; number < cuts; number += 1) {
        const disk = recording.cut(number);
        for (const fault of await judgeDisk(site, recording.history, disk, number)) faults.add(fault);
      }
      told = `${(round + 1) * cuts} cuts; in the last recording ${describeHistory(recording.history)}`;
    }
    return { faults: [...faults], told };
  },
};

interface Recording {
  readonly history: History;
  readonly cut: (number: number) => CutDisk;
}

async function record(
  site: Site,
  { apps, changes, injections, isKilledBetween = false }: Recorded,
): Promise<Recording> {
  // A store that is there, with nothing in its log.
  await site.start();
  await site.facade().end("SIGTERM");
  const file = join(site.place.data, storeName);
  const before = new Map([[file, await readFile(file)]]);
  const output = join(site.folder, "trace");
  await site.start({ within: withTrace(tracedCalls, output, injections) });
  const load = await site.load({ apps, workers: { streams: 0 } });
  if (isKilledBetween) {
    await until("changes are refused", () => isRefused(load.history));
    await site.facade().end("SIGKILL");
    await site.start({ within: withTrace(tracedCalls, output) });
  }
  await load.acknowledged(changes);
  await site.facade().end("SIGKILL");
  await load.abandon();
  const history = { ...load.history, seen: [], followed: [] };
  const events = parseTrace(await readFile(output, "utf8")).filter((event) => isOf(event, site.place.data));
  const cut = prepareCuts(before, events);
  const responses = events.filter(({ kind }) => kind === "respond");
  return {
    history,
    cut(number) {
      // Half of the cuts come as soon as a response is sent, the others at any time.
      const response = responses[anyBetween(0, responses.length - 1)]?.begin ?? 0;
      const line = number % 2 === 0 ? response + 1 : anyBetween(1, events.at(-1)?.begin ?? 1);
      const share = [0, 0.1, 0.5, 0.9, 1][number % 5] ?? 0;
      return cut(line, () => Math.random() < share);
    },
  };
}

function isRefused({ responses }: History): boolean {
  return [...responses.keys()].some((told) => told.endsWith("503"));
}

/** Responses, and what is done to files that outlive the process: the index of the log is made anew. */
function isOf(event: TraceEvent, folder: string): boolean {
  return event.kind === "respond" || (event.path.startsWith(folder) && !event.path.endsWith("-shm"));
}

async function judgeDisk(
  site: Site,
  { changes, ...history }: History,
  { files, responded }: CutDisk,
  number: number,
): Promise<readonly string[]> {
  const data = join(site.folder, `cut-${number}`);
  await mkdir(data, { mode: 0o700 });
  for (const [path, content] of files) {
    if (basename(path).startsWith(storeName)) await writeFile(join(data, basename(path)), content);
  }
  const known = changes.map((change) =>
    change.outcome === "acknowledged" && !responded.has(change.requestId ?? "")
      ? withoutResponse(change)
      : change,
  );
  // Every tenth is opened by the program itself, before another one has recovered it.
  const diagnosed = number % 10 === 0 ? await diagnose({ data }) : [];
  const { integrity, ...end } = readStore(join(data, storeName), developmentTenantId);
  const faults = checkHistory({ ...history, changes: known }, end).map(({ text }) => text);
  return [...diagnosed, ...faults, ...(integrity === "ok" ? [] : [`The file is damaged: ${integrity}`])];
}
