/**
 * The numbers of Cloudflare's errors. Those of the first group are documented, or stand in wrangler or in what its users
 * report; what Cloudflare calls those of the second group is not known, and a procedure must not look for them.
 */
export const CODES = {
  internal: 10_013,
  badHeaders: 6003,
  notAuthenticated: 10_000,
  invalidToken: 1000,
  noRoute: 7003,
  rateLimited: 971,
  notFound: 10_007,
  badCode: 10_021,
  noSuchClass: 10_061,
  noSuchService: 10_090,
  migrationInVersion: 10_211,
  secretsChanged: 10_220,
  purgeNeedsOne: 1012,
  purgeRateLimited: 1134,
  noSuchProject: 8_000_007,
  noSuchPagesDeployment: 8_000_009,

  badBody: 10_026,
  wrongOldTag: 10_079,
  acrossMigration: 10_217,
  tooOld: 10_218,
  purgeTooMany: 1094,
  purgeElsewhere: 1016,
  noPagesRollback: 8_000_039,
  domainTaken: 8_000_018,
  noSuchDomain: 8_000_021,
  noSuchHyperdrive: 2001,
  badHyperdrive: 2007,
} as const;
