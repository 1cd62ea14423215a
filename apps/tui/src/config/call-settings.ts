import { readVariable } from "@install-summary/command-line/variables";
import type { Config } from "./config-file.ts";
import { defaultBaseUrl } from "./config-keys.ts";
import { hasToken, noProfile, profileName, tokenKeys } from "./profile.ts";

/**
 * What a command that is shown has to say beside its URL so that it is for the same server, profile and tenant in any shell:
 * this one's variables may have been set for this call alone, and another one may have its own.
 */
export interface CallSettings {
  /** The name for `--profile`: `none` where no profile is in use and none was chosen. */
  readonly profile: string;
  /** The tenant that tokens are to be of, by a variable or the profile. */
  readonly tenant: string | undefined;
  /**
   * The URL of the profile where a token of the environment stands in for the profile's own: without that variable the
   * profile's would be used, and it is for this one server only.
   */
  readonly hidingUrl: string | undefined;
  /** Whether the profile has a token of its own: one of the shell's may be for another server. */
  readonly hasOwnToken: boolean;
  /** Whether there is no profile, and no variable that says where requests go: on the default server nothing has to be said. */
  readonly isBare: boolean;
}

/** The settings of a call with this environment, as it was given, and this `--profile`. */
export function callSettings(
  given: NodeJS.ProcessEnv,
  option: string | undefined,
  { profiles }: Pick<Config, "profiles">,
): CallSettings {
  const name = profileName(given, option);
  const profile = name === noProfile ? undefined : profiles.get(name);
  const read = (variable: string): string | undefined => readVariable(given, variable);
  const isChosen = option !== undefined || read("INSTALL_SUMMARY_PROFILE") !== undefined;
  const isNamed = isChosen || profile !== undefined;
  const tenant = (read("INSTALL_SUMMARY_TOKEN_TENANT") ?? profile?.get("tenant"))?.trim();
  const hasOwnToken = tokenKeys.some((key) => profile?.has(key) === true);
  return {
    profile: isNamed ? name : noProfile,
    tenant,
    hidingUrl: hasOwnToken && hasToken(given) ? (profile?.get("url") ?? defaultBaseUrl) : undefined,
    hasOwnToken,
    isBare: !isNamed && tenant === undefined && read("INSTALL_SUMMARY_URL") === undefined,
  };
}
