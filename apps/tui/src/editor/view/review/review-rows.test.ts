import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEditor } from "../../../../test/editor-driver.ts";
import { listedApp } from "../../../../test/sample-apps.ts";

test.each([
  ["Workday", /Workday · Windows {2}00000000 +based on version 7, read /],
  ["Google Chrome Enterprise 12", /Google Chrome Enterprise 12 · Windows {2}00000000 +version 7, read /],
  [
    "Microsoft Visual C++ 2015-2022 Redistributable",
    /Microsoft Visual C\+\+ 2015-2.*… · Windows {2}00000000 {2}version 7, read /,
  ],
])("in the review the name %s is cut only where shorter words leave it no room", (name, head) => {
  const editor = driveEditor([{ ...listedApp(0), displayName: name }]);
  editor.press("right", "8", "enter", "s");
  expect(drawEditor(editor.state()).join("\n")).toMatch(head);
});
