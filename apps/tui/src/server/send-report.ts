import { ClientError } from "@install-summary/core/client";
import { copyHead, parseErrorResponse, secretHider } from "@install-summary/core/text";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import ky from "ky";
import * as z from "zod";
import type { Connection } from "./connection.ts";
import { fetchWhole } from "./fetch-whole.ts";

/** What the server made of a report. */
export interface ImportResult {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Why rows were rejected; the first thousand. */
  readonly rows: readonly RejectedRow[];
  /** What apps keep because the report lacks it, in sentences; an older facade does not tell. */
  readonly kept?: readonly string[] | undefined;
}

/** A row that was rejected. Apps that lack the same counters are told once, without a line. */
export interface RejectedRow {
  readonly line?: number | undefined;
  readonly column?: string | undefined;
  readonly reason: string;
}

/** How a report is imported. */
export interface SendReportOptions {
  /** The tokens that were sent so far in this run; those of this request join them. Errors repeat none of them. */
  readonly tokens: Set<string>;
  readonly dryRun: boolean;
  readonly missingAsZero: boolean;
  readonly signal: AbortSignal;
}

/** How much of a response is read, in MiB: a thousand rows, each with its reason, take less than 1. */
const maxSize = 16;

const count = z.int().min(0);

const resultSchema: z.ZodType<ImportResult> = z.object({
  created: count,
  changed: count,
  unchanged: count,
  rejected: count,
  rows: z.array(
    z.object({
      line: count.optional(),
      column: z.string().optional(),
      // What a request calls so is an option of the command.
      reason: z.string().transform((text) => text.replace("missingAsZero=true", "--missing-as-zero")),
    }),
  ),
  kept: z.array(z.string()).optional(),
});

/**
 * Sends a report to the facade's `POST /api/imports`, once. Rejects with `GraphError` for a refusal, with
 * `ClientError` for a success that cannot be used, and with `UserError` where the server takes no imports.
 */
export async function sendReport(
  { baseUrl, signIn }: Pick<Connection, "baseUrl" | "signIn">,
  report: Blob,
  { tokens, dryRun, missingAsZero, signal }: SendReportOptions,
): Promise<ImportResult> {
  // The API is beside the versions of the contract.
  const url = new URL("../api/imports", `${baseUrl.replace(/\/+$/, "")}/`);
  url.search = new URLSearchParams({
    dryRun: String(dryRun),
    missingAsZero: String(missingAsZero),
  }).toString();
  const type = await mediaTypeOf(report);
  let text = "";
  let token = await signIn.token();
  let response = await post();
  if (response.status === 401) {
    token = await signIn.token(token);
    response = await post();
  }
  if (isMissing(response.status, text)) throw noImports(response.status);
  const sent = [...tokens].map((one) => ["authorization", one] as const);
  const hide = secretHider(sent);
  const request = { method: "POST", url: url.href };
  if (!response.ok) throw parseErrorResponse({ response, request, hide }, text);
  const body = parseJson(text);
  const result = resultSchema.safeParse(body);
  if (result.success) return result.data;
  const fault = body === undefined ? "it is not JSON" : "it does not count what was imported";
  const requestId = response.headers.get("request-id");
  throw new ClientError("InvalidResponse", `The response to POST ${url.href} cannot be used: ${fault}.`, {
    requestId: requestId === null ? undefined : hide(requestId),
  });

  function post(): Promise<Response> {
    tokens.add(token);
    return ky.post(url, {
      body: report,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": type,
        "install-summary-origin": "command",
      },
      // A large report takes its time, and one that is sent twice would be read twice.
      timeout: false,
      retry: 0,
      redirect: "manual",
      throwHttpErrors: false,
      signal,
      fetch: async (input, init) => {
        const whole = await fetchWhole(new Request(input), init, maxSize);
        text = whole.body;
        return copyHead(whole.response);
      },
    });
  }
}

/** The server tells the forms apart by their content; the header has to name one of them. */
async function mediaTypeOf(report: Blob): Promise<string> {
  const start = new Uint8Array(await report.slice(0, 1024).arrayBuffer());
  if (start[0] === 0x50 && start[1] === 0x4b) return "application/zip";
  // Behind blanks, byte-order marks and the zeros of UTF-16.
  const first = start.find((byte) => byte > 0x20 && byte < 0x7f);
  return first === 0x7b || first === 0x5b ? "application/json" : "text/csv";
}

function isMissing(status: number, text: string): boolean {
  return (
    status === 404 || status === 405 || (status === 400 && /Resource not found for the segment/i.test(text))
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noImports(status: number): UserError {
  return new UserError(`This server takes no imports (${status}): it has no /api/imports.`, {
    exit: exitCodes.notFound,
    code: "NoApi",
    target: "INSTALL_SUMMARY_URL",
    help: [
      "Is INSTALL_SUMMARY_URL right? Only a facade of Install Summary takes imports.",
      "plan and apply change counters on every server.",
    ],
  });
}
