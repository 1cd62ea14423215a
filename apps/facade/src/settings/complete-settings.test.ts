import { resolve } from "node:path";
import { expect, test } from "vitest";
import { completeSettings } from "./complete-settings.ts";
import { readSettings } from "./read-settings.ts";

const tenant = "11111111-1111-4111-8111-11111111111a";
const client = "22222222-2222-4222-8222-22222222222b";

test("what a program gives is written as the command line has it", () => {
  const given = {
    port: 8421,
    https: true,
    certificate: "tls/cert.pem",
    privateKey: "tls/key.pem",
    hosts: ["Summaries.Contoso.COM", "[FD00::5]"],
    publicUrl: "HTTPS://Summaries.contoso.com:443",
    proxies: ["FD00::/8"],
    origins: ["https://Dashboard.contoso.com/"],
    log: "text",
    metrics: "9464",
    retention: 3,
    tenants: [tenant.toUpperCase(), ` ${tenant} `],
    audience: [client.toUpperCase()],
    authority: "https://login.microsoftonline.com/",
  } as const;
  const options = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === "boolean" ? value : String(value)]),
  );
  const read = readSettings({ folder: process.cwd(), options, env: {} });
  expect(completeSettings(given, ".data")).toEqual(read);
  expect(read).toMatchObject({ tenants: [tenant], audience: [client], metrics: "127.0.0.1:9464" });
});

test("paths are absolute, and the store is in the data folder where none is given", () => {
  const { data, store } = completeSettings({}, "a");
  expect([data, store]).toEqual([resolve("a"), { kind: "sqlite", file: resolve("a/install-summary.db") }]);
  expect(completeSettings({ store: { kind: "sqlite", file: "b.db" } }, "a").store).toEqual({
    kind: "sqlite",
    file: resolve("b.db"),
  });
});

test("any free port is used, the log is in JSON, and seconds may have fractions", () => {
  const { port, log, limits } = completeSettings({ limits: { headerSeconds: 0.5 } }, "a");
  expect([port, log, limits.headerSeconds]).toEqual([0, "json", 0.5]);
});
