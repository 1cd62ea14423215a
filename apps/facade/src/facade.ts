import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { pino } from "pino";
import { createApp } from "./app.ts";
import { eraseTenants, putApps } from "./begin-store.ts";
import { importRunning } from "./api/imports/import-running.ts";
import { inImportTurn } from "./data-folder/import-turn.ts";
import { prepareFolder } from "./data-folder/prepare-folder.ts";
import { takeLocks } from "./data-folder/take-locks.ts";
import type { Facade, FacadeOptions } from "./facade-options.ts";
import { serviceFault, startFault } from "./files/file-fault.ts";
import { createAuthenticate } from "./identity/authenticate.ts";
import { developmentTenantId } from "./identity/development/development-issuer.ts";
import { limitCallers } from "./identity/limit-callers.ts";
import { createCrossOriginHeaders } from "./http/cross-origin.ts";
import { gunzip } from "./http/gunzip.ts";
import { importReport } from "./import/import-report.ts";
import { openMetrics } from "./open-metrics.ts";
import { openIssuer } from "./open-issuer.ts";
import { openReference } from "./open-reference.ts";
import { openStore } from "./open-store.ts";
import { openTracing } from "./open-tracing.ts";
import { keepRetention } from "./retention/keep-retention.ts";
import { checkAddress } from "./server/listen.ts";
import { createLoopTurns } from "./shares/loop-turns.ts";
import { createPageBudget } from "./shares/page-budget.ts";
import { startServer } from "./server/start-server.ts";
import { readAuthoritySettings, readFacadeOptions, readImportOptions } from "./read-options.ts";
import { completeSettings } from "./settings/given-settings.ts";
import { httpsFaults } from "./settings/https-faults.ts";
import { identityFaults } from "./settings/identity-faults.ts";
import type { Settings } from "./settings/settings.ts";
import { servedHosts } from "./settings/served-hosts.ts";
import { openCertificate } from "./tls/open-certificate.ts";
import type { TestAuthority } from "./test-authority/start-test-authority.ts";

/**
 * Starts a facade; in a test usually without any option. Throws `TypeError` for what it does not take, and `UserError`
 * where it cannot be started.
 */
export async function createFacade(facadeOptions: FacadeOptions = {}): Promise<Facade> {
  const read = readFacadeOptions(facadeOptions);
  const { settings: given, apps = [], testAuthority: wanted, prepare } = read;
  const { log = pino({ level: "silent" }) } = read;
  await using opened = new AsyncDisposableStack();
  const testAuthority = await openTestAuthority(wanted, opened);
  const folder = given.data ?? (await makeTemporaryFolder(opened));
  const accepted = testAuthority === undefined ? {} : readAuthoritySettings(testAuthority);
  const settings = completeSettings({ ...given, ...accepted }, folder);
  const { data, host, port, policy, limits } = settings;
  // The address first: where it cannot be served, no folder is made and nothing is imported.
  checkSettings(settings);
  await checkAddress(host, port);
  prepareFolder(data);
  const file = settings.store.kind === "sqlite" ? settings.store.file : undefined;
  const lost = Promise.withResolvers<Error>();
  opened.defer(await takeLocks({ data, file, onLost: lost.resolve }));
  const certificate = await openCertificate(settings, log);
  const onMoved = (): void => lost.resolve(storeMoved(file ?? data));
  const [metrics, tracing] = await Promise.all([openMetrics(settings), openTracing(log)]);
  const onCommit = bothOf(metrics?.noteCommit, tracing?.noteCommit);
  const turns = createLoopTurns();
  const opening = openStore(settings, { onMoved, onCommit, turns });
  const plainStore = opened.adopt(await opening, (one) => one.close());
  const store = tracing?.traceStore(plainStore) ?? plainStore;
  const stop = new AbortController();
  opened.defer(() => stop.abort());
  const tokens = await openIssuer(settings, { log, stop: stop.signal, traceFetch: tracing?.traceFetch });
  const { issuer } = tokens;
  const [defaultTenantId = developmentTenantId] = settings.tenants;

  const importInto: Facade["importReport"] = (
    source,
    { tenantId = defaultTenantId, actor = "createFacade", ...options } = {},
  ) =>
    inImportTurn({ store: settings.store, tenantId, dryRun: options.dryRun }, turnFaults, () =>
      importReport(store, source, { ...options, tenantId, actor, scratch: data, limits }),
    );
  const importGiven: Facade["importReport"] = async (source, options) =>
    importInto(source, readImportOptions(options));
  const tenant = store.open({ tenantId: defaultTenantId, actor: "createFacade", origin: "import" });
  const begin = async (): Promise<void> => {
    await putApps(store, defaultTenantId, apps);
    await prepare?.({ isEmpty: () => tenant.isEmpty(), importReport: importGiven });
  };
  await begin();

  const closing = new AbortController();
  const crossOriginHeaders = createCrossOriginHeaders(settings.origins);
  const fetch = createApp({
    store,
    authenticate: createAuthenticate(issuer),
    admit: limitCallers(limits),
    openAccount: createPageBudget(turns),
    gunzip,
    checkIssuer: () => issuer.check(),
    policy,
    limits,
    hosts: servedHosts(settings),
    place: settings,
    crossOriginHeaders,
    closing: closing.signal,
    reference: openReference(settings),
    importReport: importInto,
    log,
    traceRequest: tracing?.traceRequest,
    onResponse: metrics?.noteResponse,
  });
  const server = await startServer({
    fetch,
    host,
    port,
    certificate,
    crossOriginHeaders,
    limits,
    turns,
    log,
    onRefused: metrics?.noteRefusal,
  });
  opened.adopt(server, (one) => one.close());
  const { retention: days } = settings;
  const retention = days === undefined ? undefined : keepRetention({ store, days, log });
  // What it is at, such as waiting for a server that is silent, ends with the store.
  opened.defer(() => void retention?.end());
  const measured = await metrics?.serve(() => server.load());
  opened.defer(() => measured?.close());
  if (certificate !== undefined) opened.defer(certificate.watch((next) => server.setCertificate(next)));

  const open = opened.move();
  let closed: Promise<void> | undefined;
  return {
    url: server.url,
    metricsUrl: measured?.url,
    authorityFile: certificate?.authorityFile,
    issueToken: (claims) => (testAuthority ?? tokens).issueToken(claims),
    testAuthority,
    importReport: importGiven,
    async reset() {
      if (given.data !== undefined || given.store !== undefined) throw notTemporary();
      await eraseTenants(store);
      await begin();
    },
    lost: lost.promise,
    close() {
      closing.abort();
      closed ??= open.disposeAsync();
      return closed;
    },
  };
}

/** Tells two listeners of each commit. */
function bothOf(
  first: ((writes: number, ms: number) => void) | undefined,
  second: ((writes: number) => void) | undefined,
): ((writes: number, ms: number) => void) | undefined {
  if (second === undefined) return first;
  return (writes, ms) => {
    first?.(writes, ms);
    second(writes);
  };
}

function checkSettings(settings: Settings): void {
  const faults = [...identityFaults(settings), ...httpsFaults(settings)];
  if (faults.length > 0) throw new UserError(faults.join("\n"), { code: "InvalidSettings" });
}

function notTemporary(): UserError {
  return new UserError(
    "reset() erases every tenant, so the facade needs a temporary data folder. Leave out data and store in its settings.",
    { code: "InvalidSettings" },
  );
}

/** Loaded on demand: a facade that serves has no use for it. */
async function openTestAuthority(
  wanted: FacadeOptions["testAuthority"],
  opened: AsyncDisposableStack,
): Promise<TestAuthority | undefined> {
  if (wanted === undefined || "issueToken" in wanted) return wanted;
  const { startTestAuthority } = await import("./test-authority/start-test-authority.ts");
  return opened.use(await startTestAuthority(wanted));
}

function storeMoved(file: string): UserError {
  return new UserError(`The store ${file} was moved or replaced while it was served.`, {
    exit: exitCodes.unavailable,
    code: "ServiceUnavailable",
  });
}

async function makeTemporaryFolder(opened: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(resolve(tmpdir(), "install-summary-")).catch((error: unknown) => {
    throw startFault(`The temporary folder ${tmpdir()}`, error);
  });
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder that has gone is a 503 too. */
const turnFaults = { taken: importRunning, fault: serviceFault };
