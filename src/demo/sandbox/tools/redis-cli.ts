import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';

// redis-cli for a machine that has none: one command from the arguments, or one a line from the input.
//   redis-cli.ts -h HOST -p PORT [COMMAND ARGUMENT…]
// It has no default server, so that a variable that was left empty can't reach somebody else's.

const [h, host, p, port, ...command] = process.argv.slice(2);
try {
  if (h !== '-h' || !host || p !== '-p' || !(Number(port) > 0)) throw new Error('Name the server: redis-cli -h HOST -p PORT COMMAND.');
  await converse(new Redis({ host, port: Number(port), maxRetriesPerRequest: 0, retryStrategy: () => null }));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function converse(redis: Redis): Promise<void> {
  redis.on('error', () => {});
  try {
    if (command.length > 0) console.log(await answerTo(redis, command));
    else for await (const line of createInterface({ input: process.stdin })) console.log(await answerTo(redis, wordsOf(line)));
  } finally {
    redis.disconnect();
  }
}

/** What Redis answers, its own errors included; a server that can't be reached is thrown. */
async function answerTo(redis: Redis, [name = '', ...args]: readonly string[]): Promise<string> {
  try {
    return written(await redis.call(name, ...args));
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return `${error.message}\n`;
    throw new Error(`Could not connect to Redis at ${host}:${port}`, { cause: error });
  }
}

function written(reply: unknown): string {
  if (Array.isArray(reply)) return reply.map(written).join('\n');
  return typeof reply === 'string' || typeof reply === 'number' ? String(reply) : '';
}

/** Splits a line at spaces, outside of single and double quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}
