import kafkajs, { type AclEntry } from 'kafkajs';
import type { KafkaBroker } from './kafka-broker.js';

/** One right of the limited user of a secured broker. */
export interface BrokerRight {
  resource: 'TOPIC' | 'GROUP' | 'CLUSTER' | 'TRANSACTIONAL_ID';
  name: string;
  /** The right holds for all names that begin with it. */
  isPrefix?: boolean;
  operation: 'READ' | 'WRITE' | 'CREATE' | 'DELETE' | 'DESCRIBE' | 'DESCRIBE_CONFIGS';
}

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

/** Gives rights to the limited user of the broker, and takes them away. */
export class LimitedRights {
  constructor(private readonly broker: KafkaBroker) {}

  async allow(rights: readonly BrokerRight[]): Promise<void> {
    await this.withAdmin((admin) => admin.createAcls({ acl: rights.map((right) => this.entry(right)) }));
  }

  async forbid(rights: readonly BrokerRight[]): Promise<void> {
    await this.withAdmin((admin) => admin.deleteAcls({ filters: rights.map((right) => this.entry(right)) }));
  }

  private entry({ resource, name, isPrefix = false, operation }: BrokerRight): AclEntry {
    return {
      resourceType: AclResourceTypes[resource],
      resourceName: name,
      resourcePatternType: isPrefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
      principal: `User:${this.broker.secured?.limitedUser.name ?? ''}`,
      host: '*',
      operation: AclOperationTypes[operation],
      permissionType: AclPermissionTypes.ALLOW,
    };
  }

  private async withAdmin(work: (admin: kafkajs.Admin) => Promise<unknown>): Promise<void> {
    const admin = new kafkajs.Kafka({ brokers: this.broker.servers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    try {
      await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
}
