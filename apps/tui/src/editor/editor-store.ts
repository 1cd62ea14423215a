import type { EditorState } from "./model/editor-state.ts";
import type { Effect } from "./model/effect.ts";
import type { Happening, Times } from "./model/event.ts";
import type { Glyphs } from "./view/glyphs.ts";
import { reduce, wantsClock } from "./reduce.ts";
import { dueAhead } from "./type-ahead.ts";

/** The editor's state as it is now, and the one way to change it. */
export interface EditorStore {
  readonly state: () => EditorState;
  /** Calls back after each change, until the returned function is called. */
  readonly subscribe: (changed: () => void) => () => void;
  readonly dispatch: (happening: Happening) => void;
  /** The signs that it is drawn with. */
  readonly glyphs: () => Glyphs;
  /** Draws with other signs from now on. */
  show(glyphs: Glyphs): void;
  /** Nothing happens any more. */
  close(): void;
}

/** What time it is. */
export function timesNow(): Times {
  return { now: Date.now(), uptime: performance.now() };
}

/** How often time passes while it shows: often enough for a countdown in seconds. */
const tick = 500;

/** Keeps the state, which is drawn with these signs at first, lets events change it, and hands effects to `run`. */
export function createEditorStore(
  first: EditorState,
  run: (effect: Effect) => void,
  firstGlyphs: Glyphs,
): EditorStore {
  let state = first;
  let glyphs = firstGlyphs;
  let clock: NodeJS.Timeout | undefined;
  let open = true;
  const subscribers = new Set<() => void>();

  function dispatch(happening: Happening): void {
    if (!open) return;
    const next = reduce(state, { ...happening, ...timesNow() }, glyphs);
    state = next.state;
    setClock();
    for (const changed of subscribers) changed();
    for (const effect of next.effects) run(effect);
    for (const due of dueAhead(state)) dispatch(due);
  }

  function setClock(): void {
    if (open && wantsClock(state)) {
      clock ??= setInterval(() => dispatch({ kind: "ticked" }), tick);
    } else {
      clearInterval(clock);
      clock = undefined;
    }
  }

  setClock();
  return {
    state: () => state,
    subscribe(changed) {
      subscribers.add(changed);
      return () => subscribers.delete(changed);
    },
    dispatch,
    glyphs: () => glyphs,
    show(other) {
      glyphs = other;
      for (const changed of subscribers) changed();
    },
    close() {
      open = false;
      setClock();
    },
  };
}
