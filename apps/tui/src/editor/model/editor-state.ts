import type { CounterName } from "@install-summary/core";
import type { Size } from "./layout.ts";
import type { CommandPlace, RequestForm } from "../../words/request-text.ts";
import { emptyList, startLoading, type AppList } from "./app-list.ts";
import type { Link } from "./link.ts";
import type { Send } from "./sending.ts";
import { nothingStaged, type Staging } from "./staging.ts";

/** What the person looks at. The first five are the list with the app beside it. */
export type Screen =
  | { readonly name: "list" }
  /** The text of the filter is being typed. */
  | { readonly name: "filter" }
  | { readonly name: "sort" }
  | { readonly name: "counters" }
  /** A counter is being typed. */
  | { readonly name: "entry"; readonly text: string }
  | { readonly name: "review"; readonly line: LineId | undefined; readonly from: "list" | "counters" }
  | { readonly name: "sending"; readonly send: Send }
  | { readonly name: "results"; readonly send: Send; readonly line: number }
  | { readonly name: "help"; readonly top: number; readonly back: Screen }
  | { readonly name: "copied"; readonly copied: Copied; readonly top: number; readonly back: Screen };

/** A line of the review. */
export interface LineId {
  readonly appId: string;
  readonly counter: CounterName;
}

/** What was copied. The terminal may not have taken it, so it is shown too. */
export interface Copied {
  readonly form: RequestForm;
  readonly title: string;
  readonly text: string;
}

/** A question holds all keys until it is answered. */
export type Question =
  | { readonly kind: "quit"; readonly by: "q" | "ctrl-c" }
  | { readonly kind: "drop"; readonly appId: string }
  | { readonly kind: "copy" }
  /** Many apps: their number is to be typed. */
  | { readonly kind: "sendMany"; readonly count: number; readonly text: string };

/** What happened last. */
export interface Notice {
  readonly tone: "plain" | "wrong";
  readonly text: string;
}

/** Everything that the editor knows. */
export interface EditorState {
  /** The base URL, ending in `/beta`. */
  readonly baseUrl: string;
  /** How a person calls this program in a shell. */
  readonly program: string;
  readonly size: Size;
  /** Milliseconds; moves with events only. */
  readonly now: number;
  readonly startedAt: number;
  readonly link: Link;
  readonly list: AppList;
  readonly staging: Staging;
  readonly counter: CounterName;
  readonly screen: Screen;
  readonly question: Question | undefined;
  readonly notice: Notice | undefined;
}

/** The editor before anything came: it is about to read the list. */
export function initialState({ baseUrl, program }: CommandPlace, size: Size, now: number): EditorState {
  return {
    baseUrl,
    program,
    size,
    now,
    startedAt: now,
    link: { kind: "connecting" },
    list: startLoading(emptyList),
    staging: nothingStaged,
    counter: "installedDeviceCount",
    screen: { name: "list" },
    question: undefined,
    notice: undefined,
  };
}
