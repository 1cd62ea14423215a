import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "@tooling/launch/project";
import { expect, test } from "vitest";
import { runClient } from "../src/run-client.ts";
import { startTeamFacade } from "../src/start-team-facade.ts";

const page = join(root, "apps", "facade", "docs", "recipes.md");
const languages = ["sh", "js", "python", "go", "java"];
const withoutProgram = ["console", "powershell", "csharp", "powerquery", "text"];

test("the parts on the page of recipes are lines of the programs that the tests run", async () => {
  const [, ...sections] = (await readFile(page, "utf8")).split(/^## /m);
  const checked: string[] = [];
  for (const section of sections) {
    const [, file] = /\]\(\.\.\/\.\.\/\.\.\/examples\/([^)]+)\)/.exec(section) ?? [];
    for (const [, language = "", part = ""] of section.matchAll(/^```(\w*)\n(.*?)^```$/gms)) {
      if (withoutProgram.includes(language)) continue;
      expect(languages).toContain(language);
      const program = lines(await readFile(join(root, "examples", file ?? ""), "utf8"));
      expect(program).toContain(lines(part));
      checked.push(language);
    }
  }
  expect([...new Set(checked)].toSorted()).toEqual(languages.toSorted());
});

test("the page says of each part that no test runs that it was not run", async () => {
  const [, ...sections] = (await readFile(page, "utf8")).split(/^##+ /m);
  const unrun = sections.filter((section) => /^```(powershell|csharp|powerquery)/m.test(section));
  expect(unrun.filter((section) => !/not run/i.test(section))).toEqual([]);
  expect(unrun).toHaveLength(4);
});

test("the URL for Grafana reads the apps with the most failures", async () => {
  await using facade = await startTeamFacade();
  const written = /^```text\nhttps:\/\/summaries\.contoso\.com\/beta(.*)\n```$/m;
  const [, path = ""] = written.exec(await readFile(page, "utf8")) ?? [];
  const token = await facade.issueToken({ scope: "DeviceManagementApps.Read.All" });
  const { stdout } = await runClient({ ...facade, token }, [process.execPath, "--eval", readPath], {
    URL_PATH: path,
  });
  const { value } = JSON.parse(stdout);
  expect(value).toHaveLength(20);
  expect(value[0]).toMatchObject({
    displayName: "Jabra Direct",
    installSummary: { failedDeviceCount: 2004 },
  });
});

const readPath = `
  const { GRAPH, TOKEN, URL_PATH } = process.env;
  const response = fetch(GRAPH + URL_PATH, { headers: { Authorization: "Bearer " + TOKEN } });
  response.then((one) => one.text()).then(console.log);
`;

/** Code without indentation, blank lines and comments of a shell: on a page those would be pasted, so the text says them. */
function lines(code: string): string {
  const trimmed = code.split("\n").map((line) => line.trim());
  return `${trimmed.filter((line) => line !== "" && !line.startsWith("# ")).join("\n")}\n`;
}
