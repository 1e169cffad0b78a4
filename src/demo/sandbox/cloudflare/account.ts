/** The account of the sandbox, as its API, its tools and the settings of its target call everything. */
export const ACCOUNT = {
  id: '7c1f0e9a4b6d43e5a2c8d05f3b91e674',
  name: 'Shop (sandbox)',
  user: { id: 'e40d6c2b8a1f4f7c9d3b5a6e7f801234', email: 'dana@shop.example' },
  subdomain: 'shop-sandbox',
} as const;

export const ZONE = { id: '3a9e5d7c1b2f4806b4d6c8e0f1a23579', name: 'shop.example' } as const;

/** The Workers: the one that serves the shop, and the one that an emergency switches to. */
export const SCRIPTS = { production: 'shop-api-production', emergency: 'shop-api-emergency' } as const;

/** What decides which Worker the shop's API is served by; its host is the one at which visitors really find it. */
export const API_ROUTE = { id: 'b2d4f6a8c0e142638597a1b3c5d7e9f0', pattern: '127.0.0.1/*' } as const;

export const HYPERDRIVE = '0f3c5a9e7b1d4c2f8a6e0b9d3c7f1a52';

/** The frontend, and the host that its visitors know. */
export const PAGES = { project: 'shop-web', subdomain: 'shop-web.pages.dev', host: 'www.shop.example', branch: 'main' } as const;

/** A second project, which nobody visits until the host is given to it. */
export const EMERGENCY_PAGES = { project: 'shop-web-emergency', subdomain: 'shop-web-emergency.pages.dev' } as const;

/** What the settings of the sandbox's target have to know of its account, and the token that opens it. */
export const CLOUDFLARE_NAMES = {
  account: ACCOUNT.id,
  zone: ZONE.id,
  zoneName: ZONE.name,
  route: API_ROUTE.id,
  pattern: API_ROUTE.pattern,
  worker: SCRIPTS.production,
  emergencyWorker: SCRIPTS.emergency,
  hyperdrive: HYPERDRIVE,
  pages: PAGES.project,
  pagesBranch: PAGES.branch,
  emergencyPages: EMERGENCY_PAGES.project,
  siteHost: PAGES.host,
} as const;
export type CloudflareNames = typeof CLOUDFLARE_NAMES & { readonly token: string };
