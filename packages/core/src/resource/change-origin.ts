import { frozenCopy } from "../text/frozen-copy.ts";

const origins = ["api", "editor", "command", "undo", "import", "restore"] as const;
const namedOrigins = ["editor", "command", "undo"] as const;

/** Where a change can come from. */
export const changeOrigins: typeof origins = /* @__PURE__ */ frozenCopy(origins);

/** Where a change came from. */
export type ChangeOrigin = (typeof changeOrigins)[number];

/** The origins that a client may name in the header `install-summary-origin`; other callers count as `api`. */
export const clientOrigins: typeof namedOrigins = /* @__PURE__ */ frozenCopy(namedOrigins);

/** An origin that a client may name. */
export type ClientOrigin = (typeof clientOrigins)[number];
