/**
 * What rules mean depends on the client that reads them. Versions whose decisions were recorded from the real
 * client; the newest is the default.
 */
export const CLIENT_VERSIONS = ["2.1.330", "2.1.197"] as const;
export type ClientVersion = (typeof CLIENT_VERSIONS)[number];
export const DEFAULT_CLIENT: ClientVersion = "2.1.330";
