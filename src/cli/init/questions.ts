import { z } from 'zod';
import { Id, SlackChannel } from '../../core/procedure/scalar-schema.ts';

/** All that is asked, in this order; each is an option of the command as well. */
export const Answers = z.strictObject({
  platform: z.string().trim().min(1, 'a name').max(75, 'a name of at most 75 characters'),
  staging: z.url({ protocol: /^https?$/, error: 'an address such as https://staging.example.com/health' }),
  production: z.url({ protocol: /^https?$/, error: 'an address such as https://www.example.com/health' }),
  leads: people('decide'),
  operators: people('operate'),
  channel: SlackChannel,
  procedure: Id,
  program: z
    .string()
    .trim()
    .regex(/^[^\s'"`$\\|&;<>()]+( [^\s'"`$\\|&;<>()]+)*$/, 'a program and its arguments, without quotes or shell signs')
    .refine((text) => !text.startsWith('-'), 'a program and its arguments'),
});
export type Answers = z.infer<typeof Answers>;
export type Question = { readonly name: keyof Answers; readonly asks: string; readonly example: string; readonly preset?: string };

export const QUESTIONS: readonly Question[] = [
  { name: 'platform', asks: 'What is looked after?', example: 'Pitchey' },
  { name: 'staging', asks: 'Which address says that staging is healthy?', example: 'https://staging.example.com/health' },
  { name: 'production', asks: 'And production?', example: 'https://www.example.com/health' },
  {
    name: 'leads',
    asks: 'Who decides? Slack ids of a user group or of members, with commas between them.',
    example: 'S012ABCDEF or U012ABCDEF,U034GHIJKL',
  },
  { name: 'operators', asks: 'Who starts a rollback, and approves what leads have started?', example: 'S045MNOPQR' },
  { name: 'channel', asks: 'Which channel is told of every incident? Its id stands at the end of its details.', example: 'C012ABCDEF' },
  { name: 'procedure', asks: 'What is rolled back first?', example: 'api', preset: 'api' },
  {
    name: 'program',
    asks: 'Which program brings a version back? The version is given to it as its last argument, and the target before that.',
    example: '/srv/deploy/bring-back --wait',
  },
];

/** What an answer has to be, as a sentence that says it; null where it is right. */
export function wrongWith(name: keyof Answers, answer: string): string | null {
  const read = Answers.shape[name].safeParse(answer);
  return read.success ? null : `"${answer}" will not do: ${read.error.issues[0]?.message ?? 'it'} is expected.`;
}

function people(does: string): z.ZodString {
  return z
    .string()
    .trim()
    .regex(/^[SUW][A-Z0-9]{2,}( *, *[SUW][A-Z0-9]{2,})*$/, `Slack ids of those who ${does}, such as S012ABCDEF or U012ABCDEF,U034GHIJKL`);
}
