import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkSpace } from "../src/doctor/check-space.ts";
import { diagnose } from "../src/doctor/diagnose.ts";
import { createFacade } from "../src/facade.ts";
import { readSettings } from "../src/settings/read-settings.ts";
import { temporaryFolder } from "./stores.ts";

/** What a check of a folder found, in one line. */
async function find(
  check: string,
  folder: string,
  options: Readonly<Record<string, string | boolean>>,
  now?: () => number,
) {
  const settings = readSettings({ folder, options: { port: "0", ...options } });
  for await (const finding of diagnose(settings, now)) {
    if (finding.check === check) return `${finding.exit} ${finding.lines.join(" ")}`;
  }
  throw new Error(`doctor has no check '${check}'`);
}

/** A port of loopback that is taken until the test is done. */
async function takePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("the port of the metrics is looked at: free, taken, or the service's own", async () => {
  const folder = temporaryFolder();
  const port = await takePort();
  expect(await find("metrics", folder, {})).toBe("0 no metrics are served; --metrics 9464 serves them");
  expect(await find("metrics", folder, { metrics: "0" })).toBe("0 a free port of 127.0.0.1 is used");
  expect(await find("metrics", folder, { metrics: `${port}` })).toBe(
    `2 Port ${port} of 127.0.0.1 is in use. Stop the program that uses it, or choose another with --metrics.`,
  );
  expect(await find("metrics", folder, { metrics: "9464", port: "9464" })).toBe(
    "2 The metrics have the address of the service, 127.0.0.1:9464. Choose another port with --metrics.",
  );
});

test("the ports of a facade that serves the folder are its own", async () => {
  const folder = temporaryFolder();
  const facade = await createFacade({ settings: { data: join(folder, ".data"), metrics: "127.0.0.1:0" } });
  onTestFinished(() => facade.close());
  const { port } = new URL(facade.url);
  const { port: metrics } = new URL(facade.metricsUrl ?? "");
  expect(await find("port", folder, { port, metrics })).toBe(
    `0 ${port} of 127.0.0.1 is in use, by the facade that serves the data folder`,
  );
  expect(await find("metrics", folder, { port, metrics })).toBe(
    `0 ${metrics} of 127.0.0.1 is in use, by the facade that serves the data folder`,
  );
});

test("the room on the disk is told, of a folder that is not there yet too", async () => {
  const folder = temporaryFolder();
  expect(await find("disk", folder, {})).toMatch(/^0 \d+(?:\.\d)? [MG]iB are free for .*\.data$/);
});

/** Bytes that are free on two disks. */
const free = (store: number) => (folder: string) => (folder === "/data" ? 3 * 2 ** 30 : store);

test("a disk that is nearly full is told with how much is needed", () => {
  const parts = { data: "/data", file: "/store/a.db", needsMigration: false };
  expect(checkSpace(parts, free(2 ** 28))).toBe("3.0 GiB are free for /data; 256 MiB are free for /store");
  expect(() => checkSpace(parts, free(2 ** 28 - 1))).toThrow(
    expect.objectContaining({
      message:
        "Only 255 MiB are free for /store. Make room until 256 MiB are free: on a full disk every change is refused.",
      exit: 7,
    }),
  );
});

/** A clock that is so many days ahead. */
const days = (count: number) => () => Date.now() + count * 86_400_000;

test("the local certificate is told with its names and its end, and what serve will do", async () => {
  const folder = temporaryFolder();
  const data = join(folder, ".data");
  expect(await find("certificate", folder, { https: true })).toBe(
    "0 HTTPS is served with a local certificate, which serve makes for localhost, 127.0.0.1, ::1",
  );
  const facade = await createFacade({ settings: { data, https: true } });
  await facade.close();
  const names = "localhost, 127.0.0.1, ::1";
  expect(await find("certificate", folder, { https: true })).toMatch(
    /^0 HTTPS is served with a local certificate for localhost, 127\.0\.0\.1, ::1, until \d{4}-\d\d-\d\d; serve renews it$/,
  );
  const outdated = "0 the local certificate lacks a name or ends within a month; serve makes it anew for";
  expect(await find("certificate", folder, { https: true, hosts: "host.docker.internal" })).toBe(
    `${outdated} ${names}, host.docker.internal`,
  );
  expect(await find("certificate", folder, { https: true }, days(340))).toBe(`${outdated} ${names}`);
  expect(await find("certificate", folder, { https: true }, days(4000))).toMatch(
    /^2 The certificate .*ca\.pem expired on \d{4}-\d\d-\d\d\./,
  );
  rmSync(join(data, "ca-key.pem"));
  expect(await find("certificate", folder, { https: true })).toMatch(
    /^2 The local authority has .*ca\.pem, and .* is missing\./,
  );
});

test("a given certificate is told with its names and its end", async () => {
  const folder = temporaryFolder();
  const data = join(folder, ".data");
  await (await createFacade({ settings: { data, https: true } })).close();
  const file = join(data, "https.pem");
  expect(await find("certificate", folder, { https: true, certificate: file, privateKey: file })).toMatch(
    /^0 HTTPS is served with .*https\.pem, which is valid and fits its key; it is good for DNS:localhost, IP Address:127\.0\.0\.1, IP Address:.*, until \d{4}-\d\d-\d\d$/,
  );
  const given = { https: true, certificate: file, privateKey: file };
  const served = { publicUrl: "https://summaries.contoso.com", hosts: "192.0.2.7,localhost" };
  expect(await find("certificate", folder, { ...given, ...served })).toMatch(
    /^0 .*, until \d{4}-\d\d-\d\d; it is not for 192\.0\.2\.7, summaries\.contoso\.com: clients refuse it there, unless a proxy in front has a certificate for that$/,
  );
});

test("the clock is said to be compared only with a change that was read", async () => {
  const folder = temporaryFolder();
  const uncompared = /^0 it is \S+Z; no change of the store was read to compare it with$/;
  expect(await find("clock", folder, {})).toMatch(uncompared);
  const data = join(folder, ".data");
  await (await createFacade({ settings: { data } })).close();
  expect(await find("clock", folder, {})).toMatch(uncompared);
  writeFileSync(join(data, "install-summary.db"), "no store");
  expect(await find("store", folder, {})).toMatch(/^[1-9]/);
  expect(await find("clock", folder, {})).toMatch(uncompared);
});
