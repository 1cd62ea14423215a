import { graphError } from "@install-summary/core";
import type { ByteSource } from "@install-summary/core/report";
import {
  type Caller,
  changeRequestOf,
  type ChangeRequest,
  checkDeclaredLength,
  type Exchange,
  parseMediaType,
  shuttingDown,
  toResponse,
  unsupportedEncoding,
} from "@install-summary/core/service";
import { visibleText } from "@install-summary/core/text";
import type { ImportReport } from "../../import/apply-rows.ts";
import { gunzipChunks } from "../../http/gunzip.ts";
import { oneOf, pickOptions } from "../query/pick-options.ts";
import { importRunning } from "./import-running.ts";
import { formatReport } from "./report-json.ts";

/** Imports a report into a tenant, as one of its users. */
export type ImportInto = (
  source: ByteSource,
  options: ChangeRequest & {
    readonly tenantId: string;
    readonly actor: string;
    readonly dryRun: boolean;
    readonly missingAsZero: boolean;
    readonly stop: AbortSignal;
  },
) => Promise<ImportReport>;

/** What imports are served with. */
export interface ImportsParts {
  readonly importReport: ImportInto;
  readonly limits: { readonly importBytes: number };
  /** Aborted when the service is to end: an import that is still being read then changes nothing. */
  readonly closing: AbortSignal;
}

/** Milliseconds for which an import may go on when the service is to end. Then it still says how far it has come. */
const lastMilliseconds = 5000;

const mediaTypes = ["text/csv", "application/json", "application/zip"];

/** Makes what serves `POST /api/imports` to a caller who may write. A tenant has one import at a time. */
export function createImportsRoute({
  importReport,
  limits,
  closing,
}: ImportsParts): (exchange: Exchange, caller: Caller) => Promise<Response> {
  const running = new Set<string>();
  const stop = abortAfter(closing, lastMilliseconds);

  return async (exchange, { tenantId, actor }) => {
    const { url, headers, method } = exchange;
    const values = pickOptions(url.query, ["dryRun", "missingAsZero"]);
    const flag = (name: string): boolean =>
      oneOf(name, ["true", "false"], values.get(name) ?? "false") === "true";
    const options = {
      ...changeRequestOf(exchange),
      tenantId,
      actor,
      dryRun: flag("dryRun"),
      missingAsZero: flag("missingAsZero"),
      stop,
    };
    checkType(headers.get("content-type"), headers.get("content-encoding"));
    checkDeclaredLength(headers, { limit: "importBytes", maxBytes: limits.importBytes });
    if (running.has(tenantId)) throw importRunning();
    running.add(tenantId);
    try {
      const body = readBody(exchange);
      const isGzip = exchange.headers.get("content-encoding")?.toLowerCase() === "gzip";
      const report = await importReport(isGzip ? gunzipChunks(body) : body, options);
      return toResponse(
        { status: 200, headers: { "Content-Type": "application/json" }, body: formatReport(report) },
        exchange,
        method,
      );
    } finally {
      running.delete(tenantId);
    }
  };

  async function* readBody({ readChunks }: Exchange): AsyncGenerator<Uint8Array, undefined> {
    const chunks = (readChunks?.() ?? noChunks())[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await untilClosing(chunks.next());
      if (done === true) return;
      yield value;
    }
  }

  /** Rejects with the 503 once the service is to end: a sender may say nothing for long. */
  async function untilClosing<Value>(work: Promise<Value>): Promise<Value> {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const end = (): void => reject(shuttingDown());
    closing.addEventListener("abort", end);
    if (closing.aborted) end();
    try {
      return await Promise.race([work, ended]);
    } finally {
      closing.removeEventListener("abort", end);
    }
  }
}

async function* noChunks(): AsyncGenerator<Uint8Array> {}

/** A signal that is aborted some time after another one, because the service ends. */
function abortAfter(signal: AbortSignal, milliseconds: number): AbortSignal {
  const later = new AbortController();
  const abort = (): void => later.abort(shuttingDown());
  signal.addEventListener("abort", () => void setTimeout(abort, milliseconds).unref());
  return later.signal;
}

function checkType(type: string | null, encoding: string | null): void {
  if (type === null || !mediaTypes.includes(parseMediaType(type).name)) {
    const what =
      type === null
        ? "The Content-Type header is missing."
        : `The media type '${visibleText(type, 64)}' is not supported.`;
    throw graphError("UnsupportedMediaType", `${what} Use one of ${mediaTypes.join(", ")}.`);
  }
  const coding = encoding?.toLowerCase() ?? "identity";
  if (coding !== "identity" && coding !== "gzip") throw unsupportedEncoding(coding);
}
