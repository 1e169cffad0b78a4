import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

// docker for the sandbox: it speaks with the stand-in that DOCKER_HOST names.
//   docker.ts compose -f <file> config --services
//   docker.ts compose -f <file> restart <service>

const File = z.looseObject({ services: z.record(z.string(), z.unknown()) });

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function main([compose = '', option = '', file = '', command = '', what = '']: readonly string[]): Promise<void> {
  if (compose !== 'compose' || option !== '-f') throw new Error("The sandbox's docker knows only docker compose -f FILE.");
  const services = Object.keys(File.parse(parse(readFileSync(file, 'utf8'))).services);
  if (command === 'config' && what === '--services') return console.log(services.join('\n'));
  if (command !== 'restart') throw new Error(`The sandbox's docker does not know "compose ${command}".`);
  if (!services.includes(what)) throw new Error(`no such service: ${what}`);
  const answer = await fetch(`${process.env['DOCKER_HOST']}/services/${encodeURIComponent(what)}/restart`, { method: 'POST' });
  if (!answer.ok) throw new Error(await answer.text());
  console.error(`Container ${what}  Started`);
}
