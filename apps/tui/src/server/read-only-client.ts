import { UserError, exitCodes } from "@install-summary/command-line/errors";
import type { InstallSummaryClient } from "@install-summary/core/client";

/**
 * A fetch that sends no change: a client also asks by an empty one what became of another, which is a write all the same. It
 * responds as a server to a caller who may not write: what only a write tells stays open, until someone asks who may.
 */
export const readOnlyFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  return request.method === "PATCH" ? Response.json({ error: refusal }, { status: 403 }) : fetch(request);
};

const refusal = {
  code: "Forbidden",
  message: "--read-only forbids the empty change that asks what became of another.",
};

/** The same client without its changes: each of them rejects before anything is sent. */
export function readOnlyClient(client: InstallSummaryClient): InstallSummaryClient {
  return { ...client, update: refuse, sendOnce: refuse, edit: refuse };
}

function refuse(): Promise<never> {
  return Promise.reject(readOnlyError());
}

/** The error for a change that the option, the environment or the profile forbids. */
export function readOnlyError(): UserError {
  return new UserError("Nothing was sent: --read-only forbids changes.", {
    exit: exitCodes.forbidden,
    code: "ReadOnly",
    target: "INSTALL_SUMMARY_READ_ONLY",
    argument: "--read-only",
  });
}
