import { frozenCopy } from "../text/frozen-copy.ts";

/** The state of an installation that a counter counts. */
export type CounterState = "installed" | "failed" | "notApplicable" | "notInstalled" | "pendingInstall";

/** The English words for a state of an installation. */
export interface StateLabels {
  /** The whole label, such as `Pending install`. */
  readonly label: string;
  /** The label before `devices` and `users` and in narrow columns, such as `Pending`. */
  readonly shortLabel: string;
}

/** The five states that counters count, in the order of the specification. */
export const counterStates: readonly CounterState[] = /* @__PURE__ */ frozenCopy([
  "installed",
  "failed",
  "notApplicable",
  "notInstalled",
  "pendingInstall",
]);

/** The labels of each state. */
export const stateLabels: Readonly<Record<CounterState, StateLabels>> = /* @__PURE__ */ frozenCopy({
  installed: { label: "Installed", shortLabel: "Installed" },
  failed: { label: "Failed", shortLabel: "Failed" },
  notApplicable: { label: "Not applicable", shortLabel: "Not applicable" },
  notInstalled: { label: "Not installed", shortLabel: "Not installed" },
  pendingInstall: { label: "Pending install", shortLabel: "Pending" },
});
