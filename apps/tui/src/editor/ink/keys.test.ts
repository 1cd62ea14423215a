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
  ["a key that is let go", "a", { eventType: "release" }, []],
])("%s is understood", (_, input, key, keys) => {
  expect(keysOf(input, { ...none, ...key })).toEqual(keys);
});
