/** A request that may get an error before its response is made: the server waits for that only so long. */
export interface Refusable {
  /**
   * Responds with this error where no response is made yet. It is set where the response is made and logged, so that the log
   * tells what was sent.
   */
  refuse?: ((error: Error) => void) | undefined;
}
