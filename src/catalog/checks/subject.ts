import { NEEDS_ID } from '../../core/procedure/plan.ts';
import type { PlannedStep } from '../../core/procedure/planned-step.ts';
import type { Procedure } from '../../core/procedure/schema.ts';
import type { Settings, Target } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';

/** A procedure as the checks see it. Without readable settings only what the file says by itself is checked. */
export type Subject = {
  readonly id: string;
  readonly procedure: Procedure;
  readonly items: readonly PlannedStep[];
  readonly settings: Settings | null;
};

/** A rule that the schema can't say. */
export type Check = (subject: Subject) => readonly Finding[];

/** Where an item of the plan stands in the file. */
export function pathOf(item: PlannedStep, { items }: Pick<Subject, 'items'>): Path {
  if (item.id === NEEDS_ID) return ['needs'];
  const section = item.phase === 'step' ? 'steps' : item.phase;
  return [section, items.filter(({ phase, id }) => phase === item.phase && id !== NEEDS_ID).indexOf(item)];
}

/** The targets on which a procedure may run. */
export function targetsOf({ id, settings }: Pick<Subject, 'id' | 'settings'>): readonly (readonly [string, Target])[] {
  return Object.entries(settings?.targets ?? {}).filter(([, target]) => target.procedures?.includes(id) ?? true);
}
