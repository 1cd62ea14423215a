import { describe, expect, test } from "vitest";
import { settingTable } from "../settings/setting-table.ts";
import { toggle } from "../settings/setting-types.ts";
import { settingFlags } from "./setting-flags.ts";

const switches = settingTable.filter(({ setting }) => setting.option === "");

/** What the setting makes of an option with this text behind its name. */
function given(key: string, text: string): boolean | undefined {
  return toggle.parse(settingFlags[key]?.parse(text), "/");
}

test("there are switches among the settings", () => {
  expect(switches.map(({ key }) => key)).toContain("readOnly");
});

describe.each(switches)("the option $key", ({ key }) => {
  test.each(["", "true", "True", "TRUE", "t", "yes", "y", "on", "1"])("is yes with %j", (text) => {
    expect(given(key, text)).toBe(true);
  });

  test.each(["false", "False", "f", "no", "n", "off", "0"])("is no with %j", (text) => {
    expect(given(key, text)).toBe(false);
  });

  test.each(["ture", "2", "prod", " true"])("is refused with %j", (text) => {
    expect(given(key, text)).toBe(undefined);
  });
});
