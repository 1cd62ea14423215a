/** A program that sends the request of `install-summary get`, checks the response and prints it: zod and ky alone. */
export const sameRequest = `import ky from "ky";
import * as z from "zod";
const counter = z.int().min(0).max(2147483647);
const names = ["installed", "failed", "notApplicable", "notInstalled", "pendingInstall"].flatMap((state) =>
  ["DeviceCount", "UserCount"].map((scope) => state + scope));
const summary = z.object({ id: z.guid(), ...Object.fromEntries(names.map((name) => [name, counter])) });
const app = z.object({ id: z.guid(), displayName: z.string(), installSummary: summary });
const headers = { authorization: "Bearer " + process.env.INSTALL_SUMMARY_TOKEN };
const body = await ky.get(process.env.INSTALL_SUMMARY_URL + "/deviceAppManagement/mobileApps/" + process.argv[2] +
  "?$expand=installSummary", { headers }).json();
const { displayName, installSummary } = app.parse(body);
console.log(displayName);
for (const [name, value] of Object.entries(installSummary)) console.log(name, value);
`;
