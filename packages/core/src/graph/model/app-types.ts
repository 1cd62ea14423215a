import { asciiLowerCase, isSameName } from "../../text/ascii-case.ts";

/** The types of Intune apps that derive from each type. Source: Microsoft Graph beta. */
const children: Readonly<Record<string, readonly string[]>> = {
  mobileApp: [
    "androidForWorkApp",
    "androidManagedStoreApp",
    "androidStoreApp",
    "iosStoreApp",
    "iosVppApp",
    "iosiPadOSWebClip",
    "macOSMdatpApp",
    "macOSMicrosoftDefenderApp",
    "macOSMicrosoftEdgeApp",
    "macOSOfficeSuiteApp",
    "macOSWebClip",
    "macOsVppApp",
    "managedApp",
    "microsoftStoreForBusinessApp",
    "mobileLobApp",
    "officeSuiteApp",
    "webApp",
    "winGetApp",
    "windowsAutoUpdateCatalogApp",
    "windowsMicrosoftEdgeApp",
    "windowsPhone81StoreApp",
    "windowsStoreApp",
    "windowsWebApp",
  ],
  androidManagedStoreApp: ["androidManagedStoreWebApp"],
  managedApp: ["managedAndroidStoreApp", "managedIOSStoreApp", "managedMobileLobApp"],
  managedMobileLobApp: ["managedAndroidLobApp", "managedIOSLobApp"],
  mobileLobApp: [
    "androidLobApp",
    "iosLobApp",
    "macOSDmgApp",
    "macOSLobApp",
    "macOSPkgApp",
    "win32LobApp",
    "windowsAppX",
    "windowsMobileMSI",
    "windowsPhone81AppX",
    "windowsPhoneXAP",
    "windowsUniversalAppX",
  ],
  win32LobApp: ["win32CatalogApp"],
  windowsPhone81AppX: ["windowsPhone81AppXBundle"],
};

const namespace = "microsoft.graph.";

/** What each type of app derives from, by its name; both begin with `microsoft.graph.`. */
export const bases: ReadonlyMap<string, string> = new Map(
  Object.entries(children).flatMap(([base, names]) =>
    names.map((name) => [namespace + name, namespace + base] as const),
  ),
);
/** Every type of app that Graph has, such as `microsoft.graph.win32LobApp`. */
export const appTypes: readonly string[] = [`${namespace}mobileApp`, ...bases.keys()];

const types = new Map(appTypes.map((type) => [asciiLowerCase(type), type] as const));

/** The types that no app is of, since each app is of one that derives from them. */
export const abstractAppTypes: ReadonlySet<string> = new Set(
  ["mobileApp", "managedApp", "managedMobileLobApp", "mobileLobApp"].map((name) => namespace + name),
);

/** What the schema calls its namespace for short: `graph.win32LobApp`. Generated clients write casts so. */
const alias = "graph.";

/** Whether a segment has the form of a type, known or not. */
export function isTypeSegment(segment: string): boolean {
  return [namespace, alias].some((start) => isSameName(segment.slice(0, start.length), start));
}

/** The type that a segment names, without regard to case, as Graph writes it; undefined for an unknown one. */
export function findAppType(segment: string): string | undefined {
  const name = asciiLowerCase(segment);
  return types.get(name.startsWith(alias) ? `microsoft.${name}` : name);
}

/** Whether an app of the type `odataType` (`#microsoft.graph.…`) is of the type of a cast, or derives from it. */
export function isAppOfType(odataType: string, cast: string): boolean {
  if (cast === `${namespace}mobileApp`) return true;
  let type: string | undefined = odataType.replace(/^#/, "");
  while (type !== undefined && type !== cast) type = bases.get(type);
  return type === cast;
}
