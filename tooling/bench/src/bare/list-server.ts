import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { counterNames } from "@install-summary/core";
import type { SQLOutputValue } from "node:sqlite";
import { openBareStore } from "./bare-store.ts";
import { listenBare } from "./listen-bare.ts";

// The peer of lists: a page of apps with their summaries as one writes it first, by Hono and JSON.stringify.

const [, , file = "", certificate] = process.argv;
const store = openBareStore(file);
const base = "http://127.0.0.1:8420/beta";
const app = new Hono();

app.get("/beta/deviceAppManagement/mobileApps", (context) => {
  const count = Number(context.req.query("$top"));
  const rows = store.readPage(count + 1);
  const value = rows.slice(0, count).map(appOf);
  const cursor = Buffer.from(JSON.stringify(value.at(-1)?.["id"])).toString("base64url");
  const page = {
    "@odata.context": `${base}/$metadata#deviceAppManagement/mobileApps(installSummary())`,
    ...(rows.length > count && {
      "@odata.nextLink": `${base}/deviceAppManagement/mobileApps?$skiptoken=${cursor}`,
    }),
    value,
  };
  return new Response(JSON.stringify(page), {
    headers: {
      "Content-Type": "application/json;odata.metadata=minimal;charset=utf-8",
      "OData-Version": "4.0",
    },
  });
});

const listener = getRequestListener(app.fetch);
listenBare((incoming, outgoing) => void listener(incoming, outgoing), certificate);

function appOf(row: Readonly<Record<string, SQLOutputValue>>): Record<string, unknown> {
  const id = String(row["id"]);
  return {
    "@odata.type": row["odataType"],
    id,
    displayName: row["displayName"],
    description: row["description"],
    publisher: row["publisher"],
    createdDateTime: row["createdDateTime"],
    lastModifiedDateTime: row["lastModifiedDateTime"],
    isFeatured: row["isFeatured"] === 1,
    privacyInformationUrl: row["privacyInformationUrl"],
    informationUrl: row["informationUrl"],
    owner: row["owner"],
    developer: row["developer"],
    notes: row["notes"],
    publishingState: row["publishingState"],
    isAssigned: row["isAssigned"] === 1,
    "installSummary@odata.context": `${base}/$metadata#deviceAppManagement/mobileApps('${id}')/installSummary/$entity`,
    installSummary: {
      "@odata.etag": `W/"${String(row["version"])}"`,
      "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
      id,
      ...Object.fromEntries(counterNames.map((name) => [name, row[name]])),
    },
  };
}
