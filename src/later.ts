/** Lets two rooms that need each other be built one after the other: each deed asks for the other room when it is done. */
export function later<Port extends object>(get: () => Port): Port {
  return new Proxy({} as Port, {
    get: (_, name) => {
      const port = get();
      const deed: unknown = Reflect.get(port, name);
      return typeof deed === 'function' ? (deed.bind(port) as unknown) : deed;
    },
  });
}
