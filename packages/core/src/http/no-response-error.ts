import { isErrorNamed } from "../text/error-name.ts";

// The only file that knows the names of ky's errors. They are compared by name, so that an error of another copy of ky, or
// of a program's own transport that names its errors so, counts too.

/** True for ky's `TimeoutError`: no response came in time. The reason of `AbortSignal.timeout` is not one. */
export function isTimeoutError(error: unknown): error is Error {
  return isErrorNamed(error, "TimeoutError");
}

/**
 * True where no response came: ky's `NetworkError` and `TimeoutError`, also those of another copy of ky. The reason of
 * your own signal, such as that of `AbortSignal.timeout`, is not one.
 */
export function isNoResponseError(error: unknown): error is Error {
  return isErrorNamed(error, "NetworkError") || isTimeoutError(error);
}
