import { z } from 'zod';
import { Id, Name } from '../procedure/scalar-schema.ts';

const ScriptFile = z
  .string()
  .regex(/^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/-]*\.sh$/, 'a file below this one whose name ends in .sh, such as scripts/rollback/cache.sh');

export const Exports = z
  .array(
    z.strictObject({
      file: ScriptFile,
      procedure: Id,
      target: Id,
      params: z.record(Name, z.string()).optional().describe('What is fixed in the script; everything else is asked of whoever runs it.'),
      drill: z.boolean().optional().describe('Whether it is a drill, with a scorecard; refused on a protected target.'),
    }),
  )
  .min(1)
  .describe('Scripts that "rollbot export --all" writes, for the day when nothing else works.');
export type Exports = z.infer<typeof Exports>;
