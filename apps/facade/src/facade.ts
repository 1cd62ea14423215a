import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino, type Logger } from "pino";
import { createApp } from "./app.ts";
import { createAuthenticate } from "./identity/authenticate.ts";
import {
  checkDevelopmentAddress,
  openDevelopmentIssuer,
  type DevelopmentTokenOptions,
} from "./identity/development/development-issuer.ts";
import { checkAddress } from "./server/listen.ts";
import { importReport, type ImportReport } from "./import/import-report.ts";
import { startServer } from "./server/start-server.ts";
import { defaultStore } from "./settings/read-settings.ts";
import { generalSettings } from "./settings/setting-table.ts";
import {
  defaultLimits,
  defaultPolicy,
  type Limits,
  type Policy,
  type Settings,
} from "./settings/settings.ts";
import { lockFolder } from "./data-folder/lock-folder.ts";
import { openStore } from "./open-store.ts";
import { prepareFolder } from "./data-folder/prepare-folder.ts";

/** What of a facade's settings differs from the defaults. */
export interface FacadeSettings extends Partial<Omit<Settings, "policy" | "limits">> {
  readonly policy?: Partial<Policy>;
  readonly limits?: Partial<Limits>;
}

export interface FacadeOptions {
  /** Without a data folder a temporary one is used, which goes with the facade; without a port a free one. */
  readonly settings?: FacadeSettings;
  /** Nothing is logged without it. */
  readonly log?: Logger;
  /** Runs before the port opens, so that nobody finds less than what it brings in. */
  readonly prepare?: (facade: UnopenedFacade) => Promise<void>;
}

/** What an import into a running facade may say. */
export interface FacadeImportOptions {
  /** @default the development tenant */
  readonly tenantId?: string;
  /** Who imports, as the change log shall say it. */
  readonly actor?: string;
  readonly dryRun?: boolean;
  readonly missingAsZero?: boolean;
}

/** A facade whose port is still closed. */
export interface UnopenedFacade extends Pick<Facade, "importReport"> {
  /** Whether the development tenant has no app yet. */
  isEmpty(): Promise<boolean>;
}

/** A facade that serves on this machine. */
export interface Facade {
  /** The origin, such as `http://127.0.0.1:8420`; the contract's base URL is `${url}/beta`. */
  readonly url: string;
  /** Issues a token that this facade accepts: of a user who may read and write, unless said otherwise. */
  issueToken(options?: DevelopmentTokenOptions): Promise<string>;
  /** Imports a report, as `install-summary-facade import` does: CSV, JSON, or the ZIP of Intune's export. */
  importReport(stream: ReadableStream<Uint8Array>, options?: FacadeImportOptions): Promise<ImportReport>;
  /** Answers what was asked, ends, and removes what was temporary. */
  close(): Promise<void>;
}

/** Starts a facade; in a test usually without any option. Throws `UserError` where that cannot be done. */
export async function createFacade({
  settings: given = {},
  log = pino({ level: "silent" }),
  prepare,
}: FacadeOptions = {}): Promise<Facade> {
  await using opened = new AsyncDisposableStack();
  const settings = await completeSettings(given, opened);
  const { data, host, port, policy, limits } = settings;
  // First what may turn out impossible: then no folder is made and nothing is imported.
  checkDevelopmentAddress(host);
  await checkAddress(host, port);
  prepareFolder(data);
  opened.defer(await lockFolder(data));
  const store = opened.adopt(await openStore(settings), (one) => one.close());
  const issuer = await openDevelopmentIssuer(data);
  const bringIn: Facade["importReport"] = (
    stream,
    { tenantId = issuer.defaultTenantId, actor = "createFacade", ...options } = {},
  ) => importReport(store, stream, { ...options, tenantId, actor, scratch: data, limits });
  const tenant = store.open({ tenantId: issuer.defaultTenantId, actor: "createFacade", origin: "import" });
  await prepare?.({ isEmpty: () => tenant.isEmpty(), importReport: bringIn });

  let isClosing = false;
  const authenticate = createAuthenticate(issuer);
  const fetch = createApp({
    store,
    authenticate,
    policy,
    limits,
    hosts: [host],
    isClosing: () => isClosing,
    log,
  });
  const server = await startServer({ fetch, host, port, limits, log });
  opened.adopt(server, (one) => one.close());

  const open = opened.move();
  let closed: Promise<void> | undefined;
  return {
    url: server.url,
    issueToken: (options) => issuer.issueToken(options),
    importReport: bringIn,
    close() {
      isClosing = true;
      closed ??= open.disposeAsync();
      return closed;
    },
  };
}

async function completeSettings(given: FacadeSettings, opened: AsyncDisposableStack): Promise<Settings> {
  const data = given.data ?? (await makeTemporaryFolder(opened));
  return {
    store: defaultStore(data),
    host: generalSettings.host.default,
    port: 0,
    log: "json",
    ...given,
    data,
    policy: { ...defaultPolicy, ...given.policy },
    limits: { ...defaultLimits, ...given.limits },
  };
}

async function makeTemporaryFolder(opened: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
