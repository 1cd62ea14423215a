import { openTerminal } from "@tooling/terminal";
import { expect, onTestFinished, test } from "vitest";
import { screenSvg } from "../src/screen-svg.ts";

async function draw(text: string): Promise<string> {
  const terminal = openTerminal({
    command: process.execPath,
    args: ["-e", `process.stdout.write(${JSON.stringify(text)})`],
    columns: 20,
    rows: 2,
  });
  onTestFinished(() => terminal.close());
  await terminal.ended;
  return screenSvg(terminal.emulator, 'A "title"');
}

/** What is between the title and the end of the picture. */
function shapes(svg: string): readonly string[] {
  const lines = svg.trimEnd().split("\n");
  return lines.slice(lines.findIndex((line) => line.includes('text-anchor="middle"')) + 1, -1);
}

test("text of one look is one text in its cells, whatever it contains", async () => {
  const svg = await draw("a <b> & c");

  expect(svg).toContain('aria-label="A &quot;title&quot;"');
  expect(shapes(svg)).toEqual([
    expect.stringMatching(/x="14" .*textLength="168" .*>a &lt;b&gt; &amp; c {11}<\/text>/),
  ]);
});

test("colours, bold and reverse are those of the cells", async () => {
  const [red = "", paper = "", reversed = ""] = shapes(
    await draw("\u001B[1;31mred\u001B[0m\u001B[7mback\u001B[0m"),
  );

  expect(red).toMatch(/fill="#ff7b72" font-weight="bold">red</);
  expect(paper).toMatch(/^<rect x="39.2" .* fill="#c9d1d9"/);
  expect(reversed).toMatch(/fill="#0d1117">back</);
});

test("a character of two cells stands alone, letters that join stand together", async () => {
  const texts = shapes(await draw("企业 ab\r\nشلم")).map((shape) => />([^<]*)</.exec(shape)?.[1]);

  expect(texts.map((text) => text?.trim())).toEqual(["企", "业", "ab", "شلم"]);
});

test("lines and bars are shapes, so that no font leaves gaps between them", async () => {
  const [line = "", bar = ""] = shapes(await draw("│█"));

  expect(line).toMatch(/^<path d="M18.2 53.5V44M18.2 53.5V63"/);
  expect(bar).toMatch(/^<rect /);
});
