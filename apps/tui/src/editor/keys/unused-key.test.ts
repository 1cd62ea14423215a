import { expect, test } from "vitest";
import { drawEditor } from "../../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../../test/editor-driver.ts";
import { responded } from "../../../test/failures.ts";
import { listedApp, sampleId } from "../../../test/sample-apps.ts";

const apps = [listedApp(0, "App 00", { failedDeviceCount: 17 }), listedApp(1, "App 01")];

function told(editor: EditorDriver, ...keys: readonly string[]): string | undefined {
  editor.press(...keys);
  return editor.state().notice?.text;
}

test.each<[string, readonly string[], string]>([
  ["a digit in the list", ["7"], "→ first, then a number."],
  ["+ in the list", ["+"], "→ first, then a number."],
  ["x in the list", ["x"], "→ first: x reverts a counter."],
  ["y in the list", ["y"], "y sends from the review only: s opens it."],
  ["Esc in the list", ["escape"], "This is the list already: q quits."],
  ["i in the list", ["i"], "i does nothing here: ? shows the keys."],
  ["Space in the list", [" "], "Space does nothing here: ? shows the keys."],
  ["h in the review", ["right", "8", "enter", "s", "h"], "h does nothing here: ? shows the keys."],
  ["Ctrl-A in the list", ["ctrl-a"], "Ctrl-A does nothing here: ? shows the keys."],
  ["Tab in the filter", ["/", "tab"], "Tab does nothing here: Enter keeps the filter."],
  ["z in the sort menu", ["o", "z"], "The order stays as it was: no column has this key."],
  ["/ in the counters", ["right", "/"], "Esc first: / works in the list."],
  ["y in the counters", ["right", "y"], "y sends from the review only: s opens it."],
  ["PgDn in the counters", ["right", "pageDown"], "PgDn does nothing here: ? shows the keys."],
  ["x in the review", ["right", "8", "enter", "s", "x"], "x does nothing here: ? shows the keys."],
  ["s while sending", ["right", "8", "enter", "s", "y", "s"], "Sending: Esc stops after the running ones."],
  ["another key than y to the question of D", ["right", "8", "enter", "D", "n"], "Nothing was dropped."],
  ["another key than y to the question of q", ["right", "8", "enter", "s", "y", "q", "n"], "Not quit."],
  ["another key than a form to the question of c", ["c", "n"], "Nothing was copied."],
  ["x on a counter without an edit", ["right", "x"], "Nothing is staged for this counter."],
  ["a value that is there already", ["right", "1", "7", "enter"], "Failed devices: 17 is its value already."],
  [
    "a value that is staged already",
    ["right", "8", "enter", "up", "8", "enter"],
    "Failed devices: 8 is staged already.",
  ],
  ["n on the only app with edits", ["right", "8", "enter", "n"], "No other app has staged edits."],
  ["an arrow while a token is given", ["t", "up"], "Enter uses the token, Esc keeps the old one."],
  ["a key in the help", ["?", "z"], "z does nothing here: Esc goes back."],
  ["a key where what was copied is shown", ["c", "j", "z"], "z does nothing here: Esc goes back."],
])("%s does nothing and says why", (_, keys, text) => {
  const editor = driveEditor(apps);
  expect(told(editor, ...keys)).toBe(text);
});

test("a paste where nothing takes it says so", () => {
  const editor = driveEditor(apps);
  editor.happen({ kind: "paste", text: "8" });
  expect(editor.state().notice?.text).toBe("Nothing pasted: a paste goes into a counter. → first.");
  editor.press("right", "8", "enter", "s");
  editor.happen({ kind: "paste", text: "8" });
  expect(editor.state().notice?.text).toBe("Nothing pasted: a paste goes into a counter.");
  editor.press("c");
  editor.happen({ kind: "paste", text: "c" });
  expect(editor.state().notice?.text).toBe("Nothing pasted: the question comes first.");
  expect(editor.state().screen.name).toBe("review");
});

test("why a key is no reply is seen below the question", () => {
  const many = Array.from({ length: 21 }, (_, index) => listedApp(index));
  const editor = driveEditor(many);
  for (const _ of many) editor.press("right", "8", "enter", "escape", "down");
  editor.press("s", "y", "z");
  expect(drawEditor(editor.state()).join("\n")).toMatch(/Send to 21 apps\?.*\n.*Type 21, then Enter\./);
});

test("c where nothing could be read copies what happened, without a token", () => {
  const editor = driveEmptyEditor();
  const failure = responded(401, { message: "The token is expired.", requestId: "77ab" });
  editor.happen({ kind: "listFailed", generation: 1, failure });
  editor.press("c");
  expect(editor.effects()).toEqual([
    {
      kind: "copy",
      text: [
        "Not signed in (401): The token is expired.",
        "at 1970-01-01T00:16:40.000Z",
        "from http://127.0.0.1:8420/beta",
        "request-id 77ab",
      ].join("\n"),
    },
  ]);
});

test("without apps → says so", () => {
  for (const key of ["right", "h"]) expect(told(driveEditor([]), key)).toBe("There is no app to open.");
});

test("→ lands on the counter that the list is sorted by", () => {
  const editor = driveEditor(apps);
  editor.press("right");
  expect(editor.state().counter).toBe("failedDeviceCount");
  editor.press("down", "down", "escape", "o", "p", "enter");
  expect(editor.state().counter).toBe("pendingInstallDeviceCount");
  editor.press("escape", "o", "u", "right");
  expect(editor.state().counter).toBe("pendingInstallUserCount");
  editor.press("escape", "o", "m", "right");
  expect(editor.state().counter).toBe("pendingInstallUserCount");
});

test.each(["q", "escape", "?", "enter"])(
  "%s closes the help and what was copied, and ends nothing",
  (key) => {
    const editor = driveEditor(apps);
    editor.press("?", key);
    expect(editor.state().screen.name).toBe("list");
    editor.press("right", "8", "enter", "c", "c");
    expect(editor.state().screen.name).toBe("copied");
    editor.press(key);
    expect(editor.state().screen.name).toBe("counters");
    expect(editor.effects().filter(({ kind }) => kind === "quit")).toEqual([]);
  },
);

test("c with nothing staged copies the request that reads the app, or its JSON, never a token", () => {
  const editor = driveEditor(apps);
  editor.press("c", "c");
  const url = `http://127.0.0.1:8420/beta/deviceAppManagement/mobileApps/${sampleId(0)}/installSummary`;
  expect(editor.effects().at(-1)).toEqual({
    kind: "copy",
    text: `curl '${url}' \\\n  -H "Authorization: Bearer $TOKEN"`,
  });
  editor.press("q", "c", "p");
  expect(editor.effects().at(-1)).toMatchObject({ text: expect.stringContaining(`-Uri '${url}' \``) });
  editor.press("q", "c", "j");
  const [copied] = editor.effects().flatMap((effect) => (effect.kind === "copy" ? [effect.text] : []));
  expect(JSON.parse(copied ?? "")).toMatchObject({
    id: sampleId(0),
    etag: 'W/"7"',
    summary: { failedDeviceCount: 17 },
  });
});

test.each(["list", "counters"] as const)(
  "after the results Esc goes back to the %s that the review came from",
  (name) => {
    const editor = driveEditor(apps);
    editor.press("right", "8", "enter");
    if (name === "list") editor.press("escape");
    editor.press("s", "y");
    const { installSummary } = listedApp(0, "App 00", { failedDeviceCount: 8 });
    editor.happen({ kind: "patchAcknowledged", appId: sampleId(0), summary: installSummary, etag: 'W/"8"' });
    expect(editor.state().screen.name).toBe("results");
    editor.press("escape");
    expect(editor.state().screen.name).toBe(name);
  },
);

test("PgUp, PgDn, Ctrl-U and Ctrl-D move by a page in the review and in the results", () => {
  const many = Array.from({ length: 30 }, (_, index) => listedApp(index, `App ${String(index + 10)}`));
  const editor = driveEditor(many);
  for (const _ of many) editor.press("right", "8", "enter", "escape", "down");
  editor.press("s", "g", "pageDown");
  const lineOf = (): unknown => {
    const { screen } = editor.state();
    return screen.name === "review"
      ? screen.line?.appId
      : screen.name === "results"
        ? screen.line
        : undefined;
  };
  expect(lineOf()).toBe(sampleId(8));
  editor.press("ctrl-d", "ctrl-u", "pageUp");
  expect(lineOf()).toBe(sampleId(0));
  editor.press("y", "3", "0", "enter");
  for (let index = 0; index < 30; index += 1) {
    const { installSummary } = listedApp(index, "", { failedDeviceCount: 8 });
    editor.happen({
      kind: "patchAcknowledged",
      appId: sampleId(index),
      summary: installSummary,
      etag: 'W/"8"',
    });
  }
  editor.press("pageDown", "ctrl-d");
  expect(lineOf()).toBe(16);
  editor.press("pageUp", "ctrl-u");
  expect(lineOf()).toBe(0);
});

test("n and N go to the lines of the review with a warning", () => {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "1", "6", "0", "0", "enter", "s", "g");
  const counter = (): unknown => {
    const { screen } = editor.state();
    return screen.name === "review" ? screen.line?.counter : undefined;
  };
  expect(counter()).toBe("failedDeviceCount");
  editor.press("n");
  expect(counter()).toBe("notApplicableDeviceCount");
  editor.press("g", "N");
  expect(counter()).toBe("notApplicableDeviceCount");
  editor.press("d", "n");
  expect(editor.state().notice?.text).toBe("Nothing here looks odd.");
});

test("where a filter hides all apps only the keys that do something are shown, and Backspace corrects it", () => {
  const editor = driveEditor(apps);
  editor.press("/");
  editor.type("appz");
  editor.press("enter");
  const rows = drawEditor(editor.state());
  expect(rows.join("\n")).toContain("Backspace, or Esc shows all 2.");
  expect(rows.at(-1)).toMatch(/^ Esc all {2}Backspace correct {2}/);
  expect(rows.at(-1)).not.toMatch(/edit|sort|↑↓/);
  editor.press("backspace");
  expect(editor.state().screen.name).toBe("filter");
  expect(editor.state().list.filterText).toBe("app");
  editor.press("enter");
  expect(drawEditor(editor.state()).at(-1)).toMatch(/edit .*sort/);
  expect(told(editor, "escape", "backspace")).toBe("Backspace does nothing here: ? shows the keys.");
});
