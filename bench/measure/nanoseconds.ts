/**
 * A duration in milliseconds to the nanosecond. No clock here counts finer: what stands behind comes of the arithmetic,
 * and would make up half of result.json.
 */
export const toNanosecond = (durationMs: number): number => Math.round(durationMs * 1e6) / 1e6;
