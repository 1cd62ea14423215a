import type { FacadeSettings } from "./complete-settings.ts";
import { anything, optional, type GivenGroup, type OptionType } from "./given-options.ts";
import { generalSettings, limitSettings, policySettings, type Setting } from "./setting-table.ts";

const { storePasswordFile: _file, ...general } = generalSettings;

const generalTypes = {
  ...typesOf(general),
  // A temporary folder is made where it is undefined.
  data: optional(general.data.type.rule, typeOf("data", general.data).takes),
  store: optional('a location such as { kind: "sqlite", file: "/srv/install-summary.db" }', isLocation),
  policy: anything,
  limits: anything,
};

/** The settings that a program gives, each with the rule that its option, variable and key in the config file follow. */
export function givenSettings(settings: FacadeSettings | undefined): readonly GivenGroup[] {
  const { policy, limits } = settings ?? {};
  return [
    { place: "settings.", given: settings, types: generalTypes },
    { place: "settings.policy.", given: policy, types: typesOf(policySettings) },
    { place: "settings.limits.", given: limits, types: typesOf(limitSettings) },
  ];
}

function typesOf(rows: Readonly<Record<string, Setting<unknown>>>): Readonly<Record<string, OptionType>> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, typeOf(name, row)]));
}

/** A text in place of a number, which the command line has, is refused: it would be used as it is. */
function typeOf(name: string, { type, default: usual }: Setting<unknown>): OptionType {
  const { rule, schema } = type;
  const takes = (value: unknown): boolean => isAlike(type.parse(value, "/"), value);
  if (usual === undefined) return optional(rule, takes);
  if (!name.endsWith("Seconds") || schema === undefined || !("maximum" in schema)) return { rule, takes };
  return {
    rule: `a number above 0 and at most ${schema.maximum}`,
    takes: (value) => takes(typeof value === "number" ? Math.ceil(value) : value),
  };
}

function isAlike(parsed: unknown, given: unknown): boolean {
  return (
    parsed !== undefined && typeof parsed === typeof given && Array.isArray(parsed) === Array.isArray(given)
  );
}

function isLocation(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "sqlite" || value.kind === "postgres";
}
