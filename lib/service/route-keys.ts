/** The routes, as API Gateway names them: the stack makes them, the service answers them. */
export const routeKeys = ['POST /notes', 'GET /notes', 'GET /notes/{id}', 'DELETE /notes/{id}'] as const;

export type RouteKey = (typeof routeKeys)[number];
