import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts the driver where the code of deployed Workers looks for packages. */
export async function installDriver(deployments: string): Promise<void> {
  const folder = join(deployments, 'node_modules', '@neondatabase', 'serverless');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "name": "@neondatabase/serverless", "type": "module", "main": "index.js" }\n');
  await writeFile(join(folder, 'index.js'), `export * from ${JSON.stringify(new URL('./driver.ts', import.meta.url).href)};\n`);
}
