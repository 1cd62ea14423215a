import { publishingStates } from "../../resource/mobile-app.ts";
import { entities, rootEntity, singletons, type EdmEntity, type EdmNavigation } from "../model/schema.ts";

/** The model of the contract as XML. Source: OData CSDL XML 4.01. */
export function formatMetadata(): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    '<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    formatEnum("mobileAppPublishingState", publishingStates),
    ...entities.map(formatEntity),
    `<EntityContainer Name="GraphService">${singletons.map(formatSingleton).join("")}</EntityContainer>`,
    "</Schema></edmx:DataServices></edmx:Edmx>",
    "",
  ].join("\n");
}

function formatEnum(name: string, members: readonly string[]): string {
  const items = members.map((member, value) => element("Member", { Name: member, Value: String(value) }));
  return element("EnumType", { Name: name }, items);
}

function formatEntity({ name, base, isAbstract, properties = [], navigation = [] }: EdmEntity): string {
  return element(
    "EntityType",
    {
      Name: withoutNamespace(name),
      BaseType: base && aliased(base),
      Abstract: isAbstract ? "true" : undefined,
    },
    [
      ...(name === rootEntity ? ['<Key><PropertyRef Name="id"/></Key>'] : []),
      ...properties.map((property) =>
        element("Property", {
          Name: property.name,
          Type: aliased(property.type),
          Nullable: property.nullable ? undefined : "false",
        }),
      ),
      ...navigation.map((one) =>
        element("NavigationProperty", { Name: one.name, Type: aliased(one.type), ContainsTarget: "true" }),
      ),
    ],
  );
}

function formatSingleton({ name, type }: EdmNavigation): string {
  return element("Singleton", { Name: name, Type: aliased(type) });
}

/** One element. Names and types of the model have no character that XML would need escaped. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  content: readonly string[] = [],
): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const head = [name, ...given.map(([key, value]) => `${key}="${value}"`)].join(" ");
  return content.length === 0 ? `<${head}/>` : `<${head}>${content.join("")}</${name}>`;
}

function withoutNamespace(type: string): string {
  return type.replace("microsoft.graph.", "");
}

/** A type by the alias of the schema, as Graph writes it. */
function aliased(type: string): string {
  return type.replace("microsoft.graph.", "graph.");
}
