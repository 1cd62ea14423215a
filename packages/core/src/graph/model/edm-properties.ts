import { counterNames, type CounterName } from "../../resource/counters.ts";
import type { MobileApp } from "../../resource/mobile-app.ts";

/** The types of OData (EDM) that a property can have. Source: OData CSDL 4.01 §3.3; the enum is Microsoft Graph's. */
export type EdmType =
  | "Edm.String"
  | "Edm.Boolean"
  | "Edm.Int32"
  | "Edm.DateTimeOffset"
  | "microsoft.graph.mobileAppPublishingState";

/** One property of an entity: how OData and SQL know it. */
export interface EdmProperty<Name extends string = string> {
  readonly name: Name;
  readonly type: EdmType;
  readonly nullable: boolean;
  /** The column that holds its value. */
  readonly column: string;
  /** The column that holds its text key, for a text that a search or an order compares. */
  readonly keyColumn?: string;
}

/** A property of a mobile app; the type name is not one of them. */
export type AppPropertyName = Exclude<keyof MobileApp, "@odata.type">;

/**
 * The properties of `microsoft.graph.mobileApp` that this service stores, in the order of a representation. Columns,
 * `$select` and the types that full metadata names are all read from here.
 */
export const appProperties: readonly EdmProperty<AppPropertyName>[] = [
  { name: "id", type: "Edm.String", nullable: false, column: "id" },
  {
    name: "displayName",
    type: "Edm.String",
    nullable: true,
    column: "display_name",
    keyColumn: "name_key",
  },
  { name: "description", type: "Edm.String", nullable: true, column: "description" },
  {
    name: "publisher",
    type: "Edm.String",
    nullable: true,
    column: "publisher",
    keyColumn: "publisher_key",
  },
  { name: "createdDateTime", type: "Edm.DateTimeOffset", nullable: false, column: "created_at" },
  { name: "lastModifiedDateTime", type: "Edm.DateTimeOffset", nullable: false, column: "modified_at" },
  { name: "isFeatured", type: "Edm.Boolean", nullable: false, column: "is_featured" },
  { name: "privacyInformationUrl", type: "Edm.String", nullable: true, column: "privacy_information_url" },
  { name: "informationUrl", type: "Edm.String", nullable: true, column: "information_url" },
  { name: "owner", type: "Edm.String", nullable: true, column: "owner" },
  { name: "developer", type: "Edm.String", nullable: true, column: "developer" },
  { name: "notes", type: "Edm.String", nullable: true, column: "notes" },
  {
    name: "publishingState",
    type: "microsoft.graph.mobileAppPublishingState",
    nullable: false,
    column: "publishing_state",
  },
  { name: "isAssigned", type: "Edm.Boolean", nullable: false, column: "is_assigned" },
];

/** The ten counters as properties of `microsoft.graph.mobileAppInstallSummary`, in the specification's order. */
export const counterProperties: readonly EdmProperty<CounterName>[] = counterNames.map((name) => ({
  name,
  type: "Edm.Int32",
  nullable: false,
  column: name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
}));
