import type { Key } from "ink";

const segmenter = new Intl.Segmenter();

/** The keys of one report of Ink: names for keys that are no text, else one grapheme each. */
export function keysOf(input: string, key: Key): readonly string[] {
  if (key.eventType === "release") return [];
  // The NUL that comes before a paste and after an Esc; the Esc comes together with it.
  if (key.ctrl && input === " ") return key.meta ? ["escape"] : [];
  const keys = pressedKeys(input, key);
  // No key here takes Alt; over a slow line Esc and what follows it, an arrow or Enter too, arrive as one.
  return key.meta && keys.length > 0 ? ["escape", ...keys] : keys;
}

function pressedKeys(input: string, key: Key): readonly string[] {
  const name = nameOf(key);
  if (name !== undefined) return [name];
  if (key.ctrl && /^[a-z]$/.test(input)) return [`ctrl-${input}`];
  return Array.from(segmenter.segment(input), ({ segment }) => textKeys(segment)).flat();
}

function nameOf(key: Key): string | undefined {
  if (key.upArrow) return "up";
  if (key.downArrow) return "down";
  if (key.leftArrow) return "left";
  if (key.rightArrow) return "right";
  if (key.pageUp) return "pageUp";
  if (key.pageDown) return "pageDown";
  if (key.home) return "home";
  if (key.end) return "end";
  if (key.return) return "enter";
  if (key.escape) return "escape";
  if (key.tab) return key.shift ? "shift-tab" : "tab";
  if (key.backspace) return "backspace";
  return key.delete ? "delete" : undefined;
}

/** A grapheme of text; several keys that came at once may have controls among them. */
function textKeys(segment: string): readonly string[] {
  if (segment === "\r\n") return ["enter"];
  const code = segment.charCodeAt(0);
  if (code === 0x0a || code === 0x0d) return ["enter"];
  if (code === 0x09) return ["tab"];
  if (code === 0x08 || code === 0x7f) return ["backspace"];
  if (code === 0x1b) return ["escape"];
  if (code > 0 && code < 0x1b) return [`ctrl-${String.fromCharCode(code + 0x60)}`];
  return code < 0x20 ? [] : [segment];
}
