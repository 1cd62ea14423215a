import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { openSite } from "../src/open-site.ts";

const schemaFile = new URL("../../../apps/tui/docs/output.schema.json", import.meta.url);
const id = "outputs";

test("what each command prints as JSON is what the documented schema says", async () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { "date-time": true } });
  const schema = JSON.parse(await readFile(schemaFile, "utf8"));
  ajv.addSchema({ ...schema, $id: id });
  const faultsOf = (command: string, value: unknown): unknown => {
    const validate = ajv.getSchema(`${id}#/$defs/${encodeURIComponent(command)}`);
    if (validate === undefined) return `no schema for ${command}`;
    return validate(value) === true ? [] : validate.errors;
  };
  const { run, write, baseUrl } = await openSite();
  const checked = new Set<string>();
  const check = async (command: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(...command.split(" "), ...args, "--output", "json");
    expect({ command, args, faults: faultsOf(command, JSON.parse(stdout)) }).toEqual({
      command,
      args,
      faults: [],
    });
    checked.add(command);
    return stdout;
  };

  const [first = "", second = ""] = JSON.parse(
    (await run("list", "--query", "[].id", "--output", "json")).stdout,
  );
  await check("list", "--limit", "3");
  await check("get", first);
  await check("get", first, second);
  await check("set", first, "failed+=1000", "--dry-run");
  await check("set", first, "failed+=1000", "--yes");
  await check("history", first);
  await check("undo", first, "--yes");
  const rows = [first, second].map((app) => `${app},77`).join("\n");
  await write("apps.csv", `ApplicationId,FailedUserCount\n${rows}\n`);
  await write("plan.json", await check("plan", "apps.csv"));
  await check("apply", "plan.json", "--dry-run");
  await run("set", first, "failed+=1", "--yes");
  await check("apply", "plan.json", "--each", "--yes");
  await write("bad.csv", "ApplicationId,FailedUserCount\nnope,1\n");
  await check("import", "bad.csv", "--yes");
  await check("config");
  await check("doctor");
  await check("contract verify", baseUrl, "--yes", "--only", "list");

  const { stderr } = await run("get", "no such app", "--output", "json");
  expect(faultsOf("error", JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? ""))).toEqual([]);
  const parts = ["counter", "id", "summary", "patch", "warning", "app", "change", "error"];
  expect(
    Object.keys(schema.$defs)
      .filter((name) => !parts.includes(name))
      .toSorted(),
  ).toEqual([...checked].toSorted());
});
