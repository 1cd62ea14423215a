import { UserError } from "@install-summary/command-line/errors";
import { nearestName } from "@install-summary/core/text";
import type { FacadeOptions } from "./facade-options.ts";
import { defaultGeneral, defaultLimits, defaultPolicy } from "./settings/settings.ts";

const { storePasswordFile: _file, ...general } = defaultGeneral;

const optionNames = {
  settings: true,
  apps: true,
  testAuthority: true,
  log: true,
  prepare: true,
} as const satisfies Record<keyof FacadeOptions, true>;

const groups: readonly (readonly [place: string, usual: object])[] = [
  ["", optionNames],
  ["settings.", { ...general, policy: {}, limits: {} }],
  ["settings.policy.", defaultPolicy],
  ["settings.limits.", defaultLimits],
];

/** The names of what `createFacade` takes, as paths. */
const known = groups.flatMap(([place, usual]) => Object.keys(usual).map((name) => place + name));

/**
 * Refuses what a JavaScript program gives `createFacade` under a name that it does not know, or a policy or limit of another
 * type: what was asked for would not be there, and a test that relies on it would be green. Throws `UserError`.
 */
export function checkGiven(given: FacadeOptions): void {
  const settings = given?.settings ?? {};
  const faults = [
    ...wrongMembers("", given, {}),
    ...wrongMembers("settings.", given?.settings, {}),
    ...wrongMembers("settings.policy.", settings.policy, defaultPolicy),
    ...wrongMembers("settings.limits.", settings.limits, defaultLimits),
  ];
  if (faults.length > 0) throw new UserError(faults.join("\n"), { code: "InvalidSettings" });
}

function unknownNames(place: string, given: object): readonly string[] {
  return Object.keys(given)
    .map((name) => place + name)
    .filter((path) => !known.includes(path))
    .map((path) => `createFacade has no option ${path}.${hintFor(path)}`);
}

/** The same name in another place is what was meant, else the one that is spelt most alike. */
function hintFor(path: string): string {
  const name = lastOf(path);
  const meant =
    known.find((one) => lastOf(one) === name) ??
    known[known.map(lastOf).indexOf(nearestName(name, known.map(lastOf)) ?? "")];
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function wrongMembers(
  place: string,
  given: unknown,
  usual: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return [`${place === "" ? "What createFacade is given" : place.slice(0, -1)} must be an object.`];
  const wrong = Object.entries(given)
    .filter(([name, value]) => name in usual && !isLike(usual[name], value))
    .map(([name]) => `${place}${name} must be a ${typeof usual[name]}.`);
  return [...unknownNames(place, given), ...wrong];
}

function isLike(usual: unknown, value: unknown): boolean {
  return typeof value === typeof usual && !Number.isNaN(value);
}
