import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { hasProgram } from "@tooling/e2e/has-program";
import { root } from "@tooling/launch/project";
import { expect, onTestFinished, test, type TestContext } from "vitest";
import { runClient } from "../src/run-client.ts";

const token = "a-token-of-graph";

interface Reply {
  readonly status?: number;
  readonly body: string;
  readonly retryAfter?: string;
  /** Whether the end of the connection alone ends the body, so that nobody sees where it was cut. */
  readonly isWithoutLength?: boolean;
}

/** What a host responds to the request for a job, for its state, and for the report. */
interface Host {
  readonly job?: Reply;
  /** The body has `ORIGIN` where the host's own belongs. */
  readonly state?: Reply;
  readonly report?: Reply;
}

const job: Reply = { status: 201, body: '{"id":"job_1","status":"notStarted"}' };
const zip = `PK\u0003\u0004 a report PK\u0005\u0006${"\0".repeat(18)}`;
const report: Reply = { body: zip };
const completed = completedAt("ORIGIN/report");

function completedAt(url: unknown): Reply {
  return { body: JSON.stringify({ status: "completed", url }) };
}

/** Starts a host, which counts the jobs that it was asked for, and keeps what it was asked with. */
async function startHost({ job: made = job, state = completed, report: sent = report }: Host) {
  let jobs = 0;
  const authorizations = new Set<string | undefined>();
  const asked = new Set<string | undefined>();
  const server = createServer((request, response) => {
    authorizations.add(request.headers.authorization);
    asked.add(request.url);
    if (request.method === "POST") jobs += 1;
    const isReport = request.url?.startsWith("/report") === true;
    const reply = request.method === "POST" ? made : isReport ? sent : state;
    if (reply.retryAfter !== undefined) response.setHeader("retry-after", reply.retryAfter);
    if (reply.isWithoutLength === true) {
      for (const name of ["content-length", "transfer-encoding"]) response.removeHeader(name);
    }
    response.writeHead(reply.status ?? 200, { location: "/report" });
    response.end(reply.body.replaceAll("ORIGIN", `http://${request.headers.host}`));
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1.0`;
  return { url, jobs: () => jobs, authorizations: () => [...authorizations], asked: () => [...asked] };
}

/** Runs the script against a host, in a folder that has the report of the night before. */
async function runScript(
  { skip }: TestContext,
  host: Host,
  variables: Readonly<Record<string, string>> = {},
) {
  for (const name of ["bash", "curl", "jq"]) if (!hasProgram(name)) skip(`${name} is not on the PATH`);
  const { url, jobs } = await startHost(host);
  const folder = await mkdtemp(join(tmpdir(), "install-summary-report-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "report.zip");
  await writeFile(file, "of the night before");
  const ended = await runClient(
    { graph: "http://127.0.0.1:9/beta", token: "", ca: "" },
    ["bash", join(root, "apps/facade/deploy/export-report.sh"), file],
    { INTUNE_URL: url, GRAPH_TOKEN: token, EVERY: "0", ...variables },
  );
  return { ended, jobs: jobs(), written: await readFile(file, "utf8"), files: await readdir(folder) };
}

const redirected = { status: 302, body: "" };
const page = { body: "<html>Sign in</html>" };
const noUrl = "Graph: the url in its response has a character that no URL has.";

const cut = "The host of the report sent only a part of it: the ZIP file has no end.";

function cutAfter(length: number): Host {
  return { report: { body: zip.slice(0, length), isWithoutLength: true } };
}

const faults: readonly (readonly [string, Host, string])[] = [
  [
    "redirects for the report",
    { report: redirected },
    "The host of the report responded with 302 and not with the report.",
  ],
  [
    "has no report",
    { report: { status: 404, body: "gone" } },
    "The host of the report responded with 404 and not with the report.",
  ],
  [
    "sends a page as the report",
    { report: page },
    "The host of the report responded with something else than a ZIP file.",
  ],
  [
    "sends an empty report",
    { report: { body: "" } },
    "The host of the report responded with something else than a ZIP file.",
  ],
  ["cuts the report without a word", cutAfter("PK\u0003\u0004 a re".length), cut],
  ["cuts the report in its last record", cutAfter(zip.length - 1), cut],
  ["refuses with a code alone", { job: { status: 400, body: '{"error":{"code":"X"}}' } }, "Graph: X"],
  [
    "refuses with what a terminal would obey",
    { job: { status: 403, body: '{"error":{"message":"No\\u001b[2J"}}' } },
    "Graph: No [2J",
  ],
  ["refuses in a 200", { job: { body: '{"error":{"message":"Not now."}}' } }, "Graph: Not now."],
  ["refuses without a word", { job: { status: 401, body: "" } }, responded(401)],
  ["redirects", { job: redirected }, responded(302)],
  ["refuses with a page", { job: { status: 404, body: page.body } }, responded(404)],
  ["makes no job", { job: { body: "null" } }, "Graph: its response has no id."],
  ["sends a page", { job: page }, "Graph: its response has no id."],
  ["sends a list", { job: { body: "[]" } }, "Graph: its response has no id."],
  ["has a job without a status", { state: { body: "{}" } }, "Graph: its response has no status."],
  [
    "has a job with an empty status",
    { state: { body: '{"status":""}' } },
    "Graph: its response has no status.",
  ],
  ["sends nothing for the status", { state: { body: "" } }, "Graph: its response has no status."],
  ["sends nothing for the job", { job: { body: "" } }, "Graph: its response has no id."],
  ["refuses to tell the status", { state: { status: 403, body: "" } }, responded(403)],
  [
    "has a status that is not known",
    { state: { body: '{"status":"paused"}' } },
    "Graph: the job of the report has the status paused, which this script does not know.",
  ],
  ["has no URL of the report", { state: completedAt(null) }, "Graph: its response has no url."],
  ["has a URL of two lines", { state: completedAt("ORIGIN/report\n") }, "Graph: its response has no url."],
  [
    "has two URLs",
    { state: { body: `${completed.body}{"url":"ORIGIN/x"}` } },
    "Graph: its response has no url.",
  ],
  ["has a URL with a quotation mark", { state: completedAt('ORIGIN/report" #') }, noUrl],
  ["has a URL with a backslash", { state: completedAt("ORIGIN/report\\t") }, noUrl],
];

test.for(faults)(
  "a host that %s ends the script, and the report of before stays",
  async ([_what, host, message], context) => {
    const { ended, written, files } = await runScript(context, host);
    expect(ended).toEqual({ exit: 1, stdout: "", stderr: `${message}\n` });
    expect([written, files]).toEqual(["of the night before", ["report.zip"]]);
  },
);

test.for([
  ["with its length", report],
  ["whose end only the end of the connection tells", { ...report, isWithoutLength: true }],
  ["with a comment behind it", { body: `${zip} made by a host` }],
  ["with the longest comment", { body: zip + " ".repeat(65_535) }],
] satisfies readonly (readonly [string, Reply])[])(
  "a whole report %s takes the place of that of before",
  async ([_what, sent], context) => {
    const { ended, written, files } = await runScript(context, { report: sent });
    expect(ended).toMatchObject({ exit: 0, stdout: "" });
    expect([written, files]).toEqual([sent.body, ["report.zip"]]);
  },
);

test("a report is read by the protocol of Graph alone", async (context) => {
  const { ended, written } = await runScript(context, { state: completedAt("file:///etc/hostname") });
  expect(ended).toMatchObject({ exit: 1, stderr: expect.stringMatching(/^curl: .*protocol.*file/i) });
  expect(written).toBe("of the night before");
});

test("a host that asks to wait for a day is not waited for", async (context) => {
  const busy = { status: 429, body: '{"error":{"message":"Tomorrow."}}', retryAfter: "86400" };
  const { ended, written } = await runScript(context, { job: busy });
  expect(ended).toMatchObject({ exit: 1, stderr: expect.stringMatching(/Graph: Tomorrow\.\n$/) });
  expect(written).toBe("of the night before");
});

test("a job that is never done ends the script", async (context) => {
  const { ended } = await runScript(
    context,
    { state: { body: '{"status":"inProgress"}' } },
    // Bash begins to count here.
    { SECONDS: "3600" },
  );
  expect(ended).toEqual({
    exit: 1,
    stdout: "",
    stderr: "Graph: the job of the report was not done within an hour.\n",
  });
});

test("three jobs are made where each of them fails, and one where none was made", async (context) => {
  const failed = await runScript(context, { state: { body: '{"status":"failed"}' } });
  expect([failed.jobs, failed.ended.stderr]).toEqual([
    3,
    "Graph: the job of the report failed three times.\n",
  ]);
  expect((await runScript(context, { job: { status: 400, body: "{}" } })).jobs).toBe(1);
});

test.for(["apps/facade/deploy/export-report.sh", "examples/failing-apps.sh", "examples/clients/curl.sh"])(
  "%s gives its token to the host and to no arguments of curl, which all users of the machine can read",
  async (script, context) => {
    const { host, given } = await noteArguments(context, script, {
      state: { body: "{}" },
      job: { body: "{}" },
    });
    expect(host.authorizations()).toContain(`Bearer ${token}`);
    expect(given).toContain(host.url);
    expect(given).not.toContain(token);
  },
);

test("the signed URL of the report, with which anyone can read it, is no argument either", async (context) => {
  const signed = "/report?name=a%20b&sig=a[1]{2}'$#";
  const { host, given } = await noteArguments(context, "apps/facade/deploy/export-report.sh", {
    state: completedAt(`ORIGIN${signed}`),
  });
  expect(host.asked()).toContain(signed.replace("#", ""));
  expect(given).not.toContain("sig=");
});

/** Runs a script against a host, and notes the arguments that it gives curl. */
async function noteArguments({ skip }: TestContext, script: string, responses: Host) {
  for (const name of ["bash", "curl", "jq"]) if (!hasProgram(name)) skip(`${name} is not on the PATH`);
  const host = await startHost(responses);
  const folder = await mkdtemp(join(tmpdir(), "install-summary-arguments-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const noted = join(folder, "noted");
  const noting = `#!/bin/bash\nprintf '%s\\n' "$@" >> "$NOTED"\nPATH=\${PATH#*:} exec curl "$@"\n`;
  await writeFile(join(folder, "curl"), noting, { mode: 0o700 });
  await runClient({ graph: host.url, token, ca: "/dev/null" }, ["bash", join(root, script)], {
    INTUNE_URL: host.url,
    GRAPH_TOKEN: token,
    EVERY: "0",
    APP: "1",
    NOTED: noted,
    PATH: [folder, process.env["PATH"]].join(delimiter),
  });
  return { host, given: await readFile(noted, "utf8") };
}

function responded(status: number): string {
  return `Graph: it responded with ${status} and does not say why.`;
}
