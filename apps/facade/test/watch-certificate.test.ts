import { chmodSync, chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../src/log/log.ts";
import { readSettings } from "../src/settings/read-settings.ts";
import { issueAuthority, issueCertificate } from "../src/tls/issue-certificate.ts";
import { openCertificate } from "../src/tls/open-certificate.ts";
import type { Certificate } from "../src/tls/read-certificate.ts";
import { watchCertificate } from "../src/tls/watch-certificate.ts";
import { asOrdinaryUser } from "./as-ordinary-user.ts";
import { temporaryFolder } from "./stores.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] }));
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const inMinutes = (count: number): Date => new Date(Date.now() + count * minute);

async function issue(validFrom = -1): Promise<Certificate> {
  const authority = await issueAuthority({ from: inMinutes(-10), to: inMinutes(90) });
  return issueCertificate(authority, ["localhost"], { from: inMinutes(validFrom), to: inMinutes(60) });
}

async function watch() {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const files = { certificate: join(folder, "server.crt"), privateKey: join(folder, "server.key") };
  const write = ({ cert, key }: Certificate): void => {
    writeFileSync(files.certificate, cert);
    writeFileSync(files.privateKey, key);
  };
  const current = await issue();
  write(current);
  const served: string[] = [];
  const faults: string[] = [];
  const start = (): (() => void) =>
    watchCertificate(files, {
      current,
      onChange: ({ cert }) => void served.push(cert),
      onFault: (error) => void faults.push(String(error)),
    });
  return { folder, files, write, start, served, faults };
}

/** Lets the files be looked at for some seconds. */
function pass(seconds: number): void {
  for (let second = 0; second < seconds; second += 1) vi.advanceTimersByTime(1000);
}

test("a certificate whose files do not change is not taken again", async () => {
  const { start, served, faults } = await watch();
  start();
  pass(10);
  expect([served, faults]).toEqual([[], []]);
});

test("files that changed between their first reading and the first look are served", async () => {
  const { write, start, served } = await watch();
  const next = await issue();
  write(next);
  start();
  pass(3);
  expect(served).toEqual([next.cert]);
});

test("a certificate that is valid only later is served from then on, and told once", async () => {
  const { write, start, served, faults } = await watch();
  start();
  pass(3);
  const next = await issue(1);
  write(next);
  pass(59);
  expect(served).toEqual([]);
  expect(faults).toEqual([expect.stringContaining("is valid only from")]);
  pass(3);
  expect(served).toEqual([next.cert]);
  expect(faults).toHaveLength(1);
});

test("a key that can be read only later is served from then on", async () => {
  const { files, write, start, served, faults } = await watch();
  start();
  pass(3);
  const next = await issue();
  write(next);
  chmodSync(files.privateKey, 0o000);
  asOrdinaryUser(() => pass(5));
  expect(faults).toEqual([expect.stringContaining("permission denied")]);
  chmodSync(files.privateKey, 0o600);
  if (process.geteuid?.() === 0) chownSync(files.privateKey, 65_534, 65_534);
  asOrdinaryUser(() => pass(3));
  expect(served).toEqual([next.cert]);
  expect(faults).toHaveLength(1);
});

test("a new certificate that the server does not take is told as a fault, once, and not as read", async () => {
  const { folder, files, write } = await watch();
  const lines: string[] = [];
  const log = createLog({ log: "text" }, { write: (line) => void lines.push(line) });
  const opened = await openCertificate(
    readSettings({ folder, env: {}, options: { https: "true", ...files } }),
    log,
  );
  let isTaken = false;
  opened?.watch(() => {
    if (!isTaken) throw new Error("not this one");
  });
  write(await issue());
  pass(5);
  expect(lines).toEqual([expect.stringContaining("not this one The certificate that was read before")]);
  isTaken = true;
  pass(2);
  expect(lines.slice(1)).toEqual([expect.stringContaining("the certificate has changed and was read again")]);
});
