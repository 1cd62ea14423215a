/** The platforms of the sample tenant. */
export type Platform = "windows" | "ios" | "macos" | "android" | "web";

interface PlatformFacts {
  /** As the report writes it, in `Platform` and `Platform_loc`. */
  readonly code: number;
  readonly label: string;
  /** How many devices and users the sample tenant has on it. */
  readonly devices: number;
  readonly users: number;
}

/** What the report says of each platform, and how large the sample tenant is on it. */
export const platforms: Readonly<Record<Platform, PlatformFacts>> = {
  android: { code: 1, label: "Android", devices: 2_900, users: 3_100 },
  ios: { code: 2, label: "iOS", devices: 4_180, users: 3_940 },
  macos: { code: 3, label: "macOS", devices: 1_160, users: 1_090 },
  windows: { code: 5, label: "Windows", devices: 12_640, users: 11_870 },
  web: { code: 0, label: "Web", devices: 20_880, users: 12_350 },
};
