import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { respondAsLog } from "./change-log.ts";
import type { ContractServer, RecordedRequest } from "./contract-server.ts";
import {
  google,
  jsonError,
  patchesAt,
  runSignedIn,
  signedIn,
  useCommandsFixture,
} from "./commands-fixture.ts";
import { loggedChange } from "./logged-change.ts";
import { startProgram } from "./run-program.ts";

const fixture = useCommandsFixture();

test("contract verify advises on the URL that it was given, and not on the environment's", async () => {
  const { server } = fixture;
  const args = ["contract", "verify", server.url, "--yes"];
  const notThere = { status: 404, body: { error: { code: "ResourceNotFound", message: "No." } } };
  for (const [response, exit, advice] of [
    [notThere, 4, "  Is the URL right?\n"],
    [{ status: 405 }, 6, "  Is the URL right? A proxy or a sign-in page may have responded in its place.\n"],
    [{ status: 200, body: "<p>" }, 7, "  Is the URL right? A proxy or a sign-in page"],
    [
      { status: 400 },
      6,
      "  Correct what the server names. If it is right, the URL may name another service.\n",
    ],
  ] as const) {
    server.intervene(() => response);
    const ended = await runSignedIn(server, args);
    expect(ended).toMatchObject({ exit, stderr: expect.stringContaining(advice) });
    expect(ended.stderr).not.toContain("INSTALL_SUMMARY_URL");
  }
  server.intervene(() => "breakBefore");
  const unheard = await runSignedIn(server, args);
  expect(unheard).toMatchObject({ exit: 7, stderr: expect.stringContaining("Does the URL name its port") });
  await server.close();
  const unreached = await runSignedIn(server, [...args, "-o", "json"]);
  expect(jsonError(unreached.stderr)).toMatchObject({ error: { code: "NoConnection", target: "URL" } });
  expect(unreached.stderr).toContain("Is it running there? Is the URL right?");
});

test("contract verify tells the counters that it could not put back, as the command that sets them", async () => {
  const { server } = fixture;
  server.intervene(({ method, headers }) =>
    method === "PATCH" && headers["install-summary-origin"] === "command"
      ? { status: 403, body: { error: { code: "Forbidden", message: "No more changes." } } }
      : undefined,
  );
  const args = ["contract", "verify", server.url, "--app", google, "--only", "1"];
  expect(await runSignedIn(server, args)).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("it overwrites counters, so it needs --yes without a terminal."),
  });
  const { exit, stderr } = await runSignedIn(server, [...args, "--yes"]);
  expect(exit).toBe(3);
  expect(stderr).toContain("could not be put back. Not allowed (403 Forbidden): No more changes.");
  expect(stderr).toContain(`install-summary set ${google} installed=2080 failed=16 `);
});

/** Whether a change is the one that puts the counters back. */
function putsBack({ method, headers }: RecordedRequest): boolean {
  return method === "PATCH" && headers["install-summary-origin"] === "command";
}

test.each([
  [{ status: 502 }, "The server responded 502: ", "unchanged: the change was not applied so far."],
  ["breakBefore", "No usable response came: the other side closed ", "the change was not applied so far."],
] as const)(
  "contract verify whose way back is lost (%j) ends in 7 and says why, without the name of an error",
  async (response, why, what) => {
    const { server } = fixture;
    server.intervene((request) => (putsBack(request) ? response : undefined));
    const args = ["contract", "verify", server.url, "--app", google, "--only", "1", "--yes", "-o", "json"];
    const { exit, stdout, stderr } = await runSignedIn(server, args);
    expect(exit).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({ passed: 1, failed: 0 });
    expect(jsonError(stderr)).toMatchObject({ error: { exit: 7, code: "NotApplied" } });
    expect(stderr).toContain(` could not be put back. ${why}`);
    expect(stderr).toContain(what);
    expect(stderr).toContain(`install-summary set ${google} installed=2080 failed=16 `);
    expect(stderr).not.toMatch(/Error\b/);
  },
);

test("contract verify sets the counters as they were, also where one of its own changes arrives meanwhile", async () => {
  const { server } = fixture;
  let isMet = false;
  server.intervene((request) => {
    if (putsBack(request) && !isMet) {
      isMet = true;
      server.change(google, { failedDeviceCount: 77 });
    }
    if (request.method !== "PATCH" || patchesAt(server).length > 1) return undefined;
    server.change(google, { failedDeviceCount: 76 });
    return { status: 504 };
  });
  const { summary } = server.current(google);
  const args = ["contract", "verify", server.url, "--app", google, "--only", "1", "--yes"];
  expect(await runSignedIn(server, args)).toMatchObject({ exit: 7 });
  expect(isMet).toBe(true);
  expect(server.current(google).summary).toEqual(summary);
});

const others = { pendingInstallDeviceCount: 4242 };

test.each([
  [
    "before they are put back",
    (request: RecordedRequest, { requests }: ContractServer) =>
      request.method === "GET" && requests.some(({ method }) => method === "PATCH"),
  ],
  ["while they are put back", putsBack],
] as const)(
  "contract verify puts nothing over what someone else sets %s, and ends in 5 with the command that sets the counters as they were",
  async (_, isTheMoment) => {
    const { server } = fixture;
    let isMet = false;
    server.intervene((request) => {
      if (!isMet && isTheMoment(request, server)) {
        isMet = true;
        server.change(google, others);
      }
      return undefined;
    });
    const args = ["contract", "verify", server.url, "--app", google, "--only", "1", "--yes", "-o", "json"];
    const { exit, stdout, stderr } = await runSignedIn(server, args);
    expect(exit).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ passed: 1 });
    expect(jsonError(stderr)).toMatchObject({ error: { exit: 5, code: "ChangedMeanwhile" } });
    expect(stderr).toContain("pendingInstallDeviceCount is 4,242 now; it was 48.");
    expect(stderr).toContain(`install-summary set ${google} installed=2080 failed=16 `);
    expect(stderr).toContain("as they were when this run began");
    expect(stderr).toContain(`install-summary history ${google}`);
    expect(stderr).not.toContain("The counters are as they were");
    expect(server.current(google).summary).toMatchObject(others);
  },
);

test("contract verify finds what someone else set between two of its own changes in the log", async () => {
  const { server } = fixture;
  server.change(google, others);
  const log = [loggedChange({ version: 8 })];
  server.intervene((request) => {
    if (request.method === "PATCH" && log.length === 1) {
      server.change(google, { pendingInstallDeviceCount: 4343 });
      log.push(loggedChange({ version: 9 }), loggedChange({ version: 10 }));
    }
    return respondAsLog(log, request);
  });
  const args = ["contract", "verify", server.url, "--app", google, "--only", "1", "--yes"];
  const { exit, stderr } = await runSignedIn(server, args);
  expect(exit).toBe(5);
  expect(stderr).toContain("Someone else has changed Google");
  expect(patchesAt(server).filter(({ headers }) => headers["install-summary-origin"] === "command")).toEqual(
    [],
  );
});

test("contract verify puts the counters back where the server failed in between, so that no one can tell whose version is there", async () => {
  const { server } = fixture;
  const { summary } = server.current(google);
  server.intervene(({ method }) => {
    if (method !== "PATCH" || patchesAt(server).length > 1) return undefined;
    server.change(google, { failedDeviceCount: 77 });
    return { status: 500 };
  });
  const args = ["contract", "verify", server.url, "--app", google, "--only", "1", "--yes"];
  const { stderr } = await runSignedIn(server, args);
  expect(stderr).toContain("The counters are as they were.");
  expect(server.current(google).summary).toEqual(summary);
});

test.each([
  ["SIGINT", 130, "Ctrl-C"],
  ["SIGTERM", 143, "SIGTERM"],
  ["SIGHUP", 129, "the end of its terminal"],
] as const)(
  "contract verify that gets %s waits for the change on its way, and puts the counters back",
  async (signal, code, by) => {
    const { server } = fixture;
    const { summary } = server.current(google);
    const arrival = Promise.withResolvers<void>();
    server.intervene(({ method }) =>
      method === "PATCH" && patchesAt(server).length === 1 ? { until: arrival.promise } : undefined,
    );
    const { child, ended } = startProgram(["contract", "verify", server.url, "--app", google, "--yes"], {
      env: signedIn(server),
    });
    await vi.waitFor(() => expect(patchesAt(server)).toHaveLength(1), 30_000);
    child.kill(signal);
    arrival.resolve();
    const { exit, stdout, stderr } = await ended;
    expect({ exit, stdout }).toEqual({ exit: code, stdout: "" });
    expect(stderr).toContain(`Stopped by ${by}. The counters are as they were.\n`);
    expect(server.current(google).summary).toEqual(summary);
  },
);

test("contract verify puts the counters back when its terminal is closed, which the shell and the system both tell", async () => {
  const { server } = fixture;
  const { summary } = server.current(google);
  const arrival = Promise.withResolvers<void>();
  server.intervene(({ method }) =>
    method === "PATCH" && patchesAt(server).length === 1 ? { until: arrival.promise } : undefined,
  );
  const { child, ended } = startProgram(["contract", "verify", server.url, "--app", google, "--yes"], {
    env: signedIn(server),
  });
  await vi.waitFor(() => expect(patchesAt(server)).toHaveLength(1), 30_000);
  const told = once(child.stderr, "data");
  child.kill("SIGHUP");
  await told;
  // From here on nothing can be written, nor read here.
  const closed = ended.catch(() => undefined);
  child.stdout.destroy();
  child.stderr.destroy();
  child.kill("SIGHUP");
  const exited = once(child, "exit");
  arrival.resolve();
  expect(await exited).toEqual([129, null]);
  await closed;
  expect(server.current(google).summary).toEqual(summary);
});

test.skipIf(process.platform === "win32")(
  "contract verify that is stopped twice ends at once, and has told which app holds other numbers and what sets them",
  async () => {
    const { server } = fixture;
    server.intervene(({ method }) =>
      method === "PATCH" && patchesAt(server).length === 2 ? "hang" : undefined,
    );
    const args = ["contract", "verify", server.url, "--app", google, "--yes", "--quiet"];
    const { child, ended } = startProgram(args, { env: signedIn(server) });
    await vi.waitFor(() => expect(patchesAt(server)).toHaveLength(2), 30_000);
    const told = once(child.stderr, "data");
    child.kill("SIGINT");
    await told;
    child.kill("SIGINT");
    const { exit, stderr } = await ended;
    expect([exit, child.signalCode]).toEqual([null, "SIGINT"]);
    expect(stderr).toMatch(/^Stopping: .* puts the counters of Google 給与計算システム 2\.2 .* back\.$/m);
    expect(stderr).toContain(`install-summary set ${google} installed=2080 failed=16 `);
  },
);

test("contract verify prints how the counters are put back where a change without a response may still arrive", async () => {
  const { server } = fixture;
  const isLost = ({ method }: RecordedRequest): boolean =>
    method === "PATCH" && patchesAt(server).length === 1;
  const told = ["a change of them got no response and may still arrive.", `set ${google} installed=2080 `];
  server.intervene((request) => (isLost(request) ? { status: 504 } : undefined));
  const args = ["contract", "verify", server.url, "--app", google, "--yes"];
  const whole = await runSignedIn(server, [...args, "--only", "1"]);
  expect(whole).toMatchObject({ exit: 7, stdout: expect.stringContaining("failed") });
  for (const words of ["0 passed, 1 failed, 0 skipped. ", ...told]) expect(whole.stderr).toContain(words);

  const before = server.requests.length;
  let hanging = 0;
  server.intervene(({ method }) => {
    if (method !== "GET") return { status: 504 };
    const isPairs = server.requests.slice(before).some((request) => request.method === "PATCH");
    if (!isPairs || hanging > 0) return undefined;
    hanging += 1;
    return "hang";
  });
  const { child, ended } = startProgram(args, { env: signedIn(server) });
  await vi.waitFor(() => expect(hanging).toBe(1), 30_000);
  child.kill("SIGINT");
  const stopped = await ended;
  expect(stopped).toMatchObject({ exit: 7, stdout: "" });
  for (const words of told) expect(stopped.stderr).toContain(words);
});
