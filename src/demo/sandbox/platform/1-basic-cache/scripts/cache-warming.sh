#!/usr/bin/env bash
# Asks for the ten best sellers once, so that the cache has them before the customers come.
set -euo pipefail

for id in {1..10}; do
  curl -fsS --max-time 5 --output /dev/null "$SANDBOX_SERVICE_URL/api/products/$id"
done
