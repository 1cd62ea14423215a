import { exitCodes, UserError, type CommandFailure } from "@install-summary/command-line/errors";
import type { AddressSource } from "../server/connection.ts";
import { failureOf } from "../server/failure.ts";
import type { CommandContext } from "./command-context.ts";
import { describeFailure, type FailureContext } from "./describe-failure.ts";

/**
 * What is waited for before anything is sent: a person who stops it, or whose server fails or cannot be reached, learns that
 * nothing was.
 */
export async function beforeSending<Result>(
  work: Promise<Result>,
  context: FailureContext & Pick<CommandContext, "signal"> & { readonly address?: AddressSource },
  nothing = "Nothing was sent.",
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const reason: unknown = context.signal.reason;
    const failure = reason instanceof UserError ? reason : unavailable(error, context, context.address);
    throw failure === undefined ? error : ending(failure, nothing, error);
  }
}

/** A change on its way: where it is certain that nothing came of it, a person whose server asks to wait learns that, too. */
export async function whileChanging<Result>(work: Promise<Result>, context: FailureContext): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { class: known, status } = failureOf(error);
    // A 429 is a refusal too, only a busy server's.
    const failure = known === "refused" || status === 429 ? unavailable(error, context) : undefined;
    throw failure === undefined ? error : ending(failure, "Nothing was changed.", error);
  }
}

/** What a failure of the server or of the connection means; undefined for any other, whose words say what became of it. */
function unavailable(
  error: unknown,
  context: FailureContext,
  address?: AddressSource,
): CommandFailure | undefined {
  const failure = describeFailure(error, context, address);
  // What responds with something unusable is another server, and only those who run it know what it did.
  return failure?.exit === exitCodes.unavailable && failure.code !== "InvalidResponse" ? failure : undefined;
}

function ending(failure: CommandFailure, sentence: string, cause: unknown): UserError {
  const { exit, code, message, target, help, requestId } = failure;
  return new UserError(`${message} ${sentence}`, { exit, code, target, help, requestId, cause });
}
