const ACKNOWLEDGED_WITHIN_MS = 1300;

/** The one place that all visitors are known in, with and without a connection; each is told of the next. */
export class StockRoom {
  connections = 0;

  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    this.connections += 1;
    // Those who have left do not acknowledge anything any more.
    if (this.connections > 5) await new Promise((resolve) => setTimeout(resolve, ACKNOWLEDGED_WITHIN_MS));
    if (this.connections % 3 === 0) return Response.json({ error: `${pathname} could not be delivered` }, { status: 500 });
    return Response.json({ status: 'healthy', connections: this.connections });
  }
}
