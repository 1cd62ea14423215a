import type { SamplePlatform } from "./platform.ts";

/** An app by its names, without numbers. */
export interface NamedApp {
  readonly platform: SamplePlatform;
  readonly publisher: string;
  readonly name: string;
  /** Whether every device of the platform is to have it. */
  readonly everywhere: boolean;
}

interface Shelf {
  readonly publisher: string;
  readonly apps: { readonly [Name in SamplePlatform]?: readonly string[] };
}

const shelves: readonly Shelf[] = [
  {
    publisher: "Microsoft Corporation",
    apps: {
      windows: [
        "Microsoft 365 Apps for enterprise",
        "Microsoft Edge for Business",
        "Microsoft Teams",
        "Microsoft Visual Studio Code",
        "Visual Studio Enterprise 2026",
        "SQL Server Management Studio",
        "PowerShell 7",
        "Power BI Desktop",
        "Azure CLI",
        "Windows Terminal",
        "Remote Help",
        "Microsoft Visio",
        "Microsoft Project",
        "Visual C++ 2015-2022 Redistributable (x64)",
        ".NET Desktop Runtime 8",
      ],
      ios: [
        "Microsoft Outlook",
        "Microsoft Teams",
        "Microsoft Authenticator",
        "Intune Company Portal",
        "OneDrive",
      ],
      android: ["Microsoft Outlook", "Microsoft Teams", "Microsoft Authenticator", "Managed Home Screen"],
      macos: ["Microsoft 365 Apps for macOS", "Microsoft Defender for Endpoint", "Company Portal"],
      web: ["My Apps Portal", "Viva Engage"],
    },
  },
  {
    publisher: "Adobe",
    apps: {
      windows: [
        "Adobe Acrobat Reader DC",
        "Adobe Creative Cloud",
        "Adobe Photoshop 2026",
        "Adobe InDesign 2026",
      ],
      macos: ["Adobe Creative Cloud", "Adobe Illustrator 2026"],
      ios: ["Adobe Acrobat Reader for Intune"],
    },
  },
  {
    publisher: "Google LLC",
    apps: {
      windows: ["Google Chrome Enterprise", "Google Drive", "Google Earth Pro"],
      ios: ["Google Chrome", "Google Meet"],
      android: ["Google Chrome", "Google Maps", "Gboard"],
      macos: ["Google Chrome Enterprise"],
    },
  },
  {
    publisher: "Apple Inc.",
    apps: { ios: ["Keynote", "Numbers", "Pages", "Apple Configurator"], macos: ["Xcode", "Final Cut Pro"] },
  },
  {
    publisher: "Mozilla",
    apps: { windows: ["Mozilla Firefox ESR", "Mozilla Thunderbird"], macos: ["Mozilla Firefox ESR"] },
  },
  {
    publisher: "Cisco Systems",
    apps: {
      windows: ["Cisco Secure Client", "Cisco Webex", "Cisco Jabber"],
      macos: ["Cisco Secure Client"],
      ios: ["Cisco Secure Client", "Webex Meetings"],
      android: ["Webex Meetings"],
    },
  },
  {
    publisher: "Zoom Communications",
    apps: {
      windows: ["Zoom Workplace", "Zoom Rooms"],
      macos: ["Zoom Workplace"],
      ios: ["Zoom for Intune"],
      android: ["Zoom for Intune"],
    },
  },
  {
    publisher: "SAP SE",
    apps: {
      windows: ["SAP GUI for Windows 8.0", "SAP Analysis for Office"],
      ios: ["SAP Concur", "SAP SuccessFactors"],
      android: ["SAP Concur"],
    },
  },
  {
    publisher: "Autodesk",
    apps: {
      windows: ["AutoCAD 2026", "AutoCAD LT 2026", "Revit 2026", "Navisworks Manage 2026", "Autodesk Access"],
    },
  },
  { publisher: "Dassault Systèmes", apps: { windows: ["SOLIDWORKS 2025 SP3", "CATIA V5-6R2024"] } },
  { publisher: "Siemens", apps: { windows: ["NX 2406", "Teamcenter Visualization", "TIA Portal V19"] } },
  {
    publisher: "Citrix",
    apps: {
      windows: ["Citrix Workspace app 2402 LTSR"],
      ios: ["Citrix Workspace"],
      macos: ["Citrix Workspace"],
    },
  },
  { publisher: "Oracle", apps: { windows: ["Java SE 21 (64-bit)", "Oracle SQL Developer"] } },
  { publisher: "Eclipse Adoptium", apps: { windows: ["Temurin JRE 17", "Temurin JDK 21"] } },
  {
    publisher: "JetBrains s.r.o.",
    apps: { windows: ["IntelliJ IDEA Ultimate", "DataGrip"], macos: ["JetBrains Toolbox"] },
  },
  { publisher: "Docker Inc.", apps: { windows: ["Docker Desktop"], macos: ["Docker Desktop"] } },
  { publisher: "Igor Pavlov", apps: { windows: ["7-Zip 24.09 (x64)"] } },
  { publisher: "Notepad++ Team", apps: { windows: ["Notepad++ (64-bit x64)"] } },
  { publisher: "VideoLAN", apps: { windows: ["VLC media player"], macos: ["VLC"] } },
  { publisher: "The Document Foundation", apps: { windows: ["LibreOffice 25.2"] } },
  { publisher: "Git for Windows", apps: { windows: ["Git"] } },
  { publisher: "Simon Tatham", apps: { windows: ["PuTTY release 0.83 (64-bit)"] } },
  { publisher: "WinSCP", apps: { windows: ["WinSCP 6"] } },
  { publisher: "KeePassXC Team", apps: { windows: ["KeePassXC"], macos: ["KeePassXC"] } },
  { publisher: "AgileBits", apps: { windows: ["1Password"], ios: ["1Password 8"], macos: ["1Password"] } },
  {
    publisher: "Slack Technologies",
    apps: { windows: ["Slack"], ios: ["Slack for Intune"], android: ["Slack for Intune"] },
  },
  {
    publisher: "Salesforce",
    apps: { ios: ["Salesforce"], android: ["Salesforce"], windows: ["Tableau Desktop", "Tableau Reader"] },
  },
  { publisher: "ServiceNow", apps: { ios: ["Now Mobile"], android: ["Now Mobile"] } },
  { publisher: "Atlassian", apps: { ios: ["Jira Cloud", "Confluence Cloud"], web: ["Confluence"] } },
  { publisher: "Workday", apps: { ios: ["Workday"], android: ["Workday"], web: ["Workday"] } },
  { publisher: "TeamViewer", apps: { windows: ["TeamViewer Host", "TeamViewer QuickSupport"] } },
  { publisher: "Lenovo", apps: { windows: ["Lenovo Commercial Vantage", "Lenovo System Update"] } },
  { publisher: "Dell Technologies", apps: { windows: ["Dell Command | Update", "Dell Display Manager"] } },
  { publisher: "HP Inc.", apps: { windows: ["HP Universal Print Driver PCL 6"], ios: ["HP Smart"] } },
  { publisher: "Jabra", apps: { windows: ["Jabra Direct"] } },
  { publisher: "Logitech", apps: { windows: ["Logi Tune", "Logi Options+"], macos: ["Logi Options+"] } },
  {
    publisher: "Zebra Technologies",
    apps: { android: ["Zebra OEMConfig", "DataWedge Profiles"], windows: ["ZebraDesigner 3"] },
  },
  { publisher: "TechSmith", apps: { windows: ["Snagit 2025", "Camtasia 2025"] } },
  { publisher: "Python Software Foundation", apps: { windows: ["Python 3.13 (64-bit)"] } },
  {
    publisher: "CrowdStrike",
    apps: { windows: ["CrowdStrike Falcon Sensor"], macos: ["CrowdStrike Falcon Sensor"] },
  },
  {
    publisher: "Zscaler",
    apps: {
      windows: ["Zscaler Client Connector"],
      ios: ["Zscaler Client Connector"],
      android: ["Zscaler Client Connector"],
    },
  },
  { publisher: "Lookout", apps: { ios: ["Lookout for Work"], android: ["Lookout for Work"] } },
  {
    publisher: "Contoso",
    apps: {
      windows: [
        "Contoso Time Recording",
        "Contoso Warehouse Client",
        "Contoso Root Certificates",
        "Contoso Fonts",
      ],
      ios: ["Contoso Field Service", "Contoso Travel", "Contoso News"],
      android: ["Contoso Field Service", "Contoso Scanner", "Contoso Kiosk"],
      macos: ["Contoso Printers for Mac"],
      web: ["Contoso Intranet", "Contoso Canteen Menu", "Contoso Service Desk"],
    },
  },
  {
    publisher: "Fabrikam",
    apps: {
      windows: ["Fabrikam Printer Driver", "Fabrikam Label Studio", "Fabrikam USB Dock Firmware"],
      ios: ["Fabrikam Inspection"],
      android: ["Fabrikam Inspection"],
    },
  },
  {
    publisher: "Northwind Traders",
    apps: { windows: ["Northwind Orders"], ios: ["Northwind Sales"], web: ["Northwind Supplier Portal"] },
  },
  {
    publisher: "Adventure Works",
    apps: { windows: ["Adventure Works Cycles Configurator"], android: ["Adventure Works Rides"] },
  },
  { publisher: "Tailspin Toys", apps: { ios: ["Tailspin Showroom"], android: ["Tailspin Showroom"] } },
  {
    publisher: "Woodgrove Bank",
    apps: { windows: ["Woodgrove E-Signature"], web: ["Woodgrove Corporate Banking"] },
  },
];

const required: ReadonlySet<string> = new Set([
  "Microsoft 365 Apps for enterprise",
  "Microsoft 365 Apps for macOS",
  "Microsoft Defender for Endpoint",
  "Microsoft Edge for Business",
  "Microsoft Teams",
  "Microsoft Outlook",
  "Microsoft Authenticator",
  "Intune Company Portal",
  "Company Portal",
  "CrowdStrike Falcon Sensor",
  "Google Chrome Enterprise",
  "Zscaler Client Connector",
  "Contoso Root Certificates",
]);

const order: readonly SamplePlatform[] = ["windows", "ios", "android", "macos", "web"];

/** The ordinary apps of the sample tenant. */
export const catalogue: readonly NamedApp[] = shelves.flatMap(({ publisher, apps }) =>
  order.flatMap((platform) =>
    (apps[platform] ?? []).map((name) => ({ platform, publisher, name, everywhere: required.has(name) })),
  ),
);

const rings = ["Pilot", "Early", "Broad", "Factory", "Kiosk", "Contractors", "Test"];
const places = [
  "Berlin",
  "Zürich",
  "Kraków",
  "São Paulo",
  "東京",
  "Pune",
  "Austin",
  "Montréal",
  "Oslo",
  "Lyon",
  "Brno",
];

/** Another edition of an ordinary app, as large tenants have them by the thousand. */
export function editionOf(app: NamedApp, edition: number): NamedApp {
  const ring = rings[edition % rings.length];
  const place = places[edition % places.length];
  const wave = Math.floor(edition / (rings.length * places.length)) + 1;
  return { ...app, name: `${app.name} (${ring}, ${place}, wave ${wave})` };
}
