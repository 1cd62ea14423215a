import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { patch } from "./parts/requests.ts";
import { invalid, refused } from "./parts/responses.ts";

/** JSON objects with a wrong member: refused whole, with every fault named. */
export const bodies: readonly GoldenPair[] = [
  pair(
    6,
    "PATCH of a number as text is 400 and names the counter",
    patch('{"failedDeviceCount":"4"}'),
    invalid("failedDeviceCount"),
  ),
  pair(
    7,
    "PATCH with two faults is 400 and lists both",
    patch('{"failedDeviceCount":null,"x":1}'),
    refused(400, "ModelValidationFailure", {
      target: "failedDeviceCount",
      detailTargets: ["failedDeviceCount", "x"],
    }),
  ),
  pair(
    8,
    "PATCH of a negative counter is 400 and names it",
    patch('{"failedDeviceCount":-1}'),
    invalid("failedDeviceCount"),
  ),
  pair(
    32,
    "PATCH of a misspelt counter is 400 and leaves the other counter alone",
    (number) => patch(`{"pendingInstallDeviceCount":${number},"failedDevicesCount":${number}}`),
    invalid("failedDevicesCount"),
  ),
  pair(
    33,
    "PATCH of the same counter twice is 400",
    (number) => patch(`{"failedDeviceCount":${number},"failedDeviceCount":${number}}`),
    invalid("failedDeviceCount"),
  ),
  pair(
    34,
    "PATCH with the id of another app is 400",
    (number) => patch(`{"id":"00000000-0000-4000-8000-00000badc0de","failedDeviceCount":${number}}`),
    refused(400, "ModelValidationFailure", { target: "id", innerCode: "propertyNotUpdateable" }),
  ),
  pair(
    35,
    "PATCH of more than Int32 holds is 400 and names the counter",
    patch('{"failedDeviceCount":2147483648}'),
    invalid("failedDeviceCount"),
  ),
  pair(104, "PATCH of true is 400", patch('{"failedDeviceCount":true}'), invalid("failedDeviceCount")),
  pair(
    105,
    "PATCH of a fraction is 400",
    (number) => patch(`{"failedDeviceCount":${number}.5}`),
    invalid("failedDeviceCount"),
  ),
  pair(
    106,
    "PATCH of a fraction that a double would round away is 400",
    (number) => patch(`{"failedDeviceCount":${number}.0000000000000000001}`),
    invalid("failedDeviceCount"),
  ),
  pair(
    107,
    "PATCH of an array is 400",
    (number) => patch(`{"failedDeviceCount":[${number}]}`),
    invalid("failedDeviceCount"),
  ),
  pair(
    108,
    "PATCH of an object is 400",
    (number) => patch(`{"failedDeviceCount":{"a":${number}}}`),
    invalid("failedDeviceCount"),
  ),
  pair(
    110,
    "PATCH of a counter in the wrong case is 400",
    (number) => patch(`{"FailedDeviceCount":${number}}`),
    invalid("FailedDeviceCount"),
  ),
  pair(
    111,
    "PATCH with the type of another entity is 400",
    (number) => patch(`{"@odata.type":"#microsoft.graph.mobileApp","failedDeviceCount":${number}}`),
    invalid("@odata.type"),
  ),
];
