import { execFile, spawnSync } from "node:child_process";
import { chmodSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { program, runFacade, startServing } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { temporaryFolder } from "./stores.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const pages = ["README.md", ...globSync("apps/facade/{README.md,docs/*.md}", { cwd: root })];
const run = promisify(execFile);
const app = "00000000-0000-4000-8000-000000000001";

test("every command and option on the pages is one of the program", async () => {
  const written = pages.flatMap(commandsOf);
  const help = new Map<string, string>();
  for (const command of new Set(written.map((one) => one.command))) {
    const { exit, stdout } = await runFacade({ folder: temporaryFolder() }, "help", command);
    expect({ command, exit }).toEqual({ command, exit: 0 });
    help.set(command, stdout);
  }
  for (const { page, command, options } of written) {
    const unknown = options.filter((option) => !help.get(command)?.includes(` ${option} `));
    expect({ page, command, unknown }).toEqual({ page, command, unknown: [] });
  }
  expect([...help.keys()]).toEqual(expect.arrayContaining(["serve", "import", "doctor", "config"]));
});

test("the lines of the pages for an operator's own machine work", async ({ skip }) => {
  const found = spawnSync("bash", ["-c", "command -v curl && command -v jq"]);
  skip(found.status !== 0, "bash, curl or jq is not on the PATH");
  const folder = temporaryFolder();
  const file = largeReport(folder, 3).replace(/report\.csv$/, "report.zip");
  // What a file holds says its kind, not its name.
  writeFileSync(file, readFileSync(join(folder, "report.csv")));
  const place = { folder, env: { PATH: programsOn(folder) } };
  const token = (await runFacade({ folder }, "token")).stdout.trim();
  const shell = async (block: string, port: string): Promise<string> => {
    const env = { ...place.env, INSTALL_SUMMARY_PORT: port, TOKEN: token };
    const lines = block.replaceAll("127.0.0.1:8420", `127.0.0.1:${port}`);
    return (await run("bash", ["-ec", lines], { cwd: folder, env })).stdout;
  };

  const [byHand = "", , overHttp = ""] = blocksOf("apps/facade/docs/intune.md");
  expect(await shell(byHand, "0")).toContain("3 created, 0 changed, 0 unchanged, 0 rejected.\n");
  const { url } = await startServing({ folder });
  const { port } = new URL(url);
  const imported = JSON.parse(await shell(overHttp.replace("application/zip", "text/csv"), port));
  expect(imported).toMatchObject({ created: 0, unchanged: 3, rejected: 0 });

  const [isItWell = ""] = blocksOf("apps/facade/docs/operate.md");
  const said = await shell(isItWell, port);
  expect(said).toContain("a facade serves the data folder");
  expect(said.endsWith("ok\nok\n")).toBe(true);

  const summary = `${url}/deviceAppManagement/mobileApps/${app}/installSummary`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  await fetch(summary, { method: "PATCH", headers, body: '{"failedDeviceCount":40,"failedUserCount":0}' });
  const [, takeBack = ""] = blocksOf("apps/facade/docs/change-log.md");
  const undone = JSON.parse(await shell(`APP=${app}\n${takeBack}`, port));
  expect(undone).toMatchObject({ failedDeviceCount: 2, failedUserCount: 7 });
});

test("the numbers that the rules for alerts read are served", async () => {
  const [, rules = ""] =
    /^```yaml\n(.*?)^```/ms.exec(readFileSync(join(root, "apps/facade/docs/operate.md"), "utf8")) ?? [];
  const names = new Set(rules.match(/\b(?:install_summary|nodejs)_\w+/g));
  const serving = await startServing({ folder: temporaryFolder() }, "--metrics", "0", "--log", "json");
  const [, metrics = ""] = /"metrics":"([^"]+)"/.exec(serving.output()) ?? [];
  await fetch(`${serving.url}/deviceAppManagement/mobileApps`);
  const served = await (await fetch(metrics)).text();
  expect(names.size).toBeGreaterThan(3);
  expect(
    [...names].filter((name) => !served.includes(`# HELP ${name.replace(/_(?:count|bucket)$/, "")} `)),
  ).toEqual([]);
});

/** A `PATH` on which the program is found by its name. */
function programsOn(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const file = join(bin, "install-summary-facade");
  const words = [process.execPath, program].map((word) => `'${word}'`);
  writeFileSync(file, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
  chmodSync(file, 0o755);
  return [bin, process.env["PATH"]].join(delimiter);
}

function blocksOf(page: string): readonly string[] {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/^```sh\n(.*?)^```/gms);
  return [...blocks].map(([, block = ""]) => block);
}

interface Written {
  readonly page: string;
  readonly command: string;
  readonly options: readonly string[];
}

/** The commands of the program that a page writes, with their options, up to a comment, a pipe or the end of the code. */
function commandsOf(page: string): readonly Written[] {
  const text = readFileSync(join(root, page), "utf8").replaceAll("\\\n", " ");
  const found = text.matchAll(/(?<![\w/.-])install-summary-facade (?:help )?([a-z]+)\b([^#|<`\n]*)/g);
  return [...found].map(([, command = "", rest = ""]) => ({
    page,
    command,
    options: rest.match(/(?<=\s)--[a-z-]+/g) ?? [],
  }));
}
