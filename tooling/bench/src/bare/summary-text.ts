import { counterNames } from "@install-summary/core";

const members = counterNames.map((name) => [name, `,"${name}":`] as const);

/** A summary as the contract represents it. */
export function summaryText(id: string, counters: Readonly<Record<string, unknown>>): string {
  let text = `{"@odata.context":"http://127.0.0.1:8420/beta/$metadata#deviceAppManagement/mobileApps('${id}')/installSummary/$entity","@odata.type":"#microsoft.graph.mobileAppInstallSummary","id":"${id}"`;
  for (const [name, start] of members) text += start + String(counters[name]);
  return `${text}}`;
}
