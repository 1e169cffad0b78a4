# Rollbot for targets that are reached by network. Build: docker build -t rollbot .
# Run it with a read-only root filesystem and two writable folders:
#   docker run --read-only --tmpfs /tmp -v rollbot-data:/app/data -v rollbot-incidents:/app/incidents \
#     -v ./rollbot.yml:/app/rollbot.yml:ro -v ./procedures:/app/procedures:ro --env-file rollbot.env rollbot
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:24-slim
# What the shipped procedures call: crontab, git, bash, wrangler (by npm), and ps to tell processes apart.
RUN apt-get update \
 && apt-get install -y --no-install-recommends bash ca-certificates cron curl git openssh-client procps tini \
 && rm -rf /var/lib/apt/lists/*
RUN npm install --global --ignore-scripts=false wrangler@4.156.0 && npm cache clean --force
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json rollbot.yml rollbot.schema.json manifest.yml LICENSE ./
COPY bin ./bin
COPY src ./src
COPY procedures ./procedures
RUN mkdir -p data incidents && chown -R node:node data incidents
USER node
ENV NODE_ENV=production ROLLBOT_INTAKE_PORT=8080 ROLLBOT_INTAKE_HOST=0.0.0.0
VOLUME ["/app/data", "/app/incidents"]
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.ROLLBOT_INTAKE_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "node", "bin/rollbot.js"]
CMD ["start"]
