import { z } from 'zod';
import { parseDuration } from '../duration.ts';

/** The small words of the YAML files. The text beside each pattern says what was expected, and completes "expected …". */

export const Id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name of lower-case letters, digits and dashes');
export const Name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a name of lower-case letters, digits and underscores');
export const DeployableName = z.string().regex(/^[a-z][a-z0-9-]*:[a-z0-9][a-z0-9-]*$/, 'a deployable such as worker:api');
export const LockName = z.string().regex(/^[a-z][a-z0-9-]*:[a-z0-9][a-z0-9-]*$/, 'a lock such as repo:main');
export const Title = z.string().min(1).max(150);
export const Sentence = z.string().min(1).max(300);
export const Reason = Sentence.refine((text) => /\S\s+\S/.test(text.trim()), 'a sentence that says why it is right here');
export const DurationText = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'a duration such as 90s, 15m or 24h')
  .meta({ title: 'duration' });
export const Estimate = z.string().regex(/^\d+[smh](-\d+[smh])?$/, 'a recovery time such as 5m or 2m-3m');
export const Figure = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?%$/, 'a number or a percentage such as 60%')]);
export const Pointer = z.string().regex(/^(\/.*)?$/, 'a JSON pointer such as /hit_rate');
export const EnvName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "an environment variable's name");
export const Pattern = z.string().min(1).refine(isPattern, 'a regular expression');
export const EditPattern = z
  .string()
  .min(1)
  .refine(
    (text) => isPattern(text.replaceAll(/\$\{(target|params)\.[a-z][a-z0-9_]*\}/g, 'x')),
    'a regular expression, with ${target.x} for a text',
  );
export const RepoPath = z.string().min(1).refine(isInsideRepo, 'a path inside the repository, without .. and without references');
export const GitName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'the name of a branch or remote');
export const SlackChannel = z.string().regex(/^[CG][A-Z0-9]{2,}$/, "a channel's id such as C012ABCDEF");
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day in quotes, such as '09:00'");
export const SlackUser = z.string().regex(/^[UW][A-Z0-9]{2,}$/, "a Slack member's id such as U012ABCDEF");
export const FileMode = z.string().regex(/^0[0-7]{3}$/, "a file mode in quotes, such as '0644'");

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source.length > 0;
  } catch {
    return false;
  }
}

function isInsideRepo(path: string): boolean {
  return !path.startsWith('/') && !path.startsWith('-') && !path.startsWith(':') && !path.includes('${') && !path.split('/').includes('..');
}
