import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secured doors of a broker of our own, and what opens them. */
export interface SecuredDoors {
  /** TLS, and a client certificate is asked for. */
  mutualTls: string;
  /** TLS, and a user is asked for (PLAIN or SCRAM-SHA-512). */
  saslTls: string;
  caFile: string;
  /** An authority that has signed nothing here. */
  otherCaFile: string;
  /** Certificate and key of a client. */
  certFile: string;
  keyFile: string;
  /** May do everything. */
  user: BrokerUser;
  /** May do what its access list allows. */
  limitedUser: BrokerUser;
}

export interface BrokerUser {
  name: string;
  password: string;
}

const CLIENT_NAME = 'lts-client';

function openssl(folder: string, ...args: string[]): void {
  const run = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`openssl ${args.join(' ')} failed:\n${run.stderr}${run.error?.message ?? ''}`);
}

function newAuthority(folder: string, name: string): void {
  openssl(folder, 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`);
}

function newCertificate(folder: string, name: string): void {
  writeFileSync(join(folder, `${name}.ext`), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  openssl(folder, 'req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
  openssl(folder, 'x509', '-req', '-days', '2', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`, '-out', `${name}.pem`);
}

/** Makes authorities, certificates and users for the two secured doors of a broker in `folder`. */
export function newSecuredDoors(folder: string, ports: { mutualTls: number; saslTls: number }): SecuredDoors {
  newAuthority(folder, 'ca');
  newAuthority(folder, 'other-ca');
  newCertificate(folder, 'broker');
  newCertificate(folder, CLIENT_NAME);
  writeFileSync(join(folder, 'broker-with-key.pem'), readFileSync(join(folder, 'broker.key'), 'utf8') + readFileSync(join(folder, 'broker.pem'), 'utf8'));
  return {
    mutualTls: `127.0.0.1:${ports.mutualTls}`,
    saslTls: `127.0.0.1:${ports.saslTls}`,
    caFile: join(folder, 'ca.pem'),
    otherCaFile: join(folder, 'other-ca.pem'),
    certFile: join(folder, `${CLIENT_NAME}.pem`),
    keyFile: join(folder, `${CLIENT_NAME}.key`),
    user: { name: 'stage', password: 'stage-secret' },
    limitedUser: { name: 'limited', password: 'limited-secret' },
  };
}

/** What the broker's settings need for its secured doors, besides the listeners themselves. */
export function securedSettings(folder: string, { user, limitedUser }: SecuredDoors): string[] {
  const users = [user, limitedUser].map(({ name, password }) => `user_${name}="${password}"`).join(' ');
  const login = 'org.apache.kafka.common.security';
  return [
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${join(folder, 'broker-with-key.pem')}`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${join(folder, 'ca.pem')}`,
    'listener.name.ssl.ssl.client.auth=required',
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512',
    `listener.name.sasl_ssl.plain.sasl.jaas.config=${login}.plain.PlainLoginModule required ${users};`,
    `listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=${login}.scram.ScramLoginModule required;`,
    'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    `super.users=User:ANONYMOUS;User:${user.name};User:CN=${CLIENT_NAME}`,
  ];
}

/** Arguments of the tool that formats the broker's folder, so that it knows the users of SCRAM. */
export function scramUsers({ user, limitedUser }: SecuredDoors): string[] {
  return [user, limitedUser].flatMap(({ name, password }) => ['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`]);
}
