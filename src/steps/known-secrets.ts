const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|_KEY|_DSN|DATABASE_URL)$/i;
/** Shorter values are more likely to be a word than a secret. */
const MIN_CHARS = 8;

/** Values of an environment that are secrets by the name of their variable. */
export function secretsInEnv(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => (SECRET_NAME.test(name) && value.length >= MIN_CHARS ? [value] : []));
}
