import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { explainSettings } from "./explain-settings.ts";
import { settingTable } from "./setting-table.ts";

test("every setting is told once, with its value and the source that has it", () => {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "facade.json");
  writeFileSync(
    file,
    '{"$schema": "./config.schema.json", "port": 1, "limits": {"writes": 7}, "wrapGet": true}',
  );
  const told = explainSettings({
    folder,
    env: { INSTALL_SUMMARY_PORT: "2", INSTALL_SUMMARY_LOG: "json" },
    options: { config: "facade.json", log: "text" },
  });
  expect(told.map(({ key }) => key)).toEqual(settingTable.map(({ key }) => key));
  expect(told).toEqual(
    expect.arrayContaining([
      { key: "port", value: "2", source: "INSTALL_SUMMARY_PORT" },
      { key: "log", value: "text", source: "--log" },
      { key: "limits.writes", value: "7", source: file },
      { key: "wrapGet", value: "true", source: file },
      { key: "tenants", value: "none", source: "default" },
      { key: "store", value: `sqlite:${folder}/.data/install-summary.db`, source: "default" },
    ]),
  );
});

test("what may be a password in a URL is hidden", () => {
  const env = {
    INSTALL_SUMMARY_TENANTS: "3f2a6d1e-0c57-4a7e-9d3a-111111111111",
    INSTALL_SUMMARY_AUDIENCE: "https://ada:secret@contoso.com/app",
  };
  const audience = explainSettings({ folder: "/", env }).find(({ key }) => key === "audience");
  expect(audience).toMatchObject({ value: "https://…@contoso.com/app", source: "INSTALL_SUMMARY_AUDIENCE" });
});

test("settings that do not fit are refused as serve refuses them", () => {
  expect(() => explainSettings({ folder: "/", env: { INSTALL_SUMMARY_PORT: "x" } })).toThrow("port must be");
});
