import {
  counterMaximum,
  counterNames,
  type CounterName,
  type InstallSummary,
  type InstallSummaryPatch,
} from "@install-summary/core";
import type { WholePatch } from "../sample/example.ts";

// A check written by hand for this one body: the least that the same work can cost.

const names: ReadonlySet<string> = new Set(counterNames);

/** Whether a value is a patch. */
export function isPatch(value: unknown): value is WholePatch {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  for (const [name, counter] of Object.entries(value)) {
    if (!names.has(name) || !isCounter(counter)) return false;
  }
  return true;
}

/** Every fault of a patch, as a sentence. */
export function findFaults(value: object): readonly string[] {
  const faults: string[] = [];
  for (const [name, counter] of Object.entries(value)) {
    if (!names.has(name)) faults.push(`There is no ${name}.`);
    else if (!isCounter(counter)) faults.push(`${name} must be between 0 and ${counterMaximum}.`);
  }
  return faults;
}

/** The summary after a patch. */
export function merge(summary: InstallSummary, patch: WholePatch): InstallSummary {
  return { ...summary, ...patch };
}

/** The counters that differ. */
export function diffByHand(from: InstallSummary, to: InstallSummary): InstallSummaryPatch {
  const patch: { [Name in CounterName]?: number } = {};
  for (const name of counterNames) if (from[name] !== to[name]) patch[name] = to[name];
  return patch;
}

/** The counters of a patch that were not changed meanwhile, and those that were. */
export function carryOver(
  base: InstallSummary,
  mine: InstallSummaryPatch,
  theirs: InstallSummary,
): { readonly patch: InstallSummaryPatch; readonly conflicts: readonly CounterName[] } {
  const patch: { [Name in CounterName]?: number } = {};
  const conflicts: CounterName[] = [];
  for (const name of counterNames) {
    const value = mine[name];
    if (value === undefined || value === theirs[name]) continue;
    if (theirs[name] === base[name]) patch[name] = value;
    else conflicts.push(name);
  }
  return { patch, conflicts };
}

function isCounter(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= counterMaximum;
}
