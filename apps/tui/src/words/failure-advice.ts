import type { ConnectionFault } from "@install-summary/command-line/errors";
import type { AddressSource } from "../server/connection.ts";
import type { Failure } from "../server/failure.ts";
import type { TokenSource } from "../server/sign-in.ts";
import type { Situation } from "./failure-text.ts";
import { waitText } from "./wait-text.ts";

/** What a person can do about a success that cannot be used. */
export function foreignAdvice(address: AddressSource): string {
  return `${urlAdvice(address)} A proxy or a sign-in page may have responded in its place.`;
}

function urlAdvice(address: AddressSource): string {
  return `Is ${named(address)} right?`;
}

function named(address: AddressSource): string {
  return address === "URL" ? "the URL" : address;
}

/** Where the variable was not set, a person may not know that it can be. */
function elsewhere(address: AddressSource): string {
  return address === "URL" ? urlAdvice(address) : `${address} sets another address.`;
}

const variable = "INSTALL_SUMMARY_URL";
const readScope = "DeviceManagementApps.Read.All";
const writeScope = "DeviceManagementApps.ReadWrite.All";

/** What a person in the editor can do about it; `untried` is a token that was given since. */
export function failureAdvice(
  failure: Failure,
  during: Exclude<Situation, "command">,
  source: TokenSource | "untried",
): string {
  const { kind, status, innerCode } = failure;
  const again = during === "send" ? "Still staged; s sends it again." : "R tries again.";
  if (kind === "unusable" && during === "list") return `${foreignAdvice(variable)} ${again}`;
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
      ? `Still staged. Sending needs a token with ${writeScope}.`
      : `Reading needs a token with ${readScope}.`;
  }
  if (status === 404 && during === "list") return urlAdvice(variable);
  if (status === 404 && during === "send") {
    return "Still staged. In the list, c copies the edits and D drops them.";
  }
  return again;
}

/** Where the token and the address of a command came from. */
export interface CommandSources {
  readonly token: TokenSource;
  readonly address: AddressSource;
  /** The command that lists the apps of the environment's server. */
  readonly list: string;
}

/** What a person can do about it who has run a command. */
export function commandAdvice(
  failure: Failure,
  { token, address, list }: CommandSources,
): string | undefined {
  const { kind, status, innerCode, retryAfter } = failure;
  if (kind === "unusable") return foreignAdvice(address);
  // A redirect says itself which URL to use.
  if (kind !== "response" || status === undefined || status < 400) return undefined;
  if (status === 401) return renewalForCommand(token);
  if (status === 403) {
    return innerCode === "serviceReadOnly"
      ? "Run the command again when the service takes changes."
      : `Reading needs a token with ${readScope}, and changing one with ${writeScope}.`;
  }
  if (status === 404) {
    // `list` asks the server of the variable.
    const shown = address === "URL" ? "" : ` ${list} shows the apps that the server has.`;
    return urlAdvice(address) + shown;
  }
  if (status === 405 || status === 501) return foreignAdvice(address);
  if (status === 409 || status === 412) return "Run the command again to start from the current values.";
  if (status === 413) return "Send less at once, or raise the limit of the server, or of a proxy before it.";
  if (retryAfter !== undefined) return `Wait ${waitText(retryAfter)} before the next try.`;
  if (status === 408 || status === 429) return "Wait a little before the next try.";
  if (status === 502 || status === 504) {
    return "A proxy responded in the server's place: is the server behind it running?";
  }
  return status >= 500
    ? "Try again later. If it goes on, ask those who run the server."
    : `Correct what the server names. If it is right, ${named(address)} may name another service.`;
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

/** The same where no key takes a token. */
function renewalForCommand(source: TokenSource): string {
  switch (source) {
    case "INSTALL_SUMMARY_TOKEN_FILE":
      return "Put a new token into the file of INSTALL_SUMMARY_TOKEN_FILE.";
    case "INSTALL_SUMMARY_TOKEN_COMMAND":
      return "INSTALL_SUMMARY_TOKEN_COMMAND was run again, and its token was refused too: sign in there.";
    case "INSTALL_SUMMARY_TOKEN":
    case "person":
      return "Renew INSTALL_SUMMARY_TOKEN, or let INSTALL_SUMMARY_TOKEN_COMMAND print a new one.";
  }
}

/** What a person can do where no response came. */
export function connectionAdvice(
  fault: ConnectionFault | undefined,
  address: AddressSource = variable,
): string {
  switch (fault?.kind) {
    case "unknownName":
      return `Is the host name in ${named(address)} right?`;
    case "nameLookup":
      return "Is this computer online?";
    case "noRoute":
    case "notOpened":
    case "connectTimeout":
      return `Is this computer in the right network, such as a VPN? ${elsewhere(address)}`;
    case "blockedPort":
      return "It has to be served on another port, such as 8420 or 8443.";
    case "certificateName":
      return `Is the host name in ${named(address)} right?`;
    case "certificateTime":
      return "It has to be renewed, or the clock of this computer is wrong.";
    case "certificate":
      return "For a facade's local certificate, set NODE_EXTRA_CA_CERTS to the file ca.pem in its data folder.";
    case "notTls":
      return `Does it serve HTTPS there? For plain HTTP write http:// in ${named(address)}.`;
    case "handshake":
      return "The server has to speak TLS 1.2 or newer, and must not ask for a certificate of yours.";
    case "closed":
    case "notHttp":
    case "headers":
    case "encoding":
      return `Does ${named(address)} name its port, and https:// where it serves HTTPS?`;
    case "timeout":
    case "other":
      return `Is the server overloaded, or is it another one? ${elsewhere(address)}`;
    case "refused":
    case undefined:
      return `Is it running there? ${elsewhere(address)}`;
  }
}
