import type { z } from 'zod';

/** Says what was expected, and the first place where something else was found. */
export function notUnderstood(shape: string, { issues }: z.ZodError): { readonly says: string } {
  const [first] = issues;
  const place = first && first.path.length > 0 ? ` at ${first.path.join('.')}` : '';
  return { says: `The body is not ${shape}${place}: ${first?.message ?? 'it has another shape'}.` };
}
