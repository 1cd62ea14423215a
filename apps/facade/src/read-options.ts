import type { FacadeImportOptions, FacadeOptions } from "./facade-options.ts";
import type { DevelopmentTokenOptions } from "./identity/development/development-issuer.ts";
import type { Log } from "./log/log.ts";
import { isObject, readGiven, type GivenType } from "./settings/given.ts";
import { readGivenSettings, type GivenSettings } from "./settings/given-settings.ts";
import { readTokenOptions } from "./settings/given-token.ts";
import { aFunction, aText, plain, tenantId, yesOrNo } from "./settings/given-types.ts";
import { generalSettings } from "./settings/setting-table.ts";
import { valuesOf, type Settings } from "./settings/settings.ts";
import type { TestAuthorityOptions } from "./test-authority/authority.ts";
import { readAuthorityOptions } from "./test-authority/read-authority-options.ts";
import type { TestAuthority } from "./test-authority/start-test-authority.ts";

/** What `createFacade` was given, read. */
export interface ReadOptions extends Omit<FacadeOptions, "settings"> {
  readonly settings: GivenSettings;
}

const someApps: GivenType<NonNullable<FacadeOptions["apps"]>> = plain("an array of apps", Array.isArray);

const logFunctions = ["debug", "info", "warn", "error", "isLevelEnabled"] as const;
const aLog = plain(
  `a log with the functions ${logFunctions.join(", ")}, such as one of createLog or a logger of pino`,
  (value): value is Log => logFunctions.every((name) => hasFunction(value, name)),
);

/** One that runs was given its options when it was started; another object has them. */
const anAuthority: GivenType<TestAuthority | TestAuthorityOptions> = plain(
  "an object",
  (value): value is TestAuthority => hasFunction(value, "issueToken"),
);

/** Reads what `createFacade` is given. Throws `TypeError` for what it does not take. */
export function readFacadeOptions(options: FacadeOptions): ReadOptions {
  return readGiven({ owner: "createFacade", given: options }, (given) => ({
    settings: readGivenSettings(given.group("settings")),
    apps: given.read("apps", someApps),
    testAuthority: given.read("testAuthority", anAuthority, readAuthorityOptions),
    log: given.read("log", aLog),
    prepare: given.read("prepare", aFunction<NonNullable<FacadeOptions["prepare"]>>()),
  }));
}

/** Reads the settings with which the tokens of a test authority are accepted. Throws `TypeError` as `readFacadeOptions` does. */
export function readAuthoritySettings({
  settings,
}: TestAuthority): Pick<Settings, "tenants" | "audience" | "authority"> {
  const { tenants, audience, authority } = generalSettings;
  return readGiven({ owner: "createFacade", given: settings, place: "testAuthority.settings" }, (given) =>
    valuesOf(
      { tenants, audience, authority },
      (name, { type, default: usual }) => given.need(name, type) ?? usual,
    ),
  );
}

/** Reads what `importReport` is given. Throws `TypeError` for what it does not take. */
export function readImportOptions(options: FacadeImportOptions | undefined): FacadeImportOptions {
  return readGiven({ owner: "importReport", given: options }, (given) => ({
    tenantId: given.read("tenantId", tenantId),
    actor: given.read("actor", aText),
    dryRun: given.read("dryRun", yesOrNo),
    missingAsZero: given.read("missingAsZero", yesOrNo),
  }));
}

/** Reads what the `issueToken` of a facade with development tokens is given. Throws `TypeError` for what it does not take. */
export function readDevelopmentTokenOptions(
  options: DevelopmentTokenOptions | undefined,
): DevelopmentTokenOptions {
  return readGiven({ owner: "issueToken", given: options }, readTokenOptions);
}

function hasFunction(value: unknown, name: string): boolean {
  return isObject(value) && typeof Reflect.get(value, name) === "function";
}
