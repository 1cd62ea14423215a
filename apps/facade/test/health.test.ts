import { createServer } from "node:http";
import { createServer as createSocketServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { runFacade, startServing } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

test.each([[[]], [["--https"]]])(
  "health %j asks a facade of this machine whether it responds",
  async (scheme) => {
    const folder = temporaryFolder();
    const serving = await startServing({ folder }, ...scheme);
    const args = ["health", "--port", new URL(serving.url).port, ...scheme];
    expect(await runFacade({ folder }, ...args)).toEqual({ exit: 0, stdout: "ok\n", stderr: "" });
    expect(await serving.stop("SIGTERM")).toBe(0);
    expect(await runFacade({ folder }, ...args)).toMatchObject({
      exit: 7,
      stdout: "",
      stderr: expect.stringMatching(
        /\/livez does not respond: nothing listens there \(ECONNREFUSED\)\.\n  Give health/,
      ),
    });
  },
);

test("health that is asked with the wrong scheme says so in one sentence", async () => {
  const folder = temporaryFolder();
  for (const [serve, ask, told] of [
    [[], ["--https"], "something other than TLS is spoken there (EPROTO)."],
    [["--https"], [], "responds with 400."],
  ] as const) {
    const serving = await startServing({ folder }, ...serve);
    const { exit, stderr } = await runFacade(
      { folder },
      "health",
      "--port",
      new URL(serving.url).port,
      ...ask,
    );
    expect({ exit, lines: stderr.trimEnd().split("\n") }).toEqual({
      exit: 7,
      lines: [
        expect.stringContaining(told),
        "  Give health the host, port and https that serve was started with.",
      ],
    });
    await serving.stop("SIGTERM");
  }
});

test("a page of another program is no health", async () => {
  const other = createServer((_request, response) => void response.end("<title>Sign in</title>")).listen(
    0,
    "127.0.0.1",
  );
  onTestFinished(() => void other.close());
  await once(other, "listening");
  expect(await runFacade({ folder: temporaryFolder() }, "health", "--port", portOf(other))).toMatchObject({
    exit: 7,
    stdout: "",
    stderr: expect.stringContaining("/livez responds with something other than a facade does."),
  });
});

test("another status, and a connection without a response, are no health", async () => {
  const refusing = createServer((_request, response) => void response.writeHead(503).end()).listen(
    0,
    "127.0.0.1",
  );
  const silent = createSocketServer((socket) => void socket.end()).listen(0, "127.0.0.1");
  await Promise.all([refusing, silent].map((server) => once(server, "listening")));
  for (const [server, told] of [
    [refusing, "/livez responds with 503."],
    [silent, "/livez does not respond: "],
  ] as const) {
    onTestFinished(() => void server.close());
    const { exit, stderr } = await runFacade(
      { folder: temporaryFolder() },
      "health",
      "--port",
      portOf(server),
    );
    expect({ exit, stderr }).toEqual({ exit: 7, stderr: expect.stringContaining(told) });
  }
});

test("a program that responds without an end is no health", async () => {
  const endless = createServer((_request, response) => {
    const write = (): void => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
    };
    response.on("drain", write);
    write();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void endless.close());
  await once(endless, "listening");
  expect(await runFacade({ folder: temporaryFolder() }, "health", "--port", portOf(endless))).toMatchObject({
    exit: 7,
    stderr: expect.stringContaining("/livez does not respond: the response is too long."),
  });
});

test("health needs a port", async () => {
  expect(await runFacade({ folder: temporaryFolder() }, "health", "--port", "0")).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("health needs the port that the facade serves, and port is 0."),
  });
});

function portOf(server: { address(): string | AddressInfo | null }): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return String(address.port);
}
