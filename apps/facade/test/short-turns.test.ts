import { expect, onTestFinished, test } from "vitest";
import { apps, summary, useFacade } from "./facades.ts";
import { pino } from "pino";
import { startServer } from "../src/server/start-server.ts";
import { defaultLimits, type Limits } from "../src/settings/settings.ts";
import { connectTo, openConnection } from "./sockets.ts";

// However many requests one caller has under way, each of which is costly, a probe and another caller wait for a few of
// them, and not for one of each connection.

const connections = 100;

const head = (line: string, token: string | undefined): string =>
  `${line} HTTP/1.1\r\nHost: localhost\r\n${token === undefined ? "" : `Authorization: Bearer ${token}\r\n`}`;

const withBody = (line: string, token: string | undefined, body: string): string =>
  `${head(line, token)}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const unknownNames = (count: number): Readonly<Record<string, number>> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, 1]));

const batch = JSON.stringify({
  requests: Array.from({ length: 20 }, (_, at) => ({
    id: String(at),
    method: "PATCH",
    url: summary.slice("/beta".length),
    headers: { "Content-Type": "application/json" },
    body: unknownNames(200),
  })),
});

const faulty = (token: string): string =>
  withBody(`PATCH ${summary}`, token, JSON.stringify(unknownNames(4000)));

test.each<{ readonly what: string; readonly request: (token: string, at: number) => string }>([
  { what: "changes with 4,000 faults", request: faulty },
  {
    what: "the same with a token that each connection writes in another way",
    request: (token, at) => faulty(`${" ".repeat(at)}${token}`),
  },
  {
    what: "batches of faulty changes",
    request: (token) => withBody("POST /beta/$batch", token, batch),
  },
  {
    what: "descriptions, without a token",
    request: () => `${head("GET /openapi.json", undefined)}\r\n`,
  },
  {
    what: "descriptions, with tokens that nobody has",
    request: (_, at) => `${head("GET /openapi.json", `x${at}`)}\r\n`,
  },
])("$what on a hundred connections hold up neither a probe nor another caller", async ({ request }) => {
  const facade = await useFacade();
  const own = await facade.issueToken({ user: "many" });
  const other = await facade.issueToken({ user: "one" });
  // Whose a token is becomes known by its first response.
  expect((await facade.get(apps, { token: other })).status).toBe(200);
  let served = 0;
  const sockets = await Promise.all(Array.from({ length: connections }, () => connectTo(facade.url)));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const [at, socket] of sockets.entries()) {
    const many = request(own, at);
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      const responses = chunk.toString("latin1").split("HTTP/1.1 ").length - 1;
      served += responses;
      for (let next = 0; next < responses; next += 1) socket.write(many);
    });
    socket.write(many);
  }
  await expect.poll(() => served).toBeGreaterThan(connections);

  /** How many of the others' requests are served until this one is. */
  const servedBefore = async (path: string, token: string | null): Promise<number> => {
    const before = served;
    const { status } = await facade.get(path, { token });
    expect(status).toBe(200);
    return served - before;
  };
  for (let round = 0; round < 3; round += 1) {
    expect(await servedBefore("/livez", null)).toBeLessThan(connections / 2);
    expect(await servedBefore(apps, other)).toBeLessThan(connections / 2);
  }
});

test("the requests of one batch are not one piece of work: probes come in between", async () => {
  const facade = await useFacade();
  const body = Buffer.from(JSON.stringify(unknownNames(4000))).toString("base64url");
  const requests = Array.from({ length: 20 }, (_, at) => ({
    id: String(at),
    method: "PATCH",
    url: summary.slice("/beta".length),
    headers: { "Content-Type": "application/json" },
    body,
  }));
  let done = 0;
  const batches = Array.from({ length: 8 }, async () => {
    const response = await facade.call("POST", "/beta/$batch", {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ requests }),
    });
    done += 1;
    return response.status;
  });
  for (const path of ["/livez", "/livez", "/livez"]) {
    expect((await facade.get(path, { token: null })).status).toBe(200);
  }
  expect(done).toBeLessThan(batches.length);
  expect(new Set(await Promise.all(batches))).toEqual(new Set([200]));
});

/** A server whose requests wait until they are let go. */
async function serveHeld(limits: Partial<Limits> = {}) {
  const held: (() => void)[] = [];
  const served: string[] = [];
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    limits: { ...defaultLimits, ...limits },
    log: pino({ level: "silent" }),
    turns: {
      take: (_, work) => held.push(work) === 0,
      queue: (_, work) => void held.push(work),
      noteConnection: () => {},
    },
    fetch(request) {
      served.push(new URL(request.url).pathname);
      return new Response("served");
    },
  });
  onTestFinished(() => server.close());
  const letGo = (): void => held.splice(0).forEach((work) => work());
  return { server, held, served, letGo };
}

test("a request that waits for its turn is served when the service ends, and not for a caller who has gone", async () => {
  const { server, held, served, letGo } = await serveHeld();
  const [stays, goes] = [await openConnection(server.url), await openConnection(server.url)];
  stays.socket.write(`${head("GET /stays", undefined)}\r\n`);
  goes.socket.write(`${head("GET /goes", undefined)}\r\n`);
  await expect.poll(() => held.length).toBe(2);
  goes.socket.destroy();
  await expect.poll(() => server.load().connections).toBe(1);
  const closed = server.close();
  letGo();
  expect(await stays.ended).toMatch(/^HTTP\/1\.1 200 [^]*served/);
  await closed;
  expect(served).toEqual(["/stays"]);
});

test("a request that waits for longer than responseSeconds gets its 504, and is not begun any more", async () => {
  const { server, held, served, letGo } = await serveHeld({ responseSeconds: 0.2 });
  const { socket, ended } = await openConnection(server.url);
  socket.write(`${head("GET /late", undefined)}\r\n`);
  await expect.poll(() => held.length).toBe(1);
  expect(await ended).toMatch(/^HTTP\/1\.1 504 /);
  letGo();
  expect(served).toEqual([]);
});

test("a body that turns out malformed while its request waits is a 400", async () => {
  const { server, held, served, letGo } = await serveHeld();
  const { socket, ended } = await openConnection(server.url);
  socket.write(`${head("PATCH /", undefined)}Transfer-Encoding: chunked\r\n\r\n`);
  await expect.poll(() => held.length).toBe(1);
  socket.write("no length\r\n");
  expect(await ended).toMatch(/^HTTP\/1\.1 400 /);
  letGo();
  expect(served).toEqual([]);
});
