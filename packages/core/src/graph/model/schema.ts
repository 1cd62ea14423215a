import { abstractAppTypes, bases } from "./app-types.ts";
import { appProperties, counterProperties, type EdmProperty } from "./edm-properties.ts";

/** A property that leads to other entities. */
export interface EdmNavigation {
  readonly name: string;
  /** The type that it leads to; in `Collection(…)` where it leads to many. */
  readonly type: string;
}

/** A type of entity of the contract's model. Names of types begin with `microsoft.graph.`. */
export interface EdmEntity {
  readonly name: string;
  readonly base?: string;
  readonly isAbstract?: boolean;
  /** Without those of its base. */
  readonly properties?: readonly EdmProperty[];
  readonly navigation?: readonly EdmNavigation[];
}

/** The root of all types in Graph, which has the key. */
export const rootEntity = "microsoft.graph.entity";

/** The parts of the service that the service document lists. */
export const singletons: readonly EdmNavigation[] = [
  { name: "deviceAppManagement", type: "microsoft.graph.deviceAppManagement" },
];

/** Every type of entity, each after its base, from the tables of properties and of types. */
export const entities: readonly EdmEntity[] = [
  { name: rootEntity, isAbstract: true, properties: appProperties.filter(isId) },
  {
    name: "microsoft.graph.deviceAppManagement",
    base: rootEntity,
    navigation: [{ name: "mobileApps", type: "Collection(microsoft.graph.mobileApp)" }],
  },
  {
    name: "microsoft.graph.mobileApp",
    base: rootEntity,
    isAbstract: true,
    properties: appProperties.filter((property) => !isId(property)),
    navigation: [{ name: "installSummary", type: "microsoft.graph.mobileAppInstallSummary" }],
  },
  { name: "microsoft.graph.mobileAppInstallSummary", base: rootEntity, properties: counterProperties },
  ...[...bases].map(([name, base]) => ({ name, base, isAbstract: abstractAppTypes.has(name) })),
];

function isId({ name }: EdmProperty): boolean {
  return name === "id";
}
