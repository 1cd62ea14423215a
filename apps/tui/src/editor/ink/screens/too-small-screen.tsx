import { Lines } from "../lines.tsx";
import { useTheme } from "../theme.ts";
import { smallest } from "../../model/layout.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { wrapText } from "../../../text/cut.ts";
import { cutLine, line } from "../../view/line.ts";

/** What is shown where a screen does not fit. */
export function TooSmall({ state }: { readonly state: EditorState }): React.ReactNode {
  const { glyphs } = useTheme();
  const { columns, rows } = state.size;
  const loses = state.drafts.failure === undefined ? "" : " and loses what is staged";
  const question = state.question?.kind === "quit" ? ` y quits${loses}.` : "";
  const text = `at least ${smallest.columns}${glyphs.times}${smallest.rows}${question}`;
  const lines = wrapText(text, Math.max(1, columns)).slice(0, rows);
  const cut = lines.map((row) => cutLine(line(row), columns, ""));
  return <Lines lines={cut} width={columns} height={Math.min(rows, cut.length)} />;
}
