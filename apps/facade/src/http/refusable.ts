/** A request that may get an error before its response is made: the server waits for that only so long. */
export interface Refusable {
  /**
   * Responds with this error where no response is made yet. Whoever makes the response sets it, so that what is logged was
   * sent.
   */
  refuse?: (error: Error) => void;
}
