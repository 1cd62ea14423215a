import type { NamedApp } from "./catalogue.ts";

const names: readonly Omit<NamedApp, "everywhere">[] = [
  { platform: "windows", publisher: "日本電気株式会社", name: "日本電気 端末管理エージェント" },
  { platform: "ios", publisher: "腾讯科技", name: "企业微信 WeCom" },
  { platform: "windows", publisher: "한글과컴퓨터", name: "한컴오피스 2024 기업용" },
  { platform: "windows", publisher: "Contoso", name: "Workplace 👩‍💻 Toolkit" },
  { platform: "ios", publisher: "Contoso", name: "👨‍👩‍👧‍👦 Family Days 🏳️‍🌈 Booking 🇨🇭" },
  { platform: "android", publisher: "קפה שלום", name: "שלום Café" },
  { platform: "ios", publisher: "وزارة الموارد البشرية", name: "بوابة الموظفين (تجريبي)" },
  { platform: "windows", publisher: "Unknown", name: "Invoice \u202Efdp.exe" },
  { platform: "windows", publisher: 'Notes & "Quotes", Inc.', name: 'The "Best" Notes, 2nd Edition' },
  { platform: "macos", publisher: "O'Reilly", name: "O'Reilly ‘Learning’ Player" },
  { platform: "windows", publisher: "Evil Corp", name: "Evil\u001B[2J\u001B[31m App" },
  { platform: "android", publisher: "Evil Corp", name: "\u001B]0;owned\u0007Title Changer" },
  { platform: "windows", publisher: "Contoso", name: "Contoso VPN Client" },
  { platform: "windows", publisher: "Contoso", name: "contoso vpn client" },
  { platform: "windows", publisher: "Fabrikam", name: '=HYPERLINK("https://example.com","Price List")' },
  { platform: "web", publisher: "Fabrikam", name: "+1 Voice" },
  { platform: "web", publisher: "Fabrikam", name: "@Risk Review" },
  { platform: "windows", publisher: "Fabrikam", name: "Label Printer\nSecond Line\tand a Tab" },
  { platform: "android", publisher: "Fabrikam", name: "Cafe\u0301 Rewards" },
  { platform: "android", publisher: "Fabrikam", name: "Caf\u00E9 Rewards" },
  {
    platform: "ios",
    publisher: "",
    name: "Z\u0351\u036B\u0343\u0342a\u0309\u0306\u0301l\u0310\u030Bg\u0360\u0352o\u0311",
  },
  { platform: "windows", publisher: "", name: "R" },
  { platform: "windows", publisher: "<b>Publisher</b>", name: "<script>alert(1)</script> Browser Helper" },
  { platform: "windows", publisher: "Robert", name: "Robert'); DROP TABLE mobile_app;--" },
  {
    platform: "windows",
    publisher:
      "Wide World Importers International Holding and Logistics Services (Europe, Middle East & Africa)",
    name:
      "Wide World Importers Transport, Customs and Warehouse Planning Client for Regional Distribution Centres, " +
      "64-bit, offline-capable edition with label printing, driver scheduling and the extended reporting pack (EMEA)",
  },
];

/** Names as they occur in tenants, and as an attacker would choose them. */
export const awkwardApps: readonly NamedApp[] = names.map((app) => ({ ...app, everywhere: false }));
