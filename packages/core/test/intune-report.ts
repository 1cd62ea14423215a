import { appId } from "./samples.ts";

/** The columns of Intune's report, in its order. */
export const intuneHeader: string =
  "ApplicationId,DisplayName,Publisher,Platform,Platform_loc,AppVersion,FailedDevicePercentage,InstalledDeviceCount,InstalledUserCount,FailedDeviceCount,FailedUserCount,PendingInstallDeviceCount,PendingInstallUserCount,NotApplicableDeviceCount,NotApplicableUserCount,NotInstalledDeviceCount,NotInstalledUserCount";

/** A row for these columns, with the counters of the example. */
export const intuneRow: string = `${appId},Contoso Portal,Contoso,5,Windows,1.0,3.57,4,2,1,15,9,7,8,6,7,5`;
