import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { KINDS } from '../core/kinds.ts';
import { readPaths } from '../config.ts';
import { StoreFailed, StoreRefused, verifyFile } from '../store/index.ts';
import type { VerifyFinding } from '../core/ports.ts';

/** Checks a database file without touching it. */
export async function verifyCommand({ environment, stdout, stderr }: Terminal, database?: string): Promise<number> {
  const paths = readPaths(environment);
  if ('mistakes' in paths) {
    for (const says of paths.mistakes) stderr.write(`rollbot: ${says}\n`);
    return EXIT.misconfigured;
  }
  const file = database ?? paths.database;
  const findings = await findingsIn(file);
  if (typeof findings === 'string') {
    stderr.write(`rollbot: ${findings}\n`);
    return EXIT.failed;
  }
  for (const { stream, seq, says } of findings) stdout.write(`${file}: ${stream}${seq === null ? '' : ` #${seq}`}: ${says}\n`);
  stdout.write(findings.length === 0 ? `${file}: every event, hash, state and claim is as it should be.\n` : `${findings.length} found.\n`);
  return findings.length === 0 ? EXIT.ok : EXIT.failed;
}

/** What was found, or the sentence that says why nothing could be read. */
async function findingsIn(file: string): Promise<readonly VerifyFinding[] | string> {
  try {
    return await verifyFile(file, KINDS);
  } catch (error) {
    if (error instanceof StoreRefused || error instanceof StoreFailed) return error.message;
    throw error;
  }
}
