import { fileURLToPath } from "node:url";

/**
 * The oldest Node that core promises to run in. It is a package of its own, since a package's scripts run with the
 * Node that it depends on.
 */
export const node22: string = fileURLToPath(import.meta.resolve("node/bin/node"));
