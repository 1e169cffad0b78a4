import { execa } from 'execa';

/**
 * The commands of the old document, one after another and without looking. Two differences: it names the good commit
 * where the document says HEAD~1, and commits what it restored, because only a clean checkout can be deployed.
 */
const SCRIPT = `
crontab -l | grep -v cache-warming | crontab -
redis-cli -h $REDIS_HOST -p $REDIS_PORT FLUSHDB
git checkout $GOOD -- src/cache/
git checkout $GOOD -- scripts/cache-warming.sh
git commit --quiet --message "Return to the basic cache"
wrangler deploy --env production
curl -f "$SANDBOX_SERVICE_URL/api/health/cache"
`;

/** Runs them in the checkout; throws with the output when the last one fails, which is all that the script itself would notice. */
export async function runNaively({
  repo,
  good,
  env,
}: {
  repo: string;
  good: string;
  env: Readonly<Record<string, string>>;
}): Promise<void> {
  await execa('bash', ['-c', SCRIPT], { cwd: repo, env: { ...env, GOOD: good }, extendEnv: false });
}
