import type { Failure } from "../../server/failure.ts";
import type { TokenSource } from "../../server/sign-in.ts";
import { parseTokenText } from "../../server/token-text.ts";
import { startLoading } from "../model/list-loading.ts";
import type { EditorState, Screen } from "../model/editor-state.ts";
import { transition, say, type Transition } from "../model/transition.ts";

/** More than any token has. */
const maxLength = 64 * 1024;

/** Asks for a new token. It takes keys and pastes, and is never drawn. */
export function askForToken(state: EditorState): EditorState {
  return { ...state, question: { kind: "token", text: "" } };
}

/** The token that is being given, with more of it. */
export function addToToken(state: EditorState, text: string): EditorState {
  if (text.length > maxLength) return say(askForToken(state), "No token is that long.", "wrong");
  return { ...state, question: { kind: "token", text } };
}

/** Uses the token that was given, and reads the list with it where that had failed. */
export function useToken(state: EditorState, text: string): Transition {
  const token = parseTokenText(text);
  if (token === undefined) {
    return transition(
      say(state, "Not used: a token is one line without spaces or quotes. t asks again.", "wrong"),
    );
  }
  const screen = withNewToken(state.screen);
  const signedIn = say({ ...state, tokenSource: "person", screen }, "The new token is used from now on.");
  const effect = { kind: "useToken", token, replaced: state.tokenSource } as const;
  if (state.link.kind === "online" || state.list.loading !== undefined) return transition(signedIn, effect);
  const list = startLoading(state.list, state);
  return transition({ ...signedIn, list, link: { kind: "connecting" } }, effect, {
    kind: "loadPages",
    generation: list.generation,
  });
}

/** The token that was given is not used: the one before stays. */
export function tokenRefused(state: EditorState, source: TokenSource, failure: Failure): EditorState {
  return say({ ...state, tokenSource: source }, `Not used. ${failure.sentence}`, "wrong");
}

/** The results of what was sent with the token before. */
function withNewToken(screen: Screen): Screen {
  return screen.name === "results"
    ? { ...screen, sending: { ...screen.sending, hasNewToken: true } }
    : screen;
}
