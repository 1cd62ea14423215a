import { visibleText } from "@install-summary/core/text";

/** What kept a request from its response, by what a person can do about it. */
export type ConnectionFaultKind =
  | "refused"
  | "unknownName"
  | "nameLookup"
  | "noRoute"
  | "notOpened"
  | "connectTimeout"
  | "blockedPort"
  | "certificateName"
  | "certificateTime"
  | "certificate"
  | "notTls"
  | "handshake"
  | "closed"
  | "notHttp"
  | "headers"
  | "encoding"
  | "timeout"
  | "other";

/** Why a request got no response. */
export interface ConnectionFault {
  readonly kind: ConnectionFaultKind;
  /** The system's own word, such as `ECONNREFUSED`. */
  readonly reason: string;
}

/** The fault of an error of Node, undici, Bun or ky; undefined where it names no cause, as in browsers. */
export function connectionFaultOf(error: unknown): ConnectionFault | undefined {
  const chain = chainOf(error);
  const faults = chain.flatMap((each, index) => faultOf(each, index > 0) ?? []);
  return faults.findLast(({ kind }) => kind !== "other") ?? faults.at(-1);
}

/** Why a request got no response, as the end of a sentence that names the server: `nothing listens there (ECONNREFUSED)`. */
export function connectionFaultText({ kind, reason }: ConnectionFault): string {
  const text = kind === "other" ? undefined : texts[kind];
  if (text === undefined) return visibleText(reason.replace(/\.+$/, ""), 500);
  // Any other reason is a sentence of a library's.
  return /^[A-Z][A-Z\d_]+$/.test(reason) ? `${text} (${reason})` : text;
}

const texts: Readonly<Record<Exclude<ConnectionFaultKind, "other">, string>> = {
  refused: "nothing listens there",
  unknownName: "its host name is unknown",
  nameLookup: "its host name cannot be looked up now",
  noRoute: "this computer has no network that leads there",
  notOpened: "this computer cannot open a connection to it",
  connectTimeout: "no connection was made in time",
  blockedPort: "browsers and Node block its port",
  certificateName: "its certificate is for another name",
  certificateTime: "its certificate is not valid today",
  certificate: "its certificate is not trusted",
  notTls: "something other than TLS is spoken there",
  handshake: "the TLS handshake failed",
  closed: "the other side closed the connection",
  notHttp: "something other than HTTP/1.1 is spoken there",
  headers: "the headers of its response are too large",
  encoding: "its response cannot be decompressed",
  timeout: "no response came in time",
};

/** By the code of an error, or by its message where it has none. */
const kinds: readonly (readonly [ConnectionFaultKind, RegExp])[] = [
  ["refused", /^(?:ECONNREFUSED|ConnectionRefused)$/],
  ["unknownName", /^ENOTFOUND$/],
  ["nameLookup", /^EAI_/],
  ["noRoute", /^(?:E(?:HOST|NET)(?:UNREACH|DOWN)|EADDRNOTAVAIL|EAFNOSUPPORT)$/],
  ["connectTimeout", /^UND_ERR_CONNECT_TIMEOUT$/],
  ["blockedPort", /^bad port$/],
  ["certificateName", /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/],
  ["certificateTime", /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/],
  // Source: Node, "X509 certificate error codes".
  ["certificate", /^UNABLE_TO_|CERT(?:_|$)|^CRL_|^INVALID_(?:CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$/],
  ["notTls", /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/],
  ["handshake", /^(?:ERR_SSL_.*|EPROTO)$/],
  ["closed", /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/],
  ["headers", /^(?:HPE|UND_ERR)_HEADERS?_OVERFLOW$/],
  // What inflates in Node, whose errors have names like `Z_DATA_ERROR`.
  ["encoding", /^Z_|^ZSTD_|^ERR_(?:_ERROR_FORMAT|BROTLI)|^ERR__ERROR_/],
  // undici's words, and those of `Response` for a status above 599.
  ["notHttp", /^HPE_|^Response does not match the HTTP\/1\.1 protocol|^init\["status"\]/],
];

function faultOf(error: Error, isCause: boolean): ConnectionFault | undefined {
  const { message, name } = error;
  const reason = codeOf(error) ?? (isCause ? message : "");
  // What a signal gives that was made by `AbortSignal.timeout`.
  if (name === "TimeoutError") return { kind: "timeout", reason: "" };
  if (reason === "") return undefined;
  const isConnecting = "syscall" in error && /^(?:connect|getaddrinfo|query)/.test(String(error.syscall));
  return { kind: kindOf(reason, message, isConnecting), reason };
}

function kindOf(reason: string, message: string, isConnecting: boolean): ConnectionFaultKind {
  if (reason === "EPROTO" && message.includes("wrong version number")) return "notTls";
  if (reason === "ETIMEDOUT") return isConnecting ? "connectTimeout" : "timeout";
  const [kind] = kinds.find(([, pattern]) => pattern.test(reason)) ?? [];
  return kind ?? (isConnecting ? "notOpened" : "other");
}

/** An error with its causes. A name with several addresses has an error for each of them, of which one tells enough. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error && !chain.includes(each);) {
    chain.push(each);
    each = each.cause ?? (each instanceof AggregateError ? each.errors[0] : undefined);
  }
  return chain;
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" && error.code !== "" ? error.code : undefined;
}
