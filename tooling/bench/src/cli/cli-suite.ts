import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role, Suite, SuiteOptions, Variant } from "../judging/measurement.ts";
import { bundle } from "../processes/bundle.ts";
import { measureProgram, type ProgramRun } from "../processes/measure-program.ts";
import { builtFacade, builtTui } from "../processes/programs.ts";
import { startFacade } from "../processes/servers.ts";
import { appIdOf, appNameOf } from "../sample/apps.ts";
import { writeReportFile } from "../sample/write-report-file.ts";
import { sameRequest } from "./same-request.ts";

/** Both programs as they are published, against Node alone and against zod and ky doing the same request. */
export async function openCliSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const report = join(folder, "report.csv");
  await writeReportFile(report, { apps: 1000 });
  const facade = opened.adopt(await startFacade(join(folder, "facade"), { report }), (one) => one.close());
  const requestProgram = join(folder, "request.mjs");
  await writeFile(requestProgram, await bundle(sameRequest));
  const env = {
    INSTALL_SUMMARY_URL: `http://127.0.0.1:${facade.port}/beta`,
    INSTALL_SUMMARY_TOKEN: facade.token,
  };

  function variant(name: string, role: Role, program: ProgramRun): Variant {
    const times = isShort ? 1 : 4;
    return { variant: name, role, measure: () => measureProgram(program, times) };
  }
  const node = variant("node -e 0", "limit", { args: ["-e", "0"] });
  const [id, name] = [appIdOf(0), appNameOf(0)];
  const cases = [
    {
      case: "--help",
      variants: [
        variant("facade", "ours", {
          args: [builtFacade, "--help"],
          prints: "install-summary-facade serve",
        }),
        variant("tui", "ours", { args: [builtTui, "--help"], prints: "install-summary get" }),
        node,
      ],
    },
    {
      case: "completion",
      variants: [
        variant("tui", "ours", { args: [builtTui, "completion", "bash"], prints: "complete" }),
        node,
      ],
    },
    {
      case: "get",
      variants: [
        variant("tui", "ours", { args: [builtTui, "get", id], env, prints: name }),
        variant("zod + ky", "limit", { args: [requestProgram, id], env, prints: name }),
      ],
    },
    ...(isFull
      ? [
          {
            case: "other commands",
            variants: [
              variant("tui list", "ours", { args: [builtTui, "list"], env, prints: name }),
              variant("tui set", "ours", {
                args: [builtTui, "set", id, "failed=7", "--dry-run"],
                env,
                prints: "",
              }),
              node,
            ],
          },
        ]
      : []),
  ];
  const closing = opened.move();
  const start = { metric: "cpuUs", over: "node -e 0", wanted: "at most", goal: 1.4, floor: 1.8 } as const;
  return {
    rounds: 12,
    cases,
    targets: [
      { target: "facade --help, over node -e 0", case: "--help", ...start, ours: "facade" },
      { target: "tui --help, over node -e 0", case: "--help", ...start, ours: "tui" },
      { target: "tui completion, over node -e 0", case: "completion", ...start, ours: "tui" },
      {
        target: "get, over node + zod + ky bundled doing the same request",
        case: "get",
        metric: "cpuUs",
        ours: "tui",
        over: "zod + ky",
        wanted: "at most",
        goal: 1.15,
        floor: 1.4,
      },
    ],
    close: () => closing.disposeAsync(),
  };
}
