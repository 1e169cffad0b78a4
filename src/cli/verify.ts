import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { FOLD } from '../app.ts';
import { readPaths } from '../config.ts';
import { verifyFile } from '../store/index.ts';

/** Checks a database file without touching it. */
export async function verifyCommand({ environment, stdout }: Terminal, database?: string): Promise<number> {
  const file = database ?? readPaths(environment).database;
  const findings = await verifyFile(file, FOLD);
  for (const { stream, seq, says } of findings) stdout.write(`${file}: ${stream}${seq === null ? '' : ` #${seq}`}: ${says}\n`);
  stdout.write(findings.length === 0 ? `${file}: every event, hash, state and claim is as it should be.\n` : `${findings.length} found.\n`);
  return findings.length === 0 ? EXIT.ok : EXIT.failed;
}
