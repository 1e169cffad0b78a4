import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { FOLD } from '../app.ts';
import { readPaths } from '../config.ts';
import { verifyFile } from '../store/index.ts';

/** Checks a database file without touching it. */
export async function verifyCommand({ environment, stdout, stderr }: Terminal, database?: string): Promise<number> {
  const paths = readPaths(environment);
  if ('mistakes' in paths) {
    for (const says of paths.mistakes) stderr.write(`rollbot: ${says}\n`);
    return EXIT.misconfigured;
  }
  const file = database ?? paths.database;
  const findings = await verifyFile(file, FOLD);
  for (const { stream, seq, says } of findings) stdout.write(`${file}: ${stream}${seq === null ? '' : ` #${seq}`}: ${says}\n`);
  stdout.write(findings.length === 0 ? `${file}: every event, hash, state and claim is as it should be.\n` : `${findings.length} found.\n`);
  return findings.length === 0 ? EXIT.ok : EXIT.failed;
}
