import { capitalized } from "../../../words/capitalized.ts";
import type { EditorState, PaletteScreen, Screen } from "../../model/editor-state.ts";
import { findTexts } from "../../../find/fuzzy.ts";
import { sortChoices } from "../../model/sort.ts";
import { keyRows } from "./help-text.ts";
import type { KeyLabel, KeyRow } from "./key-rows.ts";
import type { Glyphs } from "../glyphs.ts";

/** Something that keys do, and the keys that do it. */
export interface PaletteCommand {
  readonly label: string;
  /** As they are written on a keyboard. */
  readonly written: string;
  /** As the reducer calls them, one after the other. */
  readonly keys: readonly string[];
}

/** Whether a screen has commands: one that takes text, or is only read, has none. */
export function hasPalette(state: EditorState, glyphs: Glyphs): boolean {
  return keyRows(state, state.screen, glyphs) !== undefined;
}

/** The commands of the screen below a palette that its text finds, the best first. */
export function paletteCommands(
  state: EditorState,
  { back, text }: PaletteScreen,
  glyphs: Glyphs,
): readonly PaletteCommand[] {
  const rows = (keyRows(state, back, glyphs) ?? []).flatMap((row) => commandsOf(row, glyphs));
  // A screen says what its Esc does better than the row of all screens.
  const own = rows.filter(({ keys }, place) => rows.findIndex((row) => row.keys[0] === keys[0]) === place);
  const all = [...own, ...sortCommands(back)];
  const labels = all.map(({ label }) => label);
  return findTexts(labels, text).flatMap((place) => all[place] ?? []);
}

/** Of several keys that do the same the first one counts. Keys that only move are no commands. */
function commandsOf([keys, label, apart]: KeyRow, glyphs: Glyphs): readonly PaletteCommand[] {
  const labels: readonly KeyLabel[] = apart ?? [[keys.split("  ")[0] ?? keys, label]];
  return labels.flatMap(([written, does]) => {
    const key = keyOf(written, glyphs);
    return key === undefined ? [] : [{ label: capitalized(does), written, keys: [key] }];
  });
}

/** The orders of the list: from there with the key of the menu before. */
function sortCommands({ name }: Screen): readonly PaletteCommand[] {
  if (name === "list")
    return sorts.map(({ key, label }) => ({ label, written: `o ${key}`, keys: ["o", key] }));
  if (name !== "sort") return [];
  const stay: PaletteCommand = { label: "Leave the order as it is", written: "Esc", keys: ["escape"] };
  return [...sorts.map(({ key, label }) => ({ label, written: key, keys: [key] })), stay];
}

const sorts = [
  ...sortChoices.map(({ key, label }) => ({ key, label: `Sort by ${label}` })),
  { key: "u", label: "Sort by users, or by devices again" },
  { key: "r", label: "Sort the other way round" },
];

const named: Readonly<Record<string, string>> = { Space: " ", Tab: "tab", Esc: "escape" };

function keyOf(written: string, glyphs: Glyphs): string | undefined {
  if (written === glyphs.keys.enter) return "enter";
  if (written === ":") return undefined;
  const letter = /^Ctrl-([A-Z])$/.exec(written)?.[1];
  if (letter !== undefined) return `ctrl-${letter.toLowerCase()}`;
  return named[written] ?? (/^[^\s\d]$/u.test(written) ? written : undefined);
}
