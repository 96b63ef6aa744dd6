/** Design section 11. Each can be set; each is reported when hit; none turns into a pass. */
export interface Limits {
  evaluationTimeoutMs: number;
  evaluationMemoryBytes: number;
  evaluatorOutputBytes: number;
  contextValues: number;
  contextDepth: number;
  comparedTextBytes: number;
  permissionRules: number;
  inclusionSteps: number;
  textDiffLines: number;
}

export const DEFAULT_LIMITS: Limits = {
  evaluationTimeoutMs: 60_000,
  evaluationMemoryBytes: 4 * 1024 ** 3,
  evaluatorOutputBytes: 64 * 1024 ** 2,
  contextValues: 20_000,
  contextDepth: 64,
  comparedTextBytes: 256 * 1024,
  permissionRules: 20_000,
  inclusionSteps: 1_000_000,
  textDiffLines: 5_000,
};
