import { expect, onTestFinished, test } from "vitest";
import { apps, summary, useFacade } from "./facades.ts";
import { connectTo } from "./sockets.ts";

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

test.each([
  {
    what: "changes with 4,000 faults",
    request: (token: string) => withBody(`PATCH ${summary}`, token, JSON.stringify(unknownNames(4000))),
  },
  {
    what: "batches of faulty changes",
    request: (token: string) => withBody("POST /beta/$batch", token, batch),
  },
  {
    what: "descriptions, without a token",
    request: () => `${head("GET /openapi.json", undefined)}\r\n`,
  },
])("$what on a hundred connections hold up neither a probe nor another caller", async ({ request }) => {
  const facade = await useFacade();
  const many = request(await facade.issueToken({ user: "many" }));
  const other = await facade.issueToken({ user: "one" });
  let served = 0;
  const sockets = await Promise.all(Array.from({ length: connections }, () => connectTo(facade.url)));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) {
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
