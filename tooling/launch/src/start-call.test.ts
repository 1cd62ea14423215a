import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project.ts";
import { shellWord } from "./shell-word.ts";
import { startCall } from "./start-call.ts";

const env = { INIT_CWD: root };
const usual = join(root, ".data");

test("what is as usual is not named", () => {
  expect(startCall("http://127.0.0.1:8420", usual, env)).toBe("npx -y pnpm@12 start");
});

test("the same port, folder and scheme come back, however they were chosen", () => {
  expect(startCall("http://127.0.0.1:9000", usual, env)).toBe("npx -y pnpm@12 start --port 9000");
  expect(startCall("https://127.0.0.1:8420", "/srv/of us", env)).toBe(
    `npx -y pnpm@12 start --data ${shellWord("/srv/of us")} --https`,
  );
  expect(startCall("http://127.0.0.1", usual, env)).toBe("npx -y pnpm@12 start --port 80");
});

test("in another folder the checkout and that folder's own data are meant", () => {
  const elsewhere = join(root, "apps");
  expect(startCall("http://127.0.0.1:8420", join(elsewhere, ".data"), { INIT_CWD: elsewhere })).toBe(
    `npx -y pnpm@12 --dir ${shellWord(root)} start`,
  );
});
