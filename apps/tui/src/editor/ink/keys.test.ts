import type { Key } from "ink";
import { expect, test } from "vitest";
import { keysOf } from "./keys.ts";

const none: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

test.each<[string, string, Partial<Key>, readonly string[]]>([
  ["a letter", "a", {}, ["a"]],
  ["several at once", "12", {}, ["1", "2"]],
  ["text with its Enter", "8\r", {}, ["8", "enter"]],
  ["Ctrl-J", "\n", {}, ["enter"]],
  ["an emoji of several code points", "👩‍💻", {}, ["👩‍💻"]],
  ["Backspace among others", "1\u007f2\b", {}, ["1", "backspace", "2", "backspace"]],
  ["Ctrl-R", "r", { ctrl: true }, ["ctrl-r"]],
  ["Ctrl-C among others", "1\u0003", {}, ["1", "ctrl-c"]],
  ["Shift-Tab", "", { tab: true, shift: true }, ["shift-tab"]],
  ["an arrow with Ctrl", "", { upArrow: true, ctrl: true }, ["up"]],
  ["Esc and a letter that came as one", "j", { meta: true }, ["escape", "j"]],
  ["Esc and an arrow that came as one", "", { downArrow: true, meta: true }, ["escape", "down"]],
  ["Esc and Enter that came as one", "\r", { return: true, meta: true }, ["escape", "enter"]],
  ["Esc and Tab that came as one", "", { tab: true, meta: true }, ["escape", "tab"]],
  ["Esc and Shift-Tab that came as one", "", { tab: true, shift: true, meta: true }, ["escape", "shift-tab"]],
  ["Esc and Backspace that came as one", "", { backspace: true, meta: true }, ["escape", "backspace"]],
  ["Esc and Ctrl-R that came as one", "r", { ctrl: true, meta: true }, ["escape", "ctrl-r"]],
  ["Esc and Ctrl-C that came as one", "c", { ctrl: true, meta: true }, ["escape", "ctrl-c"]],
  ["Esc twice that came as one", "", { escape: true, meta: true }, ["escape", "escape"]],
  ["the mark before a paste", " ", { ctrl: true }, []],
  ["Esc and the mark before a paste", " ", { ctrl: true, meta: true }, ["escape"]],
  ["a key that is let go", "a", { eventType: "release" }, []],
])("%s is understood", (_, input, key, keys) => {
  expect(keysOf(input, { ...none, ...key })).toEqual(keys);
});
