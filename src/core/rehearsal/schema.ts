import { z } from 'zod';
import { Id, Name } from '../procedure/scalar-schema.ts';

/** All that may stand in `procedures/<id>.rehearsal.yml`; strict, so that a typo is a mistake. Whether it fits its procedure is checked by the catalog. */

const Word = z
  .enum(['ok', 'failed', 'unknown', 'already-done', 'unclear', 'denied', 'expired', 'no'])
  .describe(
    'already-done: nothing had to be done. unclear: its own check could not tell. denied, expired: of its approval. no: of a question.',
  );

const Turn = z
  .union([
    Word,
    z.strictObject({
      unknown: z.enum(['happened', 'did-not-happen']).describe('Its result was lost, and this is what its own check then says.'),
    }),
    z.strictObject({ outputs: z.record(Name, z.string()).describe('It is ok and gives these outputs; what is left out is made up.') }),
  ])
  .meta({ id: 'turn', description: 'How one attempt goes.' });
export type Turn = z.infer<typeof Turn>;

const Outcomes = z
  .record(z.string().min(1), z.union([Turn, z.array(Turn).min(1)]))
  .describe('How items go, by their id (* for all that can); a list where each attempt goes its own way. What is not named is ok.');

const Choice = z.enum(['happened', 'run-again', 'retry', 'undo', 'stop']);
export type Choice = z.infer<typeof Choice>;
const Decisions = z
  .record(z.string().min(1), z.union([Choice, z.array(Choice).min(1)]))
  .describe('What people decide, by the item that they are asked about. Where nothing stands here, nobody decides.');

const Line = z
  .union([z.string().min(1), z.record(z.string(), z.string()).refine((map) => Object.keys(map).length === 1, 'one line')])
  .meta({
    id: 'line',
    description: 'An id, "<id>: <how it went>", "ask <roles>: <id>", "question <role>: <id>", "decide <roles>: <id>", preflight or verify.',
  });

export const EndWord = z
  .enum([
    'verified',
    'nothing-to-do',
    'preflight-failed',
    'denied',
    'expired',
    'failed',
    'undone',
    'undo-failed',
    'stopped',
    'held',
    'unknown',
  ])
  .describe('How the run ends, or what it waits for: held, where nobody decides how to go on; unknown, where nobody says what happened.');
export type EndWord = z.infer<typeof EndWord>;

const Params = z.record(Name, z.union([z.string(), z.number()])).describe("Parameters, where they are not the procedure's defaults.");

export const Scenario = z
  .strictObject({
    params: Params.optional(),
    outcomes: Outcomes.optional(),
    decisions: Decisions.optional(),
    expect: z.strictObject({
      outcome: EndWord,
      order: z
        .array(Line)
        .optional()
        .describe('All that happens, line by line. `preflight` and `verify` stand for all of their items, where all go well.'),
    }),
  })
  .meta({ id: 'scenario', description: 'How things go, and what the run does then.' });
export type Scenario = z.infer<typeof Scenario>;

export const Rehearsal = z
  .strictObject({
    target: Id.optional().describe('Whose settings are used; the default target where it is left out. Nothing is contacted.'),
    params: Params.optional(),
    'started-by': Id.optional().describe('A role whose holder starts the run; the first that may where it is left out.'),
    outcomes: Outcomes.optional(),
    scenarios: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9 .,-]{0,59}$/, 'a name of lower-case letters, digits, spaces and dashes'), Scenario)
      .refine((scenarios) => Object.keys(scenarios).length > 0, 'at least one scenario'),
  })
  .describe('Rehearsals of a rollback procedure of Rollbot: the real rules in a made-up world.');
export type Rehearsal = z.infer<typeof Rehearsal>;
