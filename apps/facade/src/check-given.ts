import type { FacadeImportOptions, FacadeOptions } from "./facade-options.ts";
import type { DevelopmentTokenOptions } from "./identity/development/development-issuer.ts";
import { aFunction, anything, aText, checkOptions, optional, yesOrNo } from "./settings/given-options.ts";
import type { OptionTypes } from "./settings/given-options.ts";
import { givenSettings } from "./settings/given-settings.ts";
import { testAuthorityOptions } from "./test-authority/given-authority.ts";

const facadeOptions: OptionTypes<FacadeOptions> = {
  settings: anything,
  apps: optional("an array of apps", Array.isArray),
  testAuthority: anything,
  log: anything,
  prepare: aFunction,
};

const importOptions: OptionTypes<FacadeImportOptions> = {
  tenantId: aText,
  actor: aText,
  dryRun: yesOrNo,
  missingAsZero: yesOrNo,
};

const tokenOptions: OptionTypes<DevelopmentTokenOptions> = {
  scope: aText,
  tenant: aText,
  user: aText,
  // Judged where the token is made.
  expiresIn: anything,
  application: yesOrNo,
};

/** Throws `UserError` for what `createFacade` does not take. */
export function checkGiven(given: FacadeOptions): void {
  checkOptions("createFacade", [
    { place: "", given, types: facadeOptions },
    ...givenSettings(given?.settings),
    { place: "testAuthority.", given: startedWith(given?.testAuthority), types: testAuthorityOptions },
  ]);
}

/** Throws `UserError` for what `importReport` does not take. */
export function checkImportOptions(given: FacadeImportOptions | undefined): void {
  checkOptions("importReport", [{ place: "", given, types: importOptions }]);
}

/** Throws `UserError` for what the `issueToken` of a facade with development tokens does not take. */
export function checkTokenOptions(given: DevelopmentTokenOptions | undefined): void {
  checkOptions("issueToken", [{ place: "", given, types: tokenOptions }]);
}

/** A test authority that runs already has been checked when it was started. */
function startedWith(wanted: FacadeOptions["testAuthority"]): unknown {
  return typeof wanted === "object" && wanted !== null && "issueToken" in wanted ? undefined : wanted;
}
