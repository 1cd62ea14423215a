import { join, resolve } from "node:path";
import { readConfigFile } from "./config-file.ts";
import { createSettingReader } from "./setting-reader.ts";
import {
  logSchema,
  loopbackSchema,
  pathSchema,
  storeSchema,
  switchSchema,
  wholeSchema,
} from "./setting-schemas.ts";
import { defaultLimits, defaultPolicy, type Limits, type Policy, type Settings } from "./settings.ts";
import { UserError } from "@install-summary/command-line/errors";

/** What a person says on the command line, as it was typed. */
export interface SettingFlags {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly store?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly log?: string | undefined;
  readonly readOnly?: boolean | undefined;
}

export interface SettingSources {
  readonly flags?: SettingFlags;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder in which relative paths begin. */
  readonly folder: string;
}

/**
 * Makes the settings of flags, then environment (`INSTALL_SUMMARY_PORT`; an empty variable is absent), then config
 * file, then defaults. Throws `UserError` with a sentence for each fault, which names the setting and its source.
 */
export function readSettings({ flags = {}, env = {}, folder }: SettingSources): Settings {
  refusePassword(flags.store);
  const file = resolve(folder, flags.config ?? "");
  const values = flags.config === undefined ? new Map<string, unknown>() : readConfigFile(file);
  const { config: _, ...flagged } = flags;
  const reader = createSettingReader({ flags: flagged, env, file, values });
  const policy = (name: keyof Policy): boolean => reader.read(name, switchSchema, defaultPolicy[name]);
  const limit = (name: keyof Limits, most: number): number =>
    reader.read(`limits.${name}`, wholeSchema(1, most), defaultLimits[name]);

  const data = reader.read("data", pathSchema(folder), resolve(folder, ".data"));
  const settings: Settings = {
    data,
    store: reader.read("store", storeSchema(folder), `sqlite:${join(data, "install-summary.db")}`),
    host: reader.read("host", loopbackSchema, "127.0.0.1"),
    port: reader.read("port", wholeSchema(0, 65_535), 8420),
    log: reader.read("log", logSchema, "text"),
    policy: {
      readOnly: policy("readOnly"),
      allowApplication: policy("allowApplication"),
      wrapGet: policy("wrapGet"),
      requireIfMatch: policy("requireIfMatch"),
    },
    limits: {
      bodyBytes: limit("bodyBytes", 2 ** 30),
      urlBytes: limit("urlBytes", 2 ** 20),
      headerBytes: limit("headerBytes", 2 ** 20),
      headerSeconds: limit("headerSeconds", 3600),
      requestSeconds: limit("requestSeconds", 3600),
      keepAliveSeconds: limit("keepAliveSeconds", 3600),
      connections: limit("connections", 1_000_000),
      writes: limit("writes", 1_000_000),
      pageSize: limit("pageSize", 1000),
      importRows: limit("importRows", 1_000_000_000),
      importBytes: limit("importBytes", 2 ** 40),
    },
  };
  reader.finish();
  return settings;
}

/** Other users can read the arguments of a program. */
function refusePassword(store: string | undefined): void {
  if (store === undefined || !/^[^/]*\/\/[^/]*:[^/]*@/.test(store)) return;
  throw new UserError(
    "store must not hold a password where other users can read it (from --store). " +
      "Put the URL into INSTALL_SUMMARY_STORE or a config file.",
  );
}
