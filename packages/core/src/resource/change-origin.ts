/** Where a change can come from. */
export const changeOrigins = ["api", "editor", "command", "undo", "import", "restore"] as const;

/** Where a change came from. */
export type ChangeOrigin = (typeof changeOrigins)[number];

/** The origins that a client may name in the header `install-summary-origin`; other callers count as `api`. */
export const clientOrigins = ["editor", "command", "undo"] as const;

/** An origin that a client may name. */
export type ClientOrigin = (typeof clientOrigins)[number];
