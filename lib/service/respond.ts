import { json, type Answer } from './answer';
import type { NoteStore } from './note-store';
import { Refusal } from './refusal';
import { routes, type Route, type ServiceRequest } from './routes';

/** Takes what went wrong, for those who run the service. */
export type FaultLog = (fault: unknown) => void;

/** Answers a request, whatever happens. What a fault was is for the log; the caller learns only that there was one. */
export async function respond(request: ServiceRequest, store: NoteStore, log: FaultLog): Promise<Answer> {
  try {
    return await routeOf(request.routeKey)(request, store);
  } catch (fault) {
    if (fault instanceof Refusal) return json(fault.statusCode, { message: fault.message });
    log(fault);
    return json(500, { message: 'Something went wrong on our side.' });
  }
}

function routeOf(routeKey: string): Route {
  const route: Route | undefined = Object.hasOwn(routes, routeKey) ? routes[routeKey as keyof typeof routes] : undefined;
  if (route !== undefined) return route;
  const path = routeKey.split(' ')[1];
  const others = Object.keys(routes).filter((key) => key.split(' ')[1] === path);
  throw others.length > 0 ? new Refusal(405, 'The path has no such method.') : new Refusal(404, 'There is nothing at this path.');
}
