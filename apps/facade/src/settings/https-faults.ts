import type { Settings } from "./settings.ts";

/** The settings of HTTPS. */
export const httpsKeys = ["https", "certificate", "privateKey"] as const;

type HttpsSettings = Pick<Settings, (typeof httpsKeys)[number]>;

/** A sentence for each setting of HTTPS that lacks another. `sourceOf` says where a setting comes from. */
export function httpsFaults(
  { https, certificate, privateKey }: HttpsSettings,
  sourceOf: (key: keyof HttpsSettings) => string | undefined = () => undefined,
): readonly string[] {
  const named = (key: keyof HttpsSettings): string => {
    const source = sourceOf(key);
    return source === undefined ? key : `${key} (from ${source})`;
  };
  if (certificate !== undefined && privateKey === undefined) {
    return [`${named("certificate")} needs privateKey too: the file with the key of that certificate.`];
  }
  if (certificate === undefined && privateKey !== undefined) {
    return [`${named("privateKey")} needs certificate too: the file with the certificate for that key.`];
  }
  if (certificate !== undefined && !https) {
    return [`${named("certificate")} needs https too: without it plain HTTP is served.`];
  }
  return [];
}
