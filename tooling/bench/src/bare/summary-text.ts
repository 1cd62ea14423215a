import { counterNames } from "@install-summary/core";

/** A summary as the contract writes it. */
export function summaryText(id: string, counters: Readonly<Record<string, unknown>>): string {
  const members = counterNames.map((name) => `"${name}":${Number(counters[name])}`);
  return `{"@odata.context":"http://127.0.0.1:8420/beta/$metadata#deviceAppManagement/mobileApps('${id}')/installSummary/$entity","@odata.type":"#microsoft.graph.mobileAppInstallSummary","id":"${id}",${members.join(",")}}`;
}
