import { expect } from "vitest";
import type { Happening } from "../src/editor/model/event.ts";
import { answer } from "../src/editor/plain/answer.ts";
import { greeting } from "../src/editor/plain/greeting.ts";
import { obey } from "../src/editor/plain/obey.ts";
import { firstTalk } from "../src/editor/plain/reply.ts";
import { glyphsInWords } from "../src/editor/view/glyphs.ts";
import type { KnownApp } from "../src/words/known-app.ts";
import { driveEditor, type EditorDriver } from "./editor-driver.ts";

/** A person who types lines, and what is said to them. */
export interface Conversation {
  readonly editor: EditorDriver;
  /** Says lines, one after the other. */
  readonly say: (...lines: readonly string[]) => void;
  /** Says a line, lets the world respond, and only then hears the answer: it is in the transcript too. */
  readonly hear: (line: string, happens?: () => void) => readonly string[];
  readonly transcript: () => string;
}

/** A message that names a key of the editor: someone who types lines has no such key. */
export const keyNamed =
  /(?:^|[.:;,] |\b(?:then|and|or) )(?:[a-zA-Z]|Esc|Space|Ctrl-.) [a-z]+s\b(?! for| nothing here)/;

/** A sign that is drawn: in words a screen reader would say its name. */
const drawn = /[\u2500-\u25ff✓✗≠≈→↑↓←⏎]/u;

/** Begins a conversation about these apps. */
export function converse(apps: readonly KnownApp[]): Conversation {
  return converseWith(driveEditor(apps));
}

/** Begins a conversation with an editor as it is. */
export function converseWith(editor: EditorDriver): Conversation {
  const glyphs = glyphsInWords({ LANG: "C.UTF-8" });
  const heard: string[] = [...greeting(editor.state(), glyphs)];
  let talk = firstTalk;
  const hear = (line: string, happens = (): void => {}): readonly string[] => {
    const before = editor.state();
    const driven = { state: () => editor.state(), dispatch: (event: Happening) => editor.happen(event) };
    const reply = obey(driven, line, talk);
    talk = reply.talk;
    happens();
    const said = answer(before, editor.state(), reply, glyphs);
    expect(said.filter((row) => keyNamed.test(row) || drawn.test(row))).toEqual([]);
    heard.push(`> ${line}`, ...said);
    return said;
  };
  return {
    editor,
    say(...lines) {
      for (const line of lines) hear(line);
    },
    hear,
    transcript: () => `${heard.join("\n")}\n`,
  };
}
