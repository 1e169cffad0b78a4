/** A JSON object whose fields aren't known yet. */
export type Fields = Record<string, unknown>;

/** Tells a JSON object from everything else, null and arrays included. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list; nothing when it isn't a list. */
export function recordsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
