import { startTestAuthority } from "@install-summary/facade";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BareServerOptions } from "../bare/bare-server-options.ts";
import type { Case, Role, Suite, SuiteOptions, Target, Variant } from "../judging/measurement.ts";
import { measureLoad, startLoad, type LoadRequest } from "../processes/load-generator.ts";
import { startBareServer, startFacade, startListServer, type Server } from "../processes/servers.ts";
import { writeReportFile } from "../sample/write-report-file.ts";
import { createBareStore } from "./bare-files.ts";
import { createRequests } from "./requests.ts";

const apps = 1000;

/** The facade as a team has it, with HTTPS and the tokens of Entra ID, against `node:https` that does the same. */
export async function openHttpsSuite({ isShort }: SuiteOptions): Promise<Suite> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const authority = opened.use(await startTestAuthority());
  const report = join(folder, "report.csv");
  await writeReportFile(report, { apps });
  const load = opened.adopt(startLoad(), (one) => one.close());
  const data = join(folder, "facade");
  const facade = opened.adopt(await startFacade(data, { report, authority }), (one) => one.close());
  const { token } = facade;
  const certificate = join(data, "https.pem");
  const bare = async (kind: BareServerOptions["kind"]): Promise<Server> => {
    const file = createBareStore(folder, kind, apps);
    const options = { kind, file, logFile: join(folder, `${kind}.log`), token, certificate };
    return opened.adopt(await startBareServer(options), (one) => one.close());
  };
  const read = await bare("read");
  const constant = await bare("constant");
  const group = await bare("group commit");
  const listFile = createBareStore(folder, "list", apps);
  const list = opened.adopt(await startListServer(listFile, certificate), (one) => one.close());

  function variantsOf(connections: number) {
    return (variant: string, role: Role, server: Server, request: LoadRequest): Variant => {
      const [lead, milliseconds] = isShort ? [0, 40] : [100, 400];
      const warm = { connections, lead: 0, milliseconds: isShort ? 40 : 1500 };
      return {
        variant,
        role,
        warmUp: () => measureLoad(load, server, request, warm),
        measure: () => measureLoad(load, server, request, { connections, lead, milliseconds }),
      };
    };
  }
  const requests = createRequests(token, apps);
  const many = variantsOf(32);
  const few = variantsOf(8);
  const cases: readonly Case[] = [
    {
      case: "GET over HTTPS, 32",
      connections: 32,
      variants: [
        many("facade", "ours", facade, requests.get),
        many("node:https from SQLite", "limit", read, requests.get),
        many("node:https, constant", "limit", constant, requests.getAny),
      ],
    },
    {
      case: "list over HTTPS, 8",
      connections: 8,
      variants: [
        few("facade", "ours", facade, requests.list),
        few("Hono + JSON.stringify", "peer", list, requests.list),
      ],
    },
    {
      case: "PATCH over HTTPS, 32",
      connections: 32,
      variants: [
        many("facade", "ours", facade, requests.patch),
        many("node:https, group commit", "limit", group, requests.patch),
      ],
    },
  ];
  const closing = opened.move();
  return { rounds: 10, cases, targets: httpsTargets, close: () => closing.disposeAsync() };
}

const judged = { metric: "cpuUs", ours: "facade", wanted: "at least" } as const;

/** The targets of the suite `http`, with TLS on both sides. */
const httpsTargets: readonly Target[] = [
  {
    target: "GET with Entra ID's tokens over HTTPS, of node:https doing the same from SQLite",
    case: "GET over HTTPS, 32",
    over: "node:https from SQLite",
    ...judged,
    goal: 0.7,
    floor: 0.6,
  },
  {
    target: "GET with Entra ID's tokens over HTTPS, of a constant response",
    case: "GET over HTTPS, 32",
    over: "node:https, constant",
    ...judged,
    goal: 0.38,
    floor: 0.33,
  },
  {
    target: "list with Entra ID's tokens over HTTPS, over Hono + JSON.stringify",
    case: "list over HTTPS, 8",
    over: "Hono + JSON.stringify",
    ...judged,
    goal: 1.8,
    floor: 1.4,
  },
  {
    target: "PATCH with Entra ID's tokens over HTTPS, of node:https with the same group commit",
    case: "PATCH over HTTPS, 32",
    over: "node:https, group commit",
    ...judged,
    goal: 0.8,
    floor: 0.65,
  },
];
