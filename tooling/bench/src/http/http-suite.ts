import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BareServerOptions } from "../bare/bare-server-options.ts";
import type { Case, Role, Suite, SuiteOptions, Variant } from "../judging/measurement.ts";
import { measureLoad, startLoad, type LoadRequest } from "../processes/load-generator.ts";
import { startBareServer, startFacade, startListServer, type Server } from "../processes/servers.ts";
import { writeReportFile } from "../sample/write-report-file.ts";
import { createBareStore } from "./bare-files.ts";
import { httpTargets } from "./http-targets.ts";
import { createRequests } from "./requests.ts";

const apps = 1000;

/** The facade under load against bare `node:http`: a constant, the body read, the same work. */
export async function openHttpSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const report = join(folder, "report.csv");
  await writeReportFile(report, { apps });
  const load = opened.adopt(startLoad(), (one) => one.close());
  const facade = opened.adopt(await startFacade(join(folder, "facade"), { report }), (one) => one.close());
  const { token } = facade;
  const bare = async (kind: BareServerOptions["kind"]): Promise<Server> => {
    const file = createBareStore(folder, kind, apps);
    const options = { kind, file, logFile: join(folder, `${kind}.log`), token };
    return opened.adopt(await startBareServer(options), (one) => one.close());
  };
  const limits = {
    constant: await bare("constant"),
    body: await bare("body"),
    read: await bare("read"),
    readWithCaller: await bare("read with caller"),
    group: await bare("group commit"),
    groupWithCaller: await bare("group commit with caller"),
    each: await bare("commit each"),
    list: opened.adopt(await startListServer(createBareStore(folder, "list", apps)), (one) => one.close()),
  };

  // After each sleep the caches are cold: with one connection a slice is longer, and so is what goes before it.
  function timeOf(connections: number) {
    const [lead, milliseconds] = connections === 1 ? [400, 800] : [100, 400];
    return isShort ? { connections, lead: 0, milliseconds: 40 } : { connections, lead, milliseconds };
  }
  function variantsOf(connections: number) {
    return (variant: string, role: Role, server: Server, request: LoadRequest): Variant => {
      const time = timeOf(connections);
      const warm = { connections, lead: 0, milliseconds: isShort ? 40 : 1500 };
      return {
        variant,
        role,
        warmUp: () => measureLoad(load, server, request, warm),
        measure: () => measureLoad(load, server, request, time),
      };
    };
  }

  const { get, getAny, getUnchanged, patch, patchAny, batch, list } = createRequests(token, apps);
  const getCase = (connections: number): Case => {
    const variant = variantsOf(connections);
    return {
      case: `GET, ${connections}`,
      connections,
      variants: [
        variant("facade", "ours", facade, get),
        variant("from SQLite", "limit", limits.read, get),
        variant("from SQLite, token and log", "limit", limits.readWithCaller, get),
        variant("constant", "limit", limits.constant, getAny),
      ],
    };
  };
  const unchangedCase = (connections: number): Case => {
    const variant = variantsOf(connections);
    return {
      case: `GET 304, ${connections}`,
      connections,
      variants: [
        variant("facade", "ours", facade, getUnchanged),
        variant("from SQLite", "limit", limits.read, getUnchanged),
      ],
    };
  };
  const patchCase = (connections: number): Case => {
    const variant = variantsOf(connections);
    return {
      case: `PATCH, ${connections}`,
      connections,
      variants: [
        variant("facade", "ours", facade, patch),
        variant("group commit", "limit", limits.group, patch),
        ...(connections === 1 && !isFull
          ? []
          : [
              variant("group commit, token and log", "limit", limits.groupWithCaller, patch),
              variant("reads the body", "limit", limits.body, patchAny),
            ]),
        ...(isFull ? [variant("a transaction each", "limit", limits.each, patch)] : []),
      ],
    };
  };
  const batchCase: Case = {
    case: "20 changes",
    variants: [
      variantsOf(1)("$batch", "ours", facade, batch),
      variantsOf(20)("20 connections", "peer", facade, patch),
      variantsOf(1)("one after the other", "peer", facade, patch),
    ],
  };
  const listCase = (connections: number): Case => {
    const variant = variantsOf(connections);
    return {
      case: `list, ${connections}`,
      connections,
      variants: [
        variant("facade", "ours", facade, list),
        variant("Hono + JSON.stringify", "peer", limits.list, list),
      ],
    };
  };

  const counts = isFull ? [1, 8, 32, 128] : [1, 32];
  const cases = [
    ...(isFull ? counts : [32]).map(getCase),
    ...(isFull ? counts.map(unchangedCase) : []),
    listCase(8),
    // Last, since changed summaries are 304 no longer.
    ...counts.map(patchCase),
    batchCase,
  ];
  const closing = opened.move();
  return {
    rounds: 10,
    cases,
    targets: httpTargets,
    close: () => closing.disposeAsync(),
  };
}
