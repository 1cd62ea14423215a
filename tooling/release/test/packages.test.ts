import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { node22 } from "@tooling/node22";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { folderOf, packAndUnpack, published, type Published } from "../src/packages.ts";
import { run, succeed, waitForOutput } from "../src/run.ts";
import { cleanEnv, temporaryFolder } from "./place.ts";

// Packing runs pnpm, and installing asks the registry.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const app = "06a792e9-92e9-06a7-e992-a706e992a706";
const report = [
  "ApplicationId,DisplayName,Publisher,Platform,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount," +
    "NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount," +
    "NotInstalledUserCount,PendingInstallUserCount",
  `${app},Contoso Payroll,Contoso,5,4,1,8,7,9,2,15,6,5,7`,
].join("\n");

/** What a package may weigh: the tarball that is downloaded, and its files, in bytes. */
const budgets = {
  core: { packed: 264_000, unpacked: 900_000 },
  facade: { packed: 1_120_000, unpacked: 4_500_000 },
  // The editor and the commands are built apart, so zod, ky and core are in it twice: each starts sooner for that.
  tui: { packed: 655_000, unpacked: 2_290_000 },
};

/** Holds each package packed, as a tarball, and unpacked again, in a folder of its name. The tests only read it. */
let packages = "";
const tarballOf = (name: Published): string => join(packages, `install-summary-${name}.tgz`);
const unpackedOf = (name: Published): string => join(packages, name);

beforeAll(async () => {
  packages = await mkdtemp(join(tmpdir(), "install-summary-packages-"));
  await Promise.all(published.map((name) => packAndUnpack(name, packages)));
});
afterAll(() => rm(packages, { recursive: true }));

test.each(published)("%s has what it needs and nothing else, and no path of a machine", async (name) => {
  const unpacked = unpackedOf(name);
  const files = (await readdir(unpacked, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
  const names = files.map((file) => file.slice(unpacked.length + 1));
  expect(names).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
  expect(
    names.filter(
      (file) => !/^(dist|docs|deploy)\/|^(CHANGELOG\.md|LICENSE|README\.md|package\.json)$/.test(file),
    ),
  ).toEqual([]);
  expect(names.filter((file) => /\.(map|tsbuildinfo|db|log)$|\.test\./.test(file))).toEqual([]);

  const machine = [root, `${homedir()}/`, "/tmp/install-summary"];
  for (const file of files) {
    const content = await readFile(file, "utf8");
    const places = machine.filter((path) => content.includes(path));
    expect({ file, places }).toEqual({ file, places: [] });
  }

  const description: unknown = JSON.parse(await readFile(join(unpacked, "package.json"), "utf8"));
  expect(description).toMatchObject({ license: "MIT", engines: { node: expect.any(String) } });
  expect(description).not.toHaveProperty("private");
  for (const member of ["devDependencies", "scripts", "publishConfig"])
    expect(description).not.toHaveProperty(member);
  const dependencies = Object.keys(Object(description).dependencies ?? {});
  expect(dependencies).toEqual(name === "core" ? ["@zip.js/zip.js", "ky", "papaparse"] : []);

  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const unpackedSize = sizes.reduce((sum, size) => sum + size, 0);
  expect(unpackedSize).toBeLessThan(budgets[name].unpacked);
  expect((await stat(tarballOf(name))).size).toBeLessThan(budgets[name].packed);
});

test.each(published)(
  "the README of %s leads to files of the package, its other documents also to those of the repository, and scripts are there",
  async (name) => {
    const unpacked = unpackedOf(name);
    const documents = (await readdir(unpacked, { recursive: true })).filter((file) => file.endsWith(".md"));
    expect(documents).toContain("README.md");
    for (const document of documents) {
      const text = await readFile(join(unpacked, document), "utf8");
      const links = [...text.matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)].map(([, link = ""]) =>
        join(dirname(document), link),
      );
      const missing = links.filter(
        (link) =>
          !existsSync(join(unpacked, link)) &&
          (document === "README.md" || !existsSync(join(folderOf(name), link))),
      );
      expect({ document, missing }).toEqual({ document, missing: [] });
      const scripts = [...text.matchAll(/^bash .*?([\w-]+\.sh)\b/gm)].map(([, script = ""]) => script);
      const absent = scripts.filter((script) => !existsSync(join(unpacked, "deploy", script)));
      expect({ document, absent }).toEqual({ document, absent: [] });
    }
  },
);

test("the licences of what is bundled are in the packages of the programs", async () => {
  for (const [name, bundled] of [
    ["facade", ["hono", "jose", "pino", "zod", "@hono/node-server", "@stricli/core"]],
    ["tui", ["ink", "react", "yoga-layout", "ky", "@stricli/core"]],
  ] as const) {
    const licences = await readFile(join(unpackedOf(name), "dist/licences.txt"), "utf8");
    const headings = [...licences.matchAll(/^(\S+) \d\S* \([\w.-]+\)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(expect.arrayContaining([...bundled]));
    expect(licences.split("Permission is hereby granted, free of charge").length).toBeGreaterThan(10);
  }
});

test("the facade and the editor run from their tarballs with npx alone", async () => {
  const folder = temporaryFolder();
  const place = { cwd: folder, env: { ...cleanEnv(), npm_config_cache: join(folder, "cache") } };
  const [facade, tui] = ["./install-summary-facade.tgz", "./install-summary-tui.tgz"];
  for (const name of ["facade", "tui"] as const)
    await copyFile(tarballOf(name), join(folder, basename(tarballOf(name))));
  await writeFile(join(folder, "report.csv"), report);
  expect(await succeed("npx", ["--yes", facade, "import", "report.csv"], place)).toContain("1 created");

  const serving = spawn("npx", ["--yes", facade, "serve", "--port", "0"], { ...place, detached: true });
  onTestFinished(() => {
    const isRunning = serving.exitCode === null && serving.signalCode === null;
    if (serving.pid !== undefined && isRunning) process.kill(-serving.pid, "SIGKILL");
  });
  const [url = ""] = await waitForOutput(serving, /https?:[^\s"]+(?=\s)/);
  const token = (await succeed("npx", ["--yes", facade, "token"], place)).trim();
  const client = { ...place, env: { ...place.env, INSTALL_SUMMARY_URL: url, INSTALL_SUMMARY_TOKEN: token } };
  await succeed(
    "npx",
    ["--yes", tui, "set", "Contoso Payroll", "failed=8", "users.pending-=2", "--yes"],
    client,
  );
  const summary: unknown = JSON.parse(
    await succeed("npx", ["--yes", tui, "get", app, "--output", "json"], client),
  );
  expect(summary).toMatchObject({ summary: { failedDeviceCount: 8, pendingInstallUserCount: 5 } });

  const summaryUrl = `${url}/deviceAppManagement/mobileApps/${app}/installSummary`;
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const patched = await fetch(summaryUrl, { method: "PATCH", headers, body: '{"failedDeviceCount":9}' });
  expect({ status: patched.status, body: await patched.json() }).toMatchObject({
    status: 200,
    body: { failedDeviceCount: 9, pendingInstallUserCount: 5 },
  });
  // Searches run in a thread of their own, whose file is in the package.
  const found = await fetch(`${url}/deviceAppManagement/mobileApps?$search=payroll`, { headers });
  expect(await found.json()).toMatchObject({ value: [{ id: app }] });
  // The reference page is made of files of the package.
  for (const path of ["/docs", "/docs/swagger-ui-bundle.js", "/openapi.json"]) {
    const { status } = await fetch(new URL(path, url), { redirect: "follow" });
    expect({ path, status }).toEqual({ path, status: 200 });
  }
  const ended = once(serving, "close");
  process.kill(-(serving.pid ?? 0), "SIGTERM");
  await ended;
});

const program = `
import { createFacade, startTestAuthority, UserError, type Facade, type Log } from "@install-summary/facade";
import { createInstallSummaryClient } from "@install-summary/core/client";

const lines: string[] = [];
const log: Log = {
  debug: () => undefined,
  info: (_fields, message) => void lines.push(message),
  warn: (_fields, message) => void lines.push(message),
  error: (_fields, message) => void lines.push(message),
  isLevelEnabled: () => true,
};
const facade: Facade = await createFacade({ log });
await facade.importReport(new Blob([process.argv[2] ?? ""]).stream());
const token = await facade.issueToken();
const client = createInstallSummaryClient({ baseUrl: facade.url + "/beta", token: () => token });
const { summary } = await client.update("${app}", { failedDeviceCount: 8 });
const searched: (string | null)[] = [];
for await (const { displayName } of client.list({ search: "payroll" })) searched.push(displayName);
await facade.close();
console.log(JSON.stringify({
  failed: summary.failedDeviceCount, searched, served: lines.includes("served"),
  kinds: [typeof startTestAuthority, typeof UserError],
}));
`;

test("createFacade and the client work from the packages in a program of strict TypeScript", async () => {
  const folder = temporaryFolder();
  const types = createRequire(import.meta.url).resolve("@types/node/package.json");
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await writeFile(join(folder, "main.ts"), program);
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2024",
        module: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        types: ["node"],
        typeRoots: [join(types, "../..")],
      },
    }),
  );
  const env = { ...cleanEnv(), npm_config_cache: join(folder, "cache") };
  const place = { cwd: folder, env };
  await succeed(
    "npm",
    ["install", "--no-audit", "--no-fund", tarballOf("core"), tarballOf("facade"), "zod"],
    place,
  );
  expect((await readdir(join(folder, "node_modules/@install-summary"))).toSorted()).toEqual([
    "core",
    "facade",
  ]);
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  expect((await run(process.execPath, [tsc, "-p", folder])).stdout).toBe("");
  expect(JSON.parse(await succeed(process.execPath, ["main.ts", report], place))).toEqual({
    failed: 8,
    searched: ["Contoso Payroll"],
    served: true,
    kinds: ["function", "function"],
  });
});

test("core runs in Node 22 from its package, and the programs say there which Node they need", async () => {
  const folder = temporaryFolder();
  const place = { cwd: folder, env: { ...cleanEnv(), npm_config_cache: join(folder, "cache") } };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await succeed("npm", ["install", "--no-audit", "--no-fund", tarballOf("core"), "zod"], place);
  const script = `
    import { parsePatchText } from "@install-summary/core";
    import { goldenPairs } from "@install-summary/core/contract";
    import { writeReport } from "@install-summary/core/report";
    import "@install-summary/core/client";
    console.log(JSON.stringify([parsePatchText('{"failedDeviceCount":4.0}'), goldenPairs.length > 0, typeof writeReport]));`;
  const args = ["--input-type=module", "--eval", script];
  expect(JSON.parse(await succeed(node22, args, place))).toEqual([
    { failedDeviceCount: 4 },
    true,
    "function",
  ]);

  for (const [name, file] of [
    ["facade", "dist/bin/install-summary-facade.js"],
    ["tui", "dist/install-summary.js"],
  ] as const) {
    expect(await run(node22, [join(unpackedOf(name), file), "--version"], place)).toMatchObject({
      exit: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /^install-summary(-facade)?: Node 24\.11 or newer is needed; this is Node 22\./,
      ),
    });
  }
});
