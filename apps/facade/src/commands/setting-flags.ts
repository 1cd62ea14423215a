import { parseSwitch } from "@install-summary/command-line";
import { helpText } from "../settings/document-settings.ts";
import { settingTable } from "../settings/setting-table.ts";
import { textFlag } from "./flags.ts";

/** The options of every command, as they were typed. */
export interface SharedFlags {
  readonly data?: string;
  readonly store?: string;
  readonly config?: string;
}

/** The options that commands share. */
export const sharedFlags = {
  data: textFlag("DIR", helpOf("data")),
  store: textFlag("URL", helpOf("store")),
  config: textFlag("FILE", "JSON file of settings; options and the environment override it"),
};

/** All settings that have an option, by their keys. A switch has no placeholder, and may be given a value. */
export const settingFlags = Object.fromEntries(
  settingTable
    .filter(({ option }) => option !== undefined)
    .map(({ key, setting }) => [
      key,
      {
        kind: "parsed",
        // Any other text is refused by the setting's own rule.
        parse: (text: string): string | boolean =>
          setting.option === "" ? (parseSwitch(text) ?? text) : text,
        inferEmpty: setting.option === "",
        optional: true,
        placeholder: setting.option ?? "",
        brief: helpText(setting),
      } as const,
    ]),
);

function helpOf(key: string): string {
  const row = settingTable.find((one) => one.key === key);
  return row === undefined ? "" : helpText(row.setting);
}
