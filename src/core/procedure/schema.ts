import { z } from 'zod';
import { Expect, Probe, deeds, polling, questions, stepActions } from './action-schema.ts';
import { FollowUp } from '../followup/schema.ts';
import { DeployableName, DurationText, Estimate, Id, Name, Pattern, Pointer, Reason, Sentence, Title } from './scalar-schema.ts';

/** All that may stand in a file of `procedures/`; strict, so that a typo is a mistake. What depends on other files is checked by the catalog. */

const Output = z
  .strictObject({
    pointer: Pointer.exactOptional().describe('Where in the answer it stands; all of it where this is left out.'),
    pattern: Pattern.exactOptional().describe('What it must look like.'),
  })
  .meta({ id: 'output', description: 'A value for later steps, as ${steps.<id>.<name>}.' });
const Outputs = z.record(Name, Output);

const When = z
  .record(Name, z.union([z.string(), z.number(), z.boolean()]))
  .meta({ id: 'when', description: 'Only where these parameters have these values.' });

const Allow = z
  .array(
    z
      .strictObject({
        rule: Id.describe('A rule of docs/lint.md; "rollbot check --rules" lists them.'),
        because: Reason.describe('Why it does no harm here.'),
      })
      .meta({ id: 'allow', description: 'A rule about hazards that does not hold here, and why.' }),
  )
  .min(1);

export const Check = z
  .strictObject({
    id: Id.optional().describe('A name, where others refer to its outputs.'),
    title: Title,
    ...questions,
    ask: Id.optional().describe('The role whose holders answer, where no reading can.'),
    when: When.optional(),
    expect: Expect.optional(),
    ...polling,
    timeout: DurationText.optional(),
    outputs: Outputs.optional(),
    allow: Allow.optional(),
  })
  .meta({ id: 'check', description: 'A reading that has to hold, or a question to a person.' });
export type Check = z.infer<typeof Check>;

const EffectName = z
  .enum(['read', 'idempotent', 'guarded', 'destructive'])
  .describe(
    'What it can break, and so what may happen when nobody knows whether it happened. destructive for all that can write, where it is left out.',
  );

const Approve = z
  .strictObject({
    by: z.array(Id).min(1).describe('Roles whose holders may approve.'),
    need: z.int().min(1).max(5).optional().describe('How many people; 1 where it is left out.'),
    'different-roles': z.boolean().optional().describe('Whether each of them has to be in a role of their own.'),
    within: DurationText.optional().describe('How long it may be approved after it was shown; 15m where it is left out.'),
  })
  .meta({ id: 'approve', description: 'Who must approve this step before it begins.' });

const Undo = z
  .union([
    z.strictObject({ none: Sentence.describe('Why this step has no undo.') }),
    z.strictObject({
      title: Title.optional(),
      ...deeds,
      effect: EffectName.optional(),
      check: Probe.optional(),
      timeout: DurationText.optional(),
    }),
  ])
  .meta({ id: 'undo', description: "How the step is taken back; `none: <reason>` where it can't be." });

const Part = z
  .strictObject({
    id: Id.describe('Which procedure.'),
    with: z
      .record(Name, z.union([z.string(), z.number()]))
      .optional()
      .describe("Values for its parameters: fixed ones, or one of this procedure's own as ${params.<name>}."),
    only: z
      .array(Id)
      .min(1)
      .optional()
      .describe(
        'Only these of its steps. A preflight check with an id then comes along only if these refer to it; one without an id always.',
      ),
    without: z.array(Id).min(1).optional().describe('All of its steps but these.'),
    verify: z.boolean().optional().describe('Whether its checks of the result count here too; they do where this is left out.'),
  })
  .meta({ id: 'part', description: 'The steps of another procedure in this place.' });
export type Part = z.infer<typeof Part>;

const Releases = z
  .strictObject({
    deployable: DeployableName,
    version: z.string().min(1).describe('Which version runs when the step is done.'),
    'instead-of': z.string().min(1).optional().describe('What ran before: it is doubted and held when the run is verified.'),
  })
  .meta({ id: 'releases', description: 'Which release the step brings about. It is noted when the run ends verified.' });

export const Step = z
  .strictObject({
    id: Id,
    title: Title,
    ...stepActions,
    procedure: Part.optional(),
    effect: EffectName.optional(),
    when: When.optional(),
    after: z.array(Id).optional().describe('Steps that have to be finished first; the one above where it is left out.'),
    check: Probe.optional().describe('Holds when the effect has happened already.'),
    undo: Undo.optional(),
    approve: Approve.optional(),
    releases: Releases.optional(),
    because: Sentence.optional().describe(
      'What a destructive step takes away, for those who approve it; references may stand anywhere in it.',
    ),
    outputs: Outputs.optional(),
    timeout: DurationText.optional(),
    allow: Allow.optional(),
  })
  .meta({ id: 'step', description: 'One action of the procedure.' });
export type Step = z.infer<typeof Step>;

export const Param = z
  .strictObject({
    about: z.string().min(1).max(150),
    type: z.enum(['text', 'integer', 'git-commit']).optional().describe('text where it is left out.'),
    choices: z.array(z.string().min(1).max(75)).min(1).max(100).optional(),
    pattern: Pattern.optional().describe('A regular expression for the whole value.'),
    default: z.union([z.string(), z.number()]).optional().describe('last-good is the last version of `of` known to be good on the target.'),
    of: z.string().min(1).optional().describe('With `default: last-good`: the deployable, such as worker:api.'),
    dash: z.boolean().optional().describe('Lets a value begin with a dash.'),
  })
  .meta({ id: 'param', description: 'What whoever starts the procedure may say.' });
export type Param = z.infer<typeof Param>;

const Lock = z.string().regex(/^([a-z][a-z0-9-]*:[a-z0-9][a-z0-9-]*|\*)$/, 'a lock such as worker:api, or * for the whole target');
const Program = z.string().regex(/^[a-zA-Z0-9._-]+$/, "a program's name");

export const Procedure = z
  .strictObject({
    title: Title,
    about: z.string().min(1).max(500).optional(),
    component: z.string().min(1).max(75).describe('What is rolled back, as it is called in reports.'),
    estimate: Estimate.optional().describe('Recovery time, such as 2m-3m.'),
    locks: z.array(Lock).min(1).describe('What a run changes, and so claims for itself.'),
    needs: z.array(Program).optional().describe('Programs that must be there where Rollbot runs.'),
    page: z.array(Id).optional().describe('Roles that are told when a run starts on a protected target.'),
    params: z.record(Name, Param).optional(),
    preflight: z.array(Check).optional().describe('What has to hold before anything is changed.'),
    steps: z.array(Step).min(1),
    verify: z.array(Check).min(1).describe('What has to hold when all steps are done.'),
    'follow-ups': z.array(FollowUp).optional(),
  })
  .describe('A rollback procedure of Rollbot.');
export type Procedure = z.infer<typeof Procedure>;
