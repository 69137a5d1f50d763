import { Length, Max, Min } from 'class-validator';
import { Setting } from '@lts/env';
import { IntakeEnv } from '@lts/feed-intake';

/** Settings of the ws-listener. */
export class WsListenerEnv extends IntakeEnv {
  @Setting({ name: 'competition_code', help: 'Code of the competition; with --websocket_uri.' })
  @Length(1, 255)
  competitionCode?: string;

  @Setting({ name: 'websocket_uri', help: "The circuit's public live timing page, https://, or the timing provider's websocket, wss:// or ws://." })
  websocketUri?: string;

  @Setting({ name: 'try', help: "A circuit's page or websocket to listen to for ten seconds: says how it is reached, what comes and what of it is understood, then ends. Needs no Kafka and publishes nothing." })
  try?: string;

  @Setting({ name: 'competitions', kind: 'list', default: [], help: 'Several competitions at once, code=uri separated by commas.' })
  competitions!: string[];

  @Setting({ name: 'websocket_headers', kind: 'list', default: [], help: 'Headers of the requests to the circuit, websocket, page and poll, Name=value separated by commas, e.g. Origin=https://example.org.' })
  websocketHeaders!: string[];

  @Setting({ name: 'message_source', default: 'ws-listener', help: 'Becomes the source of the messages.' })
  messageSource!: string;

  @Setting({ name: 'spool_path', default: './artifacts/ws-listener/spool', help: 'Folder of the frames that wait for the broker.' })
  spoolPath!: string;

  @Setting({ name: 'spool_max_mb', kind: 'whole', default: 64, help: 'Frames of one competition that may wait, MB; beyond it the socket is not read.' })
  @Min(1)
  spoolMaxMb!: number;

  @Setting({ name: 'silence_ms', kind: 'whole', default: 180_000, help: 'Without any data for this long the link is made anew, ms; 0 never. Hours of silence are normal between sessions.' })
  @Min(0)
  silenceMs!: number;

  @Setting({ name: 'ping_ms', kind: 'whole', default: 20_000, help: 'Time between two pings, ms.' })
  @Min(10)
  pingMs!: number;

  @Setting({ name: 'pong_limit_ms', kind: 'whole', default: 10_000, help: 'Without an answer to a ping for this long the link is made anew, ms.' })
  @Min(10)
  pongLimitMs!: number;

  @Setting({ name: 'handshake_limit_ms', kind: 'whole', default: 10_000, help: 'Limit of connecting, ms.' })
  @Min(10)
  handshakeLimitMs!: number;

  @Setting({ name: 'max_frame_kb', kind: 'whole', default: 512, help: 'Largest frame that is accepted, KB; a larger one ends the link.' })
  @Min(1)
  // escaped, it must still be smaller than what the topics take
  @Max(1024)
  maxFrameKb!: number;
}
