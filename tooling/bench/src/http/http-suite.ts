import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeReport } from "@install-summary/core/report";
import { examplePatch } from "../sample/example.ts";
import type { Case, Role, Sample, Suite, SuiteOptions, Variant } from "../judging/measurement.ts";
import { openBareStore } from "../bare/bare-store.ts";
import { httpTargets } from "./http-targets.ts";
import type { LoadJob } from "../load/load-job.ts";
import { readUsage } from "../processes/process-usage.ts";
import {
  startBareServer,
  startFacade,
  startLoad,
  startQuietFacade,
  type LoadGenerator,
  type Server,
} from "../processes/processes.ts";

const milliseconds = 1200;
const appCount = 1000;
const ids = Array.from(
  { length: appCount },
  (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`,
);
const path = "/beta/deviceAppManagement/mobileApps/{id}/installSummary";

type Request = Pick<LoadJob, "method" | "headers" | "expected"> & Partial<Pick<LoadJob, "body">>;

/** The facade under load against bare `node:http`: constant, the body read, the same work. */
export async function openHttpSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const report = join(folder, "report.csv");
  await writeFile(
    report,
    writeReport(ids.map((id) => ({ app: { id, displayName: id }, patch: examplePatch }))),
  );
  const file = join(folder, "bare.db");
  const store = openBareStore(file);
  store.add(ids);
  store.close();

  const load = opened.adopt(startLoad(), (one) => one.close());
  const server = async (kind: string): Promise<Server> =>
    opened.adopt(await startBareServer(kind, file), (one) => one.close());
  const facade = opened.adopt(await startFacade(folder, report), (one) => one.close());
  const quiet = opened.adopt(await startQuietFacade(report), (one) => one.close());
  const [constant, body, read, commit] = [
    await server("constant"),
    await server("body"),
    await server("read"),
    await server("commit"),
  ];

  const authorization = `Bearer ${facade.token}`;
  const quietly = (request: Request): Request => ({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${quiet.token}` },
  });
  const get: Request = {
    method: "GET",
    headers: { authorization },
    expected: { status: 200, contains: ['"id":"{id}"', '"pendingInstallUserCount":'] },
  };
  const anyGet: Request = { ...get, expected: { status: 200, contains: ['"pendingInstallUserCount":7}'] } };
  const unchanged: Request = {
    method: "GET",
    headers: { authorization, "if-none-match": 'W/"1"' },
    expected: { status: 304, contains: [] },
  };
  const patch: Request = {
    method: "PATCH",
    headers: { authorization, "content-type": "application/json" },
    body: '{"failedDeviceCount":{n}}',
    expected: { status: 200, contains: ['"id":"{id}"', '"failedDeviceCount":{n},'] },
  };
  const anyPatch: Request = { ...patch, expected: anyGet.expected };

  const time = isShort ? milliseconds / 20 : milliseconds;
  function variant(name: string, role: Role, to: Server, request: Request, connections: number): Variant {
    const job = { ...request, path, ids, port: to.port, connections, milliseconds: time };
    return { variant: name, role, measure: () => measure(load, to.pid, job) };
  }
  const counts = isFull ? [1, 8, 32, 128] : [1, 32];
  const cases: readonly Case[] = [
    ...counts.map((connections) => ({
      case: `GET, ${connections}`,
      connections,
      variants: [
        variant("facade", "ours", facade, get, connections),
        variant("facade, no log", "ours", quiet, quietly(get), connections),
        variant("constant", "limit", constant, anyGet, connections),
        variant("from SQLite", "limit", read, get, connections),
      ],
    })),
    ...counts.map((connections) => ({
      case: `GET 304, ${connections}`,
      connections,
      variants: [
        variant("facade", "ours", facade, unchanged, connections),
        variant("from SQLite", "limit", read, unchanged, connections),
      ],
    })),
    // Last: what has been changed is 304 no longer.
    ...counts.map((connections) => ({
      case: `PATCH, ${connections}`,
      connections,
      variants: [
        variant("facade", "ours", facade, patch, connections),
        variant("facade, no log", "ours", quiet, quietly(patch), connections),
        variant("reads the body", "limit", body, anyPatch, connections),
        variant("a transaction each", "limit", commit, patch, connections),
      ],
    })),
  ];
  const closing = opened.move();
  return { cases, targets: httpTargets, close: () => closing.disposeAsync() };
}

async function measure(load: LoadGenerator, pid: number, job: LoadJob): Promise<Sample> {
  const before = await readUsage(pid);
  const { requests, bad, milliseconds: took, p50Us, p99Us, firstBad } = await load.run(job);
  const after = await readUsage(pid);
  if (firstBad !== undefined)
    process.stderr.write(`a wrong answer to ${job.method} ${job.path}: ${firstBad}\n`);
  const sample = { rate: (requests * 1000) / took, p50Us, p99Us, bad };
  if (before === undefined || after === undefined) return sample;
  const cpuUs = after.cpuUs - before.cpuUs;
  return { ...sample, cpuUs: cpuUs / requests, rssBytes: after.rssBytes, busy: cpuUs / (took * 1000) };
}
