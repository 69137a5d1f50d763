import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A self-signed certificate for this machine, its key, and the file by which it can be trusted. */
export interface Certificate {
  cert: string;
  key: string;
  caFile: string;
}

/** @param subject names that the certificate holds for, e.g. `IP:127.0.0.1` */
export function selfSigned(subject: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'lts-certificate-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=circuit', '-addext', `subjectAltName=${subject}`, '-keyout', keyFile, '-out', certFile], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`openssl failed: ${made.stderr}${made.error?.message ?? ''}`);
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8'), caFile: certFile };
}
