import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyPatch, diff, parsePatch, parsePatchText, rebase, safeParsePatch } from "@install-summary/core";
import type { Case, Suite, SuiteOptions, Variant } from "../judging/measurement.ts";
import { bundle } from "../processes/bundle.ts";
import { bundles, measureImport, measureSize } from "./bundles.ts";
import { carryOver, compare, findFaults, isPatch, merge } from "./by-hand.ts";
import { measureCalls } from "./measure-calls.ts";
import { ajvPatch, miniPatch, zodPatch } from "./peers.ts";
import { examplePatch, faultyPatch, isPatched, summary } from "../sample/example.ts";

const milliseconds = 200;

/** Core against a check by hand, against zod alone, and against ajv. */
export async function openCoreSuite({ isShort }: SuiteOptions): Promise<Suite> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  const time = isShort ? milliseconds / 50 : milliseconds;
  const body = JSON.stringify(examplePatch);
  const bytes = new TextEncoder().encode(body);
  const applied = applyPatch(summary, examplePatch);
  const theirs = { ...summary, failedDeviceCount: 17 };

  function calls<Value>(
    variant: string,
    role: Variant["role"],
    call: () => Value,
    isRight: (value: Value) => boolean,
  ): Variant {
    return { variant, role, measure: () => measureCalls(call, isRight, time) };
  }

  const cases: Case[] = [
    {
      case: "parse and apply",
      variants: [
        calls("core", "ours", () => applyPatch(summary, parsePatch(examplePatch)), isPatched),
        calls(
          "by hand",
          "limit",
          () => (isPatch(examplePatch) ? merge(summary, examplePatch) : summary),
          isPatched,
        ),
        calls("zod alone", "peer", () => merge(summary, zodPatch.parse(examplePatch)), isPatched),
        calls("zod/mini", "peer", () => merge(summary, miniPatch.parse(examplePatch)), isPatched),
        calls(
          "ajv",
          "peer",
          () => (ajvPatch(examplePatch) ? merge(summary, examplePatch) : summary),
          isPatched,
        ),
      ],
    },
    {
      case: "parse text and apply",
      variants: [
        calls("core", "ours", () => applyPatch(summary, parsePatchText(bytes)), isPatched),
        calls(
          "JSON.parse, by hand",
          "limit",
          () => {
            const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
            return isPatch(value) ? merge(summary, value) : summary;
          },
          isPatched,
        ),
        calls(
          "JSON.parse, zod alone",
          "peer",
          () => merge(summary, zodPatch.parse(JSON.parse(new TextDecoder().decode(bytes)))),
          isPatched,
        ),
      ],
    },
    {
      case: "errors: three faults",
      variants: [
        calls(
          "core",
          "ours",
          () => safeParsePatch(faultyPatch),
          (found) => !found.success && found.error.details.length === 3,
        ),
        calls(
          "by hand",
          "limit",
          () => findFaults(faultyPatch),
          (found) => found.length === 3,
        ),
        calls(
          "zod alone",
          "peer",
          () => zodPatch.safeParse(faultyPatch),
          (found) => found.error?.issues.length === 3,
        ),
        calls(
          "ajv",
          "peer",
          () => ajvPatch(faultyPatch),
          (found) => !found && ajvPatch.errors?.length === 3,
        ),
      ],
    },
    {
      case: "apply",
      variants: [
        calls("core", "ours", () => applyPatch(summary, examplePatch), isPatched),
        calls("by hand", "limit", () => merge(summary, examplePatch), isPatched),
      ],
    },
    {
      case: "diff",
      variants: [
        calls(
          "core",
          "ours",
          () => diff(summary, applied),
          (found) => Object.keys(found).length === 10,
        ),
        calls(
          "by hand",
          "limit",
          () => compare(summary, applied),
          (found) => Object.keys(found).length === 10,
        ),
      ],
    },
    {
      case: "rebase: one conflict",
      variants: [
        calls(
          "core",
          "ours",
          () => rebase(summary, examplePatch, theirs),
          (found) => found.conflicts.length === 1,
        ),
        calls(
          "by hand",
          "limit",
          () => carryOver(summary, examplePatch, theirs),
          (found) => found.conflicts.length === 1,
        ),
      ],
    },
    ...(await bundleCases(folder)),
  ];
  return {
    rounds: 12,
    cases,
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

async function bundleCases(folder: string): Promise<readonly Case[]> {
  const built = await Promise.all(
    Object.entries(bundles).map(async ([name, contents]) => [name, await bundle(contents)] as const),
  );
  return [
    {
      case: "size",
      variants: built.map(([variant, code]) => ({
        variant,
        role: variant === "core" ? "ours" : "limit",
        measure: async () => measureSize(code),
      })),
    },
    {
      case: "import",
      variants: built.map(([variant, code]) => ({
        variant,
        role: variant === "core" ? "ours" : "limit",
        measure: () => measureImport(folder, variant, code),
      })),
    },
  ];
}
