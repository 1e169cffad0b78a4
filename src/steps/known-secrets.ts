/** `MYSQL_PWD` and `REDISCLI_AUTH` are names that the programs themselves have chosen. */
const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|_PASS|_PWD|_AUTH|_PAT|_KEY|_DSN|DATABASE_URL|WEBHOOK_URL)$/i;
/** A URL with a password in it, whatever its variable is called. */
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:[^\s@/]+@/i;
/** Shorter values are more likely to be a word than a secret. */
const MIN_CHARS = 8;

/** Values of an environment that are secrets by the name of their variable, or by what they look like. */
export function secretsInEnv(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => (value.length >= MIN_CHARS && isSecret(name, value) ? [value] : []));
}

function isSecret(name: string, value: string): boolean {
  return SECRET_NAME.test(name) || URL_WITH_PASSWORD.test(value);
}
