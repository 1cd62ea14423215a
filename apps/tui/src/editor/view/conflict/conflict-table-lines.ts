import { capitalized } from "../../../words/capitalized.ts";
import { changedBy, type Who } from "../../../words/changed-by.ts";
import { changesBetween, whoChanged } from "../../model/changers.ts";
import {
  conflictApps,
  conflictLines,
  countOpen,
  currentConflict,
  type ConflictApp,
  type ConflictRow,
} from "../../model/conflicts.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import { stagedMove } from "../../model/shown-moves.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, spread, type Line } from "../line.ts";
import { windowOf } from "../window-of.ts";
import { appHeadLines } from "./app-head-lines.ts";
import { sentenceLines } from "./conflict-sentence.ts";
import { counterRows, headLine, type Row } from "./counter-rows.ts";

/** Base, theirs, mine and what would be sent, of all apps that others have changed, and a word on the line under the cursor. */
export function conflictTableLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  const { screen, staging } = state;
  if (screen.name !== "conflict") return [];
  const width = Math.min(columns, widestPage);
  const current = currentConflict(staging, screen.line);
  const apps = conflictApps(staging);
  const isShort = height < roomy;
  const blank = isShort ? [] : [line()];
  const head = [titleLine(state, current, glyphs, width), ...blank, ...(width < narrow ? [] : [headLine()])];
  const foot = current === undefined ? [] : [...blank, ...sentenceLines(current, width)];
  const rows = apps.flatMap((app) => appRows(state, app, current, glyphs, width));
  const room = Math.max(1, height - head.length - foot.length);
  const at = rows.findIndex(({ isCurrent }) => isCurrent);
  const shown = windowOf(rows, at, room).map((row) => row.line);
  return [...head, ...shown, ...foot].slice(0, height);
}

const shortTitles = {
  you: (apps) => `You changed ${apps} elsewhere`,
  others: (apps) => `Others changed ${apps}`,
  unknown: (apps) => `${apps} changed`,
} as const satisfies Readonly<Record<Who, (apps: string) => string>>;

function titleLine(
  { staging, changers }: EditorState,
  current: ConflictRow | undefined,
  glyphs: Glyphs,
  width: number,
): Line {
  const moved = conflictApps(staging);
  const apps = moved.length;
  const who = whoChanged(
    changers,
    moved.map(({ staged }) => stagedMove(staged)),
  );
  const which = apps === 1 ? "this app" : `${apps} of these apps`;
  const short = shortTitles[who](counted(apps, "app"));
  const what = ` ${width < narrow ? short : capitalized(changedBy(who, which, { count: apps }))}`;
  const open = countOpen(staging);
  const lines = conflictLines(staging);
  const at = lines.findIndex(({ appId, counter }) => appId === current?.appId && counter === current.counter);
  const toDecide = open === 0 ? "all decided" : `${counted(open, "line")} to decide`;
  const facts = [`line ${at + 1} of ${lines.length}`, toDecide];
  while (facts.length > 1 && what.length + facts.join(" ").length + 5 > width) facts.shift();
  return spread(line(bold(what)), line(dim(`${facts.join(` ${glyphs.dot} `)} `)), width, glyphs.ellipsis);
}

function appRows(
  { changers, screen, now }: EditorState,
  { staged, rows }: ConflictApp,
  current: ConflictRow | undefined,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  const entry = screen.name === "conflict" ? screen.entry : undefined;
  const heads = appHeadLines(staged, changesBetween(changers, stagedMove(staged)), now, glyphs, width);
  return [
    ...heads.map((one) => ({ line: one, isCurrent: false })),
    ...rows.flatMap((row) => counterRows(row, current, entry, glyphs, width)),
  ];
}
