import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project.ts";
import { shellWord } from "./shell-word.ts";
import { devCall, startCall } from "./start-call.ts";

const env = { INIT_CWD: root };
const usual = join(root, ".data");

test("what is as usual is not named", () => {
  expect(startCall("http://127.0.0.1:8420", usual, env)).toBe("npx -y pnpm@12 start");
  expect(devCall("http://127.0.0.1:8420", usual, env)).toBe("npx -y pnpm@12 dev");
});

test("the same port, folder and scheme come back, however they were chosen", () => {
  expect(startCall("http://127.0.0.1:9000", usual, env)).toBe("npx -y pnpm@12 start --port 9000");
  expect(startCall("https://127.0.0.1:8420", "/srv/of us", env)).toBe(
    `npx -y pnpm@12 start --data ${shellWord("/srv/of us")} --https`,
  );
  expect(startCall("http://127.0.0.1", usual, env)).toBe("npx -y pnpm@12 start --port 80");
});

test("where the sources are worked on, they come back as variables", () => {
  expect(devCall("http://127.0.0.1:18746", usual, env)).toBe("INSTALL_SUMMARY_PORT=18746 npx -y pnpm@12 dev");
  expect(devCall("https://127.0.0.1", "/srv/of us", env)).toBe(
    `INSTALL_SUMMARY_PORT=443 INSTALL_SUMMARY_DATA=${shellWord("/srv/of us")} INSTALL_SUMMARY_HTTPS=true npx -y pnpm@12 dev`,
  );
});

test("in another folder the checkout and that folder's own data are meant", () => {
  const elsewhere = join(root, "apps");
  expect(startCall("http://127.0.0.1:8420", join(elsewhere, ".data"), { INIT_CWD: elsewhere })).toBe(
    `npx -y pnpm@12 --dir ${shellWord(root)} start`,
  );
});
