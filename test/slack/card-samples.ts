import { JournalBroken } from '../../src/core/journal-broken.ts';
import type { DryRun } from '../../src/core/ports.ts';
import { sha256 } from '../../src/core/digest.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { CARDS_BY_SUBJECT } from './cards-by-subject.ts';
import type { KeyReading } from '../../src/core/reading/key-reading.ts';
import { announced, announcedStory, degraded } from './announcement-sample.ts';
import { homeCards } from './home-samples.ts';
import { catalog, entry } from './catalog-sample.ts';
import { errorRate, metricsAfter, metricsBefore, noResponseTime } from './metrics-sample.ts';
import { approvalCard } from '../../src/slack/cards/approval-card.ts';
import type { Card } from '../../src/slack/cards/blocks.ts';
import { brokenCard } from '../../src/slack/cards/broken-card.ts';
import { dryRunCard } from '../../src/slack/cards/dry-run-card.ts';
import { denyView, loadingView, refusalView } from '../../src/slack/cards/forms.ts';
import { heldCard } from '../../src/slack/cards/held-card.ts';
import { closingCard, incidentCard, pointerCard } from '../../src/slack/cards/incident-card.ts';
import { outputCard } from '../../src/slack/cards/output-card.ts';
import { checklistCard, questionCall, questionCard } from '../../src/slack/cards/question-card.ts';
import { releasesCard } from '../../src/slack/cards/releases-card.ts';
import { helpCard, listCard, sentence, sentences, statusCard } from '../../src/slack/cards/replies.ts';
import { runCard } from '../../src/slack/cards/run-card.ts';
import { startForm } from '../../src/slack/cards/start-form.ts';
import { unknownCard } from '../../src/slack/cards/unknown-card.ts';
import {
  asked,
  BEGINS,
  beginning,
  clearCache,
  dana,
  digest,
  done,
  failed,
  mina,
  omar,
  opened,
  RUN,
  STREAM,
  role,
  settings,
  step,
  theAsk,
  theRun,
  told,
  token,
} from './story.ts';
import type { Told } from './story.ts';
import { NO_RELEASES, RELEASES } from './release-samples.ts';

const broken = new JournalBroken(STREAM, 7, 'it is not what it was when it was written.').message;
const given: IncidentFact = {
  type: 'approval-given',
  run: RUN,
  step: clearCache.id,
  token: token('T-approve'),
  digest,
  by: omar,
  roles: [role('devops-engineer')],
};
const question: IncidentFact = {
  type: 'question-asked',
  run: RUN,
  step: step('verify.2'),
  role: role('lead-developer'),
  token: token('T-question'),
  question: 'No cache errors in the logs',
};
const answered: IncidentFact = {
  type: 'question-answered',
  run: RUN,
  step: step('verify.2'),
  token: token('T-question'),
  answer: 'yes',
  by: dana,
  note: null,
};
const held: IncidentFact = { type: 'run-held', run: RUN, step: clearCache.id, why: 'failed', token: token('T-held') };
const unknown: IncidentFact = {
  type: 'step-unknown',
  run: RUN,
  step: clearCache.id,
  attempt: 1,
  reason: 'crash',
  alive: false,
  token: token('T-unknown'),
};
const intended = done(clearCache.id)[0]!;

const waiting = told(...beginning, asked());
const approved = told(...beginning, asked(), { type: 'approval-shown', run: RUN, step: clearCache.id, token: token('T-approve') }, given);
const denied = told(...beginning, asked(), {
  type: 'approval-denied',
  run: RUN,
  step: clearCache.id,
  token: token('T-approve'),
  by: omar,
  reason: 'the origin is under load',
});
const expired = told(...beginning, asked(), { type: 'approval-expired', run: RUN, step: clearCache.id, token: token('T-approve') });
const voided = told(...beginning, asked(), given, {
  type: 'approval-voided',
  run: RUN,
  step: clearCache.id,
  token: token('T-approve'),
  reason: 'approver-lost-role',
});
const verifying = told(
  ...beginning,
  asked(),
  given,
  ...done(clearCache.id, '4,211 keys deleted'),
  ...done(step('verify.1'), '0.71 is above 0.6'),
  question,
);
const verified = told(
  ...beginning,
  asked(),
  given,
  ...done(clearCache.id, '4,211 keys deleted'),
  ...done(step('verify.1'), '0.71 is above 0.6'),
  question,
  answered,
  { type: 'run-finished', run: RUN, outcome: 'verified' },
);
const failing = told(...beginning, asked(), given, ...failed(clearCache.id, 'redis: connection refused'), held);
const continued = told(...beginning, asked(), given, ...failed(clearCache.id, 'redis: connection refused'), held, {
  type: 'run-continued',
  run: RUN,
  choice: 'undo',
  by: omar,
});
const lost = told(...beginning, asked(), given, intended, unknown);
const alive = told(...beginning, asked(), given, intended, { ...unknown, alive: true });
const settled = told(...beginning, asked(), given, intended, unknown, {
  type: 'step-settled',
  run: RUN,
  step: clearCache.id,
  attempt: 1,
  as: 'happened',
  by: mina,
  says: 'mina says: it happened',
});
const changed = told(...beginning, { type: 'settings-changed', run: RUN, what: 'procedure', now: sha256('new') });
const drill = told({ ...opened, drill: true }, ...beginning.slice(1), asked());
const closed = told(
  ...beginning,
  { type: 'run-stop-requested', run: RUN, by: dana, reason: null },
  { type: 'run-finished', run: RUN, outcome: 'stopped' },
  { type: 'incident-closed', by: dana, reason: 'handled by hand', left: ['cache (r4t8wz) ended stopped'] },
);

const { lastGood } = NO_RELEASES;
const note = { channel: 'C050OPS', responseUrl: null };
const dry: DryRun = {
  procedure: 'cache',
  title: 'Cache warming rollback',
  target: 'staging',
  params: { ref: 'v1.4.2', clear: 'prefix' },
  why: { ref: 'verified on 2026-11-23 16:20 UTC by omar' },
  items: [
    { step: theRun(waiting).steps[0]!.plan, action: null, digest: null, says: 'pitchey-staging-cache', holds: true },
    {
      step: clearCache,
      action: { kind: 'redis-unlink', url: { $pieces: [{ secret: 'redis_url' }] }, match: 'warm:*', batch: 500, pauseMs: 10 },
      digest,
      says: null,
      holds: null,
    },
    {
      step: { ...clearCache, skip: 'Only where clear is everything, and here it is prefix.' },
      action: null,
      digest: null,
      says: null,
      holds: null,
    },
  ],
};

function run(story: Told, metrics: readonly KeyReading[] = []): Card {
  const { drill: isDrill } = story.incident;
  return runCard({ run: theRun(story), now: story.now, settings, drill: isDrill, told: [role('devops-engineer')], metrics });
}

function checklist(story: Told): Card {
  return checklistCard({ run: theRun(story), asks: story.asks.filter((ask) => ask.kind === 'question'), drill: false });
}

function closing({ incident }: Told): Card {
  if (incident.status !== 'closed') throw new Error('The story is not over.');
  return closingCard(incident);
}

/** One of everything that people read in Slack. */
export const CARDS: Readonly<Record<string, object>> = {
  'run-running': run(told(...beginning)),
  'run-waiting-for-approval': run(waiting),
  'run-key-metrics': run(told(...beginning, metricsBefore), [errorRate(0.031), noResponseTime]),
  'run-key-metrics-after': run(told(...beginning, metricsBefore, { type: 'run-finished', run: RUN, outcome: 'verified' }, metricsAfter)),
  'run-verified': run(verified),
  'run-held': run(failing),
  'run-unknown': run(lost),
  'run-undoing': run(continued),
  'run-settings-changed': run(changed),
  'run-drill': run(drill),
  'approval-needed': approvalCard(theAsk(waiting, 'approval')),
  'approval-drill': approvalCard(theAsk(drill, 'approval')),
  'approval-given': approvalCard(theAsk(approved, 'approval')),
  'approval-denied': approvalCard(theAsk(denied, 'approval')),
  'approval-expired': approvalCard(theAsk(expired, 'approval')),
  'approval-void': approvalCard(theAsk(voided, 'approval')),
  'checklist-asking': checklist(verifying),
  'checklist-answered': checklist(verified),
  'question-call': questionCall(theAsk(verifying, 'question').ask, settings),
  'question-by-hand': questionCard(theAsk(verifying, 'question')),
  'question-answered': questionCard(theAsk(verified, 'question')),
  'unknown-asking': unknownCard(theAsk(lost, 'unknown')),
  'unknown-alive': unknownCard(theAsk(alive, 'unknown')),
  'unknown-settled': unknownCard(theAsk(settled, 'unknown')),
  'held-asking': heldCard(theAsk(failing, 'held')),
  'held-continued': heldCard(theAsk(continued, 'held')),
  announcement: announced({ text: 'We will take the cache back at noon.' }),
  'announcement-degraded': announced(degraded),
  'announcement-drill': announced({ status: 'outage' }, { ...opened, drill: true }),
  'incident-degraded': incidentCard(announcedStory(degraded).incident),
  'incident-left-degraded': incidentCard(
    announcedStory(degraded, opened, [{ type: 'run-finished', run: RUN, outcome: 'stopped' }]).incident,
  ),
  'incident-open': incidentCard(waiting.incident),
  'incident-closed': incidentCard(closed.incident),
  'incident-closing': closing(closed),
  'incident-pointer': pointerCard(waiting.incident),
  'step-output': outputCard(theRun(verified).steps[1]!, 1, 'removed 2 lines\n<!channel> & more\n'),
  'reply-help': helpCard(),
  'reply-list': listCard(catalog),
  'reply-status': statusCard({
    incidents: [waiting.incident],
    claims: [{ key: 'cache:main', holder: RUN, since: BEGINS }],
    now: waiting.now,
  }),
  'reply-status-broken': statusCard({ incidents: [], claims: [], broken: [broken], now: waiting.now }),
  'broken-journal': brokenCard(broken),
  'reply-nothing-running': statusCard({ incidents: [], claims: [], now: waiting.now }),
  'reply-sentence': sentence('There is no procedure "cahce". Did you mean "cache"? The procedures are cache and api.'),
  'reply-mistakes': sentences('cache was not started:', ['ref is missing: add ref=<commit>.', 'There is no parameter "cler".']),
  'reply-dry-run': dryRunCard(dry),
  'reply-releases': releasesCard(RELEASES),
  'form-start': startForm({ catalog, chosen: null, note, lastGood }),
  'form-start-chosen': startForm({ catalog, chosen: entry, note, lastGood }),
  'form-start-offered': startForm({ catalog, chosen: entry, note, offer: { target: 'production', procedures: ['cache'] }, lastGood }),
  'form-deny': denyView('This would run: redis ${secrets.redis_url}', { ...note, token: 'T-approve' }),
  'form-loading': loadingView('Deny'),
  'form-refused': refusalView('Deny', "Guests can't use Rollbot. Ask a full member of the workspace."),
  ...homeCards(waiting.incident),
  ...CARDS_BY_SUBJECT,
};
