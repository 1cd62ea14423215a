import { Frame } from "../frame.tsx";
import { Lines } from "../lines.tsx";
import { useTheme } from "../theme.ts";
import { layoutOf } from "../../model/layout.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { conflictTableLines } from "../../view/conflict/conflict-table-lines.ts";
import { copiedLines } from "../../view/frame/copied-lines.ts";
import { draftsLines } from "../../view/drafts/drafts-lines.ts";
import type { Glyphs } from "../../view/glyphs.ts";
import { helpLines } from "../../view/frame/help-lines.ts";
import { historyLines } from "../../view/history/history-lines.ts";
import type { Line } from "../../view/line.ts";
import { paletteLines } from "../../view/palette/palette-lines.ts";
import { resultsLines } from "../../view/sending/results-lines.ts";
import { reviewScreenLines } from "../../view/review/review-lines.ts";
import { sendingLines } from "../../view/sending/sending-lines.ts";
import { Browse } from "./browse-screen.tsx";
import { TooSmall } from "./too-small-screen.tsx";

/** The editor as a state of it looks. */
export function Editor({ state }: { readonly state: EditorState }): React.ReactNode {
  if (layoutOf(state.size).kind === "tooSmall") return <TooSmall state={state} />;
  switch (state.screen.name) {
    case "list":
    case "filter":
    case "sort":
    case "counters":
    case "entry":
      return <Browse state={state} />;
    case "conflict":
      return <Page state={state} draw={conflictTableLines} />;
    case "drafts":
      return <Page state={state} draw={draftsLines} />;
    case "review":
      return <Page state={state} draw={reviewScreenLines} />;
    case "sending":
      return <Page state={state} draw={sendingLines} />;
    case "results":
      return <Page state={state} draw={resultsLines} />;
    case "history":
      return <Page state={state} draw={historyLines} />;
    case "help":
      return <Page state={state} draw={helpLines} />;
    case "palette":
      return <Page state={state} draw={paletteLines} />;
    case "copied":
      return <Page state={state} draw={copiedLines} />;
  }
}

type Draw = (state: EditorState, glyphs: Glyphs, width: number, height: number) => readonly Line[];

/** A screen of one pane over the message and the keys. */
function Page({ state, draw }: { readonly state: EditorState; readonly draw: Draw }): React.ReactNode {
  const { glyphs } = useTheme();
  return (
    <Frame state={state}>
      {({ columns, rows }) => (
        <Lines lines={draw(state, glyphs, columns, rows)} width={columns} height={rows} />
      )}
    </Frame>
  );
}
