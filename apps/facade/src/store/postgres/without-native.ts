import { env } from "node:process";

const name = "NODE_PG_FORCE_NATIVE";

/** What an application around this one may have set for itself. */
const wanted = env[name];
// While pg is loaded: it would load its native driver in the place of the one that this program knows, and includes.
delete env[name];

/** Sets the variable again. */
export function restoreVariable(): void {
  if (wanted !== undefined) env[name] = wanted;
}
