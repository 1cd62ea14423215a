import type { ConnectionFault } from "@install-summary/command-line/errors";
import { visibleText } from "@install-summary/core/text";
import type { Failure } from "../server/failure.ts";
import type { TokenSource } from "../server/sign-in.ts";

/** What was being done when a request failed: advice depends on it. */
export type Situation = "list" | "app" | "send";

/** What happened, in a sentence or two, with what a status means for a person. */
export function failureText(failure: Failure, during: Situation): string {
  const { status, message } = failure;
  if (failure.kind !== "response" || status === undefined) return endSentence(message);
  if (status === 401) return `Not signed in (401): ${endSentence(message)}`;
  if (status === 403) return `Not allowed (403): ${endSentence(message)}`;
  if (status === 404) return `${during === "list" ? "Not found" : "Gone"} (404): ${endSentence(message)}`;
  if (status === 429) return `The server asks to wait (429): ${endSentence(message)}`;
  return `${status >= 500 ? "The server failed" : "Refused"} (${status}): ${endSentence(message)}`;
}

/** How a refused token is renewed: it depends on where it came from. `t` is a key of the editor. */
export function renewalText(source: TokenSource): string {
  switch (source) {
    case "INSTALL_SUMMARY_TOKEN":
      return "INSTALL_SUMMARY_TOKEN is read once: t takes a new token.";
    case "INSTALL_SUMMARY_TOKEN_FILE":
      return "Put a new token into the file of INSTALL_SUMMARY_TOKEN_FILE, which is read again, or t takes one.";
    case "INSTALL_SUMMARY_TOKEN_COMMAND":
      return "INSTALL_SUMMARY_TOKEN_COMMAND was run again, and its token was refused too: sign in there, or t takes one.";
    case "person":
      return "The token that you gave was refused: t takes another one.";
  }
}

/** What a person can do about it; `untried` is a token that was given since. */
export function failureAdvice(failure: Failure, during: Situation, source: TokenSource | "untried"): string {
  const { kind, status, innerCode } = failure;
  const again = during === "send" ? "Still staged; s sends it again." : "R tries again.";
  if (kind === "unusable" && during === "list") return `${foreignAdvice} ${again}`;
  if (kind !== "response") return again;
  if (status === 400 && during === "send") return "Still staged. Correct the value, then s sends it again.";
  if (status === 401 && source !== "untried") {
    const renew = renewalText(source);
    return during === "send" ? `Still staged. ${renew} Then s sends it again.` : `${renew} R tries again.`;
  }
  if (status === 403 && innerCode === "serviceReadOnly" && during === "send") {
    return "Still staged. When the service takes changes again, s sends it.";
  }
  if (status === 403) {
    return during === "send"
      ? "Still staged. Sending needs a token with DeviceManagementApps.ReadWrite.All."
      : "Reading needs a token with DeviceManagementApps.Read.All.";
  }
  if (status === 404 && during === "list") return "Is INSTALL_SUMMARY_URL right?";
  if (status === 404 && during === "send") {
    return "Still staged. In the list, c copies the edits and D drops them.";
  }
  return again;
}

/** What a person can do about a success that cannot be used. */
export const foreignAdvice =
  "Is INSTALL_SUMMARY_URL right? A proxy or a sign-in page may have responded in its place.";

/** What a person can do where no response came. */
export function connectionAdvice(fault: ConnectionFault | undefined): string {
  switch (fault?.kind) {
    case "unknownName":
      return "Is the host name in INSTALL_SUMMARY_URL right?";
    case "nameLookup":
      return "Is this computer online?";
    case "noRoute":
    case "notOpened":
    case "connectTimeout":
      return "Is this computer in the right network, such as a VPN? INSTALL_SUMMARY_URL sets another address.";
    case "blockedPort":
      return "It has to be served on another port, such as 8420 or 8443.";
    case "certificateName":
      return "Is the host name in INSTALL_SUMMARY_URL right?";
    case "certificateTime":
      return "It has to be renewed, or the clock of this computer is wrong.";
    case "certificate":
      return "For a facade's local certificate, set NODE_EXTRA_CA_CERTS to the file ca.pem in its data folder.";
    case "notTls":
      return "Does it serve HTTPS there? For plain HTTP write http:// in INSTALL_SUMMARY_URL.";
    case "handshake":
      return "The server has to speak TLS 1.2 or newer, and must not ask for a certificate of yours.";
    case "closed":
    case "notHttp":
    case "headers":
    case "encoding":
      return "Does INSTALL_SUMMARY_URL name its port, and https:// where it serves HTTPS?";
    case "timeout":
    case "other":
      return "Is the server overloaded, or is it another one? INSTALL_SUMMARY_URL sets another address.";
    case "refused":
    case undefined:
      return "Is it running there? INSTALL_SUMMARY_URL sets another address.";
  }
}

/** What several requests came to, oldest first, each sentence once. */
export function failureSentences(failures: readonly Failure[]): string {
  return [...new Set(failures.map(({ sentence }) => sentence))].join(" ");
}

/** The ids of the requests, for the server's log. */
export function requestIds(failures: readonly Failure[]): readonly string[] {
  return [...new Set(failures.flatMap(({ requestId }) => requestId ?? []))];
}

/** Everything about a failed reading of the list, in lines, for a person who can help. */
export function failureReport(failure: Failure, baseUrl: string, moment: number): string {
  return [
    failureText(failure, "list"),
    `at ${new Date(moment).toISOString()}`,
    `from ${baseUrl}`,
    ...requestIds([failure]).map((id) => `request-id ${id}`),
  ].join("\n");
}

/** A text from outside as a sentence that ends. */
function endSentence(text: string): string {
  const shown = visibleText(text.trim(), 500);
  return /[.!?…]$/.test(shown) ? shown : `${shown}.`;
}
