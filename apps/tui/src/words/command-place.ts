import { programCall } from "@install-summary/command-line";
import { readVariable } from "@install-summary/command-line/variables";
import type { CallSettings } from "../config/call-settings.ts";
import { defaultBaseUrl } from "../config/config-keys.ts";
import { authorityFileFrom } from "../server/authority-file.ts";
import type { CommandPlace } from "./command-text.ts";
import { shellOf } from "./shell-text.ts";

/** Where commands that are shown are to work: on the server of this environment. Throws `UserError` as `connect` does. */
export function commandPlace(env: NodeJS.ProcessEnv, settings: CallSettings): CommandPlace {
  const baseUrl = readVariable(env, "INSTALL_SUMMARY_URL")?.trim() ?? defaultBaseUrl;
  return {
    baseUrl,
    authorityFile: /^https:/i.test(baseUrl) ? authorityFileFrom(env) : undefined,
    program: programCall(env, "install-summary"),
    shell: shellOf(env),
    settings,
  };
}
