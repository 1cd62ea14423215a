import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import { render } from "ink";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Keyboard } from "./keyboard.tsx";
import { withWholePastes } from "./whole-pastes.ts";

// Time passes only when a test says so.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const paste = (text: string): string => `\u001B[200~${text}\u001B[201~`;
const up = "\u001B[A";

type Said = string | { readonly pasted: string } | { readonly news: string };

function doNothing(): void {}

/** What the editor is told of an input that arrives in parts, with this many milliseconds after each. */
async function hear(parts: readonly (string | Uint8Array)[], gap: number): Promise<readonly Said[]> {
  const said: Said[] = [];
  const press = (key: string): void => void said.push(key);
  const pasted = (text: string): void => void said.push({ pasted: text });
  const terminal = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: doNothing,
    ref: doNothing,
    unref: doNothing,
  });
  const stdin = withWholePastes(terminal, (news) => said.push({ news }));
  const stdout = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  const { unmount } = render(<Keyboard press={press} paste={pasted} />, {
    stdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  await setImmediate();
  for (const part of parts) {
    terminal.write(part);
    await setImmediate();
    vi.advanceTimersByTime(gap);
    await setImmediate();
  }
  vi.advanceTimersByTime(5000);
  await setImmediate();
  unmount();
  return said;
}

/** What comes in parts, and what it is. */
const inputs: readonly (readonly [string, readonly Said[]])[] = [
  [paste("yes"), [{ pasted: "yes" }]],
  [`7${paste("1\t2\n3\t4\n")}${up}`, ["7", { pasted: "1\t2\n3\t4\n" }, "up"]],
  [`\u001B${paste("Dyq")}5`, ["escape", { pasted: "Dyq" }, "5"]],
  [`${paste("給")}${paste("")}j`, [{ pasted: "給" }, { pasted: "" }, "j"]],
  [`${paste("a\u001B[200~b")}j`, [{ pasted: "a\u001B[200~b" }, "j"]],
];

function inParts(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const places = [0, ...cuts, bytes.length].toSorted((one, other) => one - other);
  return places
    .slice(1)
    .map((place, index) => bytes.subarray(places[index], place))
    .filter((part) => part.length > 0);
}

test.each(inputs)("%j is the same wherever it is cut", async (text, said) => {
  const bytes = Buffer.from(text);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    expect({ cut, said: await hear(inParts(bytes, [cut]), 40) }).toEqual({ cut, said });
  }
});

test("a paste is the same in any number of parts", async () => {
  const some = fc.constantFrom(...inputs);
  await fc.assert(
    fc.asyncProperty(some, fc.array(fc.nat(40), { maxLength: 6 }), async ([text, said], cuts) => {
      const bytes = Buffer.from(text);
      const places = cuts.map((cut) => Math.min(cut, bytes.length));
      expect(await hear(inParts(bytes, places), 40)).toEqual(said);
    }),
  );
});

test("what is pasted is never keys, however long its parts take", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(15), { maxLength: 15 }),
      fc.constantFrom(40, 200, 3000),
      async (cuts, gap) => {
        const said = await hear(inParts(Buffer.from(paste("yes")), cuts), gap);
        // An Esc that is waited for too long is a key.
        expect(said.filter((one) => typeof one === "string" && one !== "escape")).toEqual([]);
      },
    ),
  );
});

test.each([
  ["\u001B", ["escape"]],
  ["\u001B\u001B", ["escape", "escape"]],
  ["\u001Bj", ["escape", "j"]],
  ["\u001B[", ["escape"]],
])("%j alone is what a person has pressed", async (text, said) => {
  expect(await hear([text], 0)).toEqual(said);
});

test("after an Esc that has waited for more, keys and pastes are as ever", async () => {
  expect(await hear(["\u001B", "j", "\u001B", up, "\u001B", paste("1")], 3000)).toEqual([
    "escape",
    "j",
    "escape",
    "up",
    "escape",
    { pasted: "1" },
  ]);
});

test("a paste that stops is told, and goes on when more of it comes", async () => {
  expect(await hear(["\u001B[200~1", "2\u001B[201~"], 3000)).toEqual([
    { news: "pasteStalled" },
    { pasted: "12" },
  ]);
});

test("Esc gives a paste up whose end never comes, and the keys are back", async () => {
  expect(await hear(["\u001B[200~12", "q", "\u001B", "j"], 3000)).toEqual([
    { news: "pasteStalled" },
    { news: "pasteGivenUp" },
    "j",
  ]);
});

test("Ctrl-C is a key again while a paste waits for its end", async () => {
  expect(await hear(["\u001B[200~12", "\u0003"], 3000)).toEqual([
    { news: "pasteStalled" },
    { news: "pasteGivenUp" },
    "ctrl-c",
  ]);
});

test("the rest of a paste that was given up is no keys", async () => {
  expect(await hear(["\u001B[200~12", "\u001B", "yes\u001B[201~j"], 3000)).toEqual([
    { news: "pasteStalled" },
    { news: "pasteGivenUp" },
    "j",
  ]);
});
