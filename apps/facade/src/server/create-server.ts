import { createServer, type RequestListener, type ServerOptions } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Server, Socket } from "node:net";
import type { Limits } from "../settings/settings.ts";
import { holdHandshakes } from "./handshakes.ts";
import type { HeadLimits } from "./node-request.ts";

/** What the HTTP servers of Node have in common, with and without TLS. */
export interface WebServer extends Server {
  maxHeadersCount: number | null;
  setTimeout(milliseconds: number, onTimeout: (socket: Socket) => void): this;
  closeAllConnections(): void;
}

/** A certificate with its chain, and its private key, as PEM. */
export interface TlsCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A server that does not listen yet. */
export interface NewServer {
  readonly server: WebServer;
  /** The connections on which no request can come yet. */
  unready(): readonly Socket[];
  setCertificate(certificate: TlsCertificate): void;
}

/** The certificate of a TLS server, and what it does with a connection on which plain HTTP comes. */
export interface TlsParts {
  readonly certificate: TlsCertificate;
  readonly refusePlain: (socket: Socket) => void;
}

/** Makes a server of plain HTTP. */
export function createPlainServer(limits: Limits, listener: RequestListener): NewServer {
  return {
    server: createServer(serverOptions(limits), listener),
    unready: () => [],
    setCertificate() {
      throw new Error("a server of plain HTTP has no certificate");
    },
  };
}

/** Makes a server of HTTP/1.1 over TLS 1.2 or newer. */
export function createTlsServer(
  limits: Limits,
  listener: RequestListener,
  { certificate: { cert, key }, refusePlain }: TlsParts,
): NewServer {
  const milliseconds = limits.headerSeconds * 1000;
  const server = createHttpsServer(
    { ...serverOptions(limits), cert, key, minVersion: "TLSv1.2", handshakeTimeout: milliseconds },
    listener,
  );
  const handshakes = holdHandshakes(server, { milliseconds, refusePlain });
  return {
    server,
    unready: () => handshakes.unready(),
    setCertificate: (next) => server.setSecureContext({ ...next, minVersion: "TLSv1.2" }),
  };
}

/**
 * The minimum size of a head that is parsed, of which `checkHead` says whether the URL or the headers are too large. Node
 * reads up to 64 KiB at once: in a larger head, what is too large is seen where its beginning is in the same read.
 */
const minParsedBytes = 48 * 1024;

/** The maximum size of a head that is parsed: URL and headers together. */
export function maxHeadBytes({ urlBytes, headerBytes }: HeadLimits): number {
  return Math.max(urlBytes + headerBytes, minParsedBytes);
}

function serverOptions(limits: Limits): ServerOptions {
  return {
    maxHeaderSize: maxHeadBytes(limits),
    headersTimeout: Math.min(limits.headerSeconds, limits.requestSeconds) * 1000,
    // How long a body may take is judged where it is read, which knows what it is for.
    requestTimeout: (limits.headerSeconds + Math.max(limits.requestSeconds, limits.importSeconds)) * 1000,
    keepAliveTimeout: limits.keepAliveSeconds * 1000,
    connectionsCheckingInterval: Math.min(limits.headerSeconds * 100, 1000),
    // `checkHead` requires it, with a response that has a body.
    requireHostHeader: false,
    noDelay: true,
  };
}
