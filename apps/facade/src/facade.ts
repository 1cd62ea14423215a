import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { ByteSource } from "@install-summary/core/report";
import { createApp } from "./app.ts";
import { prepareFolder } from "./data-folder/prepare-folder.ts";
import { takeLocks } from "./data-folder/take-locks.ts";
import { startFault } from "./files/file-fault.ts";
import { createAuthenticate } from "./identity/authenticate.ts";
import {
  developmentTenantId,
  type DevelopmentTokenOptions,
} from "./identity/development/development-issuer.ts";
import { createCrossOriginHeaders } from "./http/cross-origin.ts";
import { gunzip } from "./http/gunzip.ts";
import type { ImportReport } from "./import/apply-rows.ts";
import { importReport } from "./import/import-report.ts";
import type { Log } from "./log/log.ts";
import { openMetrics } from "./open-metrics.ts";
import { openIssuer } from "./open-issuer.ts";
import { openStore } from "./open-store.ts";
import { keepRetention } from "./retention/keep-retention.ts";
import { checkAddress } from "./server/listen.ts";
import { startServer } from "./server/start-server.ts";
import { completeSettings, type FacadeSettings } from "./settings/complete-settings.ts";
import { httpsFaults } from "./settings/https-faults.ts";
import { identityFaults } from "./settings/identity-faults.ts";
import type { Settings } from "./settings/settings.ts";
import { servedHosts } from "./settings/served-hosts.ts";
import { openCertificate } from "./tls/open-certificate.ts";
import type { TestAuthority } from "./test-authority/start-test-authority.ts";

/** How a facade is started. */
export interface FacadeOptions {
  /** Without a data folder a temporary one is used and removed at the end; without a port any free one is used. */
  readonly settings?: FacadeSettings;
  /**
   * Accepts the tokens of this authority, which are like those of Entra ID and are verified in the same way. Without it
   * and without `tenants` in the settings, development tokens are accepted.
   */
  readonly testAuthority?: TestAuthority;
  /** Without it nothing is logged. */
  readonly log?: Log;
  /** Runs before the port opens, so that every request finds what it imports. */
  readonly prepare?: (facade: UnopenedFacade) => Promise<void>;
}

/** How a report is imported into a facade. */
export interface FacadeImportOptions {
  /** @default the first of the tenants in the settings, else the development tenant */
  readonly tenantId?: string;
  /**
   * The user that the change log records.
   *
   * @default "createFacade"
   */
  readonly actor?: string;
  readonly dryRun?: boolean;
  readonly missingAsZero?: boolean;
}

/** A facade whose port is still closed. */
export interface UnopenedFacade extends Pick<Facade, "importReport"> {
  /** Whether the tenant of imports that name none has no app yet. */
  isEmpty(): Promise<boolean>;
}

/** A facade that serves on this machine. */
export interface Facade {
  /** The origin, such as `http://127.0.0.1:8420`; the contract's base URL is `${url}/beta`. */
  readonly url: string;
  /** Where Prometheus reads the metrics; undefined without the setting `metrics`. */
  readonly metricsUrl: string | undefined;
  /**
   * The file with the local authority's certificate, for clients to trust: `NODE_EXTRA_CA_CERTS`, `curl --cacert`.
   * Undefined for plain HTTP and for a certificate of another authority.
   */
  readonly authorityFile: string | undefined;
  /**
   * Issues a token that this facade accepts: by default of a user who may read and write. Rejects with `UserError` where
   * Entra ID itself issues them.
   */
  issueToken(options?: DevelopmentTokenOptions): Promise<string>;
  /**
   * Imports a report, as `install-summary-facade import` does: CSV, JSON, or the ZIP of Intune's export, or the pages of
   * one report together.
   */
  importReport(
    source: ByteSource | readonly ByteSource[],
    options?: FacadeImportOptions,
  ): Promise<ImportReport>;
  /**
   * Resolves to the reason once the facade can serve no more, because its data folder or store was moved, replaced or
   * taken by another facade. It responds with 503 then, and is to be closed.
   */
  readonly lost: Promise<Error>;
  /** Responds to open requests, ends, and removes a temporary folder. */
  close(): Promise<void>;
}

/** Starts a facade; in a test usually without any option. Throws `UserError` where it cannot be started. */
export async function createFacade({
  settings: given = {},
  testAuthority,
  log = pino({ level: "silent" }),
  prepare,
}: FacadeOptions = {}): Promise<Facade> {
  await using opened = new AsyncDisposableStack();
  const folder = given.data ?? (await makeTemporaryFolder(opened));
  const settings = completeSettings({ ...given, ...testAuthority?.settings }, folder);
  const { data, host, port, policy, limits } = settings;
  // The address first: where it cannot be served, no folder is made and nothing is imported.
  checkSettings(settings);
  await checkAddress(host, port);
  prepareFolder(data);
  const { file } = settings.store;
  const lost = Promise.withResolvers<Error>();
  opened.defer(await takeLocks({ data, file, onLost: lost.resolve }));
  const certificate = await openCertificate(settings, log);
  const onMoved = (): void => lost.resolve(storeMoved(file));
  const metrics = await openMetrics(settings);
  const watching = { onMoved, onCommit: metrics?.noteCommit };
  const store = opened.adopt(await openStore(settings, watching), (one) => one.close());
  const stop = new AbortController();
  opened.defer(() => stop.abort());
  const tokens = await openIssuer(settings, { log, stop: stop.signal });
  const { issuer } = tokens;
  const [defaultTenantId = developmentTenantId] = settings.tenants;

  const importInto: Facade["importReport"] = (
    source,
    { tenantId = defaultTenantId, actor = "createFacade", ...options } = {},
  ) => importReport(store, source, { ...options, tenantId, actor, scratch: data, limits });
  const tenant = store.open({ tenantId: defaultTenantId, actor: "createFacade", origin: "import" });
  await prepare?.({ isEmpty: () => tenant.isEmpty(), importReport: importInto });

  const closing = new AbortController();
  const crossOriginHeaders = createCrossOriginHeaders(settings.origins);
  const fetch = createApp({
    store,
    authenticate: createAuthenticate(issuer),
    gunzip,
    checkIssuer: () => issuer.check(),
    policy,
    limits,
    hosts: servedHosts(settings),
    place: settings,
    crossOriginHeaders,
    closing: closing.signal,
    importReport: importInto,
    log,
    onResponse: metrics?.noteResponse,
  });
  const server = await startServer({ fetch, host, port, certificate, crossOriginHeaders, limits, log });
  opened.adopt(server, (one) => one.close());
  const { retention: days } = settings;
  const retention = days === undefined ? undefined : keepRetention({ store, days, log });
  opened.defer(() => retention?.end());
  const measured = await metrics?.serve(() => server.load());
  opened.defer(() => measured?.close());
  if (certificate !== undefined) opened.defer(certificate.watch((next) => server.setCertificate(next)));

  const open = opened.move();
  let closed: Promise<void> | undefined;
  return {
    url: server.url,
    metricsUrl: measured?.url,
    authorityFile: certificate?.authorityFile,
    issueToken: (options) => (testAuthority ?? tokens).issueToken(options),
    importReport: importInto,
    lost: lost.promise,
    close() {
      closing.abort();
      closed ??= open.disposeAsync();
      return closed;
    },
  };
}

function checkSettings(settings: Settings): void {
  const faults = [...identityFaults(settings), ...httpsFaults(settings)];
  if (faults.length > 0) throw new UserError(faults.join("\n"), { code: "InvalidSettings" });
}

function storeMoved(file: string): UserError {
  return new UserError(`The store ${file} was moved or replaced while it was served.`, {
    exit: exitCodes.unavailable,
    code: "ServiceUnavailable",
  });
}

async function makeTemporaryFolder(opened: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-")).catch((error: unknown) => {
    throw startFault(`The temporary folder ${tmpdir()}`, error);
  });
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
