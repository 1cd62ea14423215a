import type { Terminal } from "@tooling/terminal";
import { drawGlyph, type Box } from "./draw-glyph.ts";
import { frame, ink, paper } from "./palette.ts";
import { readRuns, type Run } from "./read-runs.ts";

const cell = { width: 8.4, height: 19 };
const margin = 14;
const titleHeight = 30;
const fonts =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono', monospace";

/** The screen of a terminal as an SVG that needs neither fonts nor scripts; the same bytes for the same screen. */
export function screenSvg(emulator: Terminal["emulator"], title: string): string {
  const width = round(emulator.cols * cell.width + 2 * margin);
  const height = round(emulator.rows * cell.height + 2 * margin + titleHeight);
  const dots = [0, 1, 2].map((n) => `<circle cx="${margin + 8 + n * 20}" cy="16" r="5.5" fill="${frame}"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}" font-family="${fonts}" font-size="14">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${paper}" stroke="${frame}"/>`,
    ...dots,
    `<text x="${width / 2}" y="20" fill="${ink}" font-size="12" text-anchor="middle" opacity="0.7">${escape(title)}</text>`,
    ...readRuns(emulator).flatMap(drawRun),
    "</svg>",
    "",
  ].join("\n");
}

function drawRun(run: Run): readonly string[] {
  const { look, text } = run;
  const box: Box = {
    x: round(margin + run.column * cell.width),
    y: round(titleHeight + margin + run.row * cell.height),
    width: round(run.width * cell.width),
    height: cell.height,
  };
  const shapes: string[] = [];
  if (look.background !== paper) {
    shapes.push(
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" fill="${look.background}" shape-rendering="crispEdges"/>`,
    );
  }
  const glyph = drawGlyph(text, box, look.colour);
  if (glyph !== undefined) shapes.push(look.dim ? `<g opacity="0.6">${glyph}</g>` : glyph);
  else if (text.trim() !== "") shapes.push(drawText(run, box));
  return shapes;
}

function drawText({ text, look }: Run, box: Box): string {
  const attributes = [
    `x="${box.x}" y="${round(box.y + 14)}"`,
    // The text keeps to its cells in whatever font the reader has.
    `textLength="${box.width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"`,
    `fill="${look.colour}"`,
    look.bold && 'font-weight="bold"',
    look.italic && 'font-style="italic"',
    look.underline && 'text-decoration="underline"',
    look.dim && 'opacity="0.6"',
  ].filter((attribute) => attribute !== false);
  return `<text ${attributes.join(" ")}>${escape(text)}</text>`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
