import { drawEditor, type DrawnStore } from "../src/editor/draw-editor.tsx";
import { unicodeGlyphs } from "../src/editor/view/glyphs.ts";
import { frameNames, frameState } from "./frame-screens.ts";

// The screens whose frames are kept, one after the other as keys are typed, drawn by what draws the editor.

const { env, stdin, stdout } = process;
const size = { columns: stdout.columns, rows: stdout.rows };
const states = frameNames().map((name) => frameState(name, size));
const subscribers = new Set<() => void>();
let shown = 0;

const store: DrawnStore = {
  state() {
    const state = states[shown];
    if (state === undefined) throw new Error("All screens were shown.");
    return state;
  },
  glyphs: () => unicodeGlyphs,
  subscribe(changed) {
    subscribers.add(changed);
    return () => subscribers.delete(changed);
  },
  dispatch() {
    if (shown === states.length - 1) return void screen.close();
    shown += 1;
    for (const changed of subscribers) changed();
  },
};

const screen = drawEditor({ store, stdin, stdout, env, isSpoken: false });
