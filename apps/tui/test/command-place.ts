import type { CallSettings } from "../src/config/call-settings.ts";
import { defaultBaseUrl } from "../src/config/config-keys.ts";
import type { CommandPlace } from "../src/words/command-text.ts";

/** The settings of a call without a profile and without variables. */
export const bareSettings: CallSettings = {
  profile: "none",
  tenant: undefined,
  hidingUrl: undefined,
  hasOwnToken: false,
  isBare: true,
};

/** Where commands are shown by a program without a profile and without variables. */
export const barePlace: CommandPlace = {
  baseUrl: defaultBaseUrl,
  authorityFile: undefined,
  program: "install-summary",
  shell: "posix",
  settings: bareSettings,
};
