import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificate = { readonly certificate: string; readonly key: string; remove(): void };

/** A certificate that only vouches for itself, in files that a PostgreSQL which root has started can read. */
export function makeCertificate(name: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'rollbot-tls-'));
  const [certificate, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  const how = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  execFileSync('openssl', ['req', ...how, ...names, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  chmodSync(folder, 0o755);
  chmodSync(certificate, 0o644);
  chmodSync(key, 0o600);
  if (process.getuid!() === 0) chownSync(key, 65_534, 65_534);
  return { certificate, key, remove: () => rmSync(folder, { recursive: true }) };
}
