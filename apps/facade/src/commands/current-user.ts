import { userInfo } from "node:os";

/** The user of this machine by name; undefined in a container whose user has none. */
export function currentUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
