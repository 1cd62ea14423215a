import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { node22 } from "@tooling/node22";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { exerciseCore, type ExerciseInput } from "./exercise-core.ts";
import { makeZip } from "./make-zip.ts";
import { appId, examplePatch } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";
import { serve } from "./serve.ts";

const chromiumPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const folder = fileURLToPath(new URL("..", import.meta.url));

// Scripts for the browser. They are texts, so that no compiler changes them.
const workerScript = `import { exerciseCore } from "/core.js";
onmessage = async ({ data }) => postMessage(await exerciseCore(data));`;
const inPage = `(input) => import("/core.js").then(({ exerciseCore }) => exerciseCore(input))`;
const inWorker = `(input) => new Promise((resolve, reject) => {
  const worker = new Worker("/worker.js", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(input);
})`;

const expected = {
  patched: 1000,
  refused:
    "The property 'installedDevicesCount' does not exist on type 'microsoft.graph.mobileAppInstallSummary'. Did you mean 'installedDeviceCount'?",
  etags: ['W/"1"', 'W/"2"'],
  failed: 0,
  stale: true,
  zipped: [{ line: 2, app: { id: appId, displayName: "Contoso" }, patch: { failedDeviceCount: 4 } }],
  written: [{ line: 2, app: { id: appId, displayName: "=1, 給与" }, patch: examplePatch }],
  differences: [],
  memory: [503, 200, 2],
};

test("the sources run in the Node of this repository", async () => {
  expect(await exerciseCore(await makeInput())).toEqual(expected);
});

test("the build runs in Node 22", async () => {
  const script = await exercise("external");
  expect(JSON.parse(await runScript(node22, ["--input-type=module"], script))).toEqual(expected);
});

test("a CommonJS program requires every entry of the build in Node 22", async () => {
  const script = `const entries = ["", "/client", "/contract", "/report", "/service", "/text"];
    console.log(entries.map((entry) => Object.keys(require("@install-summary/core" + entry)).length > 0).join());`;
  const printed = await runScript(node22, ["--input-type=commonjs"], script);
  expect(printed.trim()).toBe("true,true,true,true,true,true");
});

test.for<[string, string, string[]]>([
  ["Deno", "deno", ["run", "--allow-net=127.0.0.1", "-"]],
  ["Bun", "bun", ["run", "-"]],
])("the build runs in %s", async ([name, program, args], { skip }) => {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const installed = folders.some((place) => existsSync(join(place, program)));
  skip(!installed, `${name} is not on the PATH`);
  expect(JSON.parse(await runScript(program, args, await exercise("bundle")))).toEqual(expected);
});

test("the build runs in Chromium, in a page and in a worker", async ({ skip }) => {
  skip(chromiumPath === undefined, "Chromium is not installed (apt-get install chromium)");
  const files: Readonly<Record<string, string>> = {
    "/core.js": await bundle({ packages: "bundle" }),
    "/worker.js": workerScript,
  };
  const { origin } = await serve(({ url }, response) => {
    const file = files[url];
    response.setHeader("content-type", file === undefined ? "text/html" : "text/javascript");
    response.end(file ?? "<!doctype html><title>core</title>");
  });
  // Chromium's sandbox does not start for root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: chromiumPath ?? "", args });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(origin);
  expect(await page.evaluate(`(${inPage})(${JSON.stringify(await makeInput())})`)).toEqual(expected);
  expect(await page.evaluate(`(${inWorker})(${JSON.stringify(await makeInput())})`)).toEqual(expected);
});

/** Starts a server with version 1 of a summary that allows requests from pages of other origins. */
async function makeInput(): Promise<ExerciseInput> {
  const { baseUrl } = await serveSummary(({ request, response, proceed }) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-methods", "*");
    response.setHeader(
      "access-control-allow-headers",
      "authorization, client-request-id, content-type, if-match, if-none-match",
    );
    response.setHeader("access-control-expose-headers", "etag");
    if (request.method === "OPTIONS") response.writeHead(204).end();
    else proceed();
  });
  const csv = `ApplicationId,DisplayName,FailedDeviceCount\n${appId},Contoso,4\n`;
  return { baseUrl, appId, zip: [...makeZip({ name: "report.csv", data: csv })] };
}

/** The exercise as one script that bundles the built entries or imports them. */
async function bundle({ packages }: { readonly packages: "bundle" | "external" }): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("exercise-core.ts", import.meta.url))],
    bundle: true,
    packages,
    write: false,
    format: "esm",
    platform: packages === "bundle" ? "browser" : "node",
    target: "es2024",
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** A script that prints the result of the exercise. */
async function exercise(packages: "bundle" | "external"): Promise<string> {
  return `${await bundle({ packages })}
    exerciseCore(${JSON.stringify(await makeInput())}).then((found) => console.log(JSON.stringify(found)));`;
}

/** Lets a program run a script from its standard input, in the folder of this package, and returns its output. */
async function runScript(program: string, args: readonly string[], script: string): Promise<string> {
  const child = execFile(program, args, { cwd: folder });
  child.stdin?.end(script);
  let printed = "";
  child.stdout?.on("data", (chunk: string) => (printed += chunk));
  child.stderr?.on("data", (chunk: string) => (printed += chunk));
  const [status]: unknown[] = await once(child, "close");
  if (status !== 0) throw new Error(printed);
  return printed;
}
