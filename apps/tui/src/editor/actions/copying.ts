import {
  requestText,
  takeBackCommand,
  type CommandPlace,
  type RequestForm,
} from "../../words/request-text.ts";
import { currentApp } from "../model/app-list.ts";
import type { Copied, EditorState } from "../model/editor-state.ts";
import { outcome, say, type Outcome } from "../model/outcome.ts";
import { currentLine, requestOf } from "../model/review.ts";
import { hasChanged, type Send } from "../model/sending.ts";
import type { StagedApp } from "../model/staging.ts";

const titles: Readonly<Record<RequestForm, string>> = {
  curl: "curl, with the token in the variable TOKEN",
  powershell: "PowerShell, with the token in $env:TOKEN",
  json: "JSON, the body of the request",
};

/** Copies the request of the app under the cursor, and shows it. */
export function copyRequest(state: EditorState, form: RequestForm): Outcome {
  const staged = stagedUnderCursor(state);
  if (staged === undefined) return outcome(say(state, "Nothing is staged for this app to copy."));
  const text = requestText(state.baseUrl, requestOf(staged), form);
  return copy(state, { form, title: titles[form], text });
}

/** Copies the commands that take everything back that was sent, and shows them. */
export function copyTakeBack(state: EditorState, send: Send): Outcome {
  const text = takeBackCommands(state, send).join("\n");
  if (text === "") return outcome(say(state, "Nothing was sent: there is nothing to take back."));
  return copy(state, { form: "curl", title: "What takes the sent changes back", text });
}

/** The commands that take back what was sent, one for each app. */
function takeBackCommands(place: CommandPlace, send: Send): readonly string[] {
  return send.items.flatMap(({ app, patch, status }) =>
    hasChanged(status) ? [takeBackCommand(place, app, patch, status.etag)] : [],
  );
}

function copy(state: EditorState, copied: Copied): Outcome {
  const screen = { name: "copied", copied, top: 0, back: state.screen } as const;
  return outcome({ ...state, screen }, { kind: "copy", text: copied.text });
}

function stagedUnderCursor(state: EditorState): StagedApp | undefined {
  if (state.screen.name === "review") return currentLine(state.staging, state.screen.line)?.staged;
  const app = currentApp(state.list);
  return app && state.staging.apps.get(app.id);
}
