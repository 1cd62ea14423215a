import * as fc from "fast-check";
import { expect, test } from "vitest";
import { powershellWords } from "../../../test/powershell-words.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import { widthOf } from "../../text/width.ts";
import { requestText } from "../../words/request-text.ts";
import { wrapPowershell } from "./wrap-powershell.ts";

const request = {
  app: listedApp(1, "App", {}, `W/"it's 7"`),
  patch: { failedDeviceCount: 8, failedUserCount: 2_147_483_647 },
};
const command = requestText(
  { baseUrl: "http://127.0.0.1:8420/beta", authorityFile: undefined },
  request,
  "powershell",
);

test("a PowerShell command is broken by backticks between words, and long strings become sums", () => {
  expect(wrapPowershell(command, 60)).toEqual([
    "Invoke-RestMethod -Method Patch -Uri `",
    "  ('http://127.0.0.1:8420/beta/deviceAppManagement/mobil' `",
    "  + 'eApps/00000000-0000-4000-8000-000000000001/installSu' `",
    "  + 'mmary') -Headers @{ Authorization = `",
    "  \"Bearer $env:TOKEN\"; 'If-Match' = 'W/\"it''s 7\"' } `",
    "  -ContentType 'application/json' -Body `",
    '  \'{"failedDeviceCount":8,"failedUserCount":2147483647}\'',
  ]);
});

test("what PowerShell makes of the lines is the command, whatever their width", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "'", '"', " ", "{", "é", "給", "/"), maxLength: 90 });
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 40, max: 120 }),
      (texts, width) => {
        const whole = `Invoke-RestMethod ${texts.map((one) => `-Body '${one.replaceAll("'", "''")}'`).join(" ")}`;
        const rows = wrapPowershell(whole, width);
        expect(rows.filter((row) => widthOf(row) > width)).toEqual([]);
        expect(powershellWords(rows.join("\n"))).toEqual(powershellWords(whole));
        expect(powershellWords(whole)).toEqual([
          ["Invoke-RestMethod", ...texts.flatMap((one) => ["-Body", `=${one}`])],
        ]);
      },
    ),
  );
});
