import { expect, test } from "vitest";
import { checkGiven } from "./check-given.ts";
import { defaultLimits, defaultPolicy } from "./settings/settings.ts";

/** What a JavaScript program can give. */
function faultsOf(given: unknown): string {
  const untyped: (options: never) => void = checkGiven;
  try {
    Reflect.apply(untyped, undefined, [given]);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

test("all that there is may be given", () => {
  const settings = { port: 0, retention: 3, tenants: [], policy: defaultPolicy, limits: defaultLimits };
  expect(faultsOf({})).toBe("");
  expect(faultsOf({ settings, apps: [], testAuthority: {}, log: {}, prepare: () => {} })).toBe("");
});

test.each([
  [{ bogus: 1 }, "createFacade has no option bogus."],
  [{ setings: {} }, "createFacade has no option setings. Did you mean settings?"],
  [
    { policy: { allowApplication: true } },
    "createFacade has no option policy. Did you mean settings.policy?",
  ],
  [
    { settings: { requireIfMatch: true } },
    "createFacade has no option settings.requireIfMatch. Did you mean settings.policy.requireIfMatch?",
  ],
  [
    { settings: { pageSise: 5 } },
    "createFacade has no option settings.pageSise. Did you mean settings.limits.pageSize?",
  ],
  [
    { settings: { policy: { readonly: true } } },
    "createFacade has no option settings.policy.readonly. Did you mean settings.policy.readOnly?",
  ],
  [{ settings: { policy: { readOnly: "true" } } }, "settings.policy.readOnly must be a boolean."],
  [
    { settings: { limits: { pageSize: "5", writes: undefined } } },
    "settings.limits.pageSize must be a number.\nsettings.limits.writes must be a number.",
  ],
  [null, "What createFacade is given must be an object."],
  [{ settings: null }, "settings must be an object."],
  [
    { settings: { policy: "readOnly", limits: [5] } },
    "settings.policy must be an object.\nsettings.limits must be an object.",
  ],
  [{ settings: { limits: { pageSize: Number.NaN } } }, "settings.limits.pageSize must be a number."],
])("%j is refused", (given, message) => {
  expect(faultsOf(given)).toBe(message);
});
