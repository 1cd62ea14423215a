import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEditor } from "../../../../test/editor-driver.ts";
import { loggedChange } from "../../../../test/logged-change.ts";
import { awkwardNames, listedApp, sampleId } from "../../../../test/sample-apps.ts";
import { widthOf } from "../../../text/width.ts";

const changes = awkwardNames.map((_, index) =>
  loggedChange({
    appId: sampleId(index),
    version: 8 + index * 37,
    cursor: `c${index}`,
    // The editor's clock of these tests begins at this time.
    changedAt: new Date(1_000_000).toISOString(),
    actor: ["Ada Byron", "給与計算 担当者", "someone.with.a.long.name@contoso.example"][index % 3] ?? "",
    origin: index % 2 === 0 ? "api" : "editor",
    before: { failedDeviceCount: 18 },
    after: { failedDeviceCount: index % 4 === 0 ? 2_147_483_647 : 16 },
  }),
);

/** The places in cells at which a pattern is found in the rows. */
function places(rows: readonly string[], pattern: RegExp): ReadonlySet<number> {
  return new Set(
    rows.flatMap((row) => {
      const found = pattern.exec(row);
      return found === null ? [] : [widthOf(row.slice(0, found.index))];
    }),
  );
}

test.each([80, 100, 120, 160])(
  "in %i columns the history of all apps has columns, also beside wide characters and large numbers",
  (columns) => {
    const editor = driveEditor(
      awkwardNames.map((name, index) => listedApp(index, name)),
      { columns, rows: 60 },
    );
    editor.press("H");
    editor.happen({ kind: "historyRead", generation: 1, changes, hasMore: false });
    const rows = drawEditor(editor.state());
    const heads = rows.filter((row) => /\d+ → \d+ *$/.test(row));
    expect(heads).toHaveLength(changes.length);
    expect(places(heads, /Ada|給与計算 担|someone/).size).toBe(1);
    expect(places(heads, /(?<= )(?:api|editor) /).size).toBe(1);
    expect(places(rows, /failed d {2}/).size).toBe(1);
    expect(places(rows, / → +[\d,]+ +[+−]/).size).toBe(1);
  },
);
