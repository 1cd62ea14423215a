import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project.ts";
import { sourceCall, scriptCall } from "./script-call.ts";
import { shellWord } from "./shell-word.ts";

test("in the checkout a script is called by its name, elsewhere with the checkout's folder", () => {
  expect(sourceCall("tui", { INIT_CWD: root })).toBe("npx -y pnpm@12 tui");
  expect(sourceCall("tui", { INIT_CWD: join(root, "apps") })).toBe(
    `npx -y pnpm@12 --dir ${shellWord(root)} tui`,
  );
});

test("what is to be read by another program is printed alone", () => {
  expect(scriptCall("facade token", { silent: true })).toBe(
    `npx -y pnpm@12 --silent --dir ${shellWord(root)} facade token`,
  );
});

test("each program is called by its own script", () => {
  expect(sourceCall("facade", { INIT_CWD: root })).toBe("npx -y pnpm@12 --silent facade");
});

test("a data folder of its own is named where the editor is called, the usual one is not", () => {
  expect(sourceCall("tui", { INIT_CWD: root }, join(root, ".data"))).toBe("npx -y pnpm@12 tui");
  expect(sourceCall("tui", { INIT_CWD: root }, "/srv/of us")).toBe(
    `INSTALL_SUMMARY_DATA=${shellWord("/srv/of us")} npx -y pnpm@12 tui`,
  );
});
