import type { PersonAct } from '../../../src/core/incident/command.ts';
import type { OverrideRule } from '../../../src/core/terminal/break-glass.ts';
import { acting, role } from './cast.ts';
import type { Name } from './cast.ts';
import { asked } from './scenes.ts';
import type { Row } from './scenes.ts';

type Override = Extract<PersonAct, { kind: 'override' }>;

/** Dana's role may go on alone, and mina's is told. */
export const RULE: OverrideRule = { roles: [role('lead-developer')], tells: role('database-admin'), holdsMs: 300_000 };

/** Somebody goes on alone, as it should be done but for what is said. */
export function override(who: Name, token: Override['token'], but: Partial<Override> = {}): Override {
  return { kind: 'override', token, target: 'production', reason: 'it is three at night', rule: RULE, ...acting(who), ...but };
}

/** The same, about a flush that dana has asked for. */
export function alone(who: Name, but: Partial<Override> = {}): Row[2] {
  return () => {
    const { stage, token } = asked();
    return [stage, override(who, token, but)];
  };
}
