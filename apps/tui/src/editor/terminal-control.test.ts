import { expect, test } from "vitest";
import { copyToClipboard } from "./terminal-control.ts";

function written(text: string, env: Readonly<Record<string, string>>): string {
  let all = "";
  const write = (chunk: string | Uint8Array): boolean => {
    all += String(chunk);
    return true;
  };
  copyToClipboard({ write }, text, env);
  return all;
}

test("a copy is the terminal's own sequence, with the text in base64 of UTF-8", () => {
  const base64 = Buffer.from("給与 → 8").toString("base64");
  expect(written("給与 → 8", {})).toBe(`\u001b]52;c;${base64}\u0007`);
});

test("in tmux it is also wrapped, for a tmux that hands it on to the terminal outside", () => {
  const base64 = Buffer.from("8").toString("base64");
  const sequence = `\u001b]52;c;${base64}\u0007`;
  const text = written("8", { TMUX: "/tmp/tmux-0/default,1,0" });
  expect(text).toBe(`${sequence}\u001bPtmux;\u001b${sequence}\u001b\\`);
});
