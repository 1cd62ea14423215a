import { once } from "node:events";
import { setTimeout as passing } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { outcome, read, unknownId, useFacade, type TestFacade } from "./facades.ts";
import { connectTo, openConnection, splitResponses } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

const path = "/api/imports";
const header =
  "ApplicationId,DisplayName,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount";
const newApp = `${unknownId},New,4,1,8,7,9,2,15,6,5,7`;
const nothing = {
  created: 0,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  rows: [],
  kept: [
    "The report has no rows: all apps keep what they had. If that is not meant, look at what was exported.",
  ],
};

/** Begins an upload whose body is sent by the test. */
async function beginUpload(facade: TestFacade, length: number) {
  const connection = await openConnection(facade.url);
  const token = await facade.issueToken();
  connection.socket.write(
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: text/csv\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  // The server asks for the body once the import has begun.
  await connection.received(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
  return connection;
}

function responseOf(text: string) {
  return splitResponses(text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "")).map(
    ({ status, head, body }) => ({
      status,
      closes: /^connection: close$/im.test(head),
      body: Object(JSON.parse(body)),
    }),
  );
}

/** Waits until no import of the tenant runs, and expects that nothing was imported. */
async function expectNothing(facade: TestFacade): Promise<void> {
  const headers = { "Content-Type": "text/csv" };
  let next = await facade.call("POST", path, { body: `${header}\n`, headers });
  while (next.status === 503) {
    await new Promise(setImmediate);
    next = await facade.call("POST", path, { body: `${header}\n`, headers });
  }
  expect(await read(next)).toEqual(nothing);
  expect((await facade.get(`/beta/deviceAppManagement/mobileApps/${unknownId}`)).status).toBe(404);
}

describe("a file has a time of its own", () => {
  const text = `${header}\r\n${newApp}\r\n`;

  test("an upload that goes on may take longer than other requests", async () => {
    const facade = await useFacade({ settings: { limits: { requestSeconds: 1, responseSeconds: 1 } } });
    const { socket, received } = await beginUpload(facade, text.length);
    const begin = performance.now();
    for (const piece of text.match(/.{1,12}/gs) ?? []) {
      socket.write(piece);
      // What is measured is a limit of time, and it is that of other requests.
      await passing(60);
    }
    expect(performance.now() - begin).toBeGreaterThan(1000);
    const [response] = responseOf(await received(/\}$/));
    expect(response).toMatchObject({ status: 200, body: { created: 1, rejected: 0 } });
  });

  test.each([
    [
      "of which nothing comes any more",
      { requestSeconds: 0.3 },
      "Nothing of the body arrived for 0.3 seconds.",
    ],
    ["that is not whole in time", { importSeconds: 0.3 }, "The body did not arrive within 0.3 seconds."],
  ])("an upload %s is a 408, and nothing is imported", async (_, limits, message) => {
    const facade = await useFacade({ settings: { limits } });
    const { socket, ended } = await beginUpload(facade, 100_000);
    socket.write(text);
    expect(responseOf(await ended)).toMatchObject([
      { status: 408, closes: true, body: { error: { code: "RequestTimeout", message } } },
    ]);
    await expectNothing(facade);
  });

  test("a body of another request has the usual time", async () => {
    const facade = await useFacade({ settings: { limits: { requestSeconds: 0.3, importSeconds: 60 } } });
    const socket = await connectTo(facade.url);
    const token = await facade.issueToken();
    socket.write(
      `PATCH /beta/deviceAppManagement/mobileApps/${unknownId}/installSummary HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{`,
    );
    const [first] = await once(socket, "data");
    expect(String(first)).toMatch(/^HTTP\/1\.1 408 /);
  });
});

test("a sender that goes away half-way has imported nothing (B132)", async () => {
  const facade = await useFacade();
  const { socket } = await beginUpload(facade, 100_000);
  await new Promise((resolve) => socket.write(`${header}\r\n${newApp}\r\n`, resolve));
  socket.destroy();
  expect(socket.destroyed).toBe(true);
  await expectNothing(facade);
});

test.each([
  ["of which nothing comes any more", `${header}\r\n${newApp}\r\n`],
  ["of which nothing has come", ""],
])(
  "where the service ends, an upload %s gets a 503 at once that says that nothing is in",
  async (_, text) => {
    const data = temporaryFolder();
    const facade = await useFacade({ settings: { data } });
    const { socket, ended } = await beginUpload(facade, 100_000);
    if (text !== "") await new Promise((resolve) => socket.write(text, resolve));
    const closed = facade.close();
    const message = "The service is shutting down. Nothing was imported.";
    expect(responseOf(await ended)).toMatchObject([
      { status: 503, closes: true, body: { error: { code: "ServiceUnavailable", message } } },
    ]);
    await closed;
    const again = await useFacade({ settings: { data } });
    expect((await again.get(`/beta/deviceAppManagement/mobileApps/${unknownId}`)).status).toBe(404);
  },
);

describe("a compressed file", () => {
  const gzip = { "Content-Type": "text/csv", "Content-Encoding": "gzip" };
  const endsEarly = "The gzip of the body ends too early. Please send the whole file.";
  const notGzip =
    "The body is not gzip, or is damaged. Please compress the file again, or leave out Content-Encoding.";
  const rows = (count: number): string =>
    Array.from({ length: count }, (_, index) =>
      newApp.replace(unknownId, `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`),
    ).join("\n");
  const post = (facade: TestFacade, body: Uint8Array, query = ""): Promise<Response> =>
    facade.call("POST", path + query, { body: new Uint8Array(body), headers: gzip });

  test("is imported, in one piece or in several members", async () => {
    const facade = await useFacade();
    expect(await read(await post(facade, gzipSync(`${header}\n${newApp}\n`)))).toMatchObject({ created: 1 });
    const members = Buffer.concat([gzipSync(`${header}\n`), gzipSync(`${newApp}\n`)]);
    expect(await read(await post(facade, members))).toMatchObject({ unchanged: 1 });
  });

  test.each([
    ["cut", gzipSync(`${header}\n${newApp}\n`).subarray(0, -10), endsEarly],
    ["cut by its last byte", gzipSync(`${header}\n${newApp}\n`).subarray(0, -1), endsEarly],
    ["empty", Buffer.alloc(0), endsEarly],
    [
      "followed by something else",
      Buffer.concat([gzipSync(`${header}\n${newApp}\n`), Buffer.from("{}")]),
      notGzip,
    ],
    ["not compressed", Buffer.from(`${header}\n${newApp}\n`), notGzip],
  ])("that is %s is a 400 that says so, and nothing is imported", async (_, body, message) => {
    const facade = await useFacade();
    expect(await outcome(await post(facade, body))).toBe(`400 BadRequest ${message}`);
    await expectNothing(facade);
  });

  test("has as many rows and bytes as a limit, and one more is a 413", async () => {
    const limits = { importRows: 50, importBytes: header.length + 51 * (newApp.length + 1) };
    const facade = await useFacade({ settings: { limits } });
    const body = (count: number): Uint8Array => gzipSync(`${header}\n${rows(count)}`);
    expect(await read(await post(facade, body(50), "?dryRun=true"))).toMatchObject({ created: 50 });
    expect(await outcome(await post(facade, body(51)))).toBe(
      "413 RequestEntityTooLarge The file has more than 50 rows.",
    );
    for (const count of [52, 5100]) {
      expect(await outcome(await post(facade, body(count)))).toMatch(
        /^413 .* is larger than [0-9]+ bytes\.$/,
      );
    }
    await expectNothing(facade);
  });

  test("that inflates to more than 100 times its size is refused, and no more of it is inflated", async () => {
    const facade = await useFacade();
    const bomb = gzipSync(`${header}\n${"\n".repeat(64 * 2 ** 20)}`);
    expect(await outcome(await post(facade, bomb))).toBe(
      "400 BadRequest The body inflates to more than 100 times its size.",
    );
    await expectNothing(facade);
  });
});
