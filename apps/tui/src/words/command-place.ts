import { programCall } from "@install-summary/command-line";
import type { CallSettings } from "../config/call-settings.ts";
import { authorityFileFrom } from "../server/authority-file.ts";
import { baseUrlFrom } from "../server/connection.ts";
import type { CommandPlace } from "./command-text.ts";
import { shellOf } from "./shell-text.ts";

/**
 * Where commands that are shown are to work: on this server, by default that of the environment. Throws `UserError` as
 * `connect` does, so that no URL is shown that has a password.
 */
export function commandPlace(
  env: NodeJS.ProcessEnv,
  settings: CallSettings,
  baseUrl: string = baseUrlFrom(env),
): CommandPlace {
  return {
    baseUrl,
    authorityFile: /^https:/i.test(baseUrl) ? authorityFileFrom(env) : undefined,
    program: programCall(env, "install-summary"),
    shell: shellOf(env),
    settings,
  };
}
