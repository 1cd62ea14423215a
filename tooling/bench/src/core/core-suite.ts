import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Suite, SuiteOptions } from "../judging/measurement.ts";
import { bundleCases } from "./bundles.ts";
import { callCases } from "./core-cases.ts";

const milliseconds = 200;

/** Core against a check by hand, against zod alone, and against ajv. */
export async function openCoreSuite({ isShort }: SuiteOptions): Promise<Suite> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  const time = isShort ? milliseconds / 50 : milliseconds;
  return {
    rounds: 12,
    cases: [...callCases(time), ...(await bundleCases(folder))],
    targets: [
      {
        target: "parse + apply, over a hand-written check",
        case: "parse and apply",
        metric: "cpuUs",
        ours: "core",
        over: "by hand",
        wanted: "at most",
        goal: 4,
        floor: 8,
      },
      {
        target: "a body with three faults, over zod's errors for it",
        case: "errors: three faults",
        metric: "cpuUs",
        ours: "core",
        over: "zod alone",
        wanted: "at most",
        goal: 4,
        floor: 8,
      },
      { target: "core ., gzip, over zod alone", ...ofBundles("size", "bytes"), goal: 1.2, floor: 1.3 },
      { target: "core ., import, over zod alone", ...ofBundles("import", "cpuUs"), goal: 1.5, floor: 1.7 },
    ],
    close: () => rm(folder, { recursive: true }),
  };
}

function ofBundles<Metric extends "bytes" | "cpuUs">(name: string, metric: Metric) {
  return { case: name, metric, ours: "core", over: "zod alone", wanted: "at most" } as const;
}
