import { matchesETag } from "../http/etag.ts";
import type { ChangeLimits } from "../outcome/change-state.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import { parseAppId } from "../resource/app-id.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { copySummary } from "../resource/require-summary.ts";
import { copyMembers } from "../text/members.ts";
import type { ChangeOptions, RequestOptions, UpdateOptions } from "./call-options.ts";
import { findRecord } from "./change-record.ts";
import { latestChangesUrl } from "./changes.ts";
import { checkOptions, checkSent } from "./check-options.ts";
import { createDryRun } from "./dry-run.ts";
import { onlySummary } from "./edit.ts";
import { randomChangeId } from "../http/change-id.ts";
import { parseIfMatch } from "./options.ts";
import {
  changeNotRead,
  changedSummary,
  parseChangedResponse,
  parseSummaryResponse,
  requireOwn,
} from "./responses.ts";
import type { OutgoingRequest, Send } from "./transport.ts";
import type { FoundRecord, InstallSummaryClient, SentChange, UpdatedSummary } from "./types.ts";
import { driveChange, type SendChange } from "./update.ts";
import { summaryUrl } from "./urls.ts";

/** A change to send, with the options of a read that may follow. */
interface ChangeRequest extends OutgoingRequest {
  readonly body: InstallSummaryPatch;
  readonly guard: string | undefined;
  readonly clientRequestId: string;
  readonly read: RequestOptions;
}

/** The calls of a client that change a summary, and the one that looks a change up. */
export function createChangeCalls(
  send: Send,
  base: URL,
  limits: ChangeLimits,
): Pick<InstallSummaryClient, "sendOnce" | "findChange"> & { readonly update: SendChange } {
  const dryRun = createDryRun(send);
  return { update, sendOnce, findChange };

  async function update(
    appId: string,
    patch: InstallSummaryPatch,
    updateOptions: UpdateOptions = {},
    hasAmount = false,
  ): Promise<UpdatedSummary> {
    checkOptions("update", updateOptions);
    const id = parseAppId(appId);
    const call = changeCall(id, patch, updateOptions);
    const { base: given } = updateOptions;
    // The caller may go on to change its object.
    const madeOn = given === undefined ? undefined : copySummary("base of update", given, id);
    if (updateOptions.dryRun === true) return dryRun(call, id);
    const { signal, onStep } = updateOptions;
    return driveChange({
      appId: id,
      change: { patch: call.body, etag: call.guard, base: madeOn },
      hasAmount,
      limits,
      signal,
      onStep,
      send: (onSend) => sendCall({ ...call, onSend }, id),
      // `nextStep` says how often.
      look: async () => {
        const current = await look(id, call.read, 0);
        return { current, record: await recordOf(call, id, current) };
      },
    });
  }

  /** What the log says, where another version is there than the one that guards a change. */
  async function recordOf(
    { guard, clientRequestId, body, read }: ChangeRequest,
    id: string,
    { etag }: ReadSummary,
  ): Promise<FoundRecord | undefined> {
    if (guard === undefined || etag === undefined || matchesETag(guard, etag)) return undefined;
    return lookUp(id, { ifMatch: guard, clientRequestId, patch: body }, read);
  }

  async function findChange(
    appId: string,
    sent: SentChange,
    findOptions: RequestOptions = {},
  ): Promise<FoundRecord | undefined> {
    checkOptions("findChange", findOptions);
    checkSent(sent);
    const { signal } = findOptions;
    const headers = copyMembers(findOptions.headers);
    const id = parseAppId(appId);
    return lookUp(id, { ...sent, patch: parsePatch(sent.patch, { id }) }, { signal, headers });
  }

  function lookUp(id: string, sent: SentChange, read: RequestOptions): Promise<FoundRecord | undefined> {
    const log = (after?: string): URL => latestChangesUrl(base, id, after);
    return findRecord(send, { log, summary: summaryUrl(base, id), ...read }, sent);
  }

  async function sendOnce(
    appId: string,
    patch: InstallSummaryPatch,
    sendOptions: ChangeOptions = {},
  ): Promise<UpdatedSummary> {
    checkOptions("sendOnce", sendOptions);
    const id = parseAppId(appId);
    return sendCall(changeCall(id, patch, sendOptions), id);
  }

  async function sendCall(call: ChangeRequest, id: string): Promise<UpdatedSummary> {
    const response = await send(call);
    requireOwn(response);
    if (response.status !== 204) return parseChangedResponse(response, id, call.body);
    // Services of Graph may respond to a PATCH without a body.
    let read: ReadSummary;
    try {
      read = await look(id, call.read);
    } catch (error) {
      throw call.read.signal?.aborted === true ? error : changeNotRead(response, error);
    }
    return changedSummary(response, read, call.body);
  }

  function changeCall(id: string, patch: InstallSummaryPatch, sendOptions: ChangeOptions): ChangeRequest {
    const { signal, origin, clientRequestId = randomChangeId() } = sendOptions;
    // The caller may go on to change its object.
    const read = { signal, headers: copyMembers(sendOptions.headers) };
    const guard = parseIfMatch(sendOptions);
    const headers = {
      ...read.headers,
      "if-match": guard,
      "install-summary-origin": origin,
      "client-request-id": clientRequestId,
    };
    const body = parsePatch(patch, { id });
    return {
      method: "PATCH",
      url: summaryUrl(base, id),
      body,
      headers,
      signal,
      retry: 0,
      guard,
      clientRequestId,
      read,
    };
  }

  /** Reads the summary, as often as `retry` says where it is given. */
  async function look(id: string, read: RequestOptions, retry?: number): Promise<ReadSummary> {
    const url = summaryUrl(base, id);
    const response = await send({ method: "GET", url, ...read, ...(retry !== undefined && { retry }) });
    return onlySummary(parseSummaryResponse(response, id));
  }
}
