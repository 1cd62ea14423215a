import { readVariable } from "@install-summary/command-line/variables";
import type { Config } from "./config-file.ts";
import { defaultBaseUrl } from "./config-keys.ts";
import { hasToken, noProfile, profileName, tokenKeys } from "./profile.ts";

/**
 * What a command that is shown has to say so that it is for the same server, profile and tenant, also in a shell that has
 * none of this one's variables: they may have been set for this call alone.
 */
export interface CallSettings {
  /** The name for `--profile`; undefined where no profile is in use and none was chosen. */
  readonly profile: string | undefined;
  /** The server that this profile alone leads to; undefined where a variable led to another one, so that it is said. */
  readonly url: string | undefined;
  /** The tenant that a variable asks for. */
  readonly tenant: string | undefined;
  /** Where a token of the environment stands in for the profile's own. */
  readonly hiding: HidingSettings | undefined;
}

/** A profile whose token was not used: without the variable that hid it, it would be, and it is for one server only. */
interface HidingSettings {
  readonly url: string;
  readonly tenant: string | undefined;
}

/** The settings of a call with this environment, as it was given, and this `--profile`. */
export function callSettings(
  given: NodeJS.ProcessEnv,
  option: string | undefined,
  { profiles }: Pick<Config, "profiles">,
): CallSettings {
  const name = profileName(given, option);
  const profile = name === noProfile ? undefined : profiles.get(name);
  const isChosen = option !== undefined || readVariable(given, "INSTALL_SUMMARY_PROFILE") !== undefined;
  const url = profile?.get("url") ?? defaultBaseUrl;
  const isHiding = hasToken(given) && tokenKeys.some((key) => profile?.has(key) === true);
  return {
    profile: isChosen || profile !== undefined ? name : undefined,
    url: readVariable(given, "INSTALL_SUMMARY_URL") === undefined ? url : undefined,
    tenant: readVariable(given, "INSTALL_SUMMARY_TOKEN_TENANT")?.trim(),
    hiding: isHiding ? { url, tenant: profile?.get("tenant") } : undefined,
  };
}
