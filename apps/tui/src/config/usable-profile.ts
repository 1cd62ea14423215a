import { dirname } from "node:path";
import { programCall } from "@install-summary/command-line";
import { shownWord, UserError } from "@install-summary/command-line/errors";
import type { Config, Profile } from "./config-file.ts";
import { configKeys } from "./config-keys.ts";
import { configFault } from "./config-value.ts";
import { wholePath } from "./token-file.ts";

/**
 * A profile of a config as it is used: its paths are whole. Throws `UserError` where one of its values cannot be used, which
 * was written by hand or by an earlier version; other profiles, and `config` itself, go on.
 */
export function usableProfile(
  profile: Profile,
  name: string,
  { file }: Pick<Config, "file">,
  env: NodeJS.ProcessEnv,
): Profile {
  // Any other name may need quotes, which each shell has of its own.
  const word = /^\w[\w.-]*$/.test(name) ? name : "NAME";
  const program = programCall(env, "install-summary");
  const used = configKeys.flatMap((key): (readonly [string, string])[] => {
    const value = profile.get(key.name);
    if (value === undefined) return [];
    const fault = configFault(key, value);
    if (fault === undefined)
      return [[key.name, key.isPath === true ? wholePath(value, dirname(file)) : value]];
    throw new UserError(`The profile ${shownWord(name)} of ${file} cannot be used: ${fault}`, {
      code: "InvalidConfig",
      target: key.name,
      help: [
        `Mend it: ${program} config ${key.name} ${key.form?.placeholder ?? "VALUE"} --profile ${word}`,
        `Or take it out: ${program} config --unset ${key.name} --profile ${word}`,
      ],
    });
  });
  return new Map(used);
}
