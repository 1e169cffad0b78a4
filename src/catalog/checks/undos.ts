import type { Finding } from '../finding.ts';
import type { Subject } from './subject.ts';

/** A step that changes something says how it is taken back, or why it can't be: whoever approves it reads that. What was announced is said. */
export function undos({ procedure, items }: Subject): readonly Finding[] {
  return procedure.steps.flatMap((step, index): readonly Finding[] => {
    const item = items.find(({ phase, id }) => phase === 'step' && id === step.id);
    const path = ['steps', index];
    if (!item) return [];
    if (item.effect === 'read') return step.undo ? [{ path: [...path, 'undo'], says: `"${step.id}" only reads; expected no undo.` }] : [];
    if (item.undo || step.announce) return [];
    return [{ path, says: `"${step.id}" has no undo; expected "undo", with "none: <reason>" if it can't be taken back.` }];
  });
}
