import { isReadOnly } from "../config/profile.ts";
import { readOnlyError } from "../server/read-only-client.ts";

/** Throws `UserError` where nothing may be changed. A command that changes something asks first, before the network. */
export function requireWritable(env: NodeJS.ProcessEnv): void {
  if (isReadOnly(env)) throw readOnlyError();
}
