import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServing } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

const docs = new URL("../docs/", import.meta.url);

function readPage(name: string): string {
  return readFileSync(new URL(name, docs), "utf8");
}

/** What a server replies to who trusts this authority alone. */
function statusOf(url: string, authorityFile: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { ca: readFileSync(authorityFile) }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

test("the settings of the page about deployment start a facade that serves HTTPS, whose certificate ca.pem vouches for", async () => {
  const folder = temporaryFolder();
  const [, page = ""] = /<<'END'\n(.*?)^END$/ms.exec(readPage("deploy.md")) ?? [];
  const settings = page
    .replace("TENANT-ID", "3f2a6d1e-0c57-4a7e-9d3a-111111111111")
    .replace("CLIENT-ID", "5a1cbb2e-0c57-4a7e-9d3a-222222222222")
    // An address that every machine has.
    .replace("10.0.0.5", "127.0.0.1");
  const config = join(folder, "facade.json");
  writeFileSync(config, settings);

  const data = join(folder, "data");
  const { url } = await startServing({ folder }, "--config", config, "--data", data);

  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:/);
  expect(await statusOf(new URL("/livez", url).href, join(data, "ca.pem"))).toBe(200);
});

test("no page shows a command or a file that serves plain HTTP to other machines", () => {
  const names = readdirSync(docs).filter((name) => name.endsWith(".md"));
  const blocks = names.flatMap((name) =>
    [...readPage(name).matchAll(/^```(?:sh|bash|json)\n(.*?)^```$/gms)].map(([, text = ""]) => ({
      name,
      text,
    })),
  );
  // A command goes on behind a backslash.
  const commands = blocks.flatMap(({ name, text }) =>
    text
      .replaceAll("\\\n", " ")
      .split("\n")
      .map((command) => ({ name, command })),
  );
  const exposed = commands.filter(({ command }) =>
    /--host |"host": |_HOST=|docker run .*--publish 8420/.test(command),
  );
  expect(exposed.map(({ name }) => name)).toEqual(["deploy.md", "deploy.md", "entra.md"]);
  for (const { name, command } of exposed)
    expect([name, command]).toEqual([name, expect.stringMatching(/https/i)]);
});
