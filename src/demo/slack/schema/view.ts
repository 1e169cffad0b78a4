import type { SchemaError } from './error.ts';
import { inspect } from './inspect.ts';
import { isRecord } from './record.ts';
import { brokenRules, brokenViewRules } from './rules.ts';
import { views } from './tables/payloads.ts';

/** Checks a view, as the type it must have where it is sent, or as the type that it says it has. */
export function validateView(view: unknown, type: 'modal' | 'home' = typeOf(view)): SchemaError[] {
  return inspect({ is: 'allOf', of: [views[type]] }, view, '/view', type, () =>
    isRecord(view) ? [...brokenViewRules(view), ...brokenRules(view.blocks, '/view/blocks')] : [],
  );
}

/** The size of a view as it is sent, in bytes; above 250 000 Slack answers `view_too_large`. */
export function viewBytes(view: unknown): number {
  return Buffer.byteLength(JSON.stringify(view) ?? '');
}

function typeOf(view: unknown): 'modal' | 'home' {
  return isRecord(view) && view.type === 'home' ? 'home' : 'modal';
}
