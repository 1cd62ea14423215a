import { expect, test } from "vitest";
import { prepareCuts } from "./cut-power.ts";
import { parseTrace } from "./parse-trace.ts";

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
const fd = (path: string): string => `7<${hex(path)}>`;

/** A thread appends to a log, which it makes first, and responds after each fsync; another one writes in between. */
const trace = [
  `10 pwrite64(${fd("/d/log")}, "${hex("aaaa")}", 4, 0) = 4`,
  `10 fsync(${fd("/d/log")} <unfinished ...>`,
  `11 pwrite64(${fd("/d/store")}, "${hex("SS")}", 2, 1 <unfinished ...>`,
  `10 <... fsync resumed>) = 0`,
  `11 <... pwrite64 resumed>) = 2`,
  `10 fsync(${fd("/d")}) = 0`,
  `10 write(9<${hex("socket:[77]")}>, "${hex("HTTP/1.1 200 OK\r\nrequest-id: 00000000-0000-4000-8000-000000000001\r\n")}", 66) = 66`,
  `10 pwrite64(${fd("/d/log")}, "${hex("bbbb")}", 4, 4) = 4`,
  `10 fsync(${fd("/d/log")}) = -1 EIO (Input/output error) (INJECTED)`,
  `10 pwrite64(${fd("/d/log")}, "${hex("cccc")}", 4, 8) = 4`,
  `10 fsync(${fd("/d/log")}) = 0`,
  `10 write(3<${hex("pipe:[5]")}>, "${hex("a line of the log")}", 17) = 17`,
  `11 ftruncate(${fd("/d/store")}, 2) = 0`,
  "10 +++ exited with 0 +++",
].join("\n");

const before = new Map([["/d/store", Buffer.from("store")]]);
const cut = prepareCuts(before, parseTrace(trace));

function textsOf(line: number, keeps: boolean): Readonly<Record<string, string>> {
  const { files } = cut(line, () => keeps);
  return Object.fromEntries(
    [...files].map(([path, content]) => [path, content.toString().replaceAll("\0", ".")]),
  );
}

test("what was not synced may be lost, or kept", () => {
  expect(textsOf(1, false)).toEqual({ "/d/store": "store" });
  expect(textsOf(1, true)).toEqual({ "/d/store": "store", "/d/log": "aaaa" });
});

test("an fsync keeps what had been written before it began, once it has ended", () => {
  expect(textsOf(6, false)).toEqual({ "/d/store": "store", "/d/log": "aaaa" });
  expect(textsOf(6, true)).toEqual({ "/d/store": "sSSre", "/d/log": "aaaa" });
});

test("a new name is kept by an fsync of its folder alone", () => {
  expect(textsOf(5, false)).toEqual({ "/d/store": "store" });
  expect(textsOf(6, false)).toHaveProperty("/d/log");
});

test("after an fsync that failed a later one keeps only what was written since", () => {
  expect(textsOf(14, false)).toEqual({ "/d/store": "store", "/d/log": "aaaa....cccc" });
  expect(textsOf(14, true)).toEqual({ "/d/store": "sS", "/d/log": "aaaabbbbcccc" });
});

test("the requests are known whose responses were sent to a socket before", () => {
  expect([...cut(6, () => true).responded]).toEqual([]);
  expect([...cut(7, () => true).responded]).toEqual(["00000000-0000-4000-8000-000000000001"]);
});

test("a write is kept sector by sector", () => {
  const data = "x".repeat(1024);
  const events = parseTrace(`10 pwrite64(${fd("/d/store")}, "${hex(data)}", 1024, 0) = 1024`);
  let sector = 0;
  const { files } = prepareCuts(before, events)(1, () => (sector += 1) % 2 === 0);
  expect(files.get("/d/store")?.toString()).toBe(`store${"\0".repeat(507)}${"x".repeat(512)}`);
});
