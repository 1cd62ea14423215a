import { unicodeGlyphs, type Glyphs } from "./view/glyphs.ts";
import { scrollKey } from "./scroll-keys.ts";
import { countAsked, isReadingForPerson } from "./model/asked.ts";
import { layoutOf, listRows } from "./model/layout.ts";
import { draftsDiscarded, draftsFound, offerDrafts, seekDrafts } from "./actions/bring-back.ts";
import { draftsClaimed } from "./actions/claim-drafts.ts";
import { draftRead, draftReadFailed, readDrafts } from "./actions/read-drafts.ts";
import {
  draftEffects,
  draftsFailed,
  draftWritten,
  draftsKept,
  draftsStale,
  draftsTaken,
  editedElsewhere,
} from "./actions/keep-drafts.ts";
import { offerConflicts } from "./actions/decide-conflicts.ts";
import { conflictKey } from "./keys/conflict-keys.ts";
import { counterKey } from "./keys/counter-keys.ts";
import { draftsKey } from "./keys/drafts-keys.ts";
import type { CopiedScreen, EditorState, HelpScreen } from "./model/editor-state.ts";
import { entryKey } from "./keys/entry-keys.ts";
import type { EditorEvent, KeyPressed } from "./model/event.ts";
import { filterKey } from "./keys/filter-keys.ts";
import { historyKey } from "./keys/history-keys.ts";
import { listKey } from "./keys/list-keys.ts";
import { keepInView } from "./model/list-moves.ts";
import { noteReadingEnded } from "./model/live.ts";
import { tokenRefused } from "./actions/give-token.ts";
import { listFailed, listLoaded, pageLoaded, retryList } from "./actions/loading.ts";
import { changersFailed, changersRead, readChangers } from "./actions/read-changers.ts";
import { newerFailed, readNewerAgain } from "./actions/read-newer-again.ts";
import { appRefreshed, refreshFailed } from "./actions/read-again.ts";
import { historyFailed, historyRead } from "./actions/read-history.ts";
import { readTrendAtRest, trendFailed, trendRead, wantsTrend } from "./actions/read-trend.ts";
import { say, transition, type Transition } from "./model/transition.ts";
import { openPalette, paletteKey } from "./palette-keys.ts";
import { paste } from "./keys/paste.ts";
import { questionKey } from "./keys/question-keys.ts";
import { refuseReadOnly } from "./keys/read-only.ts";
import { followed, logRead, newerRead, readBehind } from "./actions/live-changes.ts";
import { withoutOutdated } from "./actions/outdated-question.ts";
import { askToQuit, interrupt } from "./actions/quit.ts";
import { readToTakeBack, readToTakeBackFailed } from "./actions/take-back-read.ts";
import { resultsKey } from "./keys/results-keys.ts";
import { reviewKey } from "./keys/review-keys.ts";
import { advance } from "./actions/advance-sending.ts";
import { acknowledged, lookFailed, lookRead, patchHeld, sendFailed } from "./actions/send-events.ts";
import { retellEdit } from "./actions/say-edit.ts";
import { stopSending } from "./actions/start-sending.ts";
import { sortKeyPressed } from "./keys/sort-keys.ts";
import { recentFailed, recentRead } from "./actions/sort-by-change.ts";
import { unusedKey } from "./keys/unused-key.ts";
import { isConfirming, sayUnseen } from "./keys/unseen-key.ts";
import { keepAhead, withoutUseless } from "./type-ahead.ts";

/** What an event makes of the editor, which is drawn with these signs, and what the world outside is to do. Pure. */
export function reduce(before: EditorState, event: EditorEvent, glyphs = unicodeGlyphs): Transition {
  const known = { ...before, now: event.now, uptime: event.uptime, eventCount: before.eventCount + 1 };
  const kept = keepAhead(known, event);
  const caughtUp = both(kept === undefined ? handle(known, event, glyphs) : transition(kept), readBehind);
  const asking = { ...caughtUp, state: withoutOutdated(before, caughtUp.state) };
  const offered = both(asking, (next) => readDrafts(offerConflicts(before, offerDrafts(next))));
  const handled = both(offered, readChangers);
  const asked = countAsked(before.asked, event, handled.effects);
  const told = retellEdit(before, handled.state);
  const state = withoutEnded(withoutUseless({ ...told, asked }));
  const effects = [...draftEffects(before.staging, state.staging), ...handled.effects];
  // Where nothing is shown there is nothing to scroll either.
  if (layoutOf(state.size).kind === "tooSmall") return { state, effects };
  return { state: { ...state, list: keepInView(state.list, listRows(state.size)) }, effects };
}

/** What was said to be going on is not said once that has ended. */
function withoutEnded(state: EditorState): EditorState {
  const { notice, screen, list } = state;
  const isReading = list.loading !== undefined || isReadingForPerson(state);
  const goesOn = notice?.during === "sending" ? screen.name === "sending" : isReading;
  return notice?.during === undefined || goesOn ? state : { ...state, notice: undefined };
}

/** Whether time shows or something is due: then `ticked` is wanted each second. */
export function wantsClock(state: EditorState): boolean {
  const { link, screen, list, live } = state;
  const links = [link, ...live.unread.values()];
  const isWaiting = links.some((one) => one.kind === "waiting" && one.until !== undefined);
  const isReadingFirst = list.loading !== undefined && list.apps.length === 0;
  return isWaiting || isReadingFirst || screen.name === "sending" || wantsTrend(state);
}

function handle(state: EditorState, event: EditorEvent, glyphs: Glyphs): Transition {
  switch (event.kind) {
    case "key":
      return press(
        { ...state, notice: undefined, takingBack: undefined, pressedAt: event.uptime },
        event,
        glyphs,
      );
    case "paste":
      return transition(paste({ ...state, notice: undefined, takingBack: undefined }, event.text));
    case "aheadReleased":
      return transition({ ...state, ahead: [] });
    case "pasteStalled":
      return transition(say(state, "The end of a paste has not come. Esc gives the paste up.", "wrong"));
    case "pasteGivenUp":
      return transition(say(state, "Nothing pasted: the end of the paste has not come.", "wrong"));
    case "resized":
      return transition({ ...state, size: event.size });
    case "ticked":
      return both(both(both(retryList(state), readNewerAgain), advance), readTrendAtRest);
    case "pageLoaded":
      return both(pageLoaded(state, event), seekDrafts);
    case "listLoaded":
      return transition(listLoaded(state, event.generation));
    case "listFailed":
      return transition(listFailed(state, event.generation, event.failure));
    case "appRead":
      if (event.purpose === "look") return lookRead(state, event);
      if (event.purpose === "newer") return newerRead(newerEnded(state, event.app.id), event);
      if (event.purpose === "takeBack") return readToTakeBack(state, event);
      if (event.purpose === "draft") return transition(draftRead(state, event));
      return appRefreshed(state, event);
    case "readFailed":
      if (event.purpose === "look") return lookFailed(state, event.appId, event.failure);
      if (event.purpose === "draft") return transition(draftReadFailed(state, event.appId, event.failure));
      if (event.purpose === "newer")
        return transition(newerFailed(newerEnded(state, event.appId), event.appId, event.failure));
      if (event.purpose === "takeBack")
        return transition(readToTakeBackFailed(state, event.appId, event.failure));
      return transition(refreshFailed(state, event.appId, event.failure));
    case "patchAcknowledged":
      return acknowledged(state, event.appId, event);
    case "patchFailed":
      return sendFailed(state, event.appId, event.failure);
    case "patchHeld":
      return patchHeld(state, event.appId, event.reason);
    case "historyRead": {
      const read = historyRead(state, event);
      return transition(logRead(read.state, event.changes), ...read.effects);
    }
    case "changersRead":
      return transition(changersRead(state, event.key, event.changes));
    case "changersFailed":
      return transition(changersFailed(state, event.key));
    case "followed":
      return followed(state, event.followed);
    case "recentRead":
      return transition(recentRead(state, event));
    case "recentFailed":
      return transition(recentFailed(state, event.failure));
    case "trendRead":
      return transition(trendRead(state, event.appId, event.trend));
    case "trendFailed":
      return transition(trendFailed(state, event.appId, event.failure));
    case "historyFailed":
      return transition(historyFailed(state, event.generation, event.failure));
    case "tokenRefused":
      return transition(tokenRefused(state, event.source, event.failure));
    case "draftsFound":
      return transition(draftsFound(state, event));
    case "draftsClaimed":
      return draftsClaimed(state, event);
    case "draftsDiscarded":
      return transition(draftsDiscarded(state, event));
    case "draftsFailed":
      return transition(draftsFailed(state, event.reason));
    case "draftWritten":
      return transition(draftWritten(state, event.appId));
    case "draftsKept":
      return transition(draftsKept(state));
    case "draftsStale":
      return transition(draftsStale(state, event.apps));
    case "draftsTaken":
      return transition(draftsTaken(state, event.appIds));
    case "editedElsewhere":
      return transition(editedElsewhere(state, event.appIds));
  }
}

/** Reading a newer version of an app has ended, so that it can be read once more. */
function newerEnded(state: EditorState, appId: string): EditorState {
  return { ...state, live: noteReadingEnded(state.live, appId) };
}

type KeyPress = Pick<KeyPressed, "key" | "isAhead">;

function press(state: EditorState, { key, isAhead }: KeyPress, glyphs: Glyphs): Transition {
  if (key === "ctrl-c") return interrupt(state);
  if (key === "ctrl-z") return transition(state, { kind: "suspend" });
  if (key === "ctrl-l") return transition(state, { kind: "redraw" });
  // What cannot be seen is not to be changed either.
  if (layoutOf(state.size).kind === "tooSmall" && state.question?.kind !== "quit") {
    return key === "q" ? askToQuit(state, "q") : transition(state);
  }
  if (isAhead === true && isConfirming(state, key)) return transition(sayUnseen(state, key));
  if (state.question !== undefined) return questionKey(state, state.question, key);
  const { screen } = state;
  const refused = refuseReadOnly(state, key);
  if (refused !== undefined) return transition(refused);
  const scrolled = scrollKey(state, key, glyphs);
  if (scrolled !== undefined) return scrolled;
  const opened = key === ":" ? openPalette(state, glyphs) : undefined;
  if (opened !== undefined) return opened;
  switch (screen.name) {
    case "list":
      return listKey(state, key);
    case "filter":
      return filterKey(state, screen, key);
    case "sort":
      return sortKeyPressed(state, key);
    case "counters":
      return counterKey(state, key);
    case "entry":
      return entryKey(state, screen.text, key);
    case "drafts":
      return draftsKey(state, screen, key);
    case "conflict":
      return conflictKey(state, screen, key);
    case "review":
      return reviewKey(state, screen, key);
    case "sending":
      if (key === "escape") return stopSending(state);
      return key === "q" ? askToQuit(state, "q") : unusedKey(state, key);
    case "results":
      return resultsKey(state, screen, key);
    case "history":
      return historyKey(state, key);
    case "palette":
      return paletteKey(state, screen, key, glyphs, (next, pressed) => press(next, { key: pressed }, glyphs));
    case "help":
    case "copied":
      return readingKey(state, screen, key);
  }
}

/** A key on a screen that is only read. */
function readingKey(state: EditorState, screen: HelpScreen | CopiedScreen, key: string): Transition {
  if (key === "tab" && screen.name === "help") {
    return transition({ ...state, screen: { ...screen, all: !screen.all, top: 0 } });
  }
  // What only is read is closed by what closes readers elsewhere.
  if (["escape", "enter", "?", "q"].includes(key)) return transition({ ...state, screen: screen.back });
  return unusedKey(state, key);
}

function both(first: Transition, next: (state: EditorState) => Transition): Transition {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}
