import { settingTable, type NamedSetting } from "./setting-table.ts";

/** The settings as a table in Markdown, for the README. */
export function settingsAsMarkdown(): string {
  const rows = settingTable.map(({ key, option, variable, setting }) => [
    option === undefined ? "" : `\`${option}\``,
    `\`${variable}\``,
    `\`${key}\``,
    `\`${defaultText(setting)}\``,
    setting.help,
  ]);
  const table = [["option", "variable", "in the file", "default", "what it does"], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((cells) => (cells[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = table;
  const rule = (widths ?? []).map((width) => "-".repeat(width));
  return [line(head), line(rule), ...body.map(line)].join("\n");
}

/** Settings that have no option, by their variables, for help texts. */
export function settingsWithoutOption(): readonly (readonly [variable: string, meaning: string])[] {
  return settingTable
    .filter(({ option }) => option === undefined)
    .map(({ variable, setting }) => [variable, helpText(setting)]);
}

/** What a setting does, and its default. */
export function helpText(setting: NamedSetting["setting"]): string {
  const usual = setting.default === false ? "" : ` (default: ${defaultText(setting)})`;
  return setting.help + usual;
}

function defaultText({ default: usual, defaultText: words }: NamedSetting["setting"]): string {
  return words ?? String(usual);
}
