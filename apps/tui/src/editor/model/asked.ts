import type { EditorState } from "./editor-state.ts";
import type { Effect } from "./effect.ts";
import type { Happening, ReadPurpose } from "./event.ts";

/** How many of the requests that the person asked for are on their way, once this has happened and these effects run. */
export function countAsked(before: number, event: Happening, effects: readonly Effect[]): number {
  const answered = isAnswer(event) ? 1 : 0;
  return Math.max(0, before - answered) + effects.filter(isRequest).length;
}

/** Whether something that the person asked for is being read: an app, the list, or what changed last. */
export function isReadingForPerson({ asked, list }: Pick<EditorState, "asked" | "list">): boolean {
  return asked > 0 || list.loading?.asked !== undefined;
}

function isRequest(effect: Effect): boolean {
  return effect.kind === "readRecent" || (effect.kind === "readApp" && isAsked(effect));
}

/** Each request has one of these. */
function isAnswer(event: Happening): boolean {
  if (event.kind === "appRead" || event.kind === "readFailed") return isAsked(event);
  return event.kind === "recentRead" || event.kind === "recentFailed";
}

function isAsked({ purpose }: { readonly purpose: ReadPurpose }): boolean {
  return purpose === "refresh" || purpose === "takeBack";
}
