import { PipelineError } from '@lts/contracts';

/** The API refuses a request for good (status 4xx); `status` and `answer` tell why. */
export class ApiRejection extends PipelineError {
  constructor(
    readonly status: number,
    /** What the API said. */
    readonly answer: string,
    request: string,
  ) {
    super('LTS_API_REJECTED', `The REST API rejects ${request} with status ${status}: ${answer}`);
  }
}
