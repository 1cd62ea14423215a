import { applyPatch, diff, parsePatch, parsePatchText, rebase, safeParsePatch } from "@install-summary/core";
import type { Case, Variant } from "../judging/measurement.ts";
import { examplePatch, faultyPatch, isPatched, summary } from "../sample/example.ts";
import { carryOver, diffByHand, findFaults, isPatch, merge } from "./by-hand.ts";
import { measureCalls } from "./measure-calls.ts";
import { ajvPatch, miniPatch, zodPatch } from "./peers.ts";

/** Core's functions against a check by hand, zod alone and ajv, each called for so many milliseconds. */
export function callCases(milliseconds: number): readonly Case[] {
  const bytes = new TextEncoder().encode(JSON.stringify(examplePatch));
  const applied = applyPatch(summary, examplePatch);
  const theirs = { ...summary, failedDeviceCount: 17 };

  function calls<Value>(
    variant: string,
    role: Variant["role"],
    call: () => Value,
    isRight: (value: Value) => boolean,
  ): Variant {
    return { variant, role, measure: () => measureCalls(call, isRight, milliseconds) };
  }

  return [
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
          () => diffByHand(summary, applied),
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
  ];
}
