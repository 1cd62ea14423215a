import { ClientError } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEmptyEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut, unreachable } from "../../test/failures.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { failureOf, type Failure } from "../server/failure.ts";

const notJson = "The response cannot be used: it is not JSON.";
const signInPage = failureOf(new ClientError("InvalidResponse", notJson));
const scope = "Reading needs a token with DeviceManagementApps.Read.All.";

/** What fails, and what is said and advised where nothing is loaded and where the first page is. */
const failures: readonly (readonly [string, Failure, string, string])[] = [
  ["404", responded(404, { message: "Gone." }), "Not found (404): Gone.", "Is INSTALL_SUMMARY_URL right?"],
  ["403", responded(403, { message: "No scope." }), "Not allowed (403): No scope.", scope],
  ["500", responded(500, { message: "Disk." }), "The server failed (500)", "Trying again in 1 s"],
  ["a sign-in page", signInPage, notJson, "A proxy or a sign-in page may have responded in its place."],
  ["no response", timedOut, "No response came in time.", "Trying again in 1 s."],
  ["no server", unreachable, "The server cannot be reached", "Trying again in 1 s."],
];

/** Where these differ: what came before shows that the address is right. */
const belowFirstPage = new Map([
  ["a sign-in page", [notJson, "A proxy may have responded in the server's place."]],
  ["no server", ["No connection to 127.0.0.1:8420", "Trying again in 1 s."]],
]);

test.each(failures)("%s to the list is told once, with what to do, and not a word of sending", (...row) => {
  const [what, failure, ...told] = row;
  const places = [
    [driveEmptyEditor(), told],
    [withFirstPage(), belowFirstPage.get(what) ?? told],
  ] as const;
  for (const [editor, [said = "", advice]] of places) {
    editor.happen({ kind: "listFailed", generation: editor.state().list.generation, failure });
    const text = picture(editor);
    expect(text.split(said)).toHaveLength(2);
    expect(text).toContain(advice);
    expect(text).not.toMatch(
      /[Ss]till staged|edits stay|c copies|D drops|Sending needs|Reading only|\(502\)/,
    );
  }
});

function withFirstPage(): EditorDriver {
  const editor = driveEmptyEditor();
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [listedApp(0)], count: 2 });
  return editor;
}

/** The screen as one text, whatever its rows break. */
function picture(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}
