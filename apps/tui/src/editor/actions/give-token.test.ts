import { expect, test } from "vitest";
import { drawEditor } from "../../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../../test/editor-driver.ts";
import { responded } from "../../../test/failures.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import { UserError } from "@install-summary/command-line/errors";
import { failureOf } from "../../server/failure.ts";
import type { EditorState } from "../model/editor-state.ts";

const expired = responded(401, { message: "The token is expired." });

function signedOut(tokenSource: EditorState["tokenSource"]): EditorDriver {
  const editor = driveEmptyEditor(undefined, { tokenSource });
  editor.happen({ kind: "listFailed", generation: editor.state().list.generation, failure: expired });
  return editor;
}

function text(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}

test.each([
  ["INSTALL_SUMMARY_TOKEN", "INSTALL_SUMMARY_TOKEN is read once: t takes a new token."],
  [
    "INSTALL_SUMMARY_TOKEN_FILE",
    "Put a new token into the file of INSTALL_SUMMARY_TOKEN_FILE, which is read again",
  ],
  [
    "INSTALL_SUMMARY_TOKEN_COMMAND",
    "INSTALL_SUMMARY_TOKEN_COMMAND was run again, and its token was refused too",
  ],
] as const)("advice for an expired token knows that it came from %s", (source, advice) => {
  expect(text(signedOut(source))).toContain(advice);
});

test("the length of a token is said as a person would", () => {
  const editor = signedOut("INSTALL_SUMMARY_TOKEN");
  editor.press("t", "a");
  expect(text(editor)).toContain("A token of 1 character. Enter uses it.");
  editor.press("b");
  expect(text(editor)).toContain("A token of 2 characters. Enter uses it.");
});

test.each(["typed", "pasted"])(
  "a new token that is %s is used, reads the list again, and is never drawn",
  (how) => {
    const editor = signedOut("INSTALL_SUMMARY_TOKEN");
    editor.effects();
    editor.press("t");
    if (how === "typed") editor.type("aaa.bbb.ccc");
    else editor.happen({ kind: "paste", text: "Bearer aaa.bbb.ccc\n" });
    expect(text(editor)).not.toContain("aaa.bbb");
    editor.press("enter");
    expect(text(editor)).not.toContain("aaa.bbb");
    expect(JSON.stringify(editor.state())).not.toContain("aaa.bbb");
    expect(editor.effects()).toEqual([
      { kind: "useToken", token: "aaa.bbb.ccc", replaced: "INSTALL_SUMMARY_TOKEN" },
      { kind: "loadPages", generation: editor.state().list.generation },
    ]);
    expect(editor.state().tokenSource).toBe("person");
  },
);

test.each(["", "two words", "größe"])("%j is no token, and is not used", (typed) => {
  const editor = driveEditor([listedApp(0)]);
  editor.press("t");
  editor.type(typed);
  editor.press("enter");
  expect(editor.effects()).toEqual([]);
  expect(editor.state().notice?.text).toBe(
    "Not used: a token is one line without spaces or quotes. t asks again.",
  );
});

test("Esc keeps the token as it was", () => {
  const editor = driveEditor([listedApp(0)]);
  editor.press("t", "a", "b", "escape");
  expect(editor.effects()).toEqual([]);
  expect(JSON.stringify(editor.state())).not.toContain('"ab"');
});

test("a token of another tenant is not used, and the one before stays", () => {
  const editor = driveEditor([listedApp(0)]);
  editor.press("t");
  editor.type("aaa.bbb.ccc");
  editor.press("enter");
  const [effect] = editor.effects();
  expect(effect).toMatchObject({ kind: "useToken", replaced: "INSTALL_SUMMARY_TOKEN" });
  const failure = failureOf(
    new UserError("The token is of the tenant b, not a.", { exit: 3, code: "OtherTenant" }),
  );
  editor.happen({ kind: "tokenRefused", source: "INSTALL_SUMMARY_TOKEN", failure });
  expect(editor.state()).toMatchObject({
    tokenSource: "INSTALL_SUMMARY_TOKEN",
    notice: { text: "Not used. The token is of the tenant b, not a." },
  });
});
