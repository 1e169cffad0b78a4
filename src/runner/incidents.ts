import type { IncidentId, RoleId, StreamId, TokenId } from '../core/brand.ts';
import type { Command } from '../core/incident/command.ts';
import type { Incidents } from '../core/incident/port.ts';
import { said } from '../core/incident/said.ts';
import { severityNamed } from '../core/incident/severities.ts';
import { commandersOf } from '../core/settings.ts';
import type { Ids } from '../core/ports.ts';
import { readCriteria } from './criteria.ts';
import type { CriteriaParts } from './criteria.ts';
import type { Journal } from './journal.ts';

export type IncidentsParts = CriteriaParts & { readonly journal: Pick<Journal, 'applyAll'>; readonly ids: Ids };

const LONGEST_TITLE = 150;

/** Opens incidents by hand and reads their checklists. Who may is for the rules to say. */
export function createIncidents(parts: IncidentsParts): Incidents {
  const { journal, catalog, ids } = parts;
  return {
    async open({ title, severity, channel, by, roles }) {
      const settings = catalog.settings();
      const wanted = severity === null ? null : severityNamed(settings, severity);
      if (wanted && 'says' in wanted) return { status: 'refused', says: wanted.says };
      const incident = ids.short() as IncidentId;
      const stream = `incident/${incident}` as StreamId;
      const mayOpen = Object.keys(settings.roles).map((role) => role as RoleId);
      const commanders = commandersOf(settings);
      const commands: readonly Command[] = [
        { kind: 'open-incident', incident, title: said(title, LONGEST_TITLE), by, drill: false, home: channel, roles, mayOpen },
        ...(wanted ? [{ kind: 'set-severity', severity: wanted, token: ids.token() as TokenId, by, roles, commanders } as const] : []),
      ];
      const applied = await journal.applyAll(stream, commands);
      if (applied.status === 'done') return { status: 'opened', stream };
      return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
    },
    criteria: async (stream, answers, who) => await readCriteria(parts, stream, answers, who),
  };
}
