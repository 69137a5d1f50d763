# One image for all apps; the command names the app:
#   docker build -f docker/app.Dockerfile -t live-timing-strategy .
#   docker run live-timing-strategy parser --kafka_servers kafka:9092
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY libs libs
COPY apps apps
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json nx.json ./
COPY scripts scripts
COPY docker/run-app.mjs docker/health.mjs docker/
RUN node scripts/build.mjs && npm prune --omit=dev --ignore-scripts && mkdir artifacts

FROM node:26-slim
ENV NODE_ENV=production HEALTH_PORT=8091
WORKDIR /app
# all that is ever written is below artifacts, so the rest of the file system may be read-only
COPY --from=build /app /app
RUN chown node:node artifacts
USER node
VOLUME ["/app/artifacts"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "docker/health.mjs"]
# node itself gets SIGTERM: what runs is finished and committed, then it ends
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "docker/run-app.mjs"]
CMD ["standalone", "--host", "0.0.0.0", "--public_read", "true"]
