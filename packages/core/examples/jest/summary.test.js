// A CommonJS test of jest. Run it as `node --experimental-vm-modules node_modules/jest/bin/jest.js`, or set
// NODE_OPTIONS=--experimental-vm-modules: jest loads ES modules only with this option, and only by `import()`.

test("a patch is parsed and applied", async () => {
  const { applyPatch, installSummaryPatchSchema, parsePatch } = await import("@install-summary/core");
  const { exampleSummary } = await import("@install-summary/core/contract");
  const patch = parsePatch({ failedDeviceCount: 3 });
  expect(applyPatch(exampleSummary, patch)).toEqual({ ...exampleSummary, failedDeviceCount: 3 });
  expect(installSummaryPatchSchema.safeParse({ failedDeviceCount: "3" }).success).toBe(false);
});

test("the client edits a summary of the contract in memory", async () => {
  const { createInstallSummaryClient } = await import("@install-summary/core/client");
  const { createMemoryService, exampleApp, exampleSummary } = await import("@install-summary/core/contract");
  const { fetch } = createMemoryService({ apps: [{ ...exampleApp, installSummary: exampleSummary }] });
  const client = createInstallSummaryClient({
    baseUrl: "https://test.example/beta",
    token: () => "any",
    fetch,
  });
  const { summary } = await client.edit(exampleSummary.id, () => ({ failedDeviceCount: { add: 2 } }));
  expect(summary).toEqual({ ...exampleSummary, failedDeviceCount: 3 });
});

test("a report is written and read", async () => {
  const { readReport, writeReport } = await import("@install-summary/core/report");
  const { exampleApp, exampleSummary } = await import("@install-summary/core/contract");
  const rows = [];
  for await (const row of readReport(writeReport([{ app: exampleApp, patch: exampleSummary }])))
    rows.push(row);
  expect(rows).toMatchObject([{ app: { id: exampleSummary.id }, patch: { failedDeviceCount: 1 } }]);
});
