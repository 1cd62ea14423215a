/** Why a request did not succeed, as data. */
export type Failure =
  /** The server answered with an error. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly message: string;
      readonly requestId: string | undefined;
      /** Seconds that the server asks to wait. */
      readonly retryAfter: number | undefined;
    }
  /** The server was not reached, or nothing came back. */
  | { readonly kind: "noAnswer"; readonly message: string }
  /** Nothing was sent: no token, or a fault of our own. */
  | { readonly kind: "notSent"; readonly message: string };

/** Whether the server may have acted on the request although no answer tells. */
export function isUncertain(failure: Failure): boolean {
  if (failure.kind === "answer")
    return failure.status === 408 || (failure.status >= 500 && failure.status !== 503);
  return failure.kind === "noAnswer";
}

/** Whether waiting is all that it takes. */
export function isBusy(failure: Failure): boolean {
  return failure.kind === "answer" && (failure.status === 429 || failure.status === 503);
}
