/** The routes of the API: the stack makes them, the service answers them. */
export const apiRoutes = [
  { method: 'POST', path: '/notes' },
  { method: 'GET', path: '/notes' },
  { method: 'GET', path: '/notes/{id}' },
  { method: 'DELETE', path: '/notes/{id}' },
] as const;

type KeyOf<Route> = Route extends { readonly method: infer Method extends string; readonly path: infer Path extends string } ? `${Method} ${Path}` : never;

/** As API Gateway names a route in its event: `GET /notes/{id}`. */
export type RouteKey = KeyOf<(typeof apiRoutes)[number]>;
