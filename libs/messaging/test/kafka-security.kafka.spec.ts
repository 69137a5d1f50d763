import { randomUUID } from 'node:crypto';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { describe, expect, it } from '@jest/globals';
import { topicPlans } from '@lts/contracts';
import { type SecuredDoors, describeWithKafka } from '@lts/testing';
import { type KafkaAccess, KafkaCluster, type Transport, kafkaTransport } from '../src/index.js';
import { framesConsumer, framesOf, startFramesApp, until, upTo } from './frames-app.js';
import { kafkaSurroundings } from './kafka-surroundings.js';

describeWithKafka(
  'Kafka transport: TLS, users and rights',
  (broker) => {
    const { withAdmin, newTopic, collecting, total, transports, running } = kafkaSurroundings(broker);
    const doors = (): SecuredDoors => broker().secured!;
    const asUser = (sasl: 'plain' | 'scram-sha-512', { name, password } = doors().user): KafkaAccess => ({
      kafkaServers: [doors().saslTls],
      kafkaTls: true,
      kafkaCaFile: doors().caFile,
      kafkaSasl: sasl,
      kafkaUser: name,
      kafkaPassword: password,
    });
    const withCertificate = (): KafkaAccess => ({ kafkaServers: [doors().mutualTls], kafkaTls: true, kafkaCaFile: doors().caFile, kafkaCertFile: doors().certFile, kafkaKeyFile: doors().keyFile });
    const opened = (access: KafkaAccess): Transport => {
      const transport = kafkaTransport(access, 'spec', { sessionTimeoutMs: 2_000 });
      transports.push(transport);
      return transport;
    };

    it.each([
      ['the user by PLAIN', () => asUser('plain')],
      ['the user by SCRAM-SHA-512', () => asUser('scram-sha-512')],
      ['a certificate of its own', () => withCertificate()],
    ])('sends and reads over TLS with %s', async (_how, access) => {
      const topic = await newTopic(1);
      const { behaviour, seen } = collecting();
      const transport = opened(access());
      const app = await startFramesApp(transport, [framesConsumer(topic, `${topic}.reader`)], behaviour);
      running.push({ app, transport });
      await transport.publisher.publish(topic, framesOf('race-1', 1, 20));
      await until(() => total(seen) >= 20);
      expect(seen.get('race-1')).toEqual(upTo(20));
    });

    it.each<[string, () => KafkaAccess, RegExp]>([
      ['a wrong password by PLAIN', () => asUser('plain', { name: 'stage', password: 'guess' }), /refuse the user stage; correct KAFKA_USER or KAFKA_PASSWORD/],
      ['a wrong password by SCRAM', () => asUser('scram-sha-512', { name: 'stage', password: 'guess' }), /refuse the user stage; correct KAFKA_USER or KAFKA_PASSWORD/],
      ['an unknown user', () => asUser('scram-sha-512', { name: 'nobody', password: 'guess' }), /refuse the user nobody/],
      ['another authority', () => ({ ...asUser('plain'), kafkaCaFile: doors().otherCaFile }), /is not signed by the authority of KAFKA_CA_FILE/],
      ['no authority', () => ({ kafkaServers: [doors().saslTls], kafkaTls: true }), /is not signed by an authority that Node knows; give KAFKA_CA_FILE/],
      ['plain words at a door with TLS', () => ({ kafkaServers: [doors().saslTls] }), /closes the connection: it stops, or it wants KAFKA_TLS=true/],
      ['TLS at a plain door', () => ({ ...asUser('plain'), kafkaServers: broker().servers }), /no TLS is spoken at .*KAFKA_TLS=false/],
      ['no certificate of its own where one is asked for', () => ({ kafkaServers: [doors().mutualTls], kafkaTls: true, kafkaCaFile: doors().caFile }), /do not accept our certificate; correct KAFKA_CERT_FILE and KAFKA_KEY_FILE/],
      ['no user where one is asked for', () => ({ kafkaServers: [doors().saslTls], kafkaTls: true, kafkaCaFile: doors().caFile }), /closes the connection: it stops, or it wants KAFKA_SASL/],
    ])('says in words what is wrong with %s', async (_what, access, words) => {
      const topic = await newTopic(1);
      const transport = opened(access());
      const app = await startFramesApp(transport, [framesConsumer(topic, `${topic}.reader`)], collecting().behaviour);
      running.push({ app, transport });
      transport.publisher.publish(topic, framesOf('race-1', 1, 1)).catch(() => undefined);
      await until(() => words.test(transport.health().consumers[0]!.state) && words.test(transport.health().publisher!.state));
      expect(JSON.stringify(transport.health())).not.toContain('secret');
      await expect(new KafkaCluster(access(), 'spec').compareTopics(topicPlans())).rejects.toMatchObject({ code: 'LTS_KAFKA_UNAVAILABLE', message: expect.stringMatching(words) as unknown });
    });

    it('goes on by itself as soon as the rights of a stage are given, and needs no more than those of the list', async () => {
      const topic = await newTopic(1);
      const group = `${topic}.reader`;
      const { behaviour, seen } = collecting();
      const transport = opened(asUser('scram-sha-512', doors().limitedUser));
      const app = await startFramesApp(transport, [framesConsumer(topic, group)], behaviour);
      running.push({ app, transport });
      const published = transport.publisher.publish(topic, framesOf('race-1', 1, 3));
      await until(() => transport.health().consumers[0]!.state === `waiting: the topic ${topic} does not exist, or the user may not see it`);
      const allow = (resourceType: AclResourceTypes, resourceName: string, operation: AclOperationTypes) => ({
        resourceType,
        resourceName,
        operation,
        principal: `User:${doors().limitedUser.name}`,
        host: '*',
        permissionType: AclPermissionTypes.ALLOW,
        resourcePatternType: ResourcePatternTypes.LITERAL,
      });
      await withAdmin((admin) => admin.createAcls({ acl: [allow(AclResourceTypes.TOPIC, topic, AclOperationTypes.READ), allow(AclResourceTypes.TOPIC, topic, AclOperationTypes.WRITE)] }));
      await until(() => /the user limited has no right to read with it/.test(transport.health().consumers[0]!.state));
      await withAdmin((admin) => admin.createAcls({ acl: [allow(AclResourceTypes.GROUP, group, AclOperationTypes.READ)] }));
      await published;
      await until(() => total(seen) >= 3);
      expect(seen.get('race-1')).toEqual([1, 2, 3]);
    });
  },
  { secured: true },
);

describe('Settings of TLS and SASL', () => {
  const servers = { kafkaServers: ['127.0.0.1:1'] };
  const missing = `/tmp/${randomUUID()}.pem`;

  it.each<[string, KafkaAccess, string]>([
    ['a file for TLS without TLS', { ...servers, kafkaCaFile: missing }, 'KAFKA_TLS=true'],
    ['a certificate without its key', { ...servers, kafkaTls: true, kafkaCertFile: missing }, 'KAFKA_KEY_FILE'],
    ['a file that is not there', { ...servers, kafkaTls: true, kafkaCaFile: missing }, 'Correct KAFKA_CA_FILE'],
    ['a file of another kind', { ...servers, kafkaTls: true, kafkaCaFile: 'package.json' }, 'is no PEM file'],
    ['a user without a way to say it', { ...servers, kafkaUser: 'parser' }, 'KAFKA_SASL'],
    ['a way without a user', { ...servers, kafkaSasl: 'plain' }, 'KAFKA_USER'],
  ])('are refused at start for %s', (_what, access, words) => {
    expect(() => kafkaTransport(access, 'spec')).toThrow(words);
  });
});
