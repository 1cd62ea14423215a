import type {
  ChangeOrigin,
  InstallSummary,
  MobileApp,
  PatchDecision,
  VersionedSummary,
} from "@install-summary/core";

/** Where an app stands: in one tenant, under its id in lower case. */
export interface AppKey {
  readonly tenantId: string;
  readonly appId: string;
}

/** An app with its summary. */
export interface StoredApp extends VersionedSummary {
  readonly app: MobileApp;
}

/** Which of a tenant's apps a page holds, ordered by name key and id. */
export interface AppQuery {
  readonly tenantId: string;
  /** How many apps the page holds at most. */
  readonly top: number;
  /** The last app of the page before. */
  readonly after?: AppCursor | undefined;
  /** Words that each stand in the name or the publisher, compared by their keys. */
  readonly search?: readonly string[] | undefined;
  /** Whether to count what is on all pages; a count reads every match. */
  readonly count?: boolean | undefined;
}

/** A place between two apps that stays valid while others come and go. */
export interface AppCursor {
  readonly nameKey: string;
  readonly id: string;
}

export interface AppPage {
  readonly apps: readonly StoredApp[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: AppCursor;
  readonly count?: number;
}

/** By whom, through what and by which request a change came. */
export interface ChangeSource {
  readonly actor: string;
  readonly origin: ChangeOrigin;
  readonly requestId: string;
}

/** What `update` did: the decision, and the summary as it is now. */
export interface UpdateResult {
  readonly decision: PatchDecision;
  readonly current: VersionedSummary;
}

/**
 * What an import makes of one app: its new state, or why there is none. What stays as it is stays the same object.
 */
export type ImportDecision =
  | { readonly kind: "created" | "changed"; readonly app: MobileApp; readonly summary: InstallSummary }
  | { readonly kind: "unchanged" }
  | { readonly kind: "rejected"; readonly column?: string; readonly problem: string };

/** A row of an import that is about one app. */
export interface AppRow {
  readonly app: { readonly id: string };
}

export interface DecidedRow<Row> {
  readonly row: Row;
  readonly decision: ImportDecision;
}

/**
 * The port through which the facade reads and commits. An adapter knows rows and transactions; what a PATCH or an
 * import row means is decided by the pure functions that it is handed.
 */
export interface Store {
  readSummary(key: AppKey): Promise<VersionedSummary | undefined>;

  readApp(key: AppKey): Promise<StoredApp | undefined>;

  listApps(query: AppQuery): Promise<AppPage>;

  /**
   * Runs `decide` on exactly the version that its outcome is then applied to, with the change appended in the same
   * transaction, and resolves once the commit is durable; undefined for an unknown app. `decide` may run again.
   */
  update(
    key: AppKey,
    decide: (current: VersionedSummary) => PatchDecision,
    source: ChangeSource,
  ): Promise<UpdateResult | undefined>;

  /**
   * Applies import rows of one tenant, each about another app, in one durable transaction: `decide` sees the app as
   * it is, or undefined for a new one. Resolves to what was decided, in the order of the rows.
   */
  importApps<Row extends AppRow>(
    tenantId: string,
    rows: readonly Row[],
    decide: (row: Row, current: StoredApp | undefined) => ImportDecision,
    source: ChangeSource,
  ): Promise<readonly DecidedRow<Row>[]>;

  /** Whether the tenant has no app yet. */
  isEmpty(tenantId: string): Promise<boolean>;

  close(): Promise<void>;
}

/** The key by which names are compared and ordered: lower case in Unicode's composed form. */
export function textKey(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
