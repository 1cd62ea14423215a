/** Which limit a bare server is, and with what. */
export interface BareServerOptions {
  /**
   * `constant` sends one text, `body` the same after reading the body as JSON, `read` a summary from SQLite. `commit
   * each` writes one counter and its change in a durable transaction per request, `group commit` in one per turn of the
   * event loop. `with caller` adds what the contract asks for besides: a token, ids, a line in the log.
   */
  readonly kind:
    | "constant"
    | "body"
    | "read"
    | "read with caller"
    | "commit each"
    | "group commit"
    | "group commit with caller";
  /** The file of its store. */
  readonly file: string;
  readonly logFile: string;
  /** The only token that it accepts. */
  readonly token: string;
  /** A file with a certificate and its key, with which it serves HTTPS. */
  readonly certificate?: string;
}
