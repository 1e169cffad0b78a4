import { z } from 'zod';
import { EnvName } from './procedure/scalar-schema.ts';

export const SecretSource = z
  .union([z.strictObject({ env: EnvName }), z.strictObject({ file: z.string().min(1) })])
  .meta({ id: 'secret', description: "Where the secret is found when it is needed: a variable of the bot's own environment, or a file." });
export type SecretSource = z.infer<typeof SecretSource>;
