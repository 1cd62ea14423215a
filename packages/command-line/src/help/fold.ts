/** The columns that any terminal has. */
const width = 80;

/** Names wider than this have their meaning on the next line. */
const maxNameWidth = 30;

/** Text in lines of at most 80 columns, broken at blanks; every line after the first begins with `indent`. */
export function fold(text: string, indent = ""): readonly string[] {
  const [start = ""] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = start;
  let isEmpty = true;
  for (const word of text.trimStart().split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
    isEmpty = false;
  }
  return [...lines, line];
}

/** Names with their meanings in two columns. */
export function columns(rows: readonly (readonly [name: string, meaning: string])[]): readonly string[] {
  const widths = rows.map(([name]) => name.length).filter((length) => length <= maxNameWidth);
  const indent = " ".repeat(Math.max(0, ...widths) + 4);
  return rows.flatMap(([name, meaning]) => {
    const [first = "", ...rest] = fold(indent + meaning, indent);
    const isWide = name.length > indent.length - 4;
    return isWide
      ? [`  ${name}`, first, ...rest]
      : [`  ${name}`.padEnd(indent.length) + first.trimStart(), ...rest];
  });
}
