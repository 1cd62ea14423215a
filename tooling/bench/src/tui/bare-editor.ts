/**
 * A program of Ink alone, with what an editor cannot do without: a list with a cursor, beside it what the cursor is on, and
 * a footer. Its apps are in memory.
 */
export const bareEditor = `import { createElement as h, useState } from "react";
import { Box, render, Text, useInput } from "ink";
const apps = Array.from({ length: 200 }, (_, at) => "Sample application " + String(at).padStart(7, "0"));
const height = process.stdout.rows - 4;
function Editor() {
  const [row, setRow] = useState(0);
  useInput((input, key) => {
    if (key.downArrow) setRow((now) => Math.min(now + 1, apps.length - 1));
    if (key.upArrow) setRow((now) => Math.max(now - 1, 0));
  });
  const top = Math.max(0, row - height + 1);
  const rows = apps.slice(top, top + height);
  return h(Box, { flexDirection: "column", width: process.stdout.columns, height: process.stdout.rows },
    h(Text, { bold: true }, " Bare   " + apps.length + " apps"),
    h(Text, { dimColor: true }, "-".repeat(process.stdout.columns)),
    h(Box, { height },
      h(Box, { flexDirection: "column", width: 40 }, rows.map((name, at) =>
        h(Text, { key: at, wrap: "truncate", bold: top + at === row }, (top + at === row ? "> " : "  ") + name))),
      h(Box, { flexDirection: "column" }, Array.from({ length: 10 }, (_, at) =>
        h(Text, { key: at, wrap: "truncate" }, "  counter " + at + " " + (row * 10 + at))))),
    h(Text, { dimColor: true }, "-".repeat(process.stdout.columns)),
    h(Text, null, " up, down"));
}
render(h(Editor), { alternateScreen: true, incrementalRendering: true, interactive: true });
`;
