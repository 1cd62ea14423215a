import { Box } from "ink";
import type { Size } from "../model/layout.ts";
import type { EditorState } from "../model/editor-state.ts";
import { hintLine } from "../view/frame/hints.ts";
import type { Line } from "../view/line.ts";
import { messageLines } from "../view/frame/message-line.ts";
import { Lines } from "./lines.tsx";
import { useTheme } from "./theme.ts";

/** The editor, and what its screen shows. */
export interface FrameProps {
  readonly state: EditorState;
  /** Draws what is above the message and the keys. */
  readonly children: (size: Size) => React.ReactNode;
}

/** The whole screen: a body, what happened last, and the keys that work now. */
export function Frame({ state, children }: FrameProps): React.ReactNode {
  const { glyphs } = useTheme();
  const { columns, rows } = state.size;
  const message = messageLines(state, glyphs, columns);
  const foot: readonly Line[] = [
    ...(message.length === 0 ? [[]] : message),
    hintLine(state, glyphs, columns),
  ];
  const height = rows - foot.length;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {children({ columns, rows: height })}
      <Lines lines={foot} width={columns} height={foot.length} />
    </Box>
  );
}
