import { z } from 'zod';
import { parseDuration } from '../duration.ts';
import { DurationText, Figure, Id, Name, Title } from '../procedure/scalar-schema.ts';

/** What may stand under `triggers:`; lengths of time are milliseconds and percentages are shares once it is read. */

const ms = (text: string): number => parseDuration(text) ?? 0;
const share = (figure: number | string): number =>
  typeof figure === 'number' ? figure : Number((Number.parseFloat(figure) / 100).toPrecision(12));
const Duration = DurationText.transform(ms);
const Share = Figure.transform(share).refine((figure) => figure >= 0, 'a number or a percentage from 0 on');
const lasts = (text: string) => Duration.prefault(text);
const figure = (text: string) => Share.prefault(text);
const count = (usual: number) => z.int().min(1).prefault(usual);

const Timing = z
  .strictObject({
    every: lasts('15s').describe('How often a sample is expected.'),
    watermark: lasts('30s').describe('How long samples that come out of order are waited for.'),
    late: lasts('5m').describe('A sample that comes later than this is not judged by.'),
    future: lasts('60s').describe('A sample that is further ahead of the clock than this is not judged by.'),
    gap: count(3).describe('After so many times "every" without a sample the hold stands still, until there is one again.'),
    blind: lasts('5m').describe('After so long without a sample people are told that nothing is seen.'),
  })
  .prefault({})
  .describe('How samples count in time.');
export type Timing = z.output<typeof Timing>;

/** The one-sided bounds that there are, and how many standard errors each is away. */
export const CONFIDENCE = { '90%': 1.281_552, '95%': 1.644_854, '97.5%': 1.959_964, '99%': 2.326_348 } as const;
const Confidence = z.enum(['90%', '95%', '97.5%', '99%']).prefault('95%');

const requests = count(100).describe('How many requests there have to be in the window at least.');
const sharedByAll = { timing: Timing };
const Band = {
  share: figure('80%').describe('How many of the samples of the hold have to be bad.'),
  leave: figure('90%').describe('The hold is over below this share of the lower edge …'),
  good: count(2).describe('… in so many samples one after the other.'),
};

const ErrorRate = z
  .strictObject({
    kind: z.literal('error-rate'),
    metric: Name.describe('A ratio whose samples are each drawn from the requests of their own interval.'),
    above: Share.optional().describe('Fires at once where the rate is surely above this.'),
    window: lasts('60s').describe('How long that is looked back.'),
    twice: lasts('30s').describe('Or where it is above it in two such windows, one after the other.'),
    band: z
      .strictObject({
        from: figure('5%'),
        hold: lasts('5m'),
        ...Band,
        improved: figure('20%').describe('It improves where it falls, and by at least this share of where it began.'),
        points: count(10).describe('How many points a trend is drawn through at least.'),
        pool: count(200).describe('Samples are put together until they have so many requests.'),
        cap: lasts('15m').describe('Fires after this, improving or not.'),
      })
      .optional()
      .describe('Fires where the rate stays in the band and does not improve.'),
    evidence: z
      .strictObject({ requests, errors: count(10), confidence: Confidence })
      .prefault({})
      .describe('With less than this nothing is started.'),
    ...sharedByAll,
  })
  .refine((when) => when.above !== undefined || when.band !== undefined, { error: '"above", "band" or both', path: ['above'] });
export type ErrorRate = z.output<typeof ErrorRate>;

const ResponseTime = z
  .strictObject({
    kind: z.literal('response-time'),
    metric: Name.describe('A response time in milliseconds, such as its 95th percentile.'),
    'at-once': z
      .strictObject({
        from: figure('500%').describe('How much slower than the baseline: 500 % is six times as slow.'),
        by: lasts('500ms').describe('And by how much at least.'),
        window: lasts('30s'),
        windows: count(2).describe('In so many windows one after the other.'),
      })
      .optional(),
    bands: z
      .array(z.strictObject({ from: Share, hold: Duration }))
      .min(1)
      .optional()
      .describe('How much slower than the baseline, and for how long; the slower, the shorter.'),
    sustained: count(5).describe('The band is that of the median of so many samples.'),
    ...Band,
    evidence: z.strictObject({ requests }).prefault({}).describe('With less than this nothing is started.'),
    baseline: z
      .strictObject({
        floor: lasts('50ms').describe('No baseline is taken to be faster than this.'),
        history: Duration.optional().describe(
          'It is drawn from the same hour of the days so far back, such as 7d, else from the hour before the last deployment.',
        ),
        constant: Duration.optional().describe('What is normal where too little was measured.'),
        days: count(3).describe('How many days without an incident it is drawn from at least.'),
        minutes: count(20),
        requests: count(1000),
      })
      .prefault({}),
    ...sharedByAll,
  })
  .refine((when) => when['at-once'] !== undefined || when.bands !== undefined, { error: '"at-once", "bands" or both', path: ['bands'] })
  .refine(
    ({ bands = [] }) =>
      bands.every((band, index) => {
        const before = bands[index - 1];
        return !before || (band.from > before.from && band.hold <= before.hold);
      }),
    { error: 'bands that begin higher and hold no longer, one after the other: worse never waits longer', path: ['bands'] },
  );
export type ResponseTime = z.output<typeof ResponseTime>;

const Probe = {
  'vantage-points': count(2).describe('From how many places a sample has to be probed, by its number of samples …'),
  attempts: count(20).describe('… or how many attempts there have to be …'),
  within: lasts('30s').describe('… in this time.'),
  missing: z.int().min(0).prefault(1).describe('How many samples of the hold may be missing.'),
};

const Outage = z.strictObject({
  kind: z.literal('outage'),
  metric: Name.describe('How much of the probes succeeded, from 0 to 1.'),
  'longer-than': lasts('2m'),
  ...Probe,
  ...sharedByAll,
});
export type Outage = z.output<typeof Outage>;

const OneOfMany = z.strictObject({
  kind: z.literal('one-of-many'),
  metrics: z.array(Name).min(2).describe('One for each, with how much of its probes succeeded, from 0 to 1.'),
  'longer-than': lasts('10m'),
  ...Probe,
  ...sharedByAll,
});
export type OneOfMany = z.output<typeof OneOfMany>;

const Unavailable = z.strictObject({
  kind: z.literal('unavailable'),
  metric: Name.describe('1 while it answers, 0 while it does not.'),
  slow: z
    .strictObject({ metric: Name, above: lasts('1s') })
    .optional()
    .describe('An answer that takes longer than this is none.'),
  'longer-than': lasts('5m'),
  share: figure('90%').describe('How many of the samples of the hold have to be bad.'),
  good: count(2).describe('The hold is over after so many good samples one after the other.'),
  ...sharedByAll,
});
export type Unavailable = z.output<typeof Unavailable>;

const Reported = z.strictObject({
  kind: z.literal('event'),
  event: z.enum(['data-corruption', 'security-breach']).describe('What somebody, or a source that signs, has reported.'),
});
export type Reported = z.output<typeof Reported>;

const When = z.union([ErrorRate, ResponseTime, Outage, OneOfMany, Unavailable, Reported]);
/** What a trigger watches for, with every figure that it goes by. */
export type When = z.output<typeof When>;
/** The kinds that are judged by samples. */
export type Watching = Exclude<When, Reported>;

const Trigger = z
  .strictObject({
    title: Title,
    targets: z.array(Id).min(1).optional().describe('Where it watches; everywhere where it is left out.'),
    when: When,
    procedure: Id.describe('What is offered or started; last-changed is the procedure of what was changed last.'),
    else: Id.optional().describe('The procedure where nobody knows what was changed last.'),
    mode: z
      .enum(['shadow', 'propose', 'countdown', 'auto'])
      .describe('How far it is trusted: it says what it would do, offers it, does it unless somebody objects, or does it.'),
    countdown: lasts('60s').describe('How long it waits for an objection, from when people were shown that it will start.'),
    'show-within': lasts('60s').describe('A countdown that nobody could be shown for so long becomes a proposal.'),
    'watch-for': lasts('30m').describe('How long it is watched where a person wants to see it and nothing is wrong.'),
    'cool-down': lasts('60m').describe('How long it starts nothing by itself after a run.'),
    'a-day': count(3).describe('How many runs it starts by itself in 24 hours at most.'),
    'changed-within': lasts('60m').describe('It starts nothing by itself where the target was not changed for longer than this.'),
    contain: Id.optional().describe('For an event: what is started at once when it is reported. It may take nothing away.'),
    page: z.array(Id).min(1).optional().describe('The roles that are asked to come.'),
  })
  .describe('A rule that turns readings into a proposal or a start.');
export type Trigger = z.output<typeof Trigger>;

export const Triggers = z.record(Id, Trigger).describe('When Rollbot offers or starts a rollback by itself, by name.');
