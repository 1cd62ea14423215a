import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { json } from "node:stream/consumers";

/** What takes the place of Intune's export jobs in a test, as Microsoft documents them. */
export interface ExportJobs extends AsyncDisposable {
  /** The base URL, ending in `/v1.0`. */
  readonly graph: string;
  /** The bodies of the jobs that were asked for. */
  readonly asked: readonly unknown[];
  /** What the request for the report had as its `Authorization`. */
  readonly authorizationOfDownload: () => string | undefined;
}

/** The states that a job has, one for each time that it is looked at. */
export type JobStates = readonly ("notStarted" | "inProgress" | "completed" | "failed")[];

/** Starts a host of jobs and another one of reports. `jobs` are the states of the first job, of the second and so on. */
export async function startExportJobs(
  report: Uint8Array,
  token: string,
  jobs: readonly JobStates[],
): Promise<ExportJobs> {
  const asked: unknown[] = [];
  const states = new Map<string, JobStates[number][]>();
  let isThrottled = true;
  let authorization: string | undefined;

  const storage = createServer((request, response) => {
    ({ authorization } = request.headers);
    response.end(report);
  });
  const host = createServer((request, response) => {
    void respond(request).then(({ status, headers, body }) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    });
  });
  const [storageUrl, hostUrl] = await Promise.all([listen(storage), listen(host)]);

  async function respond(request: IncomingMessage): Promise<Reply> {
    if (request.headers.authorization !== `Bearer ${token}`)
      return fault(401, "InvalidAuthenticationToken", "Access token is empty.");
    const path = "/v1.0/deviceManagement/reports/exportJobs";
    if (request.method === "POST" && request.url === path) {
      asked.push(await json(request));
      const id = `AppInstallStatusAggregate_${asked.length}`;
      states.set(id, [...(jobs[asked.length - 1] ?? [])]);
      return { status: 201, body: { id, status: "notStarted", url: null } };
    }
    const [, id = ""] = /^\('(.*)'\)$/.exec(request.url?.slice(path.length) ?? "") ?? [];
    const status = states.get(id)?.[0];
    if (status === undefined) return fault(404, "ResourceNotFound", `No job ${id}.`);
    if (isThrottled) {
      isThrottled = false;
      return {
        ...fault(429, "TooManyRequests", "Please retry again later."),
        headers: { "retry-after": "0" },
      };
    }
    states.get(id)?.shift();
    return {
      status: 200,
      body: { id, status, url: status === "completed" ? `${storageUrl}/r.zip?sig=a%2Fb&se=1` : null },
    };
  }

  return {
    graph: `${hostUrl}/v1.0`,
    asked,
    authorizationOfDownload: () => authorization,
    async [Symbol.asyncDispose]() {
      for (const server of [storage, host]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function fault(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
