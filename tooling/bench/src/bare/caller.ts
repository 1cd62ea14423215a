import { createHash, randomUUID } from "node:crypto";
import { openSync, writeSync } from "node:fs";
import type { IncomingMessage } from "node:http";

/** What the contract asks of every request beside the resource: a caller, ids, and a line in the log. */
export interface CallerWork {
  /** Whether the request's token is known. */
  authenticate(request: IncomingMessage): boolean;
  /** The id of the request and the one that its client gave it. */
  readIds(request: IncomingMessage): readonly [id: string, clientId: string];
  log(request: IncomingMessage, app: string, status: number, id: string, start: number): void;
}

const tenant = "00000000-0000-4000-8000-000000000001";
const actor = "00000000-0000-4000-8000-000000000002";
const flushLength = 65_536;

/** The minimum that this can cost: a token cached by its digest, a line by template, many lines in one write. */
export function createCallerWork(logFile: string, token: string): CallerWork {
  const callers = new Map([[digestOf(`Bearer ${token}`), actor]]);
  const output = openSync(logFile, "w");
  let lines = "";
  return {
    authenticate: ({ headers }) => callers.has(digestOf(headers.authorization ?? "")),
    readIds({ headers }) {
      const id = randomUUID();
      const given = headers["client-request-id"];
      return [id, typeof given === "string" ? given : id];
    },
    log({ method }, app, status, id, start) {
      const ms = Math.round((performance.now() - start) * 100) / 100;
      lines += `{"level":30,"time":${Date.now()},"requestId":"${id}","method":"${method}","resource":"installSummary","app":"${app}","tenant":"${tenant}","actor":"${actor}","status":${status},"ms":${ms},"msg":"served"}\n`;
      if (lines.length < flushLength) return;
      writeSync(output, lines);
      lines = "";
    },
  };
}

function digestOf(header: string): string {
  return createHash("sha256").update(header).digest("base64");
}
