import { expect, onTestFinished, test, vi } from "vitest";
import { createLog } from "../src/log/log.ts";
import { summary, useFacade, type TestFacade } from "./facades.ts";
import { openConnection, send, splitResponses, untilRefused } from "./sockets.ts";

interface Line {
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string;
  readonly status?: number | undefined;
}

/** A facade whose lines of requests are read. */
async function useLogged(): Promise<{ facade: TestFacade; lines: Line[]; head: (line: string) => string }> {
  const lines: Line[] = [];
  const facade = await useFacade({
    log: createLog({ log: "json" }, { write: (line) => void lines.push(JSON.parse(line)) }),
    settings: { limits: { bodyBytes: 4096 } },
  });
  const token = await facade.issueToken();
  lines.length = 0;
  const head = (line: string): string =>
    `${line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
  return { facade, lines, head };
}

/** What a response says of itself, as a line of the log should say it. */
function told(received: string): Line {
  const { head = "", body = "", status } = splitResponses(received).at(-1) ?? {};
  const requestId = /^request-id: (\S+)\r?$/im.exec(head)?.[1];
  expect(JSON.parse(body).error.innerError["request-id"]).toBe(requestId);
  return { requestId, status };
}

const bodies = {
  "a change": `PATCH ${summary}`,
  "a batch": "POST /beta/$batch",
  "an import": "POST /api/imports",
};

test("a request that gets a 503 at a shutdown has one line, which says so and has the id of the response", async () => {
  const { facade, lines, head } = await useLogged();
  const open = await Promise.all(
    Object.values(bodies).map(async (line, at) => {
      const connection = await openConnection(facade.url);
      connection.socket.write(
        `${head(line)}client-request-id: mine-${at}\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n`,
      );
      await connection.received(/100 Continue/);
      return connection;
    }),
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const closed = facade.close();
  await untilRefused(facade.url);
  vi.advanceTimersByTime(8000);
  await Promise.all(open.map(({ received }) => received(/shutting down/)));
  vi.advanceTimersByTime(1000);
  const responses = await Promise.all(open.map(({ ended }) => ended));
  vi.useRealTimers();
  await closed;
  expect(lines.filter(({ requestId }) => requestId !== undefined)).toHaveLength(open.length);
  for (const [at, response] of responses.entries()) {
    const { requestId, status } = told(response);
    expect(status).toBe(503);
    expect(lines).toContainEqual(
      expect.objectContaining({
        requestId,
        clientRequestId: `mine-${at}`,
        status,
        code: "ServiceUnavailable",
        msg: "not served",
      }),
    );
  }
});

test.each([
  ["malformed in the same packet", 400, "Transfer-Encoding: chunked\r\n\r\nzz\r\n"],
  ["too large", 413, `Content-Length: 5000\r\nConnection: close\r\n\r\n${" ".repeat(5000)}`],
  ["no JSON", 400, "Content-Length: 1\r\nConnection: close\r\n\r\n{"],
  ["behind headers that are too large", 431, `X: ${"x".repeat(40_000)}\r\nContent-Length: 0\r\n\r\n`],
] as const)(
  "a body that is %s has one line, with the status and the id of the response",
  async (_, status, rest) => {
    const { facade, lines, head } = await useLogged();
    const response = await send(facade.url, head(bodies["a change"]) + rest);
    expect(told(response).status).toBe(status);
    expect(lines).toEqual([expect.objectContaining(told(response))]);
  },
);

test.each(Object.entries(bodies))(
  "%s whose body turns out malformed as it is read has one line, with the id of the response",
  async (_, line) => {
    const { facade, lines, head } = await useLogged();
    const { socket, received, ended } = await openConnection(facade.url);
    socket.write(`${head(line)}Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n`);
    await received(/100 Continue/);
    socket.write("zz\r\n");
    const response = await ended;
    expect(response).toMatch(/^HTTP\/1\.1 400 [^]*^Connection: close\r/im);
    expect(lines).toEqual([expect.objectContaining(told(response))]);
  },
);

const early = {
  "no token": [401, `PATCH ${summary} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`],
  "another type": [
    415,
    `PATCH ${summary} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n`,
    "token",
  ],
  "an import of another type": [415, "POST /api/imports HTTP/1.1\r\nHost: localhost\r\n", "token"],
  "a path that nothing is under": [404, "POST /none HTTP/1.1\r\nHost: localhost\r\n", "token"],
  "a page that takes no body": [200, "GET /livez HTTP/1.1\r\nHost: localhost\r\n"],
  "a host that is not served": [400, "GET / HTTP/1.1\r\nHost: other.example\r\n"],
} as const;

test.each(Object.entries(early))(
  "a body that turns out malformed after the response to %s ends the connection without a second response or line",
  async (_, [status, head, identity]) => {
    const { facade, lines } = await useLogged();
    const token = identity === undefined ? "" : `Authorization: Bearer ${await facade.issueToken()}\r\n`;
    const before = lines.length;
    const { socket, received, ended } = await openConnection(facade.url);
    socket.write(`${head}${token}Transfer-Encoding: chunked\r\n\r\n3\r\n{"f\r\n`);
    await received(/\r\n\r\n[^]/);
    const noted = lines.slice(before);
    socket.write("zz\r\n");
    expect(splitResponses(await ended).map((one) => one.status)).toEqual([status]);
    expect(lines.slice(before)).toEqual(noted);
    expect(noted.length).toBeLessThanOrEqual(1);
  },
);

test("bytes behind a body that came after its response are refused as those of the next request", async () => {
  const { facade } = await useLogged();
  const { socket, received, ended } = await openConnection(facade.url);
  socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  await received(/\r\n\r\n[^]/);
  socket.write("1\r\n{\r\n0\r\n\r\ngarbage\r\n\r\n");
  expect(splitResponses(await ended).map((one) => one.status)).toEqual([200, 400]);
});

test.each(Object.entries(bodies))(
  "%s whose caller goes away has one line, which says that",
  async (_, line) => {
    const { facade, lines, head } = await useLogged();
    const { socket, received } = await openConnection(facade.url);
    socket.write(`${head(line)}Expect: 100-continue\r\nContent-Length: 20\r\n\r\n`);
    await received(/100 Continue/);
    socket.resetAndDestroy();
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines).toMatchObject([{ status: 400, reason: "callerGone", msg: "refused" }]);
  },
);
