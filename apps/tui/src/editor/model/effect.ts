import type { InstallSummaryPatch } from "@install-summary/core";
import type { ReadPurpose } from "./event.ts";

/** Something for the world outside to do; what comes of it is an event. */
export type Effect =
  | { readonly kind: "loadPages"; readonly generation: number }
  | ReadAppEffect
  | SendPatchEffect
  | { readonly kind: "useToken"; readonly token: string }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "suspend" }
  | { readonly kind: "redraw" }
  | { readonly kind: "quit"; readonly exitCode: number };

/** Reads an app. */
export interface ReadAppEffect {
  readonly kind: "readApp";
  readonly purpose: ReadPurpose;
  readonly appId: string;
  /** The number of the event in which it is asked for; it comes back with the event. */
  readonly askedAt: number;
}

/** Sends the change of an app. */
export interface SendPatchEffect {
  readonly kind: "sendPatch";
  readonly appId: string;
  readonly patch: InstallSummaryPatch;
  readonly ifMatch: string | undefined;
  readonly clientRequestId: string;
}
