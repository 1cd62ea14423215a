import { gzipSync } from "node:zlib";

/** Where a request goes, and with which token. */
export interface Target {
  /** Host and port. */
  readonly host: string;
  readonly token: string;
  readonly appId: string;
}

/** A request as a client puts it on the wire. */
export interface DocumentedRequest {
  readonly head: readonly string[];
  readonly body: string | Uint8Array;
}

// The requests of clients that run on Windows or .NET. They are written from what is documented of these clients and what
// their sources and public traces show; they were not recorded from running ones.

const apps = "/beta/deviceAppManagement/mobileApps";
const windowsPowerShell =
  "User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4391";
const graphPowerShell =
  "User-Agent: Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-US) PowerShell/7.4.6 Invoke-MgGraphRequest";

/** `Invoke-RestMethod -Method Patch` of Windows PowerShell 5.1, which waits for a 100 before it sends a body. */
export function windowsPowerShellPatch({ host, token, appId }: Target, body: string): DocumentedRequest {
  return {
    head: [
      `PATCH ${apps}/${appId}/installSummary HTTP/1.1`,
      `Authorization: Bearer ${token}`,
      windowsPowerShell,
      "Content-Type: application/json",
      `Host: ${host}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Expect: 100-continue",
      "Connection: Keep-Alive",
    ],
    body,
  };
}

/** `Invoke-RestMethod` of Windows PowerShell 5.1 for apps with a query as it arrives. */
export function windowsPowerShellGet({ host, token }: Target, query: string): DocumentedRequest {
  return {
    head: [
      `GET ${apps}?${query} HTTP/1.1`,
      `Authorization: Bearer ${token}`,
      windowsPowerShell,
      `Host: ${host}`,
      "Connection: Keep-Alive",
    ],
    body: "",
  };
}

/** `Invoke-RestMethod -Method Patch` of PowerShell 7, on .NET's HttpClient, with an ETag. */
export function powerShellPatch(
  { host, token, appId }: Target,
  etag: string,
  body: string,
): DocumentedRequest {
  return {
    head: [
      `PATCH ${apps}/${appId}/installSummary HTTP/1.1`,
      `Host: ${host}`,
      `If-Match: ${etag}`,
      "User-Agent: Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-US) PowerShell/7.4.6",
      "Accept-Encoding: gzip, deflate, br",
      `Authorization: Bearer ${token}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
    ],
    body,
  };
}

/** `Invoke-MgGraphRequest -Method PATCH` of the Graph module, which sends a hashtable without a media type. */
export function graphPowerShellPatch(
  { host, token, appId }: Target,
  body: string,
  contentType: readonly string[] = [],
): DocumentedRequest {
  return {
    head: [
      `PATCH ${apps}/${appId}/installSummary HTTP/1.1`,
      `Host: ${host}`,
      graphPowerShell,
      "SdkVersion: graph-powershell/2.25.0",
      "client-request-id: 3c8f0b3e-52f5-4a7c-9a5b-6a4f2f0f8d11",
      "Accept-Encoding: gzip",
      `Authorization: Bearer ${token}`,
      ...contentType,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ],
    body,
  };
}

/** The Graph SDK for .NET, on kiota, which escapes the names of options. */
export function graphSdkGet({ host, token }: Target): DocumentedRequest {
  return {
    head: [
      `GET ${apps}?%24expand=installSummary&%24filter=installSummary%2FfailedDeviceCount%20gt%20100&%24top=20 HTTP/1.1`,
      `Host: ${host}`,
      "Accept: application/json",
      "User-Agent: kiota-dotnet/1.17.1",
      "SdkVersion: graph-dotnet-beta/5.93.0-preview, graph-dotnet-core/3.2.2 (hostOS=Microsoft Windows 10.0.22631; hostArch=X64; runtimeEnvironment=.NET 8.0.11;)",
      "client-request-id: 3c8f0b3e-52f5-4a7c-9a5b-6a4f2f0f8d12",
      "Accept-Encoding: gzip",
      `Authorization: Bearer ${token}`,
    ],
    body: "",
  };
}

/** `HttpClient` of .NET with `JsonContent`, whose length is not known before, so that it comes in chunks. */
export function httpClientPatch({ host, token, appId }: Target, body: string): DocumentedRequest {
  return {
    head: [
      `PATCH ${apps}/${appId}/installSummary HTTP/1.1`,
      `Host: ${host}`,
      `Authorization: Bearer ${token}`,
      "Transfer-Encoding: chunked",
      "Content-Type: application/json; charset=utf-8",
    ],
    body: chunked(Buffer.from(body)),
  };
}

/** A PATCH through kiota's CompressionHandler for .NET: gzip in chunks, since its length is not known before. */
export function compressedPatch({ host, token, appId }: Target, body: string): DocumentedRequest {
  return {
    head: [
      `PATCH ${apps}/${appId}/installSummary HTTP/1.1`,
      `Host: ${host}`,
      "Accept: application/json",
      "User-Agent: kiota-dotnet/1.17.1",
      `Authorization: Bearer ${token}`,
      "Transfer-Encoding: chunked",
      "Content-Type: application/json",
      "Content-Encoding: gzip",
    ],
    body: chunked(gzipSync(body)),
  };
}

/** `DataServiceContext` of Microsoft.OData.Client, whose version headers name the framework. */
export function odataClientPatch({ host, token, appId }: Target, body: string): DocumentedRequest {
  return {
    head: [
      `PATCH ${apps}(%27${appId}%27)/installSummary HTTP/1.1`,
      `Host: ${host}`,
      "OData-Version: 4.0;NetFx",
      "OData-MaxVersion: 4.0;NetFx",
      "Accept: application/json;odata.metadata=minimal",
      "Accept-Charset: UTF-8",
      "User-Agent: Microsoft.OData.Client/7.21.3",
      `Authorization: Bearer ${token}`,
      "Content-Type: application/json;odata.metadata=minimal",
      `Content-Length: ${Buffer.byteLength(body)}`,
    ],
    body,
  };
}

function chunked(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n0\r\n\r\n")]);
}
