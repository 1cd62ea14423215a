import { execFile, execFileSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { createAuthenticate } from "../src/identity/authenticate.ts";
import {
  developmentTenantId,
  openDevelopmentIssuer,
} from "../src/identity/development/development-issuer.ts";
import { prepareFolderToRead } from "../src/data-folder/prepare-folder.ts";
import { temporaryFolder } from "./stores.ts";

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

test("a key is made once, readable for its owner only, and kept", async () => {
  const folder = join(temporaryFolder(), "data");
  const first = await openDevelopmentIssuer(folder);
  const file = join(folder, "development-key.pem");
  expect(readdirSync(folder)).toEqual(["development-key.pem"]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  const second = await openDevelopmentIssuer(folder);
  expect(second.keyId).toBe(first.keyId);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await createAuthenticate(second)(`Bearer ${await first.issueToken()}`)).toEqual({
    tenantId: developmentTenantId,
    actor: "developer",
    kind: "user",
    permissions: ["DeviceManagementApps.ReadWrite.All"],
    expiresAt: expect.any(Number),
  });
});

test("processes that start at once end up with one key", async () => {
  const folder = join(temporaryFolder(), "data");
  const program = fileURLToPath(new URL("key-opener.ts", import.meta.url));
  const open = promisify(execFile);
  const keys = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { stdout } = await open(process.execPath, [
        "--conditions=@install-summary/source",
        program,
        folder,
      ]);
      return stdout;
    }),
  );
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).not.toBe("");
  expect(readdirSync(folder)).toEqual(["development-key.pem"]);
});

test.each([
  ["damaged", "-----BEGIN PRIVATE KEY-----\n"],
  ["empty", ""],
  ["too short for RS256", pemOf(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey)],
  ["of another kind", pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey)],
])("a key that is %s is named and left as it is", async (_, text) => {
  const folder = temporaryFolder();
  const file = join(folder, "development-key.pem");
  writeFileSync(file, text);
  await expect(openDevelopmentIssuer(folder)).rejects.toThrow(
    `The development key ${file} is not an RSA private key of at least 2048 bits. Move it aside to have a new one created`,
  );
  expect(readFileSync(file, "utf8")).toBe(text);
});

test.each([
  ["a folder", (file: string) => mkdirSync(file)],
  ["a pipe", (file: string) => void execFileSync("mkfifo", [file])],
  ["a device without an end", (file: string) => symlinkSync("/dev/zero", file)],
])("a key that is %s is refused, and not read", async (_what, make) => {
  const folder = temporaryFolder();
  const file = join(folder, "development-key.pem");
  make(file);
  await expect(openDevelopmentIssuer(folder)).rejects.toThrow(
    `The development key ${file} is a folder, a pipe or a device, and not a file. Move it aside`,
  );
});

test("a link in the place of a key that leads nowhere is named", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "development-key.pem");
  symlinkSync(join(folder, "none"), file);
  await expect(openDevelopmentIssuer(folder)).rejects.toThrow(
    `The development key ${file} cannot be used: a file or a broken link is in the way.`,
  );
});

test("a key is opened in a folder that cannot be written", async () => {
  const folder = temporaryFolder();
  const { keyId } = await openDevelopmentIssuer(folder);
  const file = join(folder, "development-key.pem");
  const before = statSync(file, { bigint: true }).ctimeNs;
  chmodSync(folder, 0o500);
  prepareFolderToRead(folder);
  expect((await openDevelopmentIssuer(folder)).keyId).toBe(keyId);
  // Not even the mode is written again.
  expect(statSync(file, { bigint: true }).ctimeNs).toBe(before);
});

test("a token has the claims that were asked for", async () => {
  const issuer = await openDevelopmentIssuer(temporaryFolder());
  const authenticate = createAuthenticate(issuer);
  const tenant = "0A0B0C0D-0000-4000-8000-000000000001";
  const user = await issuer.issueToken({ tenant, user: "ada", scope: "A B", expiresIn: 600 });
  expect(await authenticate(`Bearer ${user}`)).toEqual({
    tenantId: tenant.toLowerCase(),
    actor: "ada",
    kind: "user",
    permissions: ["A", "B"],
    // With the minute that clocks may differ by.
    expiresAt: (Number(decodeJwt(user).exp) + 60) * 1000,
  });
  const application = await issuer.issueToken({ application: true, scope: "A B" });
  expect(await authenticate(`Bearer ${application}`)).toMatchObject({
    kind: "application",
    permissions: ["A", "B"],
  });
  await expect(authenticate(`Bearer ${await issuer.issueToken({ expiresIn: -61 })}`)).rejects.toThrow(
    "expired",
  );
  await expect(issuer.issueToken({ tenant: "common" })).rejects.toThrow("The tenant 'common' is not a GUID.");
});

test("a token of another folder's issuer is refused", async () => {
  const ours = await openDevelopmentIssuer(temporaryFolder());
  const other = await openDevelopmentIssuer(temporaryFolder());
  await expect(createAuthenticate(ours)(`Bearer ${await other.issueToken()}`)).rejects.toThrow(
    "Invalid signature.",
  );
});
