import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createReadStream } from "node:fs";
import { createFacade } from "@install-summary/facade";
import { editorProgram, fromSources, sampleTenant } from "@tooling/launch/project";
import { expect, onTestFinished, test } from "vitest";
import { startInTerminal } from "../../src/run-start.ts";
import { createSandbox } from "../../src/sandbox.ts";

const exampleId = "06a792e9-92e9-06a7-e992-a706e992a706";

/** A facade over HTTPS with the sample tenant, and the environment of programs that trust it. */
async function open(): Promise<Readonly<Record<string, string>>> {
  const facade = await createFacade({ settings: { https: true } });
  onTestFinished(() => facade.close());
  await facade.importReport(createReadStream(sampleTenant));
  const { folder } = await createSandbox();
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    USERPROFILE: folder,
    APPDATA: folder,
    LOCALAPPDATA: folder,
    INSTALL_SUMMARY_URL: `${facade.url}/beta`,
    INSTALL_SUMMARY_TOKEN: await facade.issueToken(),
    NODE_EXTRA_CA_CERTS: facade.authorityFile ?? "",
  };
}

async function run(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [exit]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { exit, stdout, stderr };
}

test("the commands read and change over HTTPS where NODE_EXTRA_CA_CERTS names ca.pem, and say so where it does not", async () => {
  const env = await open();
  const set = await run(env, editorProgram, "set", exampleId, "failed=3");
  expect([set.exit, set.stdout]).toEqual([0, expect.stringContaining('ETag  W/"2"')]);
  const list = await run(env, editorProgram, "list", "-o", "json", "--limit", "0");
  expect(JSON.parse(list.stdout)).toHaveLength(200);

  const untrusted = await run(
    { ...env, NODE_EXTRA_CA_CERTS: "" },
    editorProgram,
    "set",
    exampleId,
    "failed=4",
  );
  expect(untrusted.exit).toBe(7);
  expect(untrusted.stderr).toContain("No connection to 127.0.0.1:");
  expect(untrusted.stderr).toContain("set NODE_EXTRA_CA_CERTS to the file ca.pem");
  const plain = { ...env, INSTALL_SUMMARY_URL: env["INSTALL_SUMMARY_URL"]?.replace("https:", "http:") ?? "" };
  expect((await run(plain, editorProgram, "list")).stderr).toContain("Write https:// instead of http://");
});

test("the editor that start opens on HTTPS shows the apps and sends a change", async () => {
  const sandbox = await createSandbox();
  const editor = startInTerminal({ ...sandbox, env: { ...sandbox.env, INSTALL_SUMMARY_HTTPS: "true" } });
  await editor.shows("200 apps · by failed", 60);
  editor.type("/payroll\r");
  await editor.shows("Contoso · Android · version 1");
  editor.type("\u001B[C");
  await editor.shows("Devices on which installing the app failed.");
  editor.type("8\r");
  await editor.shows("Staged: failed devices 16 → 8 (−8).");
  editor.type("s");
  await editor.shows('{"failedDeviceCount":8}');
  editor.type("y");
  await editor.shows("1 → 2  ");
  await editor.shows(`INSTALL_SUMMARY_URL='https://127.0.0.1:${sandbox.port}/beta'`);
  // What undoes it runs in a shell that trusts nothing yet.
  expect(editor.screen()).toContain("NODE_EXTRA_CA_CERTS=");
  editor.type("q");
  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
});

test("core's client lists, changes and pages over HTTPS", async () => {
  const env = await open();
  const program = fileURLToPath(new URL("../../src/use-client.ts", import.meta.url));
  const { exit, stdout, stderr } = await run(env, fromSources, program);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toEqual({ apps: 200, failed: 12, stale: "PreconditionFailed" });
});
