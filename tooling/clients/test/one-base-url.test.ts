import { join } from "node:path";
import { exampleSummary } from "@install-summary/core/contract";
import { hasProgram } from "@tooling/e2e/has-program";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { chromiumPath, serveSite } from "../src/open-page.ts";
import { examples, runClient, type Service } from "../src/run-client.ts";
import { startGraph } from "../src/start-graph.ts";
import { startTeamFacade } from "../src/start-team-facade.ts";

// A team has a script, a program with an SDK and a dashboard, all of them for Microsoft Graph.

test("after Graph has removed what they read, a script, an SDK program and a dashboard work again with another base URL", async ({
  skip,
}) => {
  for (const name of ["bash", "curl", "jq"]) if (!hasProgram(name)) skip(`${name} is not on the PATH`);
  skip(chromiumPath === undefined, "Chromium is not installed (apt-get install chromium)");

  await using site = await serveSite(join(examples, "dashboard.html"));
  await using facade = await startTeamFacade("--origins", site.origin);
  await using graph = await startGraph(facade.certificate);
  const { ca } = facade;
  await using page = await site.open(facade.certificate);
  const run = async (service: Pick<Service, "graph" | "token">) => ({
    script: await runScript({ ...service, ca }),
    sdk: await runSdkProgram({ ...service, ca }),
    dashboard: await useDashboard(page, service),
  });

  const atGraph = { graph: graph.graph, token: graph.token };
  expect(await run(atGraph)).toEqual(working);

  graph.withdraw();
  const parsing =
    "Parsing OData Select and Expand failed: Could not find a property named 'installSummary' on type";
  expect(await run(atGraph)).toEqual({
    script: `exit 1: ${curl(400)}${parsing} 'microsoft.graph.mobileApp'.\n`,
    sdk: `exit 1: 400 BadRequest: ${parsing} 'microsoft.graph.mobileApp'.\n`,
    dashboard: { status: `400 BadRequest: ${parsing} 'microsoft.graph.mobileApp'.`, rows: [] },
  });

  const forGraph = await facade.issueToken({ claims: { aud: "https://graph.microsoft.com" } });
  const audience = "Access token validation failure. Invalid audience.";
  const refused = await run({ graph: facade.graph, token: forGraph });
  expect(refused).toEqual({
    script: expect.stringContaining(`exit 1: ${curl(401)}${audience}`),
    sdk: expect.stringContaining(`exit 1: 401 InvalidAuthenticationToken: ${audience}`),
    dashboard: { status: expect.stringContaining(`401 InvalidAuthenticationToken: ${audience}`), rows: [] },
  });

  expect(await run({ graph: facade.graph, token: await facade.issueToken() })).toEqual(working);
});

/** What curl says of a status. */
function curl(status: number): string {
  return `curl: (22) The requested URL returned error: ${status}\n`;
}

/** What the three say of the sample tenant. */
const working = {
  script: `2004\tJabra Direct
1775\tGoogle Chrome Enterprise
894\tFabrikam USB Dock Firmware
675\tVisual C++ 2015-2022 Redistributable (x64)
`,
  sdk: "Contoso Payroll 給与計算 2.2: failedDeviceCount 16 → 8\n",
  dashboard: {
    status: "8145 failures of 200 apps",
    rows: [
      "Jabra Direct\t2004\t10344",
      "Google Chrome Enterprise\t1775\t9281",
      "Fabrikam USB Dock Firmware\t894\t7643",
      "Visual C++ 2015-2022 Redistributable (x64)\t675\t9043",
      "Mozilla Firefox ESR\t499\t10008",
      "Microsoft 365 Apps for enterprise\t354\t11435",
      "Adobe Acrobat Reader DC\t315\t11282",
      "Cisco Secure Client\t194\t2885",
      ".NET Desktop Runtime 8\t182\t863",
      "Now Mobile\t121\t815",
    ],
  },
};

async function runScript(service: Service): Promise<string> {
  return said(await runClient(service, ["bash", join(examples, "failing-apps.sh"), "500"]));
}

async function runSdkProgram(service: Service): Promise<string> {
  const program = join(examples, "correct-count.mjs");
  return said(
    await runClient(service, [process.execPath, program, exampleSummary.id, "failedDeviceCount", "8"]),
  );
}

function said({ exit, stdout, stderr }: Awaited<ReturnType<typeof runClient>>): string {
  return exit === 0 ? stdout : `exit ${exit}: ${stderr}`;
}

async function useDashboard(page: Page, { graph, token }: Pick<Service, "graph" | "token">) {
  await page.getByLabel("Base URL").fill(graph);
  await page.getByLabel("Access token").fill(token);
  await page.getByRole("button").click();
  const status = page.getByRole("status");
  await status.filter({ hasNotText: "Reading" }).filter({ hasText: /\w/ }).waitFor();
  const rows = await page.locator("tbody tr").allInnerTexts();
  return { status: await status.innerText(), rows: rows.map((row) => row.trim()) };
}
