/** A container's health check: the app answers on its health port, or on the port of the API. */
const { HEALTH_PORT = '8091', API_PORT = '8090' } = process.env;
const answers = await Promise.all(
  [HEALTH_PORT, API_PORT].map((port) =>
    fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(3_000) }).then(
      ({ ok }) => ok,
      () => false,
    ),
  ),
);
process.exit(answers.includes(true) ? 0 : 1);
