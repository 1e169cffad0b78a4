import type { Override } from '../../src/core/incident/state.ts';
import { approvalCard } from '../../src/slack/cards/approval-card.ts';
import { breakGlassView } from '../../src/slack/cards/break-glass-form.ts';
import { overrideCard } from '../../src/slack/cards/override-card.ts';
import { runCard } from '../../src/slack/cards/run-card.ts';
import { asked, BEGINS, beginning, clearCache, dana, digest, role, RUN, settings, theAsk, theRun, told, token } from './story.ts';

/** Dana is alone at night, and goes on past the approval. */
const GLASS = { roles: ['lead-developer'], tells: 'database-admin' };
const OVERRIDE: Override = {
  by: dana,
  roles: [role('lead-developer')],
  reason: 'It is three at <night>, and nobody answers',
  tells: role('database-admin'),
  at: BEGINS,
  holdsMs: 300_000,
};
const waiting = told(...beginning, asked());
const overridden = told(...beginning, asked(), {
  type: 'approval-overridden',
  run: RUN,
  step: clearCache.id,
  token: token('T-approve'),
  digest,
  ...OVERRIDE,
});

export const OVERRIDE_CARDS: Readonly<Record<string, object>> = {
  'approval-overridden': approvalCard(theAsk(overridden, 'approval')),
  'approval-with-glass': approvalCard({ ...theAsk(waiting, 'approval'), settings: { ...settings, 'break-glass': GLASS } }),
  override: overrideCard({ ...theAsk(overridden, 'approval'), override: OVERRIDE }),
  'run-overridden': runCard({ run: theRun(overridden), now: overridden.now, settings, drill: false, told: [role('devops-engineer')] }),
  'form-break-glass': breakGlassView({
    target: 'production',
    tells: 'database-admin',
    what: 'This would run: redis FLUSHALL',
    note: { channel: 'C1', responseUrl: null, token: 'T-approve', target: 'production' },
  }),
};
