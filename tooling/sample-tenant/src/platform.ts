import { reportPlatformCode, type Platform } from "@install-summary/core/text";

/** The platforms of the sample tenant. */
export type SamplePlatform = "windows" | "ios" | "macos" | "android" | "web";

interface PlatformFacts {
  /** As the report writes it in `Platform_loc`. */
  readonly label: Platform;
  /** How many devices and users the sample tenant has on it. */
  readonly devices: number;
  readonly users: number;
}

/** What the report says of each platform, and how large the sample tenant is on it. */
export const platforms: Readonly<Record<SamplePlatform, PlatformFacts>> = {
  android: { label: "Android", devices: 2_900, users: 3_100 },
  ios: { label: "iOS", devices: 4_180, users: 3_940 },
  macos: { label: "macOS", devices: 1_160, users: 1_090 },
  windows: { label: "Windows", devices: 12_640, users: 11_870 },
  web: { label: "Web", devices: 20_880, users: 12_350 },
};

/** The platform as the report writes it in `Platform`: core's code, or 0 for web apps, for which core knows none. */
export function reportCodeOf(platform: SamplePlatform): string {
  return reportPlatformCode(platforms[platform].label) || "0";
}
