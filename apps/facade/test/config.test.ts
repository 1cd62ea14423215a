import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createSettingsSchema } from "../src/settings/settings-schema.ts";
import { runFacade } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

test("config prints what serve would use and why, and makes no data folder", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "facade.json");
  writeFileSync(file, '{"limits": {"writes": 7}}');
  const place = { folder, env: { INSTALL_SUMMARY_HOST: "::1" } };
  const { exit, stdout, stderr } = await runFacade(
    place,
    "config",
    "--config",
    file,
    "--port",
    "1",
    "--https",
  );
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout).toMatch(/^host +::1 +INSTALL_SUMMARY_HOST$/m);
  expect(stdout).toMatch(/^port +1 +--port$/m);
  expect(stdout).toMatch(/^https +true +--https$/m);
  expect(stdout).toMatch(/^readOnly +false +default$/m);
  expect(stdout.split("\n").find((line) => line.startsWith("limits.writes"))).toMatch(
    new RegExp(` 7 +${file}$`),
  );
  expect(existsSync(join(folder, ".data"))).toBe(false);
});

test("a setting that serve would refuse is refused in the same words", async () => {
  const place = { folder: temporaryFolder() };
  const [shown, served] = await Promise.all([
    runFacade(place, "config", "--port", "70000"),
    runFacade(place, "serve", "--port", "70000"),
  ]);
  expect(shown).toEqual(served);
  expect(shown).toMatchObject({ exit: 2, stdout: "" });
});

test("the schema of the config file is printed, and is in the package", async () => {
  const { exit, stdout } = await runFacade({ folder: temporaryFolder() }, "config", "--schema");
  expect({ exit, schema: JSON.parse(stdout) }).toEqual({ exit: 0, schema: createSettingsSchema() });
  const packed = new URL("../dist/config.schema.json", import.meta.url);
  expect(existsSync(packed), "build the facade first, with pnpm build").toBe(true);
  expect(readFileSync(packed, "utf8")).toBe(stdout);
});
