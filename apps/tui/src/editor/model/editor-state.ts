import type { CounterName } from "@install-summary/core";
import type { Size } from "./layout.ts";
import type { CallSettings } from "../../config/call-settings.ts";
import type { CommandPlace } from "../../words/command-text.ts";
import type { AppRequest } from "../../words/request-text.ts";
import type { Shell } from "../../words/shell-text.ts";
import type { TokenSource } from "../../server/sign-in.ts";
import { emptyList, type AppList } from "./app-list.ts";
import type { Changers } from "./changers.ts";
import type { History } from "./history.ts";
import { noDrafts, type Drafts } from "./drafts.ts";
import type { KeyPressed, Pasted, Times } from "./event.ts";
import { startLoading } from "./list-loading.ts";
import type { Link } from "./link.ts";
import { notLive, type Live } from "./live.ts";
import type { TakingBackLater } from "./made-change.ts";
import type { ToldReading } from "./reading-news.ts";
import type { Sending } from "./sending.ts";
import type { Trends } from "./trends.ts";
import { nothingStaged, type Staging } from "./staging.ts";

/** What became of changes. */
export interface ResultsScreen {
  readonly name: "results";
  readonly sending: Sending;
  /** The place of the item under the cursor. */
  readonly line: number;
  /** The first line of its details that is shown. */
  readonly top: number;
}

/** What is on the screen. The first five show the list with the app beside it. */
export type Screen =
  | { readonly name: "list" }
  | FilterScreen
  | { readonly name: "sort" }
  | { readonly name: "counters" }
  /** A counter is being typed. */
  | { readonly name: "entry"; readonly text: string }
  | DraftsScreen
  | ConflictScreen
  | ReviewScreen
  | { readonly name: "sending"; readonly sending: Sending }
  | ResultsScreen
  /** What was changed, of one app or of all: the state's `history`. */
  | { readonly name: "history" }
  | HelpScreen
  | PaletteScreen
  | CopiedScreen;

/** The text of the filter is being typed. */
export interface FilterScreen {
  readonly name: "filter";
  /** The text that was kept is selected: what is typed takes its place. */
  readonly isSelected?: boolean;
}

/** What ended editors have left behind, before anything is done with it. */
export interface DraftsScreen {
  readonly name: "drafts";
  /** The place of the draft under the cursor. */
  readonly line: number;
}

/** What others have changed of apps that are edited, with what would be sent. */
export interface ConflictScreen {
  readonly name: "conflict";
  readonly line: LineId;
  /** The number that is being typed for the line. */
  readonly entry: string | undefined;
  /** Where it was opened, and Esc goes back to. */
  readonly back: Screen;
}

/** Where a review can be opened. */
export type ReviewedFrom = "list" | "counters" | "history";

/** What would be sent. */
export interface ReviewScreen {
  readonly name: "review";
  readonly line: LineId | undefined;
  /** Where it was opened, and Esc goes back to. */
  readonly from: ReviewedFrom;
}

/** The keys of the screen that `back` is, or of all. */
export interface HelpScreen {
  readonly name: "help";
  readonly top: number;
  readonly all: boolean;
  readonly back: Screen;
}

/** Everything that a key does on the screen that `back` is, to be found by words. */
export interface PaletteScreen {
  readonly name: "palette";
  readonly text: string;
  /** The place of the command under the cursor among those that the text finds. */
  readonly line: number;
  readonly back: Screen;
}

/** What was copied from the screen that `back` is. */
export interface CopiedScreen {
  readonly name: "copied";
  readonly copied: Copied;
  readonly top: number;
  readonly back: Screen;
}

/** A line of the review. */
export interface LineId {
  readonly appId: string;
  readonly counter: CounterName;
}

/** What was copied. It is shown too, since the terminal may not support copying. */
export interface Copied {
  /** How its lines may be broken. */
  readonly form: Shell | "json" | "text";
  readonly title: string;
  readonly text: string;
}

/** A question takes all keys until the person has replied. */
export type Question =
  /** `again` where Ctrl-C came once more: it asks, and only `y` replies. */
  | { readonly kind: "quit"; readonly by: "q" | "ctrl-c"; readonly again?: boolean }
  /** Whether to drop the edits of an app. */
  | { readonly kind: "drop"; readonly appId: string }
  /** Whether to throw a draft away, or all of them. */
  | { readonly kind: "throwAway"; readonly key: string }
  | { readonly kind: "copy" }
  /** A new token: it is never drawn. */
  | { readonly kind: "token"; readonly text: string }
  | SendManyQuestion;

/** Many apps: the person has to type their number. */
export interface SendManyQuestion {
  readonly kind: "sendMany";
  readonly count: number;
  readonly text: string;
}

/** What happened last, in words. */
export interface Notice {
  readonly tone: "plain" | "wrong";
  readonly text: string;
  /** Whether it is shown to its end; otherwise what is wrong is, and anything else has one line. */
  readonly isWhole?: boolean;
  /** What it says is going on: it ends with that. */
  readonly during?: "reading" | "sending";
  /** The edit that it tells of: the numbers in it are those of the version that the edit is on. */
  readonly edit?: LineId;
}

/** A change of this session that was applied, so that it can be undone. */
export interface AppliedChange extends AppRequest {
  /** The ETag of the version that it made. */
  readonly etag: string | undefined;
  /** Whether values alone tell that it was applied: they may be someone else's. */
  readonly mayBeOthers: boolean;
}

/** Everything that the editor knows. */
export interface EditorState extends Times {
  /** The base URL, ending in `/beta`. */
  readonly baseUrl: string;
  /** The file of an authority that this program was told to trust; undefined over HTTP. */
  readonly authorityFile: string | undefined;
  /** What the commands that are shown say of the settings. */
  readonly settings: CallSettings;
  /** Whether every change is forbidden: then nothing is staged and nothing is sent. */
  readonly isReadOnly: boolean;
  /** How a person calls this program in a shell. */
  readonly program: string;
  /** The shell that copied commands are for. */
  readonly shell: Shell;
  /** How a person calls the facade's program there. */
  readonly facadeProgram: string;
  /** How a person starts this editor again together with its server; undefined where the server runs by itself. */
  readonly startCall: string | undefined;
  readonly size: Size;
  /** Where the token comes from, for advice. */
  readonly tokenSource: TokenSource;
  /** How many events there have been: the number of the one that is handled, which tells what came first. */
  readonly eventCount: number;
  /** The uptime when it began. */
  readonly startedAt: number;
  readonly link: Link;
  readonly list: AppList;
  readonly staging: Staging;
  readonly drafts: Drafts;
  /** The last applied change of each app, by app id. */
  readonly applied: ReadonlyMap<string, AppliedChange>;
  /** A GUID of this session; ids of its changes begin with it. */
  readonly sessionId: string;
  /** How many changes have been sent in this session. */
  readonly changeCount: number;
  readonly counter: CounterName;
  /** What the screen of the history shows; undefined before it was opened. */
  readonly history: History | undefined;
  /** The screen where that was opened, and Esc goes back to. */
  readonly historyFrom: Screen;
  /** Who changed apps that are edited, or were sent. */
  readonly changers: Changers;
  /** The trends of apps over the last days. */
  readonly trends: Trends;
  /** Whether the server has a change log, as far as is known. */
  readonly hasChangeLog: boolean;
  /** Changes as they are made. */
  readonly live: Live;
  /** How many apps, and readings of what changed last, the person has asked for that have not come yet. */
  readonly asked: number;
  /** The changes that are taken back once their apps have been read, unless the person does something else before. */
  readonly takingBack: TakingBackLater | undefined;
  /** What reading apps has come to since the person asked for it last. */
  readonly told: readonly ToldReading[];
  /** What was typed before the list was there, to be done once it is. */
  readonly ahead: readonly (KeyPressed | Pasted)[];
  /** The uptime when the person last pressed a key. */
  readonly pressedAt: number;
  readonly screen: Screen;
  readonly question: Question | undefined;
  readonly notice: Notice | undefined;
}

/** The editor at its start: it is about to read the list. */
export function initialState(
  place: CommandPlace &
    Pick<EditorState, "facadeProgram" | "startCall" | "isReadOnly" | "sessionId" | "tokenSource">,
  size: Size,
  { now, uptime }: Times,
): EditorState {
  return {
    ...place,
    size,
    now,
    uptime,
    eventCount: 0,
    startedAt: uptime,
    link: { kind: "connecting" },
    list: startLoading(emptyList, { eventCount: 0, now }),
    staging: nothingStaged,
    drafts: noDrafts,
    applied: new Map(),
    changeCount: 0,
    counter: "installedDeviceCount",
    history: undefined,
    historyFrom: { name: "list" },
    changers: new Map(),
    trends: new Map(),
    hasChangeLog: true,
    live: notLive,
    asked: 0,
    takingBack: undefined,
    told: [],
    ahead: [],
    pressedAt: uptime,
    screen: { name: "list" },
    question: undefined,
    notice: undefined,
  };
}
