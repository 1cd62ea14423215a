import { asciiLowerCase } from "../../text/ascii-case.ts";
import { findName, type EntityType } from "./entity-type.ts";

const elsewhere = new Map(
  Object.entries({
    devicestatuses:
      "Graph has removed it; statuses by device are in Intune's report DeviceInstallStatusByApp.",
    userstatuses:
      "Graph has removed it; statuses by user are in Intune's report UserInstallStatusAggregateByApp.",
    assignments: "Assignments are served by Microsoft Graph alone.",
  }),
);

/** Where the data of a segment can be found that is not served. */
export function dataElsewhere(name: string): string | undefined {
  return elsewhere.get(asciiLowerCase(name));
}

/** What is known of a name that a type does not have, with or without the type that it is cast to. */
export function helpWithAbsent(text: string, type: EntityType): string | undefined {
  const name = text.replace(/^(?:microsoft\.)?graph\.\w+\//i, "");
  const unserved = findName(type.unserved, name);
  if (unserved === undefined) return type.navigation.length > 0 ? dataElsewhere(name) : undefined;
  return `Microsoft Graph has '${unserved}', and this service does not serve it.`;
}
