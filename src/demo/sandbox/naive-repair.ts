import { execa } from 'execa';

/**
 * Runs the commands of the old document in the checkout, one after another and without looking; throws with the output when
 * the last one fails, which is all that the script itself would notice. Two differences: it names the good commit where
 * the document says HEAD~1, and commits what it changed, because only a clean checkout can be deployed.
 */
export async function runNaively({
  script,
  repo,
  good,
  env,
}: {
  script: string;
  repo: string;
  good: string;
  env: Readonly<Record<string, string>>;
}): Promise<void> {
  await execa('bash', ['-c', script], { cwd: repo, env: { ...env, GOOD: good }, extendEnv: false });
}
