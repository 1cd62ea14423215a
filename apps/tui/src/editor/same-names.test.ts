import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, large, small, usual } from "../../test/editor-driver.ts";
import { responded } from "../../test/failures.ts";
import { listedApp } from "../../test/sample-apps.ts";

/** Three apps of one name: a list of a tenant has them for each platform, and twice for one. */
const apps = ["aa53c138", "f0292e85", "12a9a700"].map((start, index) => ({
  ...listedApp(index, "Workday", { failedDeviceCount: index + 1 }),
  id: `${start}-c5c6-4208-aaf6-04203f4bb642`,
  "@odata.type": index === 0 ? "#microsoft.graph.iosStoreApp" : "#microsoft.graph.win32LobApp",
}));

test.each([small, usual, large])(
  "apps of one name are told apart wherever one is sent, at $columns×$rows",
  (size) => {
    const editor = driveEditor(apps, size);
    const shown = (): string => drawEditor(editor.state()).join("\n");
    for (const _ of apps) editor.press("right", "8", "enter", "escape", "down");
    const expectIds = (): void => {
      const seen = new Set<string>();
      // The smallest screen has the lines of two apps at a time.
      for (const key of ["up", "up", "up", "down", "down", "down"]) {
        editor.press(key);
        for (const [id] of shown().matchAll(/aa53c138|f0292e85|12a9a700/g)) seen.add(id);
      }
      expect([...seen].toSorted()).toEqual(["12a9a700", "aa53c138", "f0292e85"]);
    };
    editor.press("s");
    expectIds();
    expect(shown()).toMatch(/Workday · (?:iOS|Windows)/);
    editor.press("y");
    expectIds();
    for (const { id } of apps) {
      editor.happen({ kind: "patchFailed", appId: id, failure: responded(403) });
    }
    expectIds();
    expect(shown()).toMatch(/Workday · (?:iOS|Windows)/);
  },
);

test("the list shows the platform beside the name, and the counters the whole id", () => {
  const editor = driveEditor(apps);
  const shown = drawEditor(editor.state()).join("\n");
  expect(shown).toMatch(/Workday +iOS/);
  expect(shown).toMatch(/Workday +Win/);
  expect(shown).toContain("12a9a700-c5c6-4208-aaf6-04203f4bb642");
});
