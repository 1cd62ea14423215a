import { UserError } from "@install-summary/command-line/errors";

/** What is waited for before anything is sent: a person who stops it learns that. */
export async function beforeSending<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const reason: unknown = signal.reason;
    if (!(reason instanceof UserError)) throw error;
    throw new UserError(`${reason.message} Nothing was sent.`, { exit: reason.exit, code: reason.code });
  }
}
