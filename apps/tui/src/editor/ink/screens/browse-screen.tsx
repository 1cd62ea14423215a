import { Box, useIsScreenReaderEnabled } from "ink";
import { Lines } from "../lines.tsx";
import { useTheme } from "../theme.ts";
import { layoutOf } from "../../model/layout.ts";
import { currentApp } from "../../model/app-list.ts";
import { shownApp } from "../../model/shown-app.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { appPaneLines } from "../../view/counters/app-pane.ts";
import { identityLine } from "../../view/identity-line.ts";
import type { Glyphs } from "../../view/glyphs.ts";
import { headerLine } from "../../view/list/header-line.ts";
import { hintLine } from "../../view/frame/hints.ts";
import { dim, line, type Line } from "../../view/line.ts";
import { listLines, listPosition } from "../../view/list/list-lines.ts";
import { nothingLoadedLines } from "../../view/list/nothing-loaded-lines.ts";
import { messageLines } from "../../view/frame/message-line.ts";
import { sortMenuLines } from "../../view/list/sort-menu-lines.ts";

/** The list with the app beside it; without room for both, or for a screen reader, the one that has the cursor. */
export function Browse({ state }: { readonly state: EditorState }): React.ReactNode {
  const { glyphs } = useTheme();
  const isSpoken = useIsScreenReaderEnabled();
  const layout = layoutOf(state.size);
  const { columns, rows } = state.size;
  const foot = footLines(state, glyphs);
  if (state.list.apps.length === 0) {
    const height = rows - 1 - foot.length;
    return (
      <Box flexDirection="column" width={columns} height={rows}>
        <Lines lines={[headerLine(state, glyphs, columns)]} width={columns} height={1} />
        <Lines lines={nothingLoadedLines(state, glyphs, columns, height)} width={columns} height={height} />
        <Lines lines={foot} width={columns} height={foot.length} />
      </Box>
    );
  }
  if (layout.kind === "twoPanes" && !isSpoken) {
    const { left, right } = layout;
    const body = rows - 3 - foot.length;
    const divider = Array.from({ length: body }, () => line(dim(glyphs.vertical)));
    const rule = (joint: string, position = ""): Line =>
      line(dim(ruleWith(position, glyphs, left) + joint + glyphs.horizontal.repeat(right)));
    const position = listPosition(state.list, left, body);
    return (
      <Box flexDirection="column" width={columns} height={rows}>
        <Lines
          lines={[headerLine(state, glyphs, columns), rule(glyphs.down, position)]}
          width={columns}
          height={2}
        />
        <Box height={body} flexShrink={0}>
          <Lines lines={listLines(state, glyphs, left, body)} width={left} height={body} />
          <Lines lines={divider} width={1} height={body} />
          <Lines lines={appPaneLines(state, glyphs, right, body, true)} width={right} height={body} />
        </Box>
        <Lines lines={[rule(glyphs.up), ...foot]} width={columns} height={1 + foot.length} />
      </Box>
    );
  }
  const body = rows - 2 - foot.length;
  const isApp = state.screen.name === "counters" || state.screen.name === "entry";
  const head = isApp ? nameLine(state, glyphs) : headerLine(state, glyphs, columns);
  const position = isApp ? "" : listPosition(state.list, columns, body);
  const rule = line(dim(ruleWith(position, glyphs, columns)));
  const lines = isApp
    ? appPaneLines(state, glyphs, columns, body, false)
    : listLines(state, glyphs, columns, body);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Lines lines={[head, rule]} width={columns} height={2} />
      <Lines lines={lines} width={columns} height={body} />
      <Lines lines={foot} width={columns} height={foot.length} />
    </Box>
  );
}

/** A rule with the position in the list at its right end. */
function ruleWith(position: string, glyphs: Glyphs, width: number): string {
  if (position === "") return glyphs.horizontal.repeat(width);
  const text = ` ${position} ${glyphs.horizontal}`;
  return glyphs.horizontal.repeat(Math.max(0, width - text.length)) + text;
}

function nameLine(state: EditorState, glyphs: Glyphs): Line {
  const app = shownApp(state) ?? currentApp(state.list);
  return app === undefined
    ? []
    : line(" ", identityLine(app, glyphs, state.size.columns - 2, { bold: true }));
}

/** What happened last, or a rule where nothing did and there is but one pane; the keys, or the sort menu. */
function footLines(state: EditorState, glyphs: Glyphs): readonly Line[] {
  const { columns } = state.size;
  const hasRule = layoutOf(state.size).kind === "onePane" && state.list.apps.length > 0;
  const quiet: Line = hasRule ? line(dim(glyphs.horizontal.repeat(columns))) : [];
  if (state.screen.name === "sort") return [quiet, ...sortMenuLines(state, glyphs, columns)];
  const message = messageLines(state, glyphs, columns);
  return [...(message.length === 0 ? [quiet] : message), hintLine(state, glyphs, columns)];
}
