import { writeFileSync } from "node:fs";
import { join } from "node:path";

const columns =
  "ApplicationId,DisplayName,Publisher,Platform,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount";

/** Writes a report of many apps into a folder, and returns its path. */
export function largeReport(folder: string, apps: number): string {
  const rows = Array.from({ length: apps }, (_, index) => {
    const id = `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
    return `${id},App ${index},Contoso,5,1,2,3,4,5,6,7,8,9,10`;
  });
  const file = join(folder, "report.csv");
  writeFileSync(file, `${[columns, ...rows].join("\n")}\n`);
  return file;
}
