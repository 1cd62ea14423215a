import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  applyPatch,
  counterNames,
  decidePatch,
  formatETag,
  graphError,
  graphErrorBody,
  installSummarySchema,
  isGraphError,
  parsePatchText,
  type InstallSummary,
  type InstallSummaryPatch,
  type MobileApp,
} from "@install-summary/core";

/** An app of the server; what is left out is made up, counters are 0. */
export interface ServedApp extends Partial<MobileApp> {
  readonly id: string;
  readonly counters?: InstallSummaryPatch;
  /** @default 1 */
  readonly version?: number;
}

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** The path with its query, behind the origin. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * What becomes of a request instead of its usual answer: another answer, a connection that breaks before or after
 * the request took effect, or none at all.
 */
export type Intervention =
  | (Answer & {
      /** Whether the request took effect all the same, as behind a gateway. */
      readonly applied?: true;
    })
  | "breakBefore"
  | "breakAfter"
  | "hang";

export interface ContractServer {
  /** The base URL, which ends in `/beta`. */
  readonly url: string;
  /** The only token that is accepted. */
  readonly token: string;
  readonly requests: readonly RecordedRequest[];
  /** The summary of an app with the number of its version. */
  current(id: string): { readonly summary: InstallSummary; readonly version: number };
  /** Changes a summary as somebody else would. */
  change(id: string, patch: InstallSummaryPatch): void;
  /** Decides before each request is handled; undefined lets it go on as usual. */
  intervene(decide: (request: RecordedRequest) => Intervention | undefined): void;
  close(): Promise<void>;
}

interface StoredApp {
  readonly app: MobileApp;
  summary: InstallSummary;
  version: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A real HTTP server on a free port of loopback that has the contract as far as the editor and the commands use it. */
export async function startContractServer(options: {
  readonly apps: readonly ServedApp[];
  /** @default 1000 */
  readonly pageSize?: number;
  /** Leaves every ETag out, as some hosts do. */
  readonly withoutETags?: boolean;
}): Promise<ContractServer> {
  const token = "the-token-of-the-tests";
  const apps = options.apps.map(store).toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const requests: RecordedRequest[] = [];
  let decide: ((request: RecordedRequest) => Intervention | undefined) | undefined;
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}/beta`;

  return { url, token, requests, current, change, intervene, close };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = await record(request);
    requests.push(recorded);
    const intervention = decide?.(recorded);
    if (intervention === "hang") return;
    if (intervention === "breakBefore") {
      request.socket.destroy();
      return;
    }
    if (typeof intervention === "object") {
      if (intervention.applied === true) answerOf(recorded);
      send(response, intervention);
      return;
    }
    const answer = answerOf(recorded);
    if (intervention === "breakAfter") request.socket.destroy();
    else send(response, answer);
  }

  function answerOf(request: RecordedRequest): Answer {
    try {
      if (request.headers.authorization !== `Bearer ${token}`) {
        throw graphError("InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
      }
      return handle(request);
    } catch (error) {
      if (!isGraphError(error)) throw error;
      const requestId = "5f0c0000-0000-4000-8000-0000000000e1";
      return {
        status: error.status,
        headers: { "request-id": requestId },
        body: graphErrorBody(error, { requestId }),
      };
    }
  }

  function handle(request: RecordedRequest): Answer {
    const { pathname, searchParams } = new URL(request.url, url);
    const [, id, summary] =
      /^\/beta\/deviceAppManagement\/mobileApps(?:\/([^/]+))?(\/installSummary)?$/.exec(pathname) ?? [];
    if (id === undefined) return page(searchParams);
    const app = find(id);
    if (summary === undefined) return { status: 200, body: listItem(app) };
    if (request.method === "PATCH") update(app, request);
    return { status: 200, headers: tagOf(app), body: app.summary };
  }

  function page(query: URLSearchParams): Answer {
    const words = (query.get("$search") ?? "").toLowerCase().split(/\s+/);
    const matches = apps.filter(({ app }) => {
      const text = `${app.displayName ?? ""}\n${app.publisher ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const start = Number(query.get("$skiptoken") ?? "0");
    const end = start + Math.min(Number(query.get("$top") ?? "1000"), options.pageSize ?? 1000);
    const next = new URLSearchParams(query);
    next.set("$skiptoken", String(end));
    return {
      status: 200,
      body: {
        ...(query.get("$count") === "true" && { "@odata.count": matches.length }),
        ...(end < matches.length && {
          "@odata.nextLink": `${url}/deviceAppManagement/mobileApps?${next.toString()}`,
        }),
        value: matches.slice(start, end).map(listItem),
      },
    };
  }

  function listItem(app: StoredApp): unknown {
    const etag = tagOf(app)["etag"];
    return {
      ...app.app,
      installSummary: { ...(etag !== undefined && { "@odata.etag": etag }), ...app.summary },
    };
  }

  function update(app: StoredApp, { headers, body }: RecordedRequest): void {
    const ifMatch = options.withoutETags === true ? undefined : headers["if-match"];
    const decision = decidePatch(app, parsePatchText(body, { id: app.app.id }), { ifMatch });
    if (decision.kind === "refused") throw decision.error;
    if (decision.kind === "changed")
      Object.assign(app, { summary: decision.summary, version: decision.version });
  }

  function tagOf({ version }: StoredApp): Readonly<Record<string, string>> {
    return options.withoutETags === true ? {} : { etag: formatETag(version) };
  }

  function find(id: string): StoredApp {
    const found = apps.find(({ app }) => app.id === id.toLowerCase());
    if (found === undefined) throw graphError("ResourceNotFound", `No mobile app with id '${id}' exists.`);
    return found;
  }

  function current(id: string): { summary: InstallSummary; version: number } {
    const { summary, version } = find(id);
    return { summary, version };
  }

  function change(id: string, patch: InstallSummaryPatch): void {
    const app = find(id);
    Object.assign(app, { summary: applyPatch(app.summary, patch), version: app.version + 1 });
  }

  function intervene(next: NonNullable<typeof decide>): void {
    decide = next;
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const madeUp: Omit<MobileApp, "id"> = {
  "@odata.type": "#microsoft.graph.win32LobApp",
  displayName: null,
  description: null,
  publisher: null,
  createdDateTime: "2026-06-01T00:00:00Z",
  lastModifiedDateTime: "2026-06-01T00:00:00Z",
  isFeatured: false,
  privacyInformationUrl: null,
  informationUrl: null,
  owner: null,
  developer: null,
  notes: null,
  publishingState: "published",
  isAssigned: true,
};

function store({ counters = {}, version = 1, ...app }: ServedApp): StoredApp {
  const values = counterNames.map((name) => [name, counters[name] ?? 0]);
  const summary = installSummarySchema.parse({ id: app.id, ...Object.fromEntries(values) });
  return { app: { ...madeUp, ...app }, summary, version };
}

function sortKey({ app }: StoredApp): string {
  return `${(app.displayName ?? "").toLowerCase()}\n${app.id}`;
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
  let body = "";
  request.setEncoding("utf8");
  for await (const chunk of request) body += String(chunk);
  return { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}
