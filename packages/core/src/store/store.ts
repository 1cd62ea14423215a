import type { ChangeLog } from "./change-log.ts";
import type { ChangeOrigin } from "../resource/change-origin.ts";
import type { ETagPatchDecision, SummaryWithETag } from "../patch/decide-patch.ts";
import type { InstallSummary } from "../resource/install-summary.ts";
import type { RecordedChange } from "../patch/judge-repetition.ts";
import type { MobileApp } from "../resource/mobile-app.ts";
import type { AppFilter, AppOrder } from "./app-filter.ts";
import type { TenantErasure } from "./tenant-erasure.ts";

/** For whom a store is opened. Everything that is read or changed through it belongs to this tenant. */
export interface StoreSession {
  readonly tenantId: string;
  /** Who makes changes, as the change log records it. */
  readonly actor: string;
  readonly origin: ChangeOrigin;
  /** The caller's token, for an adapter that forwards requests in the caller's name. */
  readonly bearer?: string;
  /** Gives the signal that is aborted when the caller has gone: a store may then give up what it reads. */
  readonly abandoned?: (() => AbortSignal) | undefined;
}

/**
 * The port through which the facade reads and commits. An adapter knows rows and transactions; what a PATCH means is
 * decided by the pure functions that it is given. Without a session there is no query, and so none without a tenant.
 */
export interface Store {
  /** Opens the store for one session; opening costs nothing and needs no closing. */
  open(session: StoreSession): TenantStore;
  /** Resolves while reads and changes can be served; rejects with the 503 that a caller would get. */
  check(): Promise<void>;
  /** Commits what was accepted, refuses the rest, and frees what the store holds. */
  close(): Promise<void>;
}

/** A store that also holds the apps themselves, so that reports can be imported into it, and the log of their changes. */
export interface ImportingStore extends Store {
  open(session: StoreSession): ImportingTenantStore;
  /** The ids of all tenants of which the store holds an app or a change. */
  listTenants(): Promise<readonly string[]>;
}

/** One tenant's apps and summaries, with their import, their change log and their end. */
export interface ImportingTenantStore extends TenantStore, AppImport, ChangeLog, TenantErasure {}

/** One tenant's apps and summaries. App ids are in lower case. A failing store rejects with a 503. */
export interface TenantStore {
  /** The value itself where it is at hand, a promise where the store has to wait; undefined for an unknown app. */
  readSummary(appId: string): SummaryWithETag | undefined | Promise<SummaryWithETag | undefined>;

  /** Undefined for an unknown app. */
  readApp(appId: string): Promise<StoredApp | undefined>;

  listApps(query: AppQuery): Promise<AppPage>;

  /**
   * Runs `decide` on exactly the version that its decision is then applied to, records the change in the same
   * transaction, and resolves once the commit is durable; undefined for an unknown app. `decide` may run again.
   */
  update(
    appId: string,
    decide: (current: SummaryWithETag) => ETagPatchDecision,
    request: ChangeRequest,
  ): Promise<UpdateResult | undefined>;

  /**
   * The change that followed the version with this ETag, and made the next one. Undefined where there is no record of it,
   * or none that is found at little cost. A record never changes, so it holds for what `update` has decided before.
   */
  readChangeAfter(appId: string, etag: string): Promise<RecordedChange | undefined>;
}

/** What an import needs of a tenant's store beside reading. */
export interface AppImport {
  /** True while the tenant has no app. */
  isEmpty(): Promise<boolean>;

  /** The apps with these ids, in the order of the ids; undefined for an unknown one. */
  readApps(appIds: readonly string[]): Promise<readonly (StoredApp | undefined)[]>;

  /**
   * Imports rows, each about another app, in one durable transaction; resolves to their decisions in the order of
   * the rows. A decision that throws rejects the call and leaves nothing of it behind.
   */
  importApps(rows: readonly ImportRow[], request: ChangeRequest): Promise<readonly ImportDecision[]>;
}

/** An app with its summary. */
export interface StoredApp extends SummaryWithETag {
  readonly app: MobileApp;
}

/** Which of a tenant's apps a page holds, and in which order. */
export interface AppQuery {
  /** The maximum number of apps on the page. */
  readonly top: number;
  /** The number of apps to leave out at the beginning. @default 0 */
  readonly skip?: number | undefined;
  /** Where the page begins: `next` of the page before. */
  readonly cursor?: string | undefined;
  /** What must be found, all of it. */
  readonly search?: readonly SearchTerm[] | undefined;
  /** The condition that an app must match. */
  readonly filter?: AppFilter | undefined;
  /** The keys of the order, the first one foremost. Behind them apps are ordered by name key and id. */
  readonly orderBy?: readonly AppOrder[] | undefined;
  /** Whether to count the apps of all pages, which reads every match. */
  readonly count?: boolean | undefined;
}

/** A word or phrase that is part of the property, compared by text keys; without a property, of either. */
export interface SearchTerm {
  readonly word: string;
  readonly property?: "displayName" | "publisher";
}

/** A page of a list. */
export interface AppPage {
  readonly apps: readonly AppJson[];
  /** The cursor of the next page, valid while apps come and go; absent on the last page. */
  readonly next?: string;
  readonly count?: number;
}

/** An app of a page. A database writes JSON faster than rows become objects, so a page holds JSON texts. */
export interface AppJson {
  readonly id: string;
  /** The type of the app, such as `#microsoft.graph.win32LobApp`. */
  readonly type: string;
  readonly etag: string;
  /** A JSON object of the app's properties, named and ordered as in `appProperties`. */
  readonly properties: string;
  /** A JSON object of `id` and the ten counters, in the specification's order. */
  readonly summary: string;
}

/** The request that makes a change, as the change log records it. */
export interface ChangeRequest {
  readonly requestId: string;
  /** The id that the caller gave the request; absent where the caller sent none. */
  readonly clientRequestId?: string | undefined;
}

/** What `update` did: the decision, and the summary as it is now. */
export interface UpdateResult {
  readonly decision: ETagPatchDecision;
  readonly current: SummaryWithETag;
}

/** A row of an import: its app, and what it makes of the app as it is; undefined for a new one. */
export interface ImportRow {
  readonly appId: string;
  readonly decide: (current: StoredApp | undefined) => ImportDecision;
}

/** What an import row makes of an app. A changed app names only what differs: its properties, its counters or both. */
export type ImportDecision =
  | { readonly kind: "created"; readonly app: MobileApp; readonly summary: InstallSummary }
  | { readonly kind: "changed"; readonly app?: MobileApp; readonly summary?: InstallSummary }
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "rejected";
      readonly column?: string;
      readonly problem: string;
      /** Present where a new app lacks counters. */
      readonly lacksCounters?: true;
    };
