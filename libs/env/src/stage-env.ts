import { IsIn, IsOptional, Max, Min } from 'class-validator';
import { Setting } from './setting.js';

/** Settings every app has. */
export class AppEnv {
  @Setting({ name: 'verbosity', kind: 'whole', default: 2, help: 'How much is logged: 0 silent, 1 debug, 2 info, 3 warning, 4 error, 5 critical.' })
  @IsIn([0, 1, 2, 3, 4, 5])
  verbosity!: number;

  @Setting({ name: 'health_port', kind: 'whole', default: 0, help: 'Port of /health/live, /health/ready and /metrics; 0 opens none.' })
  @Min(0)
  @Max(65535)
  healthPort!: number;

  @Setting({ name: 'health_host', default: '127.0.0.1', help: 'Address the health port listens on.' })
  healthHost!: string;
}

/** How a stage reaches the brokers, and as whom. */
export class KafkaAccessEnv extends AppEnv {
  @Setting({ name: 'kafka_servers', kind: 'list', default: ['localhost:9092'], help: 'Brokers, host:port separated by commas.' })
  kafkaServers!: string[];

  @Setting({ name: 'kafka_tls', kind: 'yes-no', default: false, help: 'Speak TLS with the brokers.' })
  kafkaTls!: boolean;

  @Setting({ name: 'kafka_ca_file', help: "PEM file of the authority that signed the brokers' certificates; without it, those that Node knows count." })
  kafkaCaFile?: string;

  @Setting({ name: 'kafka_cert_file', help: 'PEM file of our own certificate, for brokers that ask for one; with --kafka_key_file.' })
  kafkaCertFile?: string;

  @Setting({ name: 'kafka_key_file', help: 'PEM file of the key of our own certificate.' })
  kafkaKeyFile?: string;

  @Setting({ name: 'kafka_sasl', help: 'How to say who we are: plain or scram-sha-512; with --kafka_user and KAFKA_PASSWORD. Nothing is said when not given.' })
  @IsOptional()
  @IsIn(['plain', 'scram-sha-512'])
  kafkaSasl?: 'plain' | 'scram-sha-512';

  @Setting({ name: 'kafka_user', help: 'Name of our user on the brokers.' })
  kafkaUser?: string;

  @Setting({ name: 'kafka_password', secret: true, help: 'Password of our user on the brokers; better as a variable than as a flag, which others can see.' })
  kafkaPassword?: string;
}

/** Settings of the stages that speak through a broker. */
export class StageEnv extends KafkaAccessEnv {

  @Setting({ name: 'kafka_notifications', default: 'notifications', help: 'Topic of the control notifications.' })
  kafkaNotifications!: string;

  @Setting({ name: 'competition_wait_ms', kind: 'whole', default: 15_000, help: 'A competition that alone cannot go on for this long (unknown to the API, lock closed) is set aside on Kafka, ms: the others of its partition go on, it catches up later.' })
  @Min(100)
  competitionWaitMs!: number;

  @Setting({ name: 'instance', help: 'Name of this instance among others of the same stage; made up when not given.' })
  instance?: string;
}

/** Settings of the stages that use the REST API. */
export class ApiStageEnv extends StageEnv {
  @Setting({ name: 'api_lts', default: 'http://localhost:8090', help: 'Base address of the REST API.' })
  apiLts!: string;

  @Setting({ name: 'api_key', secret: true, help: 'Key of the REST API (role batch).' })
  apiKey?: string;

  @Setting({ name: 'api_timeout_ms', kind: 'whole', default: 10_000, help: 'Limit of one request to the REST API, ms.' })
  @Min(100)
  apiTimeoutMs!: number;
}
