/** The one place that all visitors with open connections are known in. */
export class StockRoom {
  connections = 0;

  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/connections') this.connections += 1;
    return await Promise.resolve(Response.json({ status: 'healthy', connections: this.connections }));
  }
}
